"""Reminders of budget dates put off or handed over: by the buttons of every reminder, and in words."""

import pytest
from sqlmodel import select

from bot.messages.post import Reply
from bot.services.askers import Surface
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.nudges import NUDGES
from bot.services.refused import Refused
from handlers.budget import chosen_on
from storage.tables import OutboxRow
from tests.services.asking import ask, buttons, told
from tests.services.mornings import go, reminders, sent
from tests.services.team import CHANNEL, Team, text_of
from tests.services.test_budget import press
from tests.services.test_milestone_reminders import GIST, OWNER, budget_days
from tests.services.test_milestones import joint_line, presets


def labels(team: Team, kind: str, to: str) -> list[str]:
    """The buttons of the newest reminder to somebody."""
    with team.database.reading() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.user_id == to)).all()
    post = team.rendered(rows[-1])
    assert post
    return list(buttons(post))


@pytest.mark.parametrize(
    ("row", "day", "kind", "offered"),
    [
        ("행안부 제출", "11-24", MILESTONE_NUDGE, "완료, 나중에 알림, 날짜 변경, 인계, 자세히"),
        ("군의회 의결", "12-07", NUDGES, "나중에 알림, 날짜 변경, 인계, 자세히"),
        ("군의회 의결", "12-21", NUDGES, "의결 → 금액, 미의결 → 새 날짜, 해당 없음, 나중에 알림, 인계, 자세히"),
    ],
)
def test_every_reminder_can_be_put_off_and_handed_over(team: Team, row: str, day: str, kind: str, offered: str):
    joint_line(team)
    presets(team, row)
    sent(team)

    go(team, f"{day} 09:30")

    assert labels(team, kind, OWNER) == [*offered.split(", "), "메뉴"]


def choose(team: Team, act: str) -> Reply:
    """The county's owner chooses from the menu of the first milestone's line."""
    with team.work() as work:
        return chosen_on(work, team.asker(work, "county owner", Surface.BUTTON, CHANNEL), act, 1)


def test_the_menu_of_a_line_has_the_same(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    team.add("county lead", "요구서 <@UCOWN> 2026-11-25")
    sent(team)
    go(team, "11-24 09:30")
    with team.database.reading() as session:
        row = session.exec(select(OutboxRow).where(OutboxRow.kind == NUDGES, OutboxRow.user_id == OWNER)).one()
    post = team.rendered(row)
    assert post
    (menu,) = [one["accessory"] for one in post.blocks if "B-1-1" in str(one.get("text"))]
    offered = {one["text"]["text"]: one["value"] for one in menu["options"]}

    assert list(offered) == ["완료", "나중에 알림", "날짜 변경", "인계", "자세히"]
    assert offered["인계"] == "1:1:handover"
    assert choose(team, "handover").view
    asked = choose(team, "snooze").post
    assert list(buttons(asked)) == ["내일 2026. 11. 25.(수)", "다음 주 2026. 11. 30.(월)"]
    rests = press(team, "county owner", buttons(asked)["다음 주 2026. 11. 30.(월)"]).post
    assert "날짜는 그대로입니다: 2026. 12. 1.(화)" in text_of(rests)


def test_a_snooze_moves_one_persons_reminder_of_a_date_alone(team: Team):
    joint_line(team)
    presets(team, "군의회 의결")  # an event of both on 12-21; leads 21, 14, 7, 3, 1
    sent(team)
    ask(team, "county owner", "나중에알림 B-1-1 12/9")
    assert "본인에게 오는 알림을 2026. 12. 9.(수) 전까지 쉼" in told(team, "gist owner", "예산 이력 B-1")

    heard = [(moment, to) for moment, to, _ in budget_days(team, "11-24 00:00", "12-12 00:00")]

    assert sorted(heard) == [
        ("11-30 09:30", GIST),
        ("12-07 09:30", GIST),
        ("12-09 09:30", OWNER),
    ]


def test_a_snooze_over_the_day_of_an_event_asks_for_its_result_at_its_end(team: Team):
    joint_line(team)
    presets(team, "군의회 의결")
    sent(team)
    ask(team, "county owner", "예산 나중에 B-1-1 2026-12-29")

    heard = [(moment, text) for moment, to, text in budget_days(team, "12-20 00:00", "12-31 23:00") if to == OWNER]

    assert [moment for moment, _ in heard] == ["12-29 09:30"]
    assert "한 번 더 여쭙니다" in heard[0][1]


def test_a_snooze_of_who_looks_after_the_side_ends_as_such(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)
    ask(team, "county secretary", "예산 나중에 B-1-1 2026-12-10")

    heard = [(moment, text) for moment, to, text in budget_days(team, "12-02 00:00", "12-11 00:00") if to == "UCSEC"]

    assert [moment for moment, _ in heard] == ["12-10 09:30"]
    assert "담당: 한도윤 주무관" in heard[0][1]
    assert "✅" not in heard[0][1]


def test_a_snooze_is_taken_back_and_one_of_the_past_is_refused(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)
    team.later(minutes=1)
    ask(team, "county owner", "예산 나중에 B-1-1 2026-12-02")
    assert "알림을 2026. 12. 2.(수) 전까지 쉼" in told(team, "county owner", "되돌리기")
    with pytest.raises(Refused, match="item-snooze-past"):
        ask(team, "county owner", "예산 나중에 B-1-1 오늘")

    assert "7일 남음" in reminders(go(team, "11-24 09:30"))[OWNER]
