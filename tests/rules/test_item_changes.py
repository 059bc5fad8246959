"""Two people changing an item at once."""

from datetime import date, time

import pytest

from bot.rules.item_changes import changes, conflicts, due_word, read_due_word

BASE = {"title": "초안", "due": "2026-12-05", "stream": "", "owner-1": "7"}


@pytest.mark.parametrize(
    ("wanted", "current", "changed", "in_conflict"),
    [
        pytest.param({}, {}, {}, {}, id="nobody changed anything"),
        pytest.param({"title": "최종안"}, {}, {"title": "최종안"}, {}, id="only I did"),
        pytest.param({}, {"title": "다른 안"}, {}, {}, id="only somebody else did"),
        pytest.param({"title": "최종안"}, {"due": "2026-12-07"}, {"title": "최종안"}, {}, id="different fields"),
        pytest.param({"title": "최종안"}, {"title": "최종안"}, {"title": "최종안"}, {}, id="the same change"),
        pytest.param(
            {"title": "최종안"}, {"title": "다른 안"}, {"title": "최종안"}, {"title": "다른 안"}, id="the same field"
        ),
        pytest.param(
            {"owner-2": "9"}, {"owner-2": "8"}, {"owner-2": "9"}, {"owner-2": "8"}, id="a side that had no owner"
        ),
        pytest.param({"owner-1": ""}, {}, {"owner-1": ""}, {}, id="an owner taken out"),
    ],
)
def test_what_i_changed_and_what_meets_the_change_of_another(wanted, current, changed, in_conflict):
    mine, now = {**BASE, **wanted}, {**BASE, **current}

    assert changes(BASE, mine) == changed
    assert conflicts(BASE, mine, now) == in_conflict


@pytest.mark.parametrize(
    ("on", "at", "word"),
    [
        (None, None, ""),
        (date(2026, 12, 5), None, "2026-12-05"),
        (date(2026, 12, 5), time(14, 30), "2026-12-05T14:30"),
    ],
)
def test_due_dates_as_words(on, at, word):
    assert due_word(on, at) == word
    assert read_due_word(word) == (on, at)
