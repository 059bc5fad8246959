"""Reminders: planned when they are due, gathered into one message a day for each person, and rendered.

A further noun that reminds joins in three places: `PLANS` with a function that writes down what is due (`nudges.say_once`),
`STANDING` with one that says which of it still stands, and `bot.messages.nudges` with how it looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import structlog
from sqlmodel import Session

from bot.messages import nudges as messages
from bot.messages.nudges import Digest, Reminder
from bot.messages.post import Post
from bot.rules.calendars import next_working_day
from bot.rules.escalation import is_of_side
from bot.rules.hours import Receiver, digest_moment, say_at
from bot.rules.ladders import Rung
from bot.rules.nudges import due_rungs, is_true, next_due_at
from bot.services.item_mentions import mention_item
from bot.services.item_reminders import pending
from bot.services.item_views import views_of
from bot.services.reactions import NUDGE
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from config.words import Say
from storage import items, nudges, people, receivers
from storage.nudges import PART, Said
from storage.outbox import Lane
from storage.tables import Item, ItemStatus, Nudge, OutboxRow, Part, Person, TaskForce

log = structlog.get_logger()
NUDGES = "nudges"  # a kind of post: the digest of a day; `NUDGE`: about one item alone
AT_ONCE = 200  # parts in one transaction
PEOPLE_AT_ONCE = 40
Looked = tuple[int, datetime | None, datetime | None]


def plan_parts(work: Work) -> bool:
    """Write down what is due of some parts, and when they are due next; False when there are no more.

    Of what was missed only the latest is said. A part that cannot be planned steps aside, longer each time.
    """
    due = nudges.due_parts(work.session, work.now, AT_ONCE)
    rests = receivers.rests(work.session, {item.id or 0 for _, item in due})
    said: list[Said] = []
    looked_at: list[Looked] = []
    failed: set[int | None] = set()
    for part, item in due:
        try:
            its, looked = _plan(work, part, item, office_for(work, item), rests.get(item.id or 0, {}))
        except Exception as error:  # one bad row must not keep the others from being said
            log.exception("part-not-planned", part=part.id)
            failed.add(part.id)
            its, looked = [], (part.id or 0, part.heard_until, step_aside(work, PART, part.id, error))
        said += its
        looked_at.append(looked)
    nudges.say_once(work.session, said)
    nudges.planned(work.session, looked_at)
    nudges.mended(work.session, PART, [part.id for part, _ in due if part.id not in failed])
    return len(due) == AT_ONCE


PLANS: tuple[Callable[[Work], bool], ...] = (plan_parts,)


def office_for(work: Work, item: Item) -> Office:
    """Everybody who may hear of an item."""
    return office_of(work, work.session.get_one(TaskForce, item.task_force_id))


def _plan(work: Work, part: Part, item: Item, office: Office, rests: dict[int, date]) -> tuple[list[Said], Looked]:
    if item.status is not ItemStatus.OPEN or part.confirmed_at:
        return [], (part.id or 0, part.heard_until, None)
    facts, watch = pending(office.task_force, item, part), office.watch(part.side_id, part.owner_id, rests)
    said = [
        Said(PART, part.id or 0, due.rung.name, due.rung.anchor, due.receiver.person_id, due.receiver.user_id, at)
        for due in due_rungs(facts, watch, work.now)
        for at in [say_at(work.now, due.receiver)]
    ]
    heard_until = max(facts.heard_until, work.now)
    return said, (part.id or 0, heard_until, next_due_at(replace(facts, heard_until=heard_until), watch))


def make_digests(work: Work) -> bool:
    """Gather what waits for some people into the day's one message to each; False when there are no more.

    While something due is not planned yet, here or by another scheduler, it waits: else somebody would get half of it.
    """
    if nudges.is_part_due(work.session, work.now) or nudges.is_anything_unreckoned(work.session):
        return False
    users = nudges.waiting_users(work.session, work.now, PEOPLE_AT_ONCE)
    for user_id in users:
        _digest_for(work, user_id)
    return len(users) == PEOPLE_AT_ONCE


def _digest_for(work: Work, user_id: str) -> None:
    waiting = nudges.waiting_for(work.session, user_id, work.now)
    standing = standing_of(work.session, waiting, work.now)
    kept = [nudge for nudge, _ in standing]
    for gone in {one.id: one for one in waiting if one.id not in {nudge.id for nudge in kept}}.values():
        work.session.delete(gone)
    if not standing:
        return
    receiver, item = _receiver(work, kept[0]), standing[0][1].view.item
    digest_id = _open(work, receiver, kept)
    if digest_id is None:
        return
    for nudge in kept:
        nudge.digest_id = digest_id
    lane = Lane(items.channel_of(work.session, item).speaker_id, user_id=user_id)
    if len(standing) == 1 and not standing[0][1].is_of_side:
        work.queue(lane, NUDGE, f"{item.id}:{digest_id}")
    else:
        work.queue(lane, NUDGES, f"{item.id}:{digest_id}")


def _open(work: Work, receiver: Receiver, waiting: Sequence[Nudge]) -> int | None:
    """The day's digest, if it may be sent now and was not yet; else what waits is put off to the next."""
    at, today = say_at(work.now, receiver), work.now.astimezone(receiver.zone).date()
    digest_id = nudges.open_digest(work.session, receiver.user_id, today, work.now) if at <= work.now else None
    if digest_id is None:
        later = at if at > work.now else digest_moment(next_working_day(today, receiver.own), receiver)
        for nudge in waiting:
            nudge.at = later
    return digest_id


def _receiver(work: Work, nudge: Nudge) -> Receiver:
    person = work.session.get_one(Person, nudge.person_id)
    return office_of(work, work.session.get_one(TaskForce, person.task_force_id)).user(nudge.user_id)


def standing_of(session: Session, said: Sequence[Nudge], now: datetime) -> list[tuple[Nudge, Reminder]]:
    """What is still true of reminders, as it is told; of two about one part the later."""
    parts = nudges.parts_of(session, said)
    views = {view.item.id: view for view in views_of(session, {item.id: item for _, item in parts.values()}.values())}
    rests = receivers.rests(session, [item.id or 0 for _, item in parts.values()])
    offices: dict[int, Office] = {}
    found: dict[int, tuple[Nudge, Reminder]] = {}
    for nudge in said:
        if nudge.subject_id not in parts:
            continue
        part, item = parts[nudge.subject_id]
        task_force = session.get_one(TaskForce, item.task_force_id)
        office = offices.setdefault(item.task_force_id, read_office(session, task_force))
        rung = Rung(nudge.rung, nudge.anchor, nudge.anchor)
        if _stands(office, part, item, nudge, rests.get(item.id or 0, {}), now):
            view = views[item.id]
            share = next(share for share in view.shares if share.part.id == part.id)
            found[part.id or 0] = (nudge, Reminder(view, share, rung.name, is_of_side(rung.name)))
    return list(found.values())


def _stands(office: Office, part: Part, item: Item, nudge: Nudge, rests: dict[int, date], now: datetime) -> bool:
    if item.status is not ItemStatus.OPEN or part.confirmed_at:
        return False
    today = now.astimezone(office.user(nudge.user_id).zone).date()
    watch = office.watch(part.side_id, part.owner_id, rests)
    rung = Rung(nudge.rung, nudge.anchor, nudge.anchor)
    return is_true(pending(office.task_force, item, part), watch, rung, nudge.person_id, today)


def render_nudges(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To somebody: what they are reminded of that day and is still true when it is sent."""
    said = nudges.of_digest(session, _digest_id(row))
    standing = [reminder for _, reminder in standing_of(session, said, now)]
    if not standing:
        return None
    several = len(people.task_forces_of(session, row.user_id or "")) > 1
    if row.kind == NUDGE:
        return messages.one(standing[0], now, say, several=several)
    others = items.count_owned(session, row.user_id or "") - sum(not one.is_of_side for one in standing)
    return messages.digest(Digest(standing, max(0, others), several), now, say)


def nudges_unreachable(work: Work, row: OutboxRow) -> None:
    """Slack refused the message: its receiver is mentioned in the thread of each item's card."""
    said = nudges.of_digest(work.session, _digest_id(row))
    for item_id in sorted({item.id or 0 for _, item in nudges.parts_of(work.session, said).values()}):
        mention_item(work, item_id)


def _digest_id(row: OutboxRow) -> int:
    return int(row.subject.rpartition(":")[2])
