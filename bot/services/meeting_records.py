"""등록: what was understood becomes real. One message in the channel, cards in its thread, one direct message per person."""

from typing import Any

from sqlmodel import Session

from bot.rules import meetings as rules
from bot.rules.decision_lines import TEXT_LIMIT
from bot.rules.decisions import OPEN
from bot.rules.item_changes import due_word
from bot.rules.items import local_date
from bot.rules.lines import TITLE_LIMIT, says_nothing
from bot.rules.meeting_confirmations import comments_until
from bot.rules.meeting_filing import DECISION, ITEM, Filed
from bot.rules.meeting_records import Owners, owners_of, too_long
from bot.rules.meeting_views import MeetingView
from bot.rules.minutes import Minutes, Unclear, Why
from bot.rules.minutes.logs.export import write_export
from bot.services import decisions, hours, items, meeting_dues
from bot.services.askers import Asker
from bot.services.calendars import calendar_of
from bot.services.decision_changes import reword, withdraw
from bot.services.meeting_ends import show_review
from bot.services.meeting_filing import reserve
from bot.services.meeting_minutes import keep, terms
from bot.services.meeting_reminders import asked
from bot.services.meeting_views import view_of
from bot.services.meetings import hand_out, lane_of, record, require_keeper, require_phase, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions as stored_decisions
from storage import items as stored
from storage import meetings, people
from storage.outbox import Lane
from storage.tables import (
    About,
    Decision,
    Item,
    ItemQuestion,
    Meeting,
    OutboxRow,
    Person,
    Phase,
    ReservedNumber,
    TaskForce,
)

# Kinds of posts: the one message in the channel, and what each person is told.
SUMMARY, TOLD = "meeting-summary", "meeting-told"
_LIMITS = {ITEM: TITLE_LIMIT, DECISION: TEXT_LIMIT}


def put_on_record(work: Work, asker: Asker, meeting: Meeting) -> Meeting:
    """Make what was understood real, once. From then on the minutes are a draft that the sides are to confirm."""
    meeting = meetings.lock(work.session, meeting.id or 0)
    person = require_keeper(asker, meeting)
    require_phase(meeting, Phase.ENDED)
    known, setting = terms(work.session, meeting)
    meeting.head = write_export([], known, setting)
    view = view_of(work.session, meeting)
    filed = [one for one in view.filed if not says_nothing(text_of(one))]
    check_lengths(filed)
    meeting.phase, meeting.registered_at, meeting.registered_by = Phase.DRAFT, work.now, person.id
    keep(work.session, meeting)
    asked(work, meeting)
    today, calendar = local_date(work.now, view.task_force), calendar_of(work.session, view.task_force)
    meeting.comments_until = comments_until(today, view.task_force.comment_days, calendar)
    work.queue(lane_of(work.session, meeting), SUMMARY, meeting.id)
    for one in filed:
        _make(work, view, one, person)
    meeting_dues.derive(work, meeting)
    record(work, meeting, "on-record", person.id, wording=meeting.wording)
    show_card(work, meeting)
    tell_everybody(work, meeting)
    show_review(work, meeting)
    hand_out(work, meeting)
    return meeting


def follow(work: Work, meeting: Meeting, minutes: Minutes, person: Person) -> None:
    """The draft says something else: open decisions follow it, new lines become real, what is no decision any more is given up.

    Items keep a life of their own. The meeting is locked.
    """
    reserve(work, meeting, minutes)
    view = view_of(work.session, meeting)
    check_lengths(list(view.filed))
    filed = {(one.noun, one.number): one for one in view.filed if not says_nothing(text_of(one))}
    for row in meetings.reserved(work.session, meeting.id or 0):
        now = filed.get((row.noun, row.number))
        if now and not row.made_id:
            _make(work, view, now, person)
        elif row.noun == DECISION and row.made_id:
            _follow(work, view, stored_decisions.lock(work.session, row.made_id), now, person)


def _follow(work: Work, view: MeetingView, decision: Decision, now: Filed | None, person: Person) -> None:
    if now:
        reword(work, decision, text_of(now), person)
    elif decision.status in OPEN:
        say = work.words.say(view.task_force.language)
        withdraw(work, decision, say("meeting-decision-left-out", ref=rules.ref(view.meeting)), person)


def check_lengths(filed: list[Filed]) -> None:
    """A line that an item or a decision cannot hold is to be shortened first, by whoever keeps the meeting."""
    long = too_long(((one.ref, text_of(one)) for one in filed), _LIMITS)
    if long:
        raise Refused("meeting-lines-long", refs=", ".join(long), title=str(TITLE_LIMIT), decision=str(TEXT_LIMIT))


def text_of(filed: Filed) -> str:
    """What an item or a decision is to say."""
    what = filed.decision or filed.action
    return what.text if what else ""


def people_of(session: Session, task_force_id: int) -> dict[str, Person]:
    """The roster by the key that minutes name people by."""
    return {str(one.id): one for one in people.active(session, task_force_id)}


def _make(work: Work, view: MeetingView, filed: Filed, person: Person) -> None:
    row = next(
        one
        for one in meetings.reserved(work.session, view.meeting.id or 0)
        if (one.noun, one.number) == (filed.noun, filed.number)
    )
    row.made_id = _decision(work, view, filed, person) if filed.decision else _item(work, view, filed, person)


def _decision(work: Work, view: MeetingView, filed: Filed, person: Person) -> int:
    meeting, channel = view.meeting, meetings.channel_of(work.session, view.meeting)
    decided_on = local_date(meeting.started_at or work.now, view.task_force)
    draft = decisions.Draft(text_of(filed), decided_on, link=_link(view, filed))
    decisions.check(work, view.task_force, draft)
    made = decisions.record(work, channel, person, draft, number=filed.number, meeting_id=meeting.id, tell=False)
    return made.id or 0


def _item(work: Work, view: MeetingView, filed: Filed, person: Person) -> int:
    action, meeting = filed.action, view.meeting
    if action is None:
        raise LookupError(filed.ref)
    owners = owners_of(action, people_of(work.session, meeting.task_force_id))
    draft = items.Draft(
        action.text,
        owners.people,
        action.due,
        action.due_time,
        action.stream,
        description=_besides(work, view, owners),
        link=_link(view, filed),
    )
    channel = meetings.channel_of(work.session, meeting)
    item = items.keep(work, channel, person, draft, filed.number, meeting.id)
    unclear = [one for one in view.minutes.unclear if one.place == filed.place]
    work.session.add_all(_question(work, item, one, person, owners) for one in unclear if _is_asked(one))
    return item.id or 0


def _besides(work: Work, view: MeetingView, owners: Owners) -> str:
    """Who was named and is no owner: an item has one of each side."""
    if not owners.others:
        return ""
    say = work.words.say(view.task_force.language)
    return say("meeting-item-besides", names=", ".join(who.full for who in owners.others))


def _is_asked(unclear: Unclear) -> bool:
    return unclear.why is Why.OWNER or (unclear.why is Why.DUE and unclear.due is not None)


def _question(work: Work, item: Item, unclear: Unclear, person: Person, owners: Owners) -> ItemQuestion:
    """What stayed unanswered is asked of whoever put it on record, as with any other item."""
    is_owner = unclear.why is Why.OWNER
    readings = unclear.due.readings if unclear.due else ()
    choices: list[Any] = [int(who.key) for who in unclear.candidates if who.key.isdecimal()]
    if not is_owner:
        choices = [due_word(one.date, one.time) for one in readings]
    return ItemQuestion(
        item_id=item.id or 0,
        person_id=person.id or 0,
        about=About.OWNER if is_owner else About.DUE,
        written=unclear.written,
        choices=choices,
        stand_in_id=person.id if is_owner and not owners.people else None,
        asked_at=work.now,
    )


def _link(view: MeetingView, filed: Filed) -> str:
    """Where it was written: the line as it stands in the thread, or the meeting's card."""
    return next((line.link for line in view.minutes.lines() if line.place == filed.place), "")


def tell_everybody(work: Work, meeting: Meeting) -> None:
    """One message to each person who has something to do now: own items, or the draft to confirm."""
    speaker = lane_of(work.session, meeting).installation_id
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    for person in concerned(work, meeting):
        for user_id in people.reached_through(work.session, person):
            lane, subject = Lane(speaker, user_id=user_id), f"{meeting.id}:{person.id}"
            hours.tell(work, task_force, lane, TOLD, subject, is_new=True)


def concerned(work: Work, meeting: Meeting) -> list[Person]:
    """Owners of its items, and those who may confirm for their side; by name but once, in the order of their lanes."""
    rows = made(work.session, meeting, ITEM)
    owners = [owner for row in rows for owner in stored.owners(work.session, row.made_id or 0)]
    everybody = [*owners, *decisions.speakers(work, meeting.task_force_id)]
    return sorted({one.id: one for one in everybody}.values(), key=lambda one: one.id or 0)


def made(session: Session, meeting: Meeting, noun: str) -> list[ReservedNumber]:
    """The numbers of what was put on record, of one kind."""
    rows = meetings.reserved(session, meeting.id or 0)
    return [row for row in rows if row.noun == noun and row.made_id]


def over_item(session: Session, row: OutboxRow) -> tuple[str, str] | None:
    """The card of an item of a meeting stands in the thread of what the meeting announced."""
    item = session.get(Item, int(row.subject)) if row.channel_id else None
    return (SUMMARY, str(item.meeting_id)) if item and item.meeting_id else None


def over_decision(session: Session, row: OutboxRow) -> tuple[str, str] | None:
    """Likewise the card of a decision."""
    decision = session.get(Decision, int(row.subject)) if row.channel_id else None
    return (SUMMARY, str(decision.meeting_id)) if decision and decision.meeting_id else None
