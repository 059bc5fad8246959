"""Over the real wire: a meeting in a thread, from its start to final minutes, by people of both organisations."""

from sqlmodel import select

from storage.tables import Meeting, MeetingLine
from tests.bots import Town
from tests.cast import CHANNEL
from tests.windows import Message, Window, eventually


def card(town: Town, *parts: str, kind: str = "M-1 ") -> Message:
    """The meeting's card once it shows all this."""

    def look() -> Message:
        message = town.as_user("gist lead").sees(kind)
        missing = [part for part in parts if part not in message.text]
        assert not missing, f"{missing} not on the card:\n{message.text}"
        return message

    return eventually(look)


def summary(town: Town, *parts: str) -> Message:
    """The one message in the channel after the meeting."""
    return card(town, *parts, kind="결과")


def begun(town: Town, title: str = "실무회의") -> Message:
    town.as_user("gist secretary").command(f"/tft 회의 시작 {title}")
    return card(town, "진행 중")


def say(window: Window, thread: Message, *lines: str) -> list[str]:
    return [window.write(line, thread=thread) for line in lines]


def in_thread(town: Town, thread: Message, text: str) -> Message:
    window = town.as_user("gist lead")

    def look() -> Message | None:
        found = [one for one in window.messages(thread=thread) if text in one.text]
        return found[-1] if found else None

    return eventually(look, f"{text} in the thread")


def marked(town: Town, thread: Message, text: str, emoji: str) -> Message:
    """The message once the bot has put its mark on it."""

    def look() -> Message | None:
        message = in_thread(town, thread, text)
        return message if emoji in message.reactions() else None

    return eventually(look, f"{emoji} on {text}")


def test_a_meeting_from_its_start_to_final_minutes(shared_town: Town):
    town = shared_town
    secretary, county, lead = (town.as_user(one) for one in ("gist secretary", "county owner", "county lead"))
    thread = begun(town)
    say(secretary, thread, "안건: 국비 신청", "결정: 국비를 공동 명의로 신청함")
    say(
        county,
        thread,
        "할 일: 신청서 초안 작성 한도윤 주무관 12월 9일까지",
        "기록제외: 이 말은 남기지 않음",
        "예산을 먼저 봅시다",
    )
    marked(town, thread, "결정: 국비를", "pushpin")
    marked(town, thread, "할 일: 신청서", "memo")
    card(town, "R-1  국비를 공동 명의로 신청함", "A-1  신청서 초안 작성 · 한도윤 주무관", "GIST 1명", "영광군 1명")

    say(secretary, thread, "회의 종료")

    review = secretary.written("회의가 끝났습니다", "R-1  국비를", "A-1  신청서")
    quiet = [one.text for one in lead.messages(thread=thread)[1:] if one.raw.get("bot_id")]
    assert quiet == []
    secretary.click("등록", review)
    done = summary(town, "R-1  국비를", "A-1  신청서 초안 작성", "GIST 측: 확인 대기", "영광군 측: 확인 대기")
    in_thread(town, done, "담당: 한도윤")
    in_thread(town, done, "제안 · 확인 대기")
    county.written("실무회의", "맡으신 할 일", "A-1  신청서")
    lead.written("회의록(안)의 확인을 부탁드립니다")

    lead.click("회의록 확인", summary(town))
    lead.told("영광군 측 확인으로 기록했습니다")
    gist = town.as_user("gist lead")
    gist.click("회의록 확인", gist.written("회의록(안)의 확인을 부탁드립니다"))

    summary(town, "회의록 확정", "GIST 측: ✅ 확인 · 이강민 단장", "영광군 측: ✅ 확인 · 박서준 과장")
    in_thread(town, done, "확정 · 2026")
    with town.bot.deps.database.reading() as session:
        held = session.exec(select(Meeting)).one()
        assert held.fingerprint
        assert held.permalink == f"https://gist.slack.com/archives/{CHANNEL}/p{thread.ts.replace('.', '')}"
        assert not [one for one in session.exec(select(MeetingLine)) if "남기지" in one.text]


def test_the_side_without_the_app_runs_a_meeting_by_mentions_buttons_and_forms(shared_town: Town):
    town = shared_town
    county, gist = town.as_user("county secretary"), town.as_user("gist lead")
    county.mention("회의 시작 실무회의")
    live = card(town, "진행 중 · 기록: 최유진 주무관")

    county.click("결정", live)
    form = county.form()
    assert "모두가 볼 수 있게" in form.text
    county.submit(form, text="국비를 공동 명의로 신청함")
    written = in_thread(town, live, "결정: 국비를 공동 명의로 신청함")
    card(town, "R-1  국비를")
    county.click("할 일", card(town))
    county.submit(county.form(), text="견적 받기 한도윤")
    county.told("“한도윤”: 어느 분을 담당으로 적을까요?")
    county.click("한도윤 주무관", county.told("어느 분을 담당으로"))
    card(town, "A-1  견적 받기 · 한도윤 주무관")
    gist.write("<@U0BOT> 회의록 M-1", thread=live)  # a command, and no line of the record
    gist.told("회의록(안)")
    county.click("취소", written)
    eventually(lambda: "R-1" not in card(town, kind="진행 중 · 기록").text)
    county.click("회의 종료", card(town, kind="진행 중 · 기록"))
    county.written("회의가 끝났습니다", "A-1  견적 받기 · 한도윤 주무관")


def test_pins_and_notes_file_lines_and_bring_other_messages_into_the_record(shared_town: Town):
    town = shared_town
    thread = begun(town)
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    say(gist, thread, "국비는 공동 명의로 신청합시다")
    beside = county.write("현판 견적을 받겠습니다 한도윤 주무관 12월 9일까지")

    county.react(in_thread(town, thread, "국비는 공동"), "pushpin")
    card(town, "R-1  국비는 공동 명의로 신청합시다")
    county.react(next(one for one in county.messages() if one.ts == beside), "memo")
    county.click("할 일로 회의록에 넣기", county.told("회의록에 넣을까요?"))

    card(town, "A-1  현판 견적을 받겠습니다 · 한도윤 주무관 · 2026. 12. 9.(수)")
    county.unreact(in_thread(town, thread, "국비는 공동"), "pushpin")
    eventually(lambda: "R-1" not in card(town).text)


def test_a_message_is_added_to_the_minutes_by_its_shortcut(shared_town: Town):
    town = shared_town
    thread = begun(town)
    county, gist = town.as_user("county owner"), town.as_user("gist secretary")
    ts = county.write("결정: 셔틀은 3월부터 운행함")

    gist.act("message_shortcut", app=gist.app, callback_id="add-to-minutes", channel=CHANNEL, ts=ts)

    gist.told("회의록에 넣었습니다")
    card(town, "R-1  셔틀은 3월부터 운행함")
    in_thread(town, thread, "셔틀은 3월부터 운행함")
    say(gist, thread, "회의 종료")
    card(town, "기록 정리 중")
    gist.act(
        "message_shortcut", app=gist.app, callback_id="add-to-minutes", channel=CHANNEL, ts=county.write("뒷이야기")
    )
    gist.told("지금 열려 있는 회의가 없습니다")


def test_an_edit_and_a_deletion_in_slack_change_the_record(shared_town: Town):
    town = shared_town
    thread = begun(town)
    gist = town.as_user("gist owner")
    (first,) = say(gist, thread, "결정: 명칭을 정함")
    card(town, "R-1  명칭을 정함")
    (second,) = say(gist, thread, "결정: 지울 결정")
    card(town, "R-2  지울 결정")

    gist.act("edit", channel=CHANNEL, ts=first, text="결정: 명칭을 공모함")
    gist.act("delete", channel=CHANNEL, ts=second)

    card(town, "R-1  명칭을 공모함")
    eventually(lambda: "R-2" not in card(town).text)


def test_an_invitation_is_answered_in_the_channel_and_the_files_come_directly(shared_town: Town):
    town = shared_town
    gist, county = town.as_user("gist secretary"), town.as_user("county lead")
    gist.command("/tft 회의 예약 실무회의")
    gist.submit(gist.form(), title="실무회의", on="2030-03-07", at="14:00", place="영광군청")
    invitation = card(town, "2030. 3. 7.(목) 14:00", "미응답", kind="회의 안내")
    in_thread(town, invitation, "M-1.ics")

    county.click("참석", invitation)
    county.told("참석으로 기록했습니다")
    town.as_user("county owner").click("대리 참석", invitation)
    town.as_user("county owner").submit(town.as_user("county owner").form(), name="문하린", position="주무관")

    card(town, "참석 1명(박서준 과장)", "문하린 주무관 ← 한도윤 주무관", kind="회의 안내")
    county.click("회의 시작", card(town, kind="회의 안내"))
    live = card(town, "진행 중 · 기록: 박서준 과장")
    say(gist, live, "결정: 명칭을 정함")
    card(town, "R-1")
    county.mention("회의록 M-1")
    for shape in ("hwpx", "pdf", "html", "md"):
        county.written("회의록", f"회의록(안).{shape}")
