"""Who hears of a milestone, and when next; and when owners are asked how much of a line was spent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.rules.budget import LineView, secured
from bot.rules.escalation import LATE_TO_DEPUTY, LATE_TO_SECRETARY, late_rung
from bot.rules.executions import SPENDING, asking_days, told_since
from bot.rules.hours import Receiver, digest_moment
from bot.rules.ladders import Rung as Said
from bot.rules.ladders import shifted
from bot.rules.milestones import ASK_AGAIN_AFTER, Rung, Step, awaits_result, due_of, is_alive, leader_hears, rungs
from bot.rules.nudges import SNOOZED, Due, at_moments, first_after, is_among, latest
from config.presets import Act
from storage.tables import Milestone, Role

SPENT = "spent"  # the name of the rung that asks how much was spent


@dataclass(frozen=True, slots=True)
class Hearers:
    """Whom one side has to hear of a line: its owner (or who is reached in the owner's place), and who looks after the side."""

    owners: tuple[Receiver, ...]
    leads: tuple[Receiver, ...] = ()
    secretaries: tuple[Receiver, ...] = ()
    deputies: tuple[Receiver, ...] = ()
    rests: Mapping[int, date] = field(default_factory=dict)  # a person's id → from when on there are reminders again


def name_of(rung: Rung) -> str:
    """What a rung is called where it is written down: `ahead+30`, `today+0`, `overdue-3`, `ask+0`."""
    return f"{rung.step}{rung.lead:+d}"


def step_of(name: str) -> Step | None:
    """Which kind of rung a name stands for; None: one that tells who looks after a side."""
    return next(
        (step for step in Step if name.startswith((f"{step}+", f"{step}-")) and name[len(step) + 1 :].isdigit()), None
    )


def timeline(milestone: Milestone, sides: Iterable[Hearers]) -> Iterator[Due]:
    """Every rung of every receiver, past ones too."""
    for side in sides:
        own = {one.person_id for one in side.owners}
        for owner in side.owners:
            found = rungs(milestone, owner.base, owner.own)
            heard = [rung for rung in found if owner.role is not Role.LEAD or _lead_owner_hears(rung)]
            yield from _said(owner, heard, side.rests)
        for lead in side.leads:
            if lead.person_id not in own:
                heard = [rung for rung in rungs(milestone, lead.base, lead.own) if leader_hears(rung)]
                yield from _said(lead, heard, side.rests)
        yield from _late(milestone, side, own)


def due_now(milestone: Milestone, sides: Iterable[Hearers], heard_until: datetime, now: datetime) -> list[Due]:
    """What each receiver is to hear by now: of several rungs that passed, only the latest."""
    return latest(timeline(milestone, sides), heard_until, now)


def next_due_at(milestone: Milestone, sides: Iterable[Hearers], heard_until: datetime) -> datetime | None:
    """When there is something to say next; in the past if it was missed; None: never."""
    return first_after(timeline(milestone, sides), heard_until)


def is_true(milestone: Milestone, sides: Iterable[Hearers], name: str, anchor: date, person_id: int) -> bool:
    """Whether what was planned may still be said: nothing moved it, and the person still hears of it."""
    return is_among(timeline(milestone, sides), person_id, name, anchor)


def said_as(milestone: Milestone, name: str, anchor: date) -> str:
    """A rung by what it asks: where a rest has ended on or after an event's day, that is for the result once more."""
    asks_again = name == SNOOZED and awaits_result(milestone, anchor)
    return f"{Step.ASK_AGAIN}-{ASK_AGAIN_AFTER}" if asks_again else name


def keeps_only(sides: Iterable[Hearers], person_id: int) -> bool:
    """Whether somebody hears of it as who looks after a side alone, neither as owner nor as lead."""
    return not any(one.person_id == person_id for side in sides for one in (*side.owners, *side.leads))


def asks(view: LineView, sides: Iterable[Hearers]) -> Iterator[Due]:
    """The days on which a line's owners are asked how much was spent, past ones too; none that was answered."""
    line = view.line
    if line.stage not in SPENDING or not secured(line, view.shares):
        return
    for side in sides:
        for owner in side.owners:
            for day in asking_days(line.year, owner.base):
                moved = shifted(0, day, owner.own)
                if moved and not told_since(view, day):
                    yield Due(digest_moment(moved, owner), Said(SPENT, moved, day), owner)


def _said(receiver: Receiver, found: list[Rung], rests: Mapping[int, date]) -> Iterable[Due]:
    said = [Said(name_of(rung), rung.day, rung.anchor) for rung in found]
    return at_moments(said, rests.get(receiver.person_id), receiver)


def _lead_owner_hears(rung: Rung) -> bool:
    """A lead who owns the line hears what any lead hears, and what only its owner can answer."""
    return leader_hears(rung) or rung.step in (Step.ASK, Step.ASK_AGAIN)


def _late(milestone: Milestone, side: Hearers, own: set[int]) -> Iterator[Due]:
    """What of ours is overdue is told to who looks after the side; what others decide never is overdue."""
    due = due_of(milestone)
    if due is None or milestone.act is not Act.TASK or not is_alive(milestone):
        return
    secretaries, deputies = (
        [one for one in found if one.person_id not in own] for found in (side.secretaries, side.deputies)
    )
    told = [(one, LATE_TO_SECRETARY) for one in secretaries or deputies] + [(one, LATE_TO_DEPUTY) for one in deputies]
    for one, days in told:
        rung = late_rung(due, days, one.base, one.own)
        yield from at_moments([rung] if rung else [], side.rests.get(one.person_id), one)
