"""The story of an item over the real wire: added, confirmed by both sides' reactions, closed; and what goes wrong."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_bolt.request import BoltRequest
from sqlmodel import Session, select

from playground import Workspace
from storage.tables import Account, BoundChannel, Installation, Person, PersonAccount, Role, Side, TaskForce
from tests.bots import Town, running
from tests.cast import CHANNEL, GIST, OTHER_CHANNEL, PEOPLE, world
from tests.windows import Message, Window, eventually

SIDES = {
    "gist lead": ("GIST", Role.LEAD),
    "gist secretary": ("GIST", Role.SECRETARY),
    "gist owner": ("GIST", Role.MEMBER),
    "english": ("GIST", Role.OBSERVER),
    "county lead": ("영광군", Role.LEAD),
    "county secretary": ("영광군", Role.SECRETARY),
    "county owner": ("영광군", Role.MEMBER),
}
ADD = "/tft add 센터 개소 계획서 초안 <@U0GISTOWN> <@U0CTYOWN> 2026-12-05 #센터"


MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def task_force(session: Session, name: str, channel: str, people: dict[str, tuple[str, Role]]) -> None:
    """A task force that is set up already."""
    speaker = session.exec(select(Installation)).one()
    made = TaskForce(name=name, created_at=MONDAY)
    session.add(made)
    session.flush()
    of = made.id or 0
    session.add(BoundChannel(channel_id=channel, task_force_id=of, speaker_id=speaker.id or 0, bound_at=MONDAY))
    sides = {side: Side(task_force_id=of, name=side, position=at) for at, side in enumerate(("GIST", "영광군"))}
    session.add_all(sides.values())
    session.flush()
    for handle, (side, role) in people.items():
        user_id, _, known_as, title, _ = PEOPLE[handle]
        if session.get(Account, user_id) is None:
            session.add(Account(user_id=user_id, name=known_as))
        one = Person(
            task_force_id=of,
            side_id=sides[side].id or 0,
            role=role,
            name=known_as,
            job_title=title,
            joined_at=MONDAY,
        )
        session.add(one)
        session.flush()
        session.add(PersonAccount(task_force_id=of, user_id=user_id, person_id=one.id or 0))


@contextmanager
def town_at_work(folder: Path, *, connect: bool) -> Iterator[Town]:
    """The bot in its workspace on Monday 2026-11-23, 09:00, with a task force in the channel."""
    facts = {**world(connect=connect), "clock": MONDAY.isoformat()}
    with Workspace(facts, state=folder / "slack.db") as workspace:
        url, clock = f"sqlite:///{folder / 'tft.db'}", f"{workspace.url}/_clock"
        with running(url, workspace, TFT_CLOCK_URL=clock) as bot:
            with bot.deps.database.transaction() as session:
                task_force(session, "영광 모빌리티 TFT", CHANNEL, SIDES)
            yield Town(workspace, bot)


@pytest.fixture(params=["T1", "T2"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with town_at_work(tmp_path, connect=request.param == "T2") as made:
        yield made


@pytest.fixture
def t1(tmp_path: Path) -> Iterator[Town]:
    with town_at_work(tmp_path, connect=False) as made:
        yield made


@pytest.fixture
def t2(tmp_path: Path) -> Iterator[Town]:
    with town_at_work(tmp_path, connect=True) as made:
        yield made


def card(window: Window, *parts: str) -> Message:
    """The card in the channel, once it says all this."""

    def look() -> Message | None:
        public = [message for message in window.messages() if not message.raw.get("ephemeral")]
        return next((one for one in reversed(public) if all(part in one.text for part in parts)), None)

    return eventually(look, f"a card with {parts}")


def never_told(window: Window, part: str) -> bool:
    return not any(part in message.text for message in window.whispers())


def test_one_joint_item_from_add_to_closed(place: Town):
    lead, owner, county = place.as_user("gist lead"), place.as_user("gist owner"), place.as_user("county owner")

    lead.command(ADD)

    lead.told("A-1", "2026. 12. 5.(토)까지")
    shown = card(county, "A-1", "GIST 담당: 정하늘 교수", "영광군 담당: 한도윤 주무관", "2026. 12. 5.(토)", "확인 대기")
    assert shown.buttons == ["완료", "변경", "자세히"]
    eventually(lambda: card(county, "A-1").reactions().get("white_check_mark") or None, "the bot's own ✅")
    owner.written("새 할 일을 맡으셨습니다", "이강민 단장")
    county.written("새 할 일을 맡으셨습니다")

    owner.react(shown, "✅")
    owner.told("A-1 GIST 측 완료로 기록했습니다", "👀")
    half = card(county, "GIST 완료 · 차례: 영광군(1일째)")
    assert half.ts == shown.ts

    county.react(shown, "☑️")
    county.told("완료로 닫았습니다: A-1")
    closed = card(lead, "A-1", "완료 · 20")
    assert closed.ts == shown.ts
    assert closed.buttons == ["다시 열기", "자세히"]

    county.unreact(shown, "☑️")
    county.told("완료 기록을 되돌렸습니다")
    card(lead, "GIST 완료 · 차례: 영광군")


def test_the_private_line_has_a_working_way_back(t1: Town):
    lead, owner = t1.as_user("gist lead"), t1.as_user("gist owner")
    lead.command(ADD)
    owner.react(card(owner, "A-1"), "✅")

    owner.click("되돌리기", on=owner.told("완료로 기록했습니다"))

    owner.told("완료 기록을 되돌렸습니다")
    card(lead, "A-1", "확인 대기: GIST 정하늘 교수, 영광군 한도윤 주무관")


@pytest.mark.parametrize(("handle", "why"), [("stranger", "명단에 없어"), ("county secretary", "우리 측 담당자")])
def test_who_may_not_is_told_so_privately(place: Town, handle: str, why: str):
    lead, other = place.as_user("gist lead"), place.as_user(handle)
    lead.command(ADD)

    other.react(card(other, "A-1"), "✅")

    other.told("A-1", why)
    assert never_told(lead, why)
    card(lead, "A-1", "확인 대기: GIST 정하늘 교수, 영광군 한도윤 주무관")


def test_an_observer_is_told_so_in_english(t1: Town):
    lead, observer = t1.as_user("gist lead"), t1.as_user("english")
    lead.command(ADD)

    observer.react(card(observer, "A-1"), "✅")

    observer.told("an observer's ✅ or Done does not count")


def test_the_other_side_has_no_slash_command_and_does_everything_all_the_same(t2: Town):
    """Parity: in a Slack Connect channel a mention, a direct message and buttons do what a command does."""
    county = t2.as_user("county owner")

    county.mention("추가 예산 산출근거 <@U0GISTOWN> 2026-11-30 #예산")
    county.told("A-1 예산 산출근거")
    county.write_to_bot("추가 군의회 설명자료")
    county.written("A-2 군의회 설명자료")
    county.click("완료", on=card(county, "A-2"))
    county.told("A-2 영광군 측 완료로 기록했습니다")
    card(county, "A-2", "완료 · 20")
    county.mention("목록 전체")
    county.told("전체 2건", "A-1", "A-2")
    county.write_to_bot("A-2 다시열기")
    county.written("A-2", "확인 대기")
    county.mention("이력 2")
    county.told("A-2 이력", "다시 열림", "완료로 닫힘")
    county.mention("추가")
    county.click("입력 양식 열기", on=county.told("입력 양식"))
    county.submit(county.form(), title="양식으로 만든 일")
    county.told("A-3 양식으로 만든 일")


def test_change_and_details_from_the_card(t1: Town):
    lead, county = t1.as_user("gist lead"), t1.as_user("county owner")
    lead.command(ADD)

    lead.click("변경", on=card(lead, "A-1"))
    lead.submit(lead.form(), title="센터 개소 계획서 최종안", due="2026-12-07", **{"owner-2": "박서준 과장"})

    lead.told("바꾸었습니다", "최종안")
    card(county, "A-1", "최종안", "영광군 담당: 박서준 과장", "2026. 12. 7.(월)")
    t1.as_user("county lead").written("새 할 일을 맡으셨습니다")
    county.click("자세히", on=card(county, "최종안"))
    county.click("이력", on=county.told("등록: 이강민 단장"))
    county.told(
        "영광군 담당 변경: 한도윤 주무관 → 박서준 과장", "제목 변경: 센터 개소 계획서 초안 → 센터 개소 계획서 최종안"
    )


def test_mistakes_stay_in_the_form(t1: Town):
    lead = t1.as_user("gist lead")
    lead.command("/tft add")
    form = lead.form()

    refused = lead.act(
        "submit",
        view_id=form.raw["id"],
        state=_state(form.raw["blocks"], title="<!channel>", due="2020-01-01"),
    )

    assert refused["errors"] == {"title": refused["errors"]["title"]}
    assert "제목을 적어 주세요" in refused["errors"]["title"]


def test_a_stale_button_on_a_closed_item_is_answered_politely(t1: Town):
    lead, owner, county = t1.as_user("gist lead"), t1.as_user("gist owner"), t1.as_user("county owner")
    lead.command(ADD)
    stale = county.written("새 할 일을 맡으셨습니다")
    owner.command("/tft done 1")
    county.react(card(county, "A-1"), "✅")
    card(county, "A-1", "완료 · 20")

    county.click("완료", on=stale)

    polite = eventually(lambda: _last(county.messages(county.dm()), "이미 끝난 할 일"))
    county.click("다시 열기", on=polite)
    card(lead, "A-1", "다시 연 할 일")


def test_a_stale_change_button_is_answered_politely(t1: Town):
    lead, owner = t1.as_user("gist lead"), t1.as_user("gist owner")
    lead.command("/tft add 초안 <@U0GISTOWN>")
    stale = lead.told("A-1")
    owner.command("/tft done 1")

    lead.click("변경", on=stale)

    lead.told("이미 끝난 할 일", "완료 · 20")


def test_another_task_forces_items_are_invisible_whatever_a_button_carries(t1: Town):
    with t1.bot.deps.database.transaction() as session:
        task_force(session, "다른 TFT", OTHER_CHANNEL, {"stranger": ("GIST", Role.LEAD)})
    stranger, owner = t1.as_user("stranger"), t1.as_user("gist owner")
    stranger.command("/tft add 비밀 계획 2026-12-05", channel=OTHER_CHANNEL)
    stranger.sees("비밀 계획", channel=OTHER_CHANNEL)
    owner.command(ADD)

    owner.command("/tft show 2")
    owner.told("A-2 할 일이 없습니다")
    for action in ("item-details", "item-done", "item-edit", "item-history", "item-reopen"):
        owner.acted_at = time.time()
        press_forged(t1, "U0GISTOWN", action, "2:1:0")  # the secret item's own value
        owner.told("그 할 일을 찾을 수 없습니다")
    assert "비밀" not in "".join(message.text for message in owner.messages())
    stranger.command("/tft history 1", channel=OTHER_CHANNEL)
    assert "1/1쪽" in stranger.told("등록: 비밀 계획", channel=OTHER_CHANNEL).text


def test_lists_turn_their_pages(t1: Town):
    lead = t1.as_user("gist lead")
    for n in range(12):
        lead.command(f"/tft add 할일 {n:02}")
    lead.command("/tft 목록")

    lead.click("다음", on=lead.told("진행 중 12건 · 1/2쪽"))

    lead.click("이전", on=lead.told("2/2쪽", "할일 11"))


def test_home_shows_my_items_and_answers_in_a_window(t1: Town):
    lead, owner = t1.as_user("gist lead"), t1.as_user("gist owner")
    lead.command(ADD)
    home = owner.home("센터 개소 계획서 초안")

    details = next(block for block in home.blocks if block.get("accessory"))
    owner.press({"type": "home"}, details, details["accessory"])
    owner.click("완료", on=owner.form())

    assert (
        "GIST 측 완료로 기록했습니다" in eventually(lambda: owner.form() if "기록" in owner.form().text else None).text
    )
    card(lead, "GIST 완료 · 차례: 영광군")
    owner.home("내 차례인 할 일이 없습니다")


def test_what_is_pressed_on_the_home_is_answered_there(t1: Town):
    lead = t1.as_user("gist lead")
    home = lead.home()

    lead.click("전체 할 일", home)
    eventually(lambda: "할 일이 없습니다" in lead.form().text or None, "a window with the list")
    lead.click("결정사항", home)
    lead.click("메뉴", eventually(lambda: one if "메뉴" in (one := lead.form()).text else None, "the register"))
    eventually(lambda: "무엇을 도와드릴까요" in lead.form().text or None, "the menu in the same window")
    lead.click("할 일 추가", home)
    form = eventually(lambda: one if "title" in str((one := lead.form()).blocks) else None, "the form")
    lead.submit(form, title="홈에서 만든 일", **{"owner-1": lead.user})

    lead.home_shows("홈에서 만든 일")


def test_the_same_title_at_once_asks_first(t1: Town):
    lead = t1.as_user("gist lead")
    lead.command("/tft add 보고서")

    lead.command("/tft add 보고서")
    lead.click("하나 더 만들기", on=lead.told("하나 더 만들까요?", "A-1"))

    lead.told("A-2 보고서")


def test_a_long_title_is_given_back(t1: Town):
    lead = t1.as_user("gist lead")

    lead.command("/tft add " + "가" * 3000)

    answer = lead.told("제목은 300자까지", "3000자")
    assert "가" * 2000 in answer.text


def test_a_direct_message_by_somebody_in_no_task_force(t1: Town):
    t1.as_user("stranger").write_to_bot("추가 보고서")

    answer = t1.as_user("stranger").written("추가 보고서")
    assert "TFT가 없습니다" in answer.text or "참여" in answer.text


def test_a_direct_message_by_somebody_in_two_task_forces_asks_which(t1: Town):
    with t1.bot.deps.database.transaction() as session:
        task_force(session, "다른 TFT", OTHER_CHANNEL, {"gist owner": ("GIST", Role.LEAD)})
    owner = t1.as_user("gist owner")
    owner.write_to_bot("추가 보고서 2026-12-05")

    owner.click("다른 TFT", on=owner.written("어느 TFT"))

    eventually(lambda: _last(owner.messages(OTHER_CHANNEL), "보고서"), "the card in the other channel")
    assert never_told(owner, "문제가 생겨")


def test_a_command_in_a_channel_without_task_force(t1: Town):
    t1.as_user("stranger").command("/tft add 보고서", channel=OTHER_CHANNEL)

    answer = t1.as_user("stranger").told("아직 TFT가 없습니다", channel=OTHER_CHANNEL)
    assert "add 보고서" in answer.text


def press_forged(place: Town, user: str, action_id: str, value: str) -> None:
    """A press that the workspace itself would not let through: on a button that is not there."""
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": GIST},
        "team": {"id": GIST},
        "api_app_id": "A0TFT",
        "token": "-",
        "trigger_id": f"forged.{action_id}.{value}",
        "channel": {"id": CHANNEL},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": CHANNEL},
        "actions": [{"type": "button", "block_id": "b", "action_id": action_id, "value": value, "action_ts": "1.1"}],
    }
    answer = place.bot.app.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200


def _last(messages: list[Message], part: str) -> Message | None:
    return next((message for message in reversed(messages) if part in message.text), None)


def _state(blocks: list[dict[str, Any]], **answers: str) -> dict[str, Any]:
    """What Slack's own check of a form lets through."""
    state: dict[str, Any] = {}
    for block in blocks:
        element = block.get("element")
        if isinstance(element, dict):
            block_id = str(block["block_id"])
            key = {"datepicker": "selected_date", "timepicker": "selected_time", "static_select": "selected_option"}
            name = key.get(element["type"], "value")
            value = answers.get(block_id, element.get("initial_option"))
            state[block_id] = {element["action_id"]: {"type": element["type"], name: value}}
    return state
