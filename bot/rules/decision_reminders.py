"""Who is reminded of a decision, and when: while it is proposed, who may confirm it; in force, on its review date."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.rules import awaited
from bot.rules.awaited import Speaker
from bot.rules.hours import Receiver, digest_moment
from bot.rules.ladders import Rung, shifted
from bot.rules.nudges import Due
from storage.tables import Decision, DecisionStatus

REVIEW = "review"  # a rung's name


def timeline(
    decision: Decision, asked_on: date, silent: Iterable[Speaker], keepers: Iterable[Receiver]
) -> Iterator[Due]:
    """Every reminder of one decision, past ones too. `silent`: who may speak for the sides that have said nothing.

    One of a meeting is confirmed with the minutes, and reminded of with them; one that is objected to waits for whoever
    objected or proposed it. `keepers`: who is told that the review date has come.
    """
    if decision.status is DecisionStatus.PROPOSED and decision.meeting_id is None:
        yield from awaited.timeline(asked_on, silent)
    on = decision.review_on
    if decision.status is DecisionStatus.IN_FORCE and on:
        for one in keepers:
            if day := shifted(0, on, one.own):
                yield Due(digest_moment(day, one), Rung(REVIEW, day, on), one)
