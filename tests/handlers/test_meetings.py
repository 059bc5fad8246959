"""Over the real wire: a meeting in a thread, from its start to final minutes, by people of both organisations."""

from sqlmodel import select

from storage.tables import Meeting, MeetingLine
from tests.bots import Town
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
        assert session.exec(select(Meeting)).one().fingerprint
        assert not [one for one in session.exec(select(MeetingLine)) if "남기지" in one.text]
