"""What the writer of a line of minutes is asked."""

from datetime import date

import pytest

from bot.messages.meeting_questions import answers, question
from bot.rules.dates.due import Due, Kind, asked
from bot.rules.minutes import Place, Unclear, Why
from config.words import Words
from storage.tables import Meeting

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


def test_days_are_offered_the_earliest_first():
    meeting = Meeting(id=1, task_force_id=1, number=3, title="회의", channel_id=1, created_by=1, keeper_id=1)
    unclear = Unclear(
        Place("1"), Why.DUE, "다음 금요일", due=asked("next-weekday", date(2026, 12, 4), date(2026, 11, 27))
    )

    labels = [one["text"]["text"] for one in answers(meeting, unclear, Words().say("ko"))]

    assert labels[:2] == ["2026. 11. 27.(금)", "2026. 12. 4.(금)"]
