"""The quiet answer to what is written: a reaction on the message, a reserved number, and a private question."""

from bot.messages import meeting_questions as messages
from bot.messages.post import Post
from bot.rules.item_search import folded
from bot.rules.meeting_filing import DECISION, Filed, filed, marks_of, places_of, said_lines
from bot.rules.minutes import LineKind, Minutes, Place, Why
from bot.services.aside import SEED, UNSEED
from bot.services.askers import Asker
from bot.services.meetings import lane_of, show_card
from bot.services.work import Work
from storage import items, meetings
from storage.outbox import Lane
from storage.tables import AskedLine, LineMark, Meeting, ReservedNumber

ASKED_AT_ONCE = frozenset({Why.OWNER, Why.NO_OWNER, Why.DUE, Why.NO_TITLE})


def file(work: Work, meeting: Meeting, minutes: Minutes) -> None:
    """Number and mark what the lines say now. The meeting is locked."""
    reserve(work, meeting, minutes)
    mark(work, meeting, minutes)
    make_searchable(meeting, minutes)
    show_card(work, meeting)


def make_searchable(meeting: Meeting, minutes: Minutes) -> None:
    """Let a search find the meeting by every line of its minutes, as they are now."""
    meeting.searchable = folded("\n".join([meeting.title, *said_lines(minutes)]))


def reserve(work: Work, meeting: Meeting, minutes: Minutes) -> None:
    """Each decision and action has a number of its own from now on; one whose line was taken away keeps it, unused."""
    known = {(one.noun, Place(one.key, one.part)) for one in meetings.reserved(work.session, meeting.id or 0)}
    for noun, place in places_of(minutes):
        if (noun, place) not in known:
            number = next_number(work, meeting.task_force_id, noun)
            row = ReservedNumber(meeting_id=meeting.id or 0, key=place.key, part=place.part, noun=noun, number=number)
            work.session.add(row)
    work.session.flush()


def next_number(work: Work, task_force_id: int, noun: str) -> int:
    """A number that nothing else of this kind will have."""
    task_force = items.lock_numbers(work.session, task_force_id)
    if noun == DECISION:
        task_force.last_decision_number += 1
        return task_force.last_decision_number
    task_force.last_item_number += 1
    return task_force.last_item_number


def mark(work: Work, meeting: Meeting, minutes: Minutes) -> None:
    """Put reactions on messages of the thread, and take away those that no longer hold."""
    lines = meetings.lines(work.session, meeting.id or 0)
    gone = {line.about for line in lines if line.kind == LineKind.DELETED}
    there = {line.key for line in lines if line.from_thread} - gone
    wanted = {(key, emoji) for key, emoji in marks_of(minutes) if key in there}
    known = {(one.key, one.emoji): one for one in meetings.marks(work.session, meeting.id or 0)}
    lane = lane_of(work.session, meeting)
    aside = Lane(lane.installation_id, lane.channel_id, aside=True)
    for key, emoji in sorted(wanted - set(known)):
        work.session.add(LineMark(meeting_id=meeting.id or 0, key=key, emoji=emoji))
        work.queue(aside, SEED, f"{key}:{emoji}", {"ts": key, "emoji": emoji})
    for key, emoji in sorted(set(known) - wanted):
        work.session.delete(known[key, emoji])
        if key in there:
            work.queue(aside, UNSEED, f"{key}:{emoji}", {"ts": key, "emoji": emoji})


def ask(work: Work, asker: Asker, meeting: Meeting, minutes: Minutes, key: str) -> list[Post]:
    """Questions about a message of the asker's that were not asked before; they stay in the keeper's list too."""
    asked = meetings.asked(work.session, meeting.id or 0)
    lines = {line.place: line for line in minutes.lines() if line.place.key == key}
    posts = []
    for one in (one for one in minutes.unclear if one.place.key == key and one.why in ASKED_AT_ONCE):
        once = (one.place.key, one.place.part, one.why.value, one.written)
        if once not in asked:
            row = AskedLine(meeting_id=meeting.id or 0, key=once[0], part=once[1], why=once[2], written=once[3])
            work.session.add(row)
            posts.append(messages.asked(meeting, one, lines.get(one.place), asker.say))
    return posts


def filings(work: Work, meeting: Meeting, minutes: Minutes) -> list[Filed]:
    """The decisions and actions with their numbers."""
    rows = meetings.reserved(work.session, meeting.id or 0)
    return filed(minutes, {(one.noun, Place(one.key, one.part)): one.number for one in rows})
