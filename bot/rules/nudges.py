"""Who is to be reminded of a side's part in an item, of what, and when next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.rules.escalation import LATE, LATE_TO_DEPUTY, LATE_TO_SECRETARY, UNSEEN, is_of_side, late_rung, unseen_rung
from bot.rules.hours import Receiver, digest_moment
from bot.rules.ladders import USUAL, Ladder, Rung, for_role, rungs, shifted

SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Pending:
    """A side's part that is still to be done, as far as reminders are concerned.

    What falls up to `heard_until` is spent: the owner has heard of the part, or was reminded. `asked_on`: since when the
    owner is asked to say that it was seen; None: that is not waited for.
    """

    owner_id: int
    due_on: date | None
    heard_until: datetime
    asked_on: date | None = None
    ladder: Ladder = USUAL


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears of a part: its owner (or who is reached in the owner's place), and who looks after the side."""

    owners: tuple[Receiver, ...]
    secretaries: tuple[Receiver, ...] = ()
    deputies: tuple[Receiver, ...] = ()
    rests: Mapping[int, date] = field(default_factory=dict)  # a person's id → from when on there are reminders again


@dataclass(frozen=True, slots=True)
class Due:
    """A rung of one receiver, and the moment at which it comes."""

    at: datetime
    rung: Rung
    receiver: Receiver


def due_rungs(part: Pending, watch: Watch, now: datetime) -> list[Due]:
    """What each receiver is to hear by now: of several rungs that passed, only the latest."""
    return latest(timeline(part, watch), part.heard_until, now)


def next_due_at(part: Pending, watch: Watch) -> datetime | None:
    """When there is something to say about a part next; in the past if it was missed; None: never."""
    return first_after(timeline(part, watch), part.heard_until)


def latest(found: Iterable[Due], heard_until: datetime, now: datetime) -> list[Due]:
    """For each receiver the last that passed and was not heard."""
    last: dict[int, Due] = {}
    for due in found:
        if heard_until < due.at <= now:
            before = last.get(due.receiver.person_id)
            if before is None or before.at <= due.at:
                last[due.receiver.person_id] = due
    return list(last.values())


def brought_forward(before: Iterable[Due], after: Iterable[Due], heard_until: datetime, now: datetime) -> list[Due]:
    """What was still to be heard, and by a change of days off, people or hours has its moment where all counts as heard.

    For each receiver the last. A rung whose receiver is another now was to be heard by that one.
    """
    if heard_until > now:  # who hears of a thing today is not reminded of it today
        return []
    known, kept = list(before), list(after)
    coming = [due for due in known if due.at > heard_until]
    wanted = {_key(due) for due in coming}
    left = wanted - {_key(due) for due in kept}
    passed_on = {_whose(due) for due in coming if _key(due) in left}
    new = {_key(due) for due in kept if _whose(due) in passed_on} - {_key(due) for due in known}
    ever = datetime.min.replace(tzinfo=UTC)
    return latest((due for due in kept if _key(due) in wanted | new), ever, now)


def _whose(due: Due) -> tuple[int, str, date]:
    return due.receiver.side_id, due.rung.name, due.rung.anchor


def _key(due: Due) -> tuple[int, str, date]:
    return due.receiver.person_id, due.rung.name, due.rung.anchor


def nearest(found: Iterable[Due], heard_until: datetime) -> list[Due]:
    """For each receiver the first that was not heard."""
    first: dict[int, Due] = {}
    for due in found:
        before = first.get(due.receiver.person_id)
        if due.at > heard_until and (before is None or due.at < before.at):
            first[due.receiver.person_id] = due
    return list(first.values())


def first_after(found: Iterable[Due], heard_until: datetime) -> datetime | None:
    """When the first comes that was not heard."""
    return min((due.at for due in found if due.at > heard_until), default=None)


def is_among(found: Iterable[Due], person_id: int, name: str, anchor: date) -> bool:
    """Whether somebody still hears of this rung of this date: what was planned may be said."""
    return any(_key(due) == (person_id, name, anchor) for due in found)


def timeline(part: Pending, watch: Watch) -> Iterator[Due]:
    """Every rung of every receiver, past ones too; those of one receiver in their order, but somebody may come twice."""
    rests, due_on = watch.rests, part.due_on
    if due_on:
        for owner in watch.owners:
            yield from _own(due_on, for_role(part.ladder, owner.role), owner, rests.get(owner.person_id))
    own = {part.owner_id, *(owner.person_id for owner in watch.owners)}
    secretaries, deputies = (
        [one for one in found if one.person_id not in own] for found in (watch.secretaries, watch.deputies)
    )
    for one in secretaries or deputies:
        yield from _of_side(due_on, LATE_TO_SECRETARY, part.asked_on, one, rests.get(one.person_id))
    for one in deputies:
        yield from _of_side(due_on, LATE_TO_DEPUTY, None, one, rests.get(one.person_id))


@lru_cache(maxsize=4096)
def _own(due_on: date, ladder: Ladder, owner: Receiver, rest: date | None) -> tuple[Due, ...]:
    return at_moments(rungs(due_on, ladder, owner.base, owner.own), rest, owner)


@lru_cache(maxsize=4096)
def _of_side(
    due_on: date | None, late_by: int, asked_on: date | None, one: Receiver, rest: date | None
) -> tuple[Due, ...]:
    late = late_rung(due_on, late_by, one.base, one.own) if due_on else None
    unseen = unseen_rung(asked_on, one.base, one.own) if asked_on else None
    return at_moments(sorted((rung for rung in (unseen, late) if rung), key=lambda rung: rung.day), rest, one)


def at_moments(found: Sequence[Rung], rest: date | None, receiver: Receiver) -> tuple[Due, ...]:
    """Rungs at their moments; what falls before a rest ends comes as one rung at its end. Without any rung there is none."""
    kept = found if rest is None or not found else _rested(found, rest, receiver)
    return tuple(Due(digest_moment(rung.day, receiver), rung, receiver) for rung in kept)


def is_true(part: Pending, watch: Watch, said: Rung, person_id: int, today: date) -> bool:
    """Whether what was planned may still be said today: nothing moved it, and the person still hears of the part."""
    if watch.rests.get(person_id, today) > today:
        return False
    if said.name == SNOOZED:
        return is_among(timeline(part, watch), person_id, said.name, said.anchor)
    told = {one.person_id for one in (*watch.secretaries, *watch.deputies)} - {part.owner_id}
    if said.name == UNSEEN:
        return part.asked_on == said.anchor and person_id in told
    if said.name.startswith(LATE):
        return part.due_on == said.anchor and person_id in told
    return part.due_on == said.anchor and any(one.person_id == person_id for one in watch.owners)


def keeps_only(watch: Watch, rung: str, person_id: int) -> bool:
    """Whether somebody hears a rung as who looks after the side, not as owner; the end of a rest is heard in either role."""
    if rung == SNOOZED:
        return all(one.person_id != person_id for one in watch.owners)
    return is_of_side(rung)


def end_of_day(now: datetime, zone: str) -> datetime:
    """The last moment of the day that it is in a zone: who hears of something today is not reminded of it today."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time.max, local.tzinfo).astimezone(UTC)


def _rested(found: Sequence[Rung], rest: date, receiver: Receiver) -> list[Rung]:
    kept = [rung for rung in found if rung.day >= rest]
    day = shifted(1, rest, receiver.own)
    if day is None or any(rung.day == day for rung in kept):
        return kept
    return sorted([Rung(SNOOZED, day, rest), *kept], key=lambda rung: rung.day)
