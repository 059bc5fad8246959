"""A saved log stored as a meeting."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.rules.minutes import Setting
from bot.rules.minutes.logs import Hints, read_log
from bot.services import meeting_ends, meeting_records, meetings, posts
from bot.services.meeting_imports import keep_log
from bot.services.refused import Refused
from storage.tables import Decision, Item, MeetingLine, Phase
from tests.services.meeting import minutes, press, shown, the
from tests.services.team import CHANNEL, Team

DATA = Path(__file__).parents[1] / "rules" / "data" / "minutes"
LOG = "same.2026-12-10-05.00.log.txt"


def stored(team: Team, keeper: str = "김민지", channel: str = CHANNEL) -> None:
    log = read_log([(LOG, (DATA / LOG).read_bytes())], Setting(), Hints())
    with team.work() as work:
        keep_log(work, channel, keeper, log)


def test_it_is_a_meeting_that_its_keeper_puts_on_record(team: Team):
    team.later(days=30)
    stored(team)

    assert the(team).phase is Phase.ENDED
    agreed = [one.text for one in minutes(team).decisions if one.outcome.value == "agreed"]
    assert agreed
    assert agreed[0] in shown(team, meeting_ends.REVIEW)
    press(team, "gist member", ids.MEETING_RECORD)

    with team.database.reading() as session:
        assert {one.text for one in session.exec(select(Decision))} == set(agreed)
        assert len(session.exec(select(Item)).all()) == len(minutes(team).actions)
    (papers,) = team.queued(meetings.PAPERS)
    with team.database.reading() as session:  # it has no thread of its own
        assert posts.over(session, posts.kinds()[papers.kind], papers) == (meeting_records.SUMMARY, papers.subject)


def test_its_lines_are_kept_as_they_are_and_make_the_same_minutes(team: Team):
    stored(team)
    log = read_log([(LOG, (DATA / LOG).read_bytes())], Setting(), Hints())

    with team.database.reading() as session:
        kept = {one.key: one.text for one in session.exec(select(MeetingLine))}
    assert kept == {one.key: one.text for one in log.lines}


@pytest.mark.parametrize(
    ("keeper", "channel", "key"), [("없는사람", CHANNEL, "import-keeper"), ("김민지", "C9", "import-no-task-force")]
)
def test_who_keeps_it_and_where_must_be_known(team: Team, keeper: str, channel: str, key: str):
    with pytest.raises(Refused, match=key):
        stored(team, keeper, channel)
