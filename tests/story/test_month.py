"""The demo's month: who gets how many messages, when nobody answers anything."""

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


def test_a_month_is_bearable_and_as_the_page_shows_it(tmp_path: Path) -> None:
    """`python -m tests.story.month` makes the page again."""
    month = played(tmp_path, is_diligent=False)

    leads_get_six_summaries_and_few_others(month)
    reminders_come_once_a_day(month)
    nothing_comes_on_days_off_or_at_night(month)
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
