"""Over the real wire: decisions of two organisations, with and without the app's commands, in Korean and English."""

from datetime import UTC, datetime

from sqlmodel import select

from handlers.ticking import tick_at
from storage.tables import Decision
from tests.bots import Town
from tests.cast import CHANNEL
from tests.windows import Message, Window, eventually

TEXT = "셔틀은 2027년 3월부터 운행한다"


def card(town: Town, *parts: str, ref: str = "R-1") -> Message:
    """The decision's card once it shows all this."""

    def look() -> Message:
        message = town.as_user("gist lead").sees(f"{ref}  ")
        missing = [part for part in parts if part not in message.text]
        assert not missing, f"{missing} not on the card:\n{message.text}"
        return message

    return eventually(look)


def decided(town: Town, line: str = TEXT) -> Message:
    """A decision with its card, complete with the first reaction."""
    town.as_user("gist secretary").mention(f"결정 {line}")
    return eventually(lambda: one if "white_check_mark" in (one := card(town)).reactions() else None)


def thread(town: Town, under: Message, *parts: str) -> Message:
    window = town.as_user("gist lead")

    def look() -> Message | None:
        found = [one for one in window.messages(thread=under) if all(part in one.text for part in parts)]
        return found[-1] if found else None

    return eventually(look, f"a line in the thread with {parts}")


def test_the_side_without_the_app_confirms_by_a_tick(shared_town: Town):
    message = decided(shared_town, f"{TEXT} #센터 결정일 2026-11-20")
    gist, county = shared_town.as_user("gist lead"), shared_town.as_user("county lead")
    county.react(message, "✅")
    county.told("R-1 영광군 측 확인으로 기록했습니다")
    card(shared_town, "영광군 측: ✅ 확인 · 박서준 과장", "제안 · 확인 대기: GIST")
    gist.click("확인", card(shared_town))

    card(shared_town, "확정 · 2026", "결정일: 2026. 11. 20.(금)")
    thread(shared_town, message, "R-1 · 확정")
    county.unreact(message, "✅")
    county.told("✅를 지워도 확정은 그대로이며")


def test_the_side_without_the_app_objects_by_the_form_and_proposes_another_wording(shared_town: Town):
    message = decided(shared_town)
    gist, county = shared_town.as_user("gist lead"), shared_town.as_user("county lead")
    gist.react(message, "✅")
    card(shared_town, "GIST 측: ✅ 확인")

    county.click("이의", card(shared_town))
    county.submit(county.form(), words="예산이 내년 추경에 있습니다")

    county.told("영광군 측 이의로 기록했습니다")
    objected = card(shared_town, "이의로 보류 · 이의: 영광군", "예산이 내년 추경에 있습니다")
    thread(shared_town, message, "영광군 측: 이의 · 박서준 과장", "예산이 내년 추경에 있습니다")
    county.click("새 문구 제안", objected)
    form = county.form()
    assert "각 측에 다시 확인을 요청합니다" in form.text
    county.submit(form, text="셔틀은 추경이 의결되면 운행한다")
    county.told("문구를 바꾸었습니다")
    reworded = card(shared_town, "셔틀은 추경이 의결되면 운행한다", "제안 · 확인 대기: GIST, 영광군")
    county.click("확인", reworded)
    gist.click("확인", card(shared_town, "확인 대기: GIST"))
    card(shared_town, "확정 · 2026")


def test_a_decision_is_proposed_by_buttons_alone(shared_town: Town):
    county = shared_town.as_user("county owner")

    county.mention("")
    county.click("결정사항", county.told("무엇을 도와드릴까요?"))
    county.click("결정사항 기록", county.told("해당하는 결정사항이 없습니다"))
    county.submit(county.form(), text=TEXT, review="2030-03-04")

    card(shared_town, TEXT, "재검토일: 2030. 3. 4.(월)", "· 한도윤 주무관")


def test_who_may_not_confirm_is_told_privately_who_may(shared_town: Town):
    message = decided(shared_town)
    owner = shared_town.as_user("county owner")

    owner.react(message, "✅")

    owner.told("단장·부단장만", "박서준 과장")
    card(shared_town, "제안 · 확인 대기: GIST, 영광군")


def test_a_decision_in_force_is_replaced_from_its_card(shared_town: Town):
    first = decided(shared_town)
    gist, county = shared_town.as_user("gist lead"), shared_town.as_user("county lead")
    gist.react(first, "✅")
    county.react(first, "✅")
    in_force = card(shared_town, "확정 · 2026")

    county.click("변경 제안", in_force)
    form = county.form()
    assert "새 결정이 확정될 때까지 유효합니다" in form.text
    county.submit(form, text="셔틀은 4월부터 운행한다")

    second = card(shared_town, "확정되면 R-1 → R-2로 변경", ref="R-2")
    card(shared_town, "변경 제안 중: R-2")
    for lead in (gist, county):
        lead.react(second, "✅")
    card(shared_town, "확정 · 2026", "R-1 → R-2로 변경", ref="R-2")
    thread(shared_town, first, "R-1 → R-2로 변경")
    county.click("R-2 보기", card(shared_town, "R-1 → R-2로 변경"))
    county.told("셔틀은 4월부터 운행한다")


def test_by_commands_in_english(town: Town):
    window = town.as_user("english")

    window.command("/tft decide The shuttle runs from March 2027 #center decided on 2026-11-20")
    window.click(
        "Details", window.told("Proposed: R-1 The shuttle runs from March 2027", "Decided on: Fri 20 Nov 2026")
    )
    window.told("Proposed · waiting for: GIST, 영광군")
    window.command("/tft confirm R-1")
    window.told("only a side's lead or deputy confirms", "이강민 단장")
    window.command("/tft decisions pending")
    window.told("Decisions · waiting: 1", "R-1")
    window.command("/tft history 결정 1")
    window.told("Proposed: The shuttle runs from March 2027")
    window.command("/tft decide")
    form = window.form()
    assert "Propose a decision" in form.text
    answer = window.submit(form, text="\u3164")
    assert "what was decided" in answer["errors"]["text"]


def test_the_home_shows_what_waits_for_me_until_i_have_confirmed(town: Town):
    decided(town)
    lead = town.as_user("gist lead")
    home = lead.home()
    assert "확인을 기다리는 결정사항" in home.text
    assert TEXT in home.text

    lead.click("확인", home)

    card(town, "GIST 측: ✅ 확인")
    eventually(lambda: TEXT not in lead.home().text or None)
    assert TEXT not in town.as_user("gist owner").home().text


def written(window: Window, text: str) -> Message:
    ts = window.write(text)
    return next(one for one in window.messages() if one.ts == ts)


def kept(town: Town) -> list[Decision]:
    with town.bot.deps.database.reading() as session:
        return list(session.exec(select(Decision)))


def test_a_message_becomes_a_decision_by_its_shortcut(town: Town):
    message = written(town.as_user("county owner"), f"{TEXT} 결정일 2026-11-20")
    window = town.as_user("gist secretary")

    place = {"channel": message.channel, "ts": message.ts}
    window.act("message_shortcut", app=window.app, callback_id="record-decision", **place)
    window.submit(window.form())

    card(town, TEXT, "결정일: 2026. 11. 20.(금)")
    assert kept(town)[0].link == f"https://gist.slack.com/archives/{CHANNEL}/p{message.ts.replace('.', '')}"
    window.command("/tft R-1")
    window.told("이 결정이 나온 글", "결정일 2026-11-20")


def test_a_pin_on_a_message_offers_it_and_nothing_is_read_before(shared_town: Town):
    message = written(shared_town.as_user("gist owner"), TEXT)
    window, stranger = shared_town.as_user("county owner"), shared_town.as_user("stranger")

    stranger.react(message, "pushpin")
    window.react(message, "pushpin")
    offer = window.told("이 글을 결정사항으로 기록할까요?")

    reading = [one for one in shared_town.workspace.calls if one["method"].startswith("conversations.")]
    assert [one for one in reading if one["method"] in ("conversations.history", "conversations.replies")] == []
    assert kept(shared_town) == []
    window.click("결정사항 기록", offer)
    window.submit(window.form())
    card(shared_town, TEXT)
    assert kept(shared_town)[0].quote == TEXT
    assert not stranger.whispers()


def test_a_secretary_confirms_by_delegation_given_in_a_direct_message(shared_town: Town):
    message = decided(shared_town)
    lead, secretary = shared_town.as_user("county lead"), shared_town.as_user("county secretary")
    lead.write_to_bot("위임")
    lead.click("위임하기", lead.written("지금은 위임이 없습니다"))
    lead.submit(lead.form())
    secretary.written("확인을 위임받으셨습니다", "회수할 때까지")

    secretary.react(message, "✅")

    card(shared_town, "영광군 측: ✅ 확인 · 최유진 주무관 (위임: 박서준 과장)")


def test_a_review_is_told_in_the_cards_thread(town: Town):
    message = decided(town, f"{TEXT} 재검토 2030-03-04")
    for lead in ("gist lead", "county lead"):
        town.as_user(lead).react(message, "✅")
    card(town, "확정 · 2026")

    tick_at(town.bot.deps, datetime(2030, 3, 4, 0, 30, tzinfo=UTC))  # 09:30 in Korea

    thread(town, message, "재검토일이 되었습니다")
    town.as_user("county secretary").written("재검토일이 되었습니다", TEXT)
