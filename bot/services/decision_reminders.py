"""Reminders of decisions: a side's word is awaited, or a review date has come; when they are due, planned, and still true."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlmodel import Session

from bot.messages.decision_nudges import DecisionReminder
from bot.rules import decision_reminders as rules
from bot.rules.calendars import working_days_between
from bot.rules.items import local_date
from bot.rules.nudges import Due, first_after, is_among, latest, nearest
from bot.services.awaited import Speakers, speakers
from bot.services.decision_views import view_of
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import guarded
from bot.services.work import Work
from storage import decisions, nudges
from storage.nudges import DECISION, Reminded
from storage.outbox import Lane
from storage.tables import Decision, Role, Side, TaskForce

REVIEW = "decision-review"  # a kind of post: a line in the card's thread
AT_ONCE = 50


def reckon(work: Work, decision: Decision) -> None:
    """Say when there is something to remind of next. Called by each change, in its transaction."""
    work.session.flush()
    office = office_of(work, work.session.get_one(TaskForce, decision.task_force_id))
    decision.next_due_at = derived(work.session, office, decision, speakers(work.session, office))


def asked(work: Work, decision: Decision) -> None:
    """From now on the sides are asked for their word to it as it reads now."""
    decision.asked_at, decision.heard_until = work.now, None


def derived(session: Session, office: Office, decision: Decision, who: Speakers) -> datetime | None:
    """When there is something to say next; None: never."""
    return first_after(timeline(session, office, decision, who), heard_until(office, decision))


def plan_decisions(work: Work) -> bool:
    """Write down what is due of some decisions, and when they are due next; False when there are no more."""
    due = decisions.due(work.session, work.now, AT_ONCE)
    for decision in due:
        again = guarded(work, DECISION, decision.id, lambda one=decision: _plan(work, one))  # type: ignore[misc]
        decision.next_due_at = again or decision.next_due_at
    return len(due) == AT_ONCE


def standing(session: Session, said: Sequence[Reminded], now: datetime) -> Iterator[tuple[Reminded, DecisionReminder]]:
    """What is still true of reminders, as it is told; of two about one decision the later."""
    for nudge in {one.subject_id: one for one in said if one.subject_kind == DECISION}.values():
        decision = session.get_one(Decision, nudge.subject_id)
        office = read_office(session, session.get_one(TaskForce, decision.task_force_id))
        found = timeline(session, office, decision, speakers(session, office))
        if is_among(found, nudge.person_id, nudge.rung, nudge.anchor):
            yield nudge, told(session, office, decision, nudge.rung, office.people[nudge.person_id].side_id, now)


def coming(session: Session, office: Office) -> Iterator[tuple[Due, DecisionReminder]]:
    """What is said next of each decision to each of those who hear of it, as it will read then."""
    who = speakers(session, office)
    for decision in decisions.watched(session, office.task_force.id or 0):
        for due in nearest(timeline(session, office, decision, who), heard_until(office, decision)):
            if due.receiver.person_id:
                side_id = due.receiver.side_id
                yield due, told(session, office, decision, due.rung.name, side_id, due.at)


def told(
    session: Session, office: Office, decision: Decision, rung: str, side_id: int, now: datetime
) -> DecisionReminder:
    """How it is told to somebody of a side."""
    days = working_days_between(_asked_on(office, decision), local_date(now, office.task_force), office.calendar)
    return DecisionReminder(view_of(session, decision), rung, session.get_one(Side, side_id).name, days)


def _plan(work: Work, decision: Decision) -> None:
    office = office_of(work, work.session.get_one(TaskForce, decision.task_force_id))
    found = list(timeline(work.session, office, decision, speakers(work.session, office)))
    due = latest(found, heard_until(office, decision), work.now)
    nudges.say_once(work.session, office.said(DECISION, decision.id or 0, due, work.now))
    if any(not one.receiver.person_id for one in due):
        say_in_thread(work, decision)
    decision.heard_until = max(heard_until(office, decision), work.now)
    decision.next_due_at = first_after(found, decision.heard_until)


def say_in_thread(work: Work, decision: Decision) -> None:
    """The review date has come: said in the thread of the decision's card as well."""
    channel = decisions.channel_of(work.session, decision)
    work.queue(Lane(channel.speaker_id, channel.channel_id), REVIEW, decision.id)


def timeline(session: Session, office: Office, decision: Decision, who: Speakers) -> Iterator[Due]:
    """Every reminder of one decision, past ones too."""
    spoken = {vote.side_id for vote in decisions.standing(session, decision)}
    silent = [one for side_id, found in who.items() if side_id not in spoken for one in found]
    keepers = [
        one for one in office.people.values() if one.person_id == decision.recorded_by or one.role is Role.SECRETARY
    ]
    return rules.timeline(decision, _asked_on(office, decision), silent, [*keepers, office.itself])


def _asked_on(office: Office, decision: Decision) -> date:
    return local_date(decision.asked_at or decision.recorded_at, office.task_force)


def heard_until(_office: Office, decision: Decision) -> datetime:
    """Up to when reminders are spent."""
    return decision.heard_until or decision.asked_at or decision.recorded_at
