"""Lines of a meeting that first reach the bot after its minutes were put on record; on both engines."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.rules.minutes import LineKind
from bot.services import meeting_finals, meeting_late
from bot.services.meeting_confirmations import REWORDED
from bot.services.meeting_keeping import Said
from bot.services.refused import Refused
from storage.tables import Decision, Item, MeetingLine, Phase
from tests.services.meeting import (
    THREAD,
    begun,
    confirmed,
    minutes,
    on_record,
    press,
    say,
    shown,
    tell,
    the,
    told,
    ts_of,
)
from tests.services.team import Team, user_of


@pytest.fixture
def draft(team: Team) -> tuple[Team, str]:
    """A meeting on record; and the ts of a message that was written in it and heard by nobody."""
    begun(team)
    say(team, "gist member", "결정: 하나")
    team.later(seconds=1)
    unheard = ts_of(team, 0)
    say(team, "gist member", "결정: 셋")
    on_record(team)
    return team, unheard


def late(team: Team, ts: str, text: str, handle: str = "county owner", **more: str) -> str:
    """The message is heard now; gives what its writer is told."""
    return told(tell(team, handle, Said(ts, THREAD, user_of(handle), text, **more)))  # type: ignore[arg-type]


def test_it_is_kept_and_told_to_the_keeper_and_enters_the_draft_where_it_was_said_only_if_they_want(
    draft: tuple[Team, str],
):
    team, ts = draft
    confirmed(team, "gist lead")
    before = minutes(team)

    late(team, ts, "결정: 둘\n할 일: 견적 받기 한도윤 주무관")
    late(team, ts, "결정: 둘\n할 일: 견적 받기 한도윤 주무관")

    assert minutes(team) == before
    (row,) = team.queued(meeting_late.LATE)
    assert row.user_id == "UGMEM"
    news = shown(team, meeting_late.LATE)
    for part in ("[등록]한 뒤에야 도착한 글", "한도윤 주무관", "결정: 둘", "회의록에 넣기"):
        assert part in news
    with pytest.raises(Refused, match="meeting-keeper-only"):
        press(team, "county owner", ids.MEETING_LATE, ts)

    reply = press(team, "gist member", ids.MEETING_LATE, ts)
    press(team, "gist member", ids.MEETING_LATE, ts)

    assert "회의록(안)에 넣었습니다" in told(reply)
    assert [one.text for one in minutes(team).decisions] == ["하나", "둘", "셋"]
    assert the(team).wording == 2
    assert [row.user_id for row in team.queued(REWORDED)] == ["UGLEAD"]
    with team.database.reading() as session:
        assert sorted(one.text for one in session.exec(select(Decision))) == ["둘", "셋", "하나"]
        assert [one.title for one in session.exec(select(Item))] == ["견적 받기"]


def test_final_minutes_stay_as_they_are_and_the_words_are_told(draft: tuple[Team, str]):
    team, ts = draft
    confirmed(team, "gist lead", "county lead")

    late(team, ts, "결정: 둘")

    news = shown(team, meeting_late.LATE)
    assert "확정된 뒤에야 도착한 글" in news
    assert "정정" in news
    with team.database.reading() as session:
        assert list(meeting_finals.altered(session)) == []
    with pytest.raises(Refused, match="meeting-is-final"):
        press(team, "gist member", ids.MEETING_LATE, ts)


def test_an_edit_from_before_the_end_is_told_with_the_form_of_its_line(draft: tuple[Team, str]):
    team, ts = draft
    (first,) = [line.place for line in minutes(team).lines() if line.text == "하나"]

    late(team, first.key, "결정: 하나를 더 줄임", "gist member", kind=LineKind.CHANGED, stamp=ts)

    news = shown(team, meeting_late.LATE)
    assert "고쳤으나" in news
    assert "결정: 하나를 더 줄임" in news
    assert press(team, "gist member", f"{ids.MEETING_LINE}-0", first.anchor).view


@pytest.mark.parametrize("handle", ["county owner", "observer"])
def test_what_was_written_after_the_end_off_the_record_or_by_an_observer_is_not_kept(
    draft: tuple[Team, str], handle: str
):
    team, ts = draft
    after = f"{(team.machine_now + timedelta(seconds=5)).timestamp():.6f}"

    late(team, after, "결정: 끝난 뒤", handle)
    late(team, ts, "오프: 단가 이야기" if handle == "county owner" else "결정: 참관인의 말", handle)

    assert team.queued(meeting_late.LATE) == []
    with team.database.reading() as session:
        words = [one.text for one in session.exec(select(MeetingLine))]
    assert not [one for one in words if "끝난" in one or "단가" in one or "참관" in one]
    assert the(team).phase is Phase.DRAFT
