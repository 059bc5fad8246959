"""Reminders: planned when they are due (of items' parts: `part_plans`), gathered into one message a day for each person, and rendered.

A further noun that reminds joins in three places: `PLANS` with a function that writes down what is due (`nudges.say_once`),
`STANDING` with one that says which of it still stands, and `bot.messages.nudges` with how it looks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from bot.messages import budget_nudges, decision_nudges, meeting_nudges
from bot.messages import nudges as messages
from bot.messages.budget_nudges import BudgetReminder
from bot.messages.decision_nudges import DecisionReminder
from bot.messages.meeting_nudges import MeetingReminder
from bot.messages.nudges import Digest, Reminder, Told
from bot.messages.post import Post
from bot.rules.awaited import AWAITED
from bot.rules.calendars import next_working_day
from bot.rules.hours import Receiver, digest_moment, say_at
from bot.rules.ladders import Rung
from bot.rules.nudges import is_true, keeps_only
from bot.services import (
    budget_mentions,
    decision_reminders,
    meeting_clock,
    meeting_mentions,
    meeting_reminders,
    milestone_reminders,
    part_plans,
)
from bot.services.decision_cards import mention as mention_decision
from bot.services.item_mentions import mention_item
from bot.services.item_reminders import pending, watch
from bot.services.item_views import views_of
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.reactions import NUDGE
from bot.services.receivers import Office, office_of, read_office, read_offices
from bot.services.work import Work
from config.words import Say
from storage import (
    budget_dues,
    decisions,
    digests,
    item_lists,
    items,
    meetings,
    nudges,
    part_dues,
    people,
    receivers,
    reckoning,
    snoozes,
)
from storage.nudges import DECISION, MEETING, PART, Reminded
from storage.outbox import Lane, Queued
from storage.part_dues import Watched
from storage.tables import OutboxRow, Person, TaskForce

NUDGES = "nudges"  # a kind of post: the digest of a day; `NUDGE`: about one item alone
PEOPLE_AT_ONCE, MOST_AT_ONCE = 30, 750  # of whom digests are made in one transaction, and of how many reminders
# Of so many of a day's reminders, the earliest dates first, a digest is made; of further ones it only says how many.
SHOWN_OF = 100


PLANS: tuple[Callable[[Work], bool], ...] = (
    part_plans.plan_parts,
    milestone_reminders.plan_milestones,
    milestone_reminders.plan_asks,
    decision_reminders.plan_decisions,
    meeting_clock.plan_meetings,
)


def make_digests(work: Work) -> bool:
    """Gather what waits for some people into the day's one message to each; False when there are no more.

    While something due is not planned yet, here or by another scheduler, it waits: else somebody would get half of it.
    """
    if is_unplanned(work.session, work.now) or reckoning.is_anything_waiting(work.session):
        return False
    users = nudges.waiting_users(work.session, work.now, PEOPLE_AT_ONCE, MOST_AT_ONCE)
    users = digests.take_up(work.session, users)
    waiting = nudges.waiting_for(work.session, users, work.now, SHOWN_OF)
    read_offices(work, receivers.task_forces_of(work.session, users))
    standing = _standing_by_user(work, waiting)
    kept = {nudge.id for theirs in standing.values() for nudge, _ in theirs}
    nudges.drop(work.session, [one.id for theirs in waiting.values() for one in theirs if one.id not in kept])
    made = _open(work, [_receiver(work, *theirs[0]) for theirs in standing.values()])
    digests.put_into(work.session, made, work.now)
    found = [told.channel_id for theirs in standing.values() for _, told in theirs[:1] if isinstance(told, Watched)]
    speakers = people.speakers(work.session, found)
    work.queue_all(
        _queued(work, digest_id, standing[user_id], len(waiting[user_id]), speakers)
        for user_id, digest_id in made.items()
    )
    return bool(waiting)


def _standing_by_user(
    work: Work, waiting: Mapping[str, Sequence[Reminded]]
) -> dict[str, list[tuple[Reminded, Told | Watched]]]:
    """What is still true of what waits, for whom anything is; of items' parts, which are many, in one go."""
    plain = [user_id for user_id, theirs in waiting.items() if all(one.subject_kind == PART for one in theirs)]
    found: dict[str, list[tuple[Reminded, Told | Watched]]] = {}
    parts = [one for user_id in plain for one in waiting[user_id]]
    for pair in _true_parts(work.session, parts, work.now, work.offices):
        found.setdefault(pair[0].user_id, []).append(pair)
    for user_id in waiting.keys() - set(plain):
        if standing := standing_of(work.session, waiting[user_id], work.now):
            found[user_id] = list(standing)
    return found


def is_unplanned(session: Session, now: datetime) -> bool:
    """Whether something is due that is not planned yet."""
    nouns = (budget_dues, decisions, meetings)
    return part_dues.is_any_due(session, now) or any(noun.is_any_due(session, now) for noun in nouns)


def _queued(
    work: Work,
    digest_id: int,
    standing: Sequence[tuple[Reminded, Told | Watched]],
    waited: int,
    speakers: dict[int, int],
) -> Queued:
    """The row of somebody's message. `speakers`: by channel."""
    (nudge, first), is_one = standing[0], waited == len(standing) == 1
    if isinstance(first, Watched):
        speaker = speakers[first.channel_id]
        kind = NUDGES if _keeps_only(work.offices[first.task_force_id], first, nudge) else NUDGE
        subject = first.item_id
    else:
        speaker, kind, subject = _speaker(work, first), _kind(first), _subject(first)
    return Queued(Lane(speaker, user_id=nudge.user_id), kind if is_one else NUDGES, f"{subject}:{digest_id}")


def _speaker(work: Work, reminder: Told) -> int:
    """Who says it."""
    if isinstance(reminder, Reminder):
        return items.channel_of(work.session, reminder.view.item).speaker_id
    of = reminder.view.task_force.id or 0
    channel = people.main_channel(work.session, of)
    if channel is None:
        raise LookupError(f"task force {of} has no channel")
    return channel.speaker_id


def _kind(reminder: Told) -> str:
    """The kind of a message about one thing alone: of one that ✅ closes, if this person's counts."""
    if isinstance(reminder, Reminder):
        return NUDGES if reminder.is_of_side else NUDGE
    return MILESTONE_NUDGE if isinstance(reminder, BudgetReminder) and reminder.is_ours else NUDGES


def _subject(reminder: Told) -> int:
    """What a message is about first: the item or the milestone, on whose own message ✅ counts."""
    if isinstance(reminder, Reminder):
        return reminder.view.item.id or 0
    is_of_milestone = isinstance(reminder, BudgetReminder) and reminder.one
    return (is_of_milestone.id or 0) if is_of_milestone else 0


def _open(work: Work, receivers: Iterable[Receiver]) -> dict[str, int]:
    """By user the day's digest, where it may be sent now and was not yet; else what waits is put off to the next."""
    said_at = {one: say_at(work.now, one) for one in receivers}
    ready = {one.user_id: _today(work, one) for one, at in said_at.items() if at <= work.now}
    opened = digests.open_once(work.session, ready, work.now)
    for one, at in said_at.items():
        if one.user_id not in opened:
            later = at if at > work.now else digest_moment(next_working_day(_today(work, one), one.own), one)
            nudges.put_off(work.session, one.user_id, work.now, later)
    return opened


def _today(work: Work, receiver: Receiver) -> date:
    return work.now.astimezone(receiver.zone).date()


def _receiver(work: Work, nudge: Reminded, told: Told | Watched) -> Receiver:
    if isinstance(told, Watched):
        return work.offices[told.task_force_id].user(nudge.user_id)
    person = work.session.get_one(Person, nudge.person_id)
    return office_of(work, work.session.get_one(TaskForce, person.task_force_id)).user(nudge.user_id)


def standing_of(session: Session, said: Sequence[Reminded], now: datetime) -> list[tuple[Reminded, Told]]:
    """What is still true of reminders, as it is told; of two about one thing the later."""
    return [
        *_standing_parts(session, said, now),
        *milestone_reminders.standing(session, said),
        *decision_reminders.standing(session, said, now),
        *meeting_reminders.standing(session, said, now),
    ]


def _standing_parts(session: Session, said: Sequence[Reminded], now: datetime) -> list[tuple[Reminded, Reminder]]:
    offices: dict[int, Office] = {}
    true = _true_parts(session, said, now, offices)
    views = {
        view.item.id: view for view in views_of(session, items.by_ids(session, [part.item_id for _, part in true]))
    }
    return [
        (nudge, Reminder(view, share, nudge.rung, _keeps_only(offices[part.task_force_id], part, nudge)))
        for nudge, part in true
        for view in [views[part.item_id]]
        for share in view.shares
        if share.part.id == part.part_id
    ]


def _keeps_only(office: Office, part: Watched, nudge: Reminded) -> bool:
    return keeps_only(watch(office, part, {}), nudge.rung, nudge.person_id)


def _true_parts(
    session: Session, said: Iterable[Reminded], now: datetime, offices: dict[int, Office]
) -> list[tuple[Reminded, Watched]]:
    """The parts of which there is still something to say, each once for each person."""
    mine = [nudge for nudge in said if nudge.subject_kind == PART]
    parts = part_dues.by_ids(session, [nudge.subject_id for nudge in mine])
    rests = snoozes.of_items(session, {part.item_id for part in parts.values()})
    found: dict[tuple[str, int], tuple[Reminded, Watched]] = {}
    days: dict[tuple[str, int], date] = {}  # what day it is for whom
    for nudge in mine:
        part = parts.get(nudge.subject_id)
        if part is None:
            continue
        of = part.task_force_id
        if of not in offices:
            offices[of] = read_office(session, session.get_one(TaskForce, of))
        user = (nudge.user_id, of)
        if user not in days:
            days[user] = now.astimezone(offices[of].user(nudge.user_id).zone).date()
        if _stands(offices[of], part, nudge, rests.get(part.item_id, {}), days[user]):
            found[nudge.user_id, part.part_id] = (nudge, part)
    return list(found.values())


def _stands(office: Office, part: Watched, nudge: Reminded, rests: dict[int, date], today: date) -> bool:
    if not part.is_waiting:
        return False
    rung = Rung(nudge.rung, nudge.anchor, nudge.anchor)
    return is_true(pending(office, part), watch(office, part, rests), rung, nudge.person_id, today)


def render_nudges(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To somebody: what they are reminded of that day and is still true when it is sent."""
    said = digests.reminders(session, _digest_id(row), SHOWN_OF)
    standing = [reminder for _, reminder in standing_of(session, said, now)]
    if not standing:
        return None
    several = len(people.task_forces_of(session, row.user_id or "")) > 1
    first = standing[0]
    if isinstance(first, BudgetReminder) and len(standing) == 1:
        return budget_nudges.alone(first, now, say, ticks=row.kind == MILESTONE_NUDGE)
    if isinstance(first, DecisionReminder) and len(standing) == 1:
        return decision_nudges.alone(first, say)
    if isinstance(first, MeetingReminder) and len(standing) == 1:
        return meeting_nudges.alone(first, say)
    if row.kind == NUDGE and isinstance(first, Reminder):
        return messages.one(first, now, say, several=several)
    mine = [one for one in standing if isinstance(one, Reminder) and not one.is_of_side]
    others = item_lists.count_owned(session, row.user_id or "") - len(mine)
    return messages.digest(Digest(standing, max(0, others), several), now, say)


def nudges_unreachable(work: Work, row: OutboxRow) -> None:
    """Slack refused the message: its receiver is mentioned in the thread of each joint item's card, or of the board.

    What is one side's alone is never mentioned there; its secretary hears when it is late, as of everybody's. Where a word
    is awaited, that is said in the thread of the decision's card or of what the meeting announced.
    """
    said = digests.reminders(work.session, _digest_id(row), SHOWN_OF)
    found = {item.id or 0: item for _, item in part_dues.reminded_of(work.session, said).values()}
    for _, item in sorted(found.items()):
        if item.internal_to is None:
            mention_item(work, item)
    for kind, mention in ((DECISION, mention_decision), (MEETING, meeting_mentions.mention)):
        for subject_id in sorted({one.subject_id for one in said if (one.subject_kind, one.rung) == (kind, AWAITED)}):
            mention(work, subject_id)
    budget_mentions.nudge_instead(work, said, row.user_id or "")


def _digest_id(row: OutboxRow) -> int:
    return int(row.subject.rpartition(":")[2])
