"""What the sides say to a draft of minutes: confirmed, which confirms the decisions in it, or objected to. All: it is final."""

from bot.messages.roster import name_and_title
from bot.rules import meetings as rules
from bot.rules.decisions import may_confirm
from bot.rules.meeting_confirmations import Standing, standing
from bot.rules.meeting_filing import DECISION
from bot.services import hours, meeting_dues, meeting_finals
from bot.services.askers import Asker, require_member
from bot.services.decision_votes import confirm_many
from bot.services.decisions import delegation_of, speakers
from bot.services.meeting_reminders import asked
from bot.services.meeting_views import said
from bot.services.meetings import hand_out, lane_of, record, require_phase, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings, people
from storage.outbox import Lane
from storage.tables import Meeting, MinutesWord, Person, Phase, TaskForce

SUMMARY, NEWS, REWORDED = "meeting-summary", "meeting-news", "meeting-reworded"  # kinds of posts


class Reworded(Exception):  # it is an answer to a person, not an error of the program
    """The draft says something else than what was shown to the person; nothing was changed."""


def confirm(work: Work, asker: Asker, meeting: Meeting, wording: int) -> Meeting:
    """Confirm the minutes, and the decisions in them, for the asker's side."""
    meeting, person = _open(work, asker, meeting, wording)
    _say(work, meeting, person, confirms=True)
    rows = meetings.reserved(work.session, meeting.id or 0)
    confirm_many(work, person, [row.made_id for row in rows if row.noun == DECISION and row.made_id])
    _settle(work, meeting, person)
    return meeting


def object_to(work: Work, asker: Asker, meeting: Meeting, reason: str, wording: int) -> Meeting:
    """Object for the asker's side, with a reason that everybody sees."""
    meeting, person = _open(work, asker, meeting, wording)
    _say(work, meeting, person, confirms=False, reason=reason)
    _settle(work, meeting, person)
    return meeting


def take_back(work: Work, asker: Asker, meeting: Meeting) -> Meeting:
    """Take back what the asker said, while the minutes are a draft. The decisions that were confirmed stay so."""
    _, person = require_member(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.DRAFT)
    mine = [one for one in said(work.session, meeting) if one.person_id == person.id]
    if not mine:
        raise Refused("meeting-nothing-to-take-back", ref=rules.ref(meeting))
    for one in mine:
        one.withdrawn_at = work.now
    record(work, meeting, "taken-back", person.id)
    _settle(work, meeting, person)
    return meeting


def reworded(work: Work, meeting: Meeting, by: Person) -> None:
    """The draft says something else from now on: who had spoken to it is told and asked again. It is locked."""
    before = said(work.session, meeting)
    meeting.wording += 1
    asked(work, meeting)
    meeting_dues.derive(work, meeting)
    lane = lane_of(work.session, meeting)
    work.queue(lane, SUMMARY, meeting.id)
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    for person_id in sorted({one.person_id for one in before} - {by.id or 0}):
        person = work.session.get_one(Person, person_id)
        for user_id in people.reached_through(work.session, person):
            to = Lane(lane.installation_id, user_id=user_id)
            hours.tell(work, task_force, to, REWORDED, f"{meeting.id}:{person_id}")


def _open(work: Work, asker: Asker, meeting: Meeting, wording: int) -> tuple[Meeting, Person]:
    """The draft as it was shown, and the asker if they may speak for their side."""
    _, person = require_member(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.DRAFT)
    if wording != meeting.wording:
        raise Reworded
    if not may_confirm(person) and delegation_of(work, person) is None:
        names = ", ".join(map(name_and_title, speakers(work, meeting.task_force_id, person.side_id))) or "-"
        raise Refused("meeting-confirm-who", ref=rules.ref(meeting), names=names)
    others = [one for one in said(work.session, meeting) if one.person_id == person.id]
    if any(one.side_id != person.side_id for one in others):
        raise Refused("meeting-confirm-other-side", ref=rules.ref(meeting))
    return meeting, person


def _say(work: Work, meeting: Meeting, person: Person, *, confirms: bool, reason: str = "") -> None:
    for one in said(work.session, meeting):
        if one.person_id == person.id:
            one.withdrawn_at = work.now
    delegation = None if may_confirm(person) else delegation_of(work, person)
    word = MinutesWord(
        meeting_id=meeting.id or 0,
        wording=meeting.wording,
        side_id=person.side_id,
        person_id=person.id or 0,
        confirms=confirms,
        reason=reason,
        delegation_id=delegation.id if delegation else None,
        said_at=work.now,
    )
    work.session.add(word)
    act = "confirmed" if confirms else "objected"
    record(work, meeting, act, person.id, side=person.side_id, reason=reason, delegated=bool(delegation))


def _settle(work: Work, meeting: Meeting, person: Person) -> None:
    """Show how the draft stands now; final once all sides have confirmed it."""
    work.session.flush()
    sides = frozenset(side.id or 0 for side in people.sides(work.session, meeting.task_force_id))
    stands = standing(said(work.session, meeting), sides)
    if stands is Standing.AGREED:
        meeting_finals.make_final(work, meeting, person.id)
    meeting_dues.derive(work, meeting)
    lane = lane_of(work.session, meeting)
    work.queue(lane, SUMMARY, meeting.id)
    work.queue(lane, NEWS, meeting.id)
    show_card(work, meeting)
    if stands is Standing.AGREED:
        hand_out(work, meeting)
