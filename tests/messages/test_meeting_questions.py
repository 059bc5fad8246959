"""What the writer of a line of minutes is asked."""

from datetime import date

import pytest

from bot.messages.meeting_questions import question
from bot.rules.dates.due import Due, Kind, asked
from bot.rules.minutes import Place, Unclear, Why
from config.words import Words

TWO = asked("weekday-mismatch:fri:mon", date(2026, 12, 11), date(2026, 12, 14))


@pytest.mark.parametrize(
    ("written", "due", "said"),
    [
        ("12/11(월)까지", TWO, "기한을 정해 주세요: “12/11(월)까지”. 날짜와 요일이 맞지 않습니다. 어느 쪽이 맞나요?"),
        ("", Due(Kind.NONE, (), "recurrence"), "기한을 정해 주세요. 되풀이되는 일정이라 한 번의 기한이 아닙니다."),
    ],
)
def test_a_due_date_that_is_asked_about_says_why(written: str, due: Due, said: str):
    unclear = Unclear(Place("1"), Why.DUE, written, due=due)

    assert question(unclear, Words().say("ko")) == said
