"""A day of a task force in a Slack Connect channel with internal items on both sides: nothing of them leaves its side."""

import io
import json
from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from bot.messages import ids
from handlers import items
from handlers.logs import set_up_logging
from handlers.sweep import Sweep
from storage import outbox
from storage.items import by_number
from storage.people import person_of
from storage.tables import OutboxRow, Role, TaskForce
from tests.bots import Town
from tests.cast import CHANNEL, PEOPLE
from tests.handlers.test_items import press_forged
from tests.windows import Message, Window, eventually

OURS = [
    "극비단가협의",
    "삭감사유",
    "견적일억",
    "우리몫산출",
    "비밀분과",
]  # GIST's words: title, reason, note, part, workstream
THEIRS = ["군청내부검토", "군청진행"]  # the county's
COUNTY = ["county lead", "county secretary", "county owner"]
GIST = ["gist lead", "gist secretary", "gist owner"]


@pytest.fixture
def log(shared_town: Town) -> Iterator[io.StringIO]:
    """What the bot logs, everything of it; and an observer on GIST's side."""
    kept = io.StringIO()
    set_up_logging("DEBUG", kept)
    with shared_town.bot.deps.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        observer = person_of(work.session, task_force, PEOPLE["english"][0])
        assert observer
        observer.role = Role.OBSERVER
    yield kept
    set_up_logging("WARNING")


def card_in_dm(window: Window, *parts: str) -> Message:
    return window.written("우리 측 내부 할 일", *parts)


def item_id(town: Town, number: int, side: int) -> int:
    with town.bot.deps.database.reading() as session:
        item = by_number(session, 1, number, side)
    assert item
    return item.id or 0


def test_a_day_with_internal_items_leaks_nothing(shared_town: Town, log: io.StringIO):
    town = shared_town
    lead, owner, county = (town.as_user(handle) for handle in ("gist lead", "gist owner", "county owner"))
    observer = town.as_user("english")

    # made: by command on GIST's side, by direct message and by the form on the county's, which has no commands
    lead.command(f"/tft 추가 내부: 극비단가협의 <@{owner.user}> 2026-12-18 #비밀분과")
    lead.told("A-1 극비단가협의", "🔒 우리 측 내부 (GIST)")
    card_in_dm(owner, "A-1", "맡으셨습니다", "✅", "담당 변경 요청")
    county.write_to_bot("추가 내부: 군청내부검토")
    assert "A-2" in card_in_dm(county, "군청내부검토", "🔒 우리 측 내부 (영광군)").text
    lead.command(f"/tft 추가 공동 설명회 <@{owner.user}> <@{county.user}>")
    town.card("A-3").shows("공동 설명회")

    # changed, written about, asked about
    lead.command("/tft 수정 A-1")
    lead.submit(lead.form(), **{"task-1": "우리몫산출", "description": "극비단가협의 설명"})
    lead.command("/tft 진행 A-1 견적일억")
    lead.told("진행 기록을 남겼습니다")
    lead.command("/tft 기한 A-1 2026-12-21")
    owner.written("기한이 바뀌었습니다", "극비단가협의")
    owner.click("담당 변경 요청", on=card_in_dm(owner, "A-1", "우리몫산출"))
    owner.submit(owner.form(), words="삭감사유")
    lead.written("담당을 바꿔 달라고", "삭감사유")

    # everybody else: no number, no search, no list, no reaction, no button
    for window in (county, town.as_user("county lead"), observer):
        assert_as_if_not_there(window)
    for action in items.BUTTONS:
        action_id = action if ids.ITEM_ACT_PATTERN.match(action) else f"{action}-0"
        press_forged(town, PEOPLE["county lead"][0], action_id, ids.item_value(1, item_id(town, 1, 1)))
    for window in (lead, owner):
        window.mention("보기 A-2")
        window.told("A-2 할 일이 없습니다")
        window.mention("검색 군청내부")
        window.told("0건")

    # closed by a reaction on its card, opened, given up
    owner.react(card_in_dm(owner, "A-1", "우리몫산출"), "✅")
    owner.written("A-1 GIST 측 완료로 기록했습니다")
    lead.written("우리 측 내부 할 일입니다", "극비단가협의", "완료 · 20")
    lead.command("/tft 다시열기 A-1")
    lead.command("/tft 취소 A-1 삭감사유")
    owner.written("맡으신 할 일이 취소되었습니다", "삭감사유")
    county.write_to_bot("진행 A-2 군청진행")
    county.written("진행 기록을 남겼습니다")
    county.react(card_in_dm(county, "군청내부검토"), "✅")
    county.written("A-2 영광군 측 완료로 기록했습니다")
    settled(town)

    for handle in [*COUNTY, "english", "stranger"]:
        assert seen_by(town.as_user(handle), OURS) == []
    for handle in [*GIST, "english", "stranger"]:
        assert seen_by(town.as_user(handle), THEIRS) == []
    assert sent_elsewhere(town) == []
    assert [word for word in [*OURS, *THEIRS] if word in log.getvalue()] == []
    assert all("A-1" not in one.text and "A-2" not in one.text for one in public(town))


def test_who_cannot_be_written_to_is_never_mentioned_in_the_channel(shared_town: Town):
    town, owner = shared_town, PEOPLE["county owner"][0]
    refusal = {"kind": "error", "error": "user_not_visible", "match": {"users": owner}, "times": 5}
    town.workspace.fault(method="conversations.open", **refusal)

    town.as_user("county lead").write_to_bot(f"추가 내부: 군청내부검토 <@{owner}>")

    town.as_user("county secretary").written("전해 주세요. 담당: 한도윤 주무관", "군청내부검토")
    settled(town)
    assert public(town) == []
    assert town.as_user("county owner").direct_messages() == []


def test_a_card_that_was_deleted_comes_again_to_the_same_person_alone(shared_town: Town):
    town = shared_town
    lead = town.as_user("gist lead")
    lead.command("/tft 추가 내부: 극비단가협의")
    first = card_in_dm(lead, "극비단가협의")
    settled(town)  # its place is recorded
    lost = {"kind": "error", "error": "message_not_found", "match": {"channel": first.channel}, "times": 1}
    town.workspace.fault(method="reactions.get", **lost)

    Sweep(town.bot.deps).run()

    eventually(lambda: card_in_dm(lead, "극비단가협의").ts != first.ts or None, "the card once more")
    settled(town)
    assert public(town) == []


def assert_as_if_not_there(window: Window) -> None:
    """An internal number answers as a number does that was never given."""
    for line in (
        "보기 {}",
        "이력 {}",
        "완료 {}",
        "취소 {} 사유",
        "기한 {} 내일",
        "진행 {} 메모",
        "담당 {} @정하늘",
        "수정 {}",
        "{}",
    ):
        texts = []
        for ref in ("A-1", "A-901"):
            window.mention(line.format(ref))
            texts.append(window.told(ref).text.replace("A-901", "A-1"))
        assert texts[0] == texts[1]
        assert "할 일이 없습니다" in texts[0] or "There is no A-1" in texts[0]
    for line in ("검색 극비", "목록 #비밀"):
        window.mention(line)
        assert "A-1" not in window.told("영광 모빌리티 TFT").text
    window.mention("목록 전체")
    listed = window.told("A-3").text
    assert "극비" not in listed
    assert "A-1" not in listed


def settled(town: Town) -> None:
    """Everything that was queued is sent."""
    deps = town.bot.deps

    def look() -> bool | None:
        with deps.database.reading() as session:
            waiting = select(OutboxRow).where(col(OutboxRow.state).in_(outbox.WAITING))
            return None if session.exec(waiting).first() else True

    eventually(look, "an empty outbox")


def public(town: Town) -> list[Message]:
    """What the bot has posted in the channel, threads included."""
    window = town.as_user("county lead")
    top = [one for one in window.messages() if one.raw.get("bot_id") and not one.raw.get("ephemeral")]
    return [
        *top,
        *(reply for one in top if one.raw.get("reply_count") for reply in window.messages(CHANNEL, thread=one)),
    ]


def seen_by(window: Window, words: list[str]) -> list[tuple[str, str]]:
    """Which of these words somebody can read anywhere, but for what they or others typed themselves."""
    texts = [
        one.text + one.fallback for one in [*window.messages(), *window.messages(window.dm())] if one.raw.get("bot_id")
    ]
    if form := window._form():
        texts.append(json.dumps(form.raw, ensure_ascii=False))
    if window.command_allowed:
        texts.append(json.dumps(window.home().raw, ensure_ascii=False))
    return [(word, text) for word in words for text in texts if word in text]


def sent_elsewhere(town: Town) -> list[str]:
    """Calls to Slack, metadata included, that carry one side's words to the channel or to people of the other side."""
    owners = {window.dm(): handle for handle in PEOPLE for window in [town.as_user(handle)]}
    users = {PEOPLE[handle][0]: handle for handle in PEOPLE}
    wrong = []
    for call in town.workspace.calls:
        said, arguments = json.dumps(call["arguments"], ensure_ascii=False), call["arguments"]
        channel, user = arguments.get("channel"), arguments.get("user") or arguments.get("user_id")
        handle = owners.get(str(channel)) or users.get(str(user))
        if call["method"].startswith("views.open") or call["method"].startswith("views.push"):
            continue  # who opened what is seen in the windows
        wrong += [said for word in OURS if word in said and handle not in GIST]
        wrong += [said for word in THEIRS if word in said and handle not in COUNTY]
    return wrong
