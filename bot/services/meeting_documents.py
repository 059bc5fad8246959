"""Minutes as a document: what stands beside the lines comes from the meeting's row. That of final minutes is kept."""

from dataclasses import replace

from sqlmodel import Session

from bot.messages.meeting_words import document_number
from bot.messages.minutes_doc import compose
from bot.rules.kept_minutes import Documents, keyed, read_documents, write_documents
from bot.rules.meeting_views import MeetingView, SideWord
from bot.rules.minutes import Who
from bot.rules.minutes_doc import MinutesDoc, Particulars, Signer
from bot.services.meeting_minutes import links
from bot.services.meeting_views import view_of
from bot.services.work import Work
from config.words import LANGUAGES, Say
from storage import meetings, people
from storage.tables import Meeting, Person, Phase, Role, Side


def document(session: Session, view: MeetingView, say: Say) -> MinutesDoc:
    """The document: of final minutes as it was when they became so, else as things are."""
    return final(session, view.meeting).get(say.language) or composed(session, view, say)


def final(session: Session, meeting: Meeting) -> Documents:
    """The documents of final minutes by language; none before."""
    kept = meetings.kept_final(session, meeting.id or 0) if meeting.phase is Phase.FINAL else None
    return read_documents(kept.documents, links(session, meeting)) if kept else {}


def keep(work: Work, meeting: Meeting) -> None:
    """Keep the documents as things are, in every language: nothing rewords them any more. The minutes are kept."""
    view = view_of(work.session, meeting)
    keyed_view = replace(view, minutes=keyed(view.minutes))
    made = {language: composed(work.session, keyed_view, work.words.say(language)) for language in LANGUAGES}
    meetings.keep_documents(work.session, meeting.id or 0, write_documents(made))


def composed(session: Session, view: MeetingView, say: Say) -> MinutesDoc:
    """The document as things are."""
    return compose(view.minutes, particulars(session, view, say), say)


def particulars(session: Session, view: MeetingView, say: Say) -> Particulars:
    """Who convened it, where, who wrote and confirmed it."""
    meeting = view.meeting
    host = next((side.name for side in view.sides if side.id == meeting.host_side_id), "")
    return Particulars(
        zone=view.task_force.zone,
        number=document_number(view),
        host=host,
        joint_hosts=tuple(side.name for side in view.sides if side.id != meeting.host_side_id),
        place=meeting.place,
        disclosure=meeting.disclosure,
        summary=meeting.summary,
        keywords=tuple(meeting.keywords.split(",")),
        next_meeting=meeting.next_meeting,
        attachments=tuple(meeting.attachments.splitlines()),
        writers=tuple(_writer(session, view, side) for side in view.sides),
        confirmers=tuple(_confirmer(word) for word in view.words),
        is_draft=meeting.phase is not Phase.FINAL,
        from_slack=bool(meeting.thread_ts),
    )


def _writer(session: Session, view: MeetingView, side: Side) -> Signer:
    """The keeper for the own side; for another its secretary, to look through it."""
    if view.keeper.side_id == side.id:
        return Signer(side.name, _who(view.keeper, side))
    everybody = people.active(session, view.meeting.task_force_id)
    secretary = next((one for one in everybody if one.side_id == side.id and one.role is Role.SECRETARY), None)
    return Signer(side.name, _who(secretary, side) if secretary else None)


def _confirmer(word: SideWord) -> Signer:
    if not word.confirms or word.person is None or word.word is None:
        return Signer(word.side.name)
    return Signer(word.side.name, _who(word.person, word.side), word.word.said_at)


def _who(person: Person, side: Side) -> Who:
    return Who(person.name, person.job_title, person.department, side.name, str(person.id))
