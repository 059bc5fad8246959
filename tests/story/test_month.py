"""The demo's month: who gets how many messages, and who hears of the budget's dates when, if nobody answers anything."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from config import demo
from storage.tables import Role
from tests.story.month import PAGE, Sent, counted, played

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
MOST = 6  # besides the weekly summaries, to a lead
DAYS_OFF = {"2026-12-25"}
CHANNEL = "the channel"
# By hand: the leads of each date before it, moved earlier on days off, its own day, and three working days after a vote.
BUDGET_DAYS = {
    "doyun": "11-23 11-25 11-27 11-30 12-01 12-02 12-03 12-07 12-14 12-16 12-18 12-21 12-24 12-31",
    "minji": "11-23 11-25 11-27 11-30 12-01 12-02 12-03 12-07 12-14 12-15 12-18 12-21 12-24",
    CHANNEL: "11-23 11-25 11-27 12-01 12-14 12-16 12-18 12-22 12-24",
    "yujin": "11-23 11-30 12-09 12-15 12-16 12-18 12-22 12-23 12-29",
    "gangmin": "11-27 12-01 12-18",
    "taegyeong": "11-27 12-01 12-18 12-22 12-23",
    "serin": "11-30 12-01 12-07 12-14 12-17 12-18 12-21 12-24 12-31",
    "seogyeong": "11-23 12-09 12-16 12-18 12-22 12-23 12-29",
}
SECRETS = ("B-4", "진입로")  # the county's own line


def test_a_month_is_bearable_and_as_the_page_shows_it(tmp_path: Path) -> None:
    """`python -m tests.story.month` makes the page again."""
    month = played(tmp_path, is_diligent=False)

    leads_get_six_summaries_and_few_others(month)
    reminders_come_once_a_day(month)
    nothing_comes_on_days_off_or_at_night(month)
    the_budget_is_heard_of_on_its_days(month)
    the_countys_own_line_is_heard_of_on_its_side_alone(month)
    assert "\n".join(counted(month)) in PAGE.read_text(encoding="utf-8")


def leads_get_six_summaries_and_few_others(month: Sequence[Sent]) -> None:
    for lead in [one for one in demo.load().members if one.role == Role.LEAD]:
        of = Counter(one.letter == "w" for one in month if one.to == lead.handle)
        assert of[True] == 6
        assert 0 < of[False] <= MOST


def reminders_come_once_a_day(month: Sequence[Sent]) -> None:
    for letter in "wr":
        found = Counter((one.at.date(), one.to) for one in month if one.letter == letter)
        assert set(found.values()) == {1}


def nothing_comes_on_days_off_or_at_night(month: Sequence[Sent]) -> None:
    assert [one for one in month if one.at.weekday() > 4 or str(one.at.date()) in DAYS_OFF] == []
    assert [one for one in month if not 9 <= one.at.hour < 18] == []


def the_budget_is_heard_of_on_its_days(month: Sequence[Sent]) -> None:
    """Days of the month on which the day's one message has dates of the budget: per person, and the channel."""
    about: dict[str, list[str]] = {}
    for one in sorted(month, key=lambda one: one.at):
        if is_reminder(one) and ("*B-" in one.text or "집행한 금액" in one.text):
            about.setdefault(one.to or CHANNEL, []).append(f"{one.at:%m-%d}")

    assert {name: " ".join(days) for name, days in about.items()} == BUDGET_DAYS


def the_countys_own_line_is_heard_of_on_its_side_alone(month: Sequence[Sent]) -> None:
    county = {member.handle for member in demo.load().members if member.side == "영광군"}

    heard = {one.to for one in month if any(secret in one.text for secret in SECRETS)}
    assert {"seogyeong", "taegyeong"} <= heard <= county


def is_reminder(one: Sent) -> bool:
    return one.letter == "r" and one.kind != "weekly-channel"
