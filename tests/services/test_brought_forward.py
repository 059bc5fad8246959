"""Late changes lose nobody a reminder: what moves to a time at which others were told already is said at once."""

from collections.abc import Callable

from bot.rules.own_settings import OwnSettings
from bot.services import own_settings
from storage.people import Profile, remember_profile
from storage.tables import Role
from tests.services.asking import told
from tests.services.deciding import TEXT, agreed, proposed
from tests.services.mornings import change_person, go, reminders
from tests.services.team import PEOPLE, Team, user_of
from tests.services.test_meeting_plans import planned
from tests.services.test_milestones import joint_line, presets
from tests.services.verb_lines import also_on_postgresql


def a_review(team: Team) -> None:
    proposed(team, line=f"{TEXT} 재검토 2026-12-01")
    agreed(team)


def a_meeting(team: Team) -> None:
    planned(team, "회의 예약 12월 2일 14시 실무회의")


def a_milestone(team: Team) -> None:
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")  # 12-01, of the county


def leave(team: Team, handle: str) -> None:
    told(team, handle, "휴가 12/1")


CASES = [
    (a_review, "gist owner", "county secretary", "재검토일이 되었습니다"),
    (a_meeting, "gist owner", "county owner", "M-1 실무회의"),
    (a_milestone, "county lead", "county owner", "*B-1-"),
]


@also_on_postgresql("case", *CASES)
def test_who_enters_leave_late_hears_what_others_on_leave_heard(
    team: Team, case: tuple[Callable[[Team], None], str, str, str]
):
    """Tuesday's reminder comes on Monday at 09:30 to who is off on Tuesday; somebody enters that at 10:00 on Monday."""
    thing, before, late, said = case
    thing(team)
    leave(team, before)
    go(team, "11-27 10:00")
    monday = reminders(go(team, "11-30 09:30"))
    assert said in monday[user_of(before)]
    assert said not in monday.get(user_of(late), "")

    leave(team, late)
    heard = [
        moment
        for moment in ("11-30 10:00", "12-01 09:30", "12-02 09:30")
        if said in reminders(go(team, moment)).get(user_of(late), "")
    ]

    assert heard == ["11-30 10:00"]


def chooses_korean_hours(team: Team) -> None:
    with team.work() as work:
        own_settings.save(work, team.asker(work, "county secretary"), OwnSettings(zone="Asia/Seoul"))


def is_in_korea(team: Team) -> None:
    is_in(team, "Asia/Seoul")


def has_a_successor(team: Team) -> None:
    change_person(team, PEOPLE["county secretary"][3], role=Role.MEMBER)
    change_person(team, PEOPLE["county deputy"][3], role=Role.SECRETARY)


def is_in(team: Team, zone: str) -> None:
    user = user_of("county secretary")
    with team.work() as work:
        profile = Profile(user, None, "최유진", None, zone, is_bot=False, is_deleted=False)
        remember_profile(work.session, profile, team.machine_now)


CHANGES = [
    (chooses_korean_hours, "county secretary"),
    (is_in_korea, "county secretary"),
    (has_a_successor, "county deputy"),
]


@also_on_postgresql("case", *CHANGES)
def test_whose_morning_comes_earlier_hears_what_others_heard(team: Team, case: tuple[Callable[[Team], None], str]):
    """The secretary is in Berlin: 09:30 there is 17:30 here. At 10:00 here that changes, when others have heard."""
    change, to = case
    a_review(team)
    is_in(team, "Europe/Berlin")
    assert reminders(go(team, "12-01 09:30")).keys() == {user_of("gist owner")}

    change(team)
    heard = [(moment, one) for moment in ("12-01 10:00", "12-01 17:30") for one in reminders(go(team, moment))]

    assert heard == [("12-01 10:00", user_of(to))]
