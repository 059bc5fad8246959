"""What buttons about a meeting do; each is handed the meeting, what else the button carries, and a key of its own."""

from collections.abc import Callable

from bot.messages import meeting_agendas as agenda_messages
from bot.messages import meeting_forms as forms
from bot.messages import meeting_plans as plan_messages
from bot.messages import meeting_reading
from bot.messages import meetings as messages
from bot.messages.item_questions import one_post
from bot.messages.meeting_sources import taken
from bot.messages.post import Reply
from bot.messages.roster import name_and_title
from bot.rules.items import local_date
from bot.rules.meeting_written import Entry, Taken
from bot.rules.meetings import may_keep
from bot.rules.minutes import LineKind, Marker, place_of
from bot.services import (
    meeting_agendas,
    meeting_confirmations,
    meeting_documents,
    meeting_drafts,
    meeting_ends,
    meeting_files,
    meeting_late,
    meeting_plans,
    meeting_records,
    meeting_starts,
    meeting_writing,
)
from bot.services.askers import Asker, require_member
from bot.services.meeting_confirmations import Reworded
from bot.services.meeting_telling import tell
from bot.services.meeting_views import agenda_of, view_of
from bot.services.meetings import require_keeper, require_phase, require_writer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings, people
from storage.tables import Answer, Meeting, Phase

MeetingAct = Callable[[Work, Asker, Meeting, str, str], Reply]


def told(work: Work, asker: Asker, meeting: Meeting, key: str, **args: str) -> Reply:
    """One line about the meeting as it is now."""
    work.session.flush()
    return Reply(messages.answer(view_of(work.session, meeting), key, asker.say, **args))


def start(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """A planned meeting begins, perhaps before its hour."""
    return told(work, asker, meeting_starts.start(work, asker, "", meeting), "meeting-started")


def rsvp(work: Work, asker: Asker, meeting: Meeting, said: str, _key: str) -> Reply:
    """참석, 불참."""
    return told(work, asker, meeting_plans.answer(work, asker, meeting, Answer(said)), f"meeting-rsvp-told-{said}")


def ask_proxy(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form that names who comes instead."""
    require_member(asker)
    require_phase(meeting, Phase.PLANNED)
    return Reply(view=plan_messages.proxy_form(forms.kept_of(meeting, asker.who.channel_id), asker.say))


def agenda(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The agenda with ways to change it."""
    require_member(asker)
    return Reply(agenda_messages.agenda(view_of(work.session, meeting), asker.say))


def ask_topic(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form for a topic."""
    require_writer(asker)
    return Reply(view=forms.words_form("topic", forms.kept_of(meeting, asker.who.channel_id), asker.say))


def drop_topic(work: Work, asker: Asker, meeting: Meeting, topic_id: str, _key: str) -> Reply:
    """A topic comes off the agenda."""
    meeting_agendas.drop(work, asker, meeting, int(topic_id))
    return Reply(agenda_messages.agenda(view_of(work.session, meeting), asker.say))


def replan(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form of a planned meeting."""
    return Reply(view=meeting_plans.change_form(work, asker, meeting))


def cancel(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """It does not take place."""
    return told(work, asker, meeting_plans.cancel(work, asker, meeting), "meeting-cancel-told")


def write(work: Work, asker: Asker, meeting: Meeting, kind: str, _key: str) -> Reply:
    """The form for a line."""
    require_writer(asker)
    require_phase(meeting, Phase.LIVE)
    return Reply(view=forms.write_form(meeting, kind, forms.kept_of(meeting, asker.who.channel_id), asker.say))


def next_topic(work: Work, asker: Asker, meeting: Meeting, topic_id: str, key: str) -> Reply:
    """The agenda's next topic is opened: a line of the record like any other."""
    topic = next((one for one in agenda_of(work.session, meeting.id or 0) if str(one.id) == topic_id), None)
    if topic is None:
        raise Refused("meeting-topic-gone")
    meeting_writing.write(work, asker, meeting, Entry(Marker.TOPIC, topic.title), key)
    return Reply()


def end(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """End it."""
    meeting = meeting_ends.end(work, asker, meeting)
    return told(work, asker, meeting, "meeting-end-told", keeper=name_and_title(view_of(work.session, meeting).keeper))


def resume(work: Work, asker: Asker, meeting: Meeting, _more: str, key: str) -> Reply:
    """It goes on."""
    return told(work, asker, meeting_ends.go_on(work, asker, meeting, key), "meeting-resumed")


def put_on_record(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """등록."""
    return told(work, asker, meeting_records.put_on_record(work, asker, meeting), "meeting-recorded")


def lines(work: Work, asker: Asker, meeting: Meeting, page: str, _key: str) -> Reply:
    """All lines in a window, to be changed."""
    require_keeper(asker, meeting)
    meeting_drafts.require_changeable(meeting)
    number = int(page) if page.isdecimal() else 0
    return Reply(view=forms.lines_window(view_of(work.session, meeting), number, asker.say))


def lines_around(work: Work, asker: Asker, meeting: Meeting, anchor: str) -> Reply:
    """The same at the page on which a line stands."""
    every = [one.place for one in forms.everything(view_of(work.session, meeting))]
    at = every.index(place_of(anchor)) if place_of(anchor) in every else 0
    return lines(work, asker, meeting, str(at // forms.PAGE), "")


def line(work: Work, asker: Asker, meeting: Meeting, anchor: str, _key: str) -> Reply:
    """The form that changes one line; for who wrote it too, while the meeting runs."""
    require_line(work, asker, meeting, anchor)
    view, place = view_of(work.session, meeting), place_of(anchor)
    found = meeting_drafts.line_at(view.minutes, place)
    action = next((one for one in view.minutes.actions if one.place == place), None)
    kept = forms.kept_of(meeting, asker.who.channel_id, anchor=anchor)
    return Reply(view=forms.line_form(view, found, action, kept, asker.say))


def require_line(work: Work, asker: Asker, meeting: Meeting, anchor: str) -> None:
    """Whoever keeps the meeting, and while it runs who wrote the line."""
    person = require_writer(asker)
    meeting_drafts.require_changeable(meeting)
    mine = (asker.who.user_id, str(person.id))
    written = meetings.lines_about(work.session, meeting.id or 0, place_of(anchor).key)
    if meeting.phase is not Phase.LIVE or not any(one.writer in mine for one in written):
        require_keeper(asker, meeting)


def settle(work: Work, asker: Asker, meeting: Meeting, more: str, key: str) -> Reply:
    """An answer to a question about a line: `anchor|owners|정하늘 교수`."""
    anchor, _, said = more.partition("|")
    kind, _, text = said.partition("|")
    if kind not in (LineKind.OWNERS, LineKind.DUE):
        raise Refused("meeting-line-gone")
    require_line(work, asker, meeting, anchor)
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    meeting_drafts.require_changeable(meeting)
    tell(work, meeting, person, place_of(anchor), {LineKind(kind): text}, key)
    meeting_drafts.settle(work, asker, meeting, person)
    return told(work, asker, meeting, "meeting-settled", answer=text)


def omit(work: Work, asker: Asker, meeting: Meeting, anchor: str, key: str) -> Reply:
    """The 취소 button."""
    return told(work, asker, meeting_writing.omit(work, asker, meeting, anchor, key), "meeting-omitted")


def take_in(work: Work, asker: Asker, meeting: Meeting, ts: str, key: str) -> Reply:
    """What was heard too late goes into the draft."""
    return told(work, asker, meeting_late.take_in(work, asker, meeting, ts, key), "meeting-late-taken")


def confirm(work: Work, asker: Asker, meeting: Meeting, wording: str, _key: str) -> Reply:
    """One press for the side; if the draft says something else by now, what it says."""
    try:
        meeting = meeting_confirmations.confirm(work, asker, meeting, int(wording))
    except Reworded:
        return overtaken(work, asker, meeting)
    side = _side_of(work, asker, meeting)
    return Reply(meeting_reading.confirmed(view_of(work.session, meeting), side, asker.say))


def overtaken(work: Work, asker: Asker, meeting: Meeting) -> Reply:
    """Nothing was recorded: the draft says something else than what was shown."""
    return Reply(meeting_reading.overtaken(view_of(work.session, meeting), asker.say))


def ask_objection(work: Work, asker: Asker, meeting: Meeting, wording: str, _key: str) -> Reply:
    """The form for the reason."""
    require_member(asker)
    require_phase(meeting, Phase.DRAFT)
    kept = forms.kept_of(meeting, asker.who.channel_id, wording=int(wording))
    return Reply(view=forms.words_form("object", kept, asker.say))


def take_back(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """What the asker said to the draft no longer counts."""
    return told(work, asker, meeting_confirmations.take_back(work, asker, meeting), "meeting-taken-back")


def read(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The minutes as they are, for the asker alone."""
    view = view_of(work.session, meeting)
    document = meeting_documents.document(work.session, view, asker.say)
    keeps = asker.person is not None and may_keep(asker.person, meeting)
    return Reply(meeting_reading.minutes(view, document, asker.say, keeps=keeps))


def files(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The files by direct message."""
    require_member(asker)
    if meeting.phase in (Phase.PLANNED, Phase.CANCELLED):
        raise Refused(f"meeting-is-{meeting.phase}", ref=f"M-{meeting.number}")
    meeting_files.send(work, asker, meeting)
    return told(work, asker, meeting, "meeting-files-sent")


def ask_facts(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form for what the document says beside the lines."""
    require_keeper(asker, meeting)
    meeting_drafts.require_changeable(meeting)
    sides = people.sides(work.session, meeting.task_force_id)
    return Reply(view=forms.facts_form(meeting, sides, forms.kept_of(meeting, asker.who.channel_id), asker.say))


def ask_addendum(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form for a correction."""
    require_writer(asker)
    require_phase(meeting, Phase.FINAL)
    return Reply(view=forms.words_form("addendum", forms.kept_of(meeting, asker.who.channel_id), asker.say))


def ask_number(work: Work, asker: Asker, meeting: Meeting, _more: str, _key: str) -> Reply:
    """The form for the own side's document number."""
    person = require_keeper(asker, meeting)
    require_phase(meeting, Phase.FINAL)
    view = view_of(work.session, meeting)
    number, on = next(
        ((row.number, row.registered_on) for row, side in view.numbers if side.id == person.side_id),
        ("", local_date(work.now, view.task_force)),
    )
    kept = forms.kept_of(meeting, asker.who.channel_id)
    return Reply(view=forms.number_form(number, on, kept, asker.say))


def take(work: Work, asker: Asker, meeting: Meeting, message: Taken) -> Reply:
    """A message that was read in the channel goes into the record."""
    posts = meeting_writing.take(work, asker, meeting, message)
    return Reply(one_post([taken(view_of(work.session, meeting), message.ts, asker.say), *posts]))


def _side_of(work: Work, asker: Asker, meeting: Meeting) -> str:
    _, person = require_member(asker)
    view = view_of(work.session, meeting)
    return next(side.name for side in view.sides if side.id == person.side_id)
