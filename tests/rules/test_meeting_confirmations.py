"""What the words of both sides to a draft of minutes amount to."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.meeting_confirmations import Standing, standing
from storage.tables import MinutesWord

AT = datetime(2026, 12, 3, 5, tzinfo=UTC)
SIDES = frozenset({1, 2})


def word(side: int, person: int, *, confirms: bool, minute: int = 0, withdrawn: bool = False) -> MinutesWord:
    said_at = AT + timedelta(minutes=minute)
    return MinutesWord(
        id=minute + 1,
        meeting_id=1,
        wording=1,
        side_id=side,
        person_id=person,
        confirms=confirms,
        said_at=said_at,
        withdrawn_at=said_at if withdrawn else None,
    )


BOTH = [word(1, 11, confirms=True), word(2, 21, confirms=True, minute=1)]
ONE_SIDE_TWICE = [word(1, 11, confirms=True), word(1, 12, confirms=True, minute=1)]
ONE_OBJECTS = [word(1, 11, confirms=True), word(2, 21, confirms=False, minute=1)]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ([], Standing.PENDING),
        (BOTH, Standing.AGREED),
        (BOTH[:1], Standing.PENDING),
        (ONE_SIDE_TWICE, Standing.PENDING),
        (ONE_OBJECTS, Standing.OBJECTED),
        ([*BOTH, word(2, 22, confirms=False, minute=2)], Standing.OBJECTED),
        ([*ONE_OBJECTS, word(2, 22, confirms=True, minute=2)], Standing.AGREED),
        ([*BOTH, word(2, 22, confirms=False, minute=2, withdrawn=True)], Standing.AGREED),
        ([BOTH[0], word(2, 21, confirms=True, minute=1, withdrawn=True)], Standing.PENDING),
    ],
)
def test_each_side_counts_once_by_its_latest_word(words: list[MinutesWord], amount: Standing):
    assert standing(words, SIDES) is amount
    assert standing(reversed(words), SIDES) is amount


@pytest.mark.parametrize(
    ("words", "amount"),
    [([], Standing.AGREED), (BOTH[:1], Standing.AGREED), (ONE_OBJECTS, Standing.OBJECTED)],
)
def test_where_silence_agrees_an_objection_still_does_not(words: list[MinutesWord], amount: Standing):
    assert standing(words, SIDES, silence_agrees=True) is amount
