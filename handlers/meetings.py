"""Meetings: the verbs, the buttons on cards and answers, the forms, and the shortcut."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages import meeting_forms as forms
from bot.messages import meeting_plans as plan_messages
from bot.messages.forms import Values, text_of
from bot.messages.item_questions import one_post
from bot.messages.post import Reply
from bot.rules.grammar import Noun, Verb, read_ref
from bot.rules.meeting_written import Taken
from bot.rules.meetings import Word, read_asked
from bot.rules.minutes import place_of
from bot.services import (
    meeting_acts,
    meeting_agendas,
    meeting_confirmations,
    meeting_drafts,
    meeting_finals,
    meeting_lists,
    meeting_marks,
    meeting_plans,
    meeting_starts,
    meeting_writing,
    meetings,
)
from bot.services.askers import Asker, Surface, Who
from bot.services.meeting_acts import MeetingAct
from bot.services.meeting_drafts import Change
from bot.services.refused import Refused
from bot.services.work import Work
from handlers.deps import Deps
from handlers.item_shortcuts import read_message
from handlers.items import press_of
from handlers.listening import answer, metadata_of, show, submit, update_view, who_of, with_line
from storage.tables import Answer, Meeting

ADD_TO_MINUTES = "add-to-minutes"  # callback id; the manifest names it


def register(app: App, deps: Deps) -> None:
    """Buttons, forms, pages of the list, and messages that go into the record."""
    register_buttons(app, deps)
    register_forms(app, deps)
    register_messages(app, deps)


def register_buttons(app: App, deps: Deps) -> None:
    """A button carries its meeting; whether the presser may is asked by the service."""

    @app.action(ids.MEETINGS_PATTERN)
    def turn_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, page, _ = ids.read_item_value(body["actions"][0]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: Reply(meeting_lists.list_page(work, asker, page)))

    @app.action(ids.MEETING_TAKE_PATTERN)
    def take(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, meeting_id, more = ids.read_item_value(body["actions"][0]["value"])
        channel_id, ts, marker = more.split(":")
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        reply = read_message(
            deps,
            f"trigger:{body['trigger_id']}",
            who,
            (channel_id, ts),
            lambda work, asker, written: meeting_acts.take(
                work,
                asker,
                meetings.find_by_id(work, asker, meeting_id),
                Taken(ts, written.writer, written.text, marker),
            ),
        )
        show(deps, who, reply, body)
        ack()

    @app.action(ids.MEETING_MENU)
    def choose(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, meeting_id, chosen = ids.read_item_value(body["actions"][0]["selected_option"]["value"])
        act, _, more = chosen.partition(":")
        key = f"press:{body['trigger_id']}"
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_meeting(BUTTONS[act], work, asker, meeting_id, more, key))

    @app.action(ids.MEETING_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        pressed = body["actions"][0]
        task_force_id, meeting_id, more = ids.read_item_value(pressed["value"])
        act = BUTTONS[ids.without_number(pressed["action_id"])]
        key = f"press:{body['trigger_id']}"
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_meeting(act, work, asker, meeting_id, more, key))


def register_forms(app: App, deps: Deps) -> None:
    """What a form remembers says which it is."""

    @app.view(ids.MEETING_FORM_PATTERN)
    def sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, values = metadata_of(body["view"]), body["view"]["state"]["values"]
        of, channel_id = memory["task_force"], memory.get("channel")  # none in a window and on the Home
        who = Who(body["user"]["id"], channel_id, context["installation"], Surface.FORM, task_force_id=of)
        act, beneath = FORMS[memory["what"]], body["view"].get("previous_view_id")
        shows = beneath and memory["what"] == "line"  # the window from which it was opened says what came of it

        def run(work: Work, asker: Asker) -> Reply:
            reply = act(work, asker, memory, values)
            return Reply() if shows else reply

        if submit(deps, ack, f"form:{memory['nonce']}", who, run) and shows:
            deps.later(lambda: show_lines_again(deps, who, memory, beneath))


def show_lines_again(deps: Deps, who: Who, memory: dict[str, Any], beneath: str) -> None:
    """The window of all lines, from which one was changed, as they are now."""
    meeting_id, anchor = memory["meeting"], memory["anchor"]

    def look(work: Work, asker: Asker) -> Reply:
        return meeting_acts.lines_around(work, asker, meetings.find_by_id(work, asker, meeting_id), anchor)

    reply = answer(deps, None, who, look)
    if reply.view:
        update_view(deps, who, beneath, reply.view)


def register_messages(app: App, deps: Deps) -> None:
    """A message of the channel goes into the record of the meeting that is held there."""

    @app.shortcut(ADD_TO_MINUTES)
    def add(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who, message = who_of(body, context, Surface.BUTTON), body["message"]
        text, writer = message.get("text") or "", message.get("user") or ""

        def act(work: Work, asker: Asker) -> Reply:
            meeting = meeting_marks.live_here(work, asker)
            return meeting_acts.take(work, asker, meeting, Taken(message["ts"], writer, text))

        show(deps, who, answer(deps, f"trigger:{body['trigger_id']}", who, act), body)
        ack()


def on_meeting(act: MeetingAct, work: Work, asker: Asker, meeting_id: int, more: str, key: str) -> Reply:
    """Do something with the meeting of a button."""
    return act(work, asker, meetings.find_by_id(work, asker, meeting_id), more, key)


# --- verbs ---


def meeting(work: Work, asker: Asker, rest: str) -> Reply:
    """`meeting [schedule|start|agenda|end|list] …`; alone, the meeting that is held, or what can be done."""
    ref, asked = read_ref(rest), read_asked(rest)
    if ref and ref.noun is Noun.MEETING:
        return shown(work, asker, meetings.find(work, asker, ref.number))
    if asked.word is None and asked.rest:
        raise Refused("meeting-not-understood", typed=asked.rest)
    if asked.word is None:
        return Reply(meeting_lists.overview(work, asker))
    return WORDS[asked.word](work, asker, asked.rest)


def start(work: Work, asker: Asker, title: str) -> Reply:
    """Begin."""
    ref = read_ref(title)
    planned = meetings.find(work, asker, ref.number) if ref and ref.noun is Noun.MEETING else None
    return meeting_acts.told(
        work, asker, meeting_starts.start(work, asker, "" if planned else title, planned), "meeting-started"
    )


def agenda(work: Work, asker: Asker, topic: str) -> Reply:
    """`agenda TOPIC` adds one to the next meeting; alone, the agenda."""
    if topic:
        meeting_agendas.add(work, asker, topic)
    return Reply(meeting_agendas.overview(work, asker))


def end(work: Work, asker: Asker, _rest: str) -> Reply:
    """End the meeting that is held here."""
    return meeting_acts.end(work, asker, meetings.find_live(work, asker), "", "")


def list_meetings(work: Work, asker: Asker, _rest: str) -> Reply:
    """All of them, the newest first."""
    return Reply(meeting_lists.list_page(work, asker, 0))


def minutes(work: Work, asker: Asker, rest: str) -> Reply:
    """`minutes M-3`: what they say, and the files by direct message; without a number, the list."""
    if read_ref(rest) is None:
        return list_meetings(work, asker, rest)
    found = numbered(work, asker, rest)
    meeting_acts.files(work, asker, found, "", "")
    return shown(work, asker, found)


def shown(work: Work, asker: Asker, found: Meeting) -> Reply:
    """The meeting, for the asker alone."""
    return meeting_acts.read(work, asker, found, "", "")


def numbered(work: Work, asker: Asker, rest: str) -> Meeting:
    """The meeting of a line that begins with its number."""
    ref = read_ref(rest)
    if ref is None:
        raise Refused("meeting-which")
    return meetings.find(work, asker, ref.number)


def read(work: Work, asker: Asker, rest: str) -> Reply:
    """`M-3`."""
    return shown(work, asker, numbered(work, asker, rest))


def confirm(work: Work, asker: Asker, rest: str) -> Reply:
    """`confirm M-3`: the draft as it is."""
    found = numbered(work, asker, rest)
    return meeting_acts.confirm(work, asker, found, str(found.wording), "")


def objection(work: Work, asker: Asker, rest: str) -> Reply:
    """`object M-3 REASON`; without a reason, the form."""
    found, ref = numbered(work, asker, rest), read_ref(rest)
    if ref is None or not ref.rest:
        return meeting_acts.ask_objection(work, asker, found, str(found.wording), "")
    return _objected(work, asker, found, ref.rest, found.wording)


def undo(work: Work, asker: Asker, rest: str) -> Reply:
    """`undo M-3`: what I said to the draft."""
    return meeting_acts.take_back(work, asker, numbered(work, asker, rest), "", "")


# --- forms ---


def planned(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A meeting is planned, or changed."""
    wish = meeting_plans.Plan(**plan_messages.read_form(values))
    if memory.get("meeting") is None:
        return meeting_acts.told(work, asker, meeting_plans.plan(work, asker, wish), "meeting-planned-told")
    found = meetings.find_by_id(work, asker, memory["meeting"])
    return meeting_acts.told(work, asker, meeting_plans.change(work, asker, found, wish), "meeting-planned-told")


def proxy(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """Who comes in the asker's place."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    named = plan_messages.read_proxy(values)
    found = meeting_plans.answer(work, asker, found, Answer.PROXY, named)
    return meeting_acts.told(work, asker, found, "meeting-rsvp-told-proxy", name=" ".join(named).strip())


def topic_added(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A topic for this meeting."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_agendas.add(work, asker, text_of(values, forms.WORDS), found)
    return meeting_acts.agenda(work, asker, found, "", "")


def written(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A line by the form."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    posts = meeting_writing.write(work, asker, found, forms.read_write(values), f"form:{memory['nonce']}")
    return Reply(one_post(posts))


def line_changed(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A line was changed: only what is different is stored."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_acts.require_line(work, asker, found, memory["anchor"])
    fields, place = forms.read_line_form(values), place_of(memory["anchor"])
    change: Change = meeting_drafts.difference(work, found, place, fields)
    if not change.told:
        return meeting_acts.told(work, asker, found, "meeting-unchanged")
    found = meeting_drafts.change(work, asker, found, place, change, f"form:{memory['nonce']}")
    return meeting_acts.told(work, asker, found, "meeting-line-changed")


def objected(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """An objection with its reason."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    return _objected(work, asker, found, text_of(values, forms.WORDS), memory["wording"])


def _objected(work: Work, asker: Asker, found: Meeting, reason: str, wording: int) -> Reply:
    try:
        found = meeting_confirmations.object_to(work, asker, found, reason, wording)
    except meeting_confirmations.Reworded:
        return meeting_acts.overtaken(work, asker, found)
    return meeting_acts.told(work, asker, found, "meeting-objected")


def facts_changed(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """Title, host, place, disclosure and the rest."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    found = meeting_drafts.change_facts(work, asker, found, forms.read_facts(values), forms.read_host(values))
    return meeting_acts.told(work, asker, found, "meeting-facts-changed")


def addendum(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A correction beside the final text."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_finals.add(work, asker, found, text_of(values, forms.WORDS))
    return meeting_acts.told(work, asker, found, "meeting-addendum-told")


def number(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """The own side's document number."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    row = meeting_finals.register_number(work, asker, found, *forms.read_number(values))
    return meeting_acts.told(work, asker, found, "meeting-number-told", number=row.number)


WORDS = {
    Word.SCHEDULE: meeting_plans.form,
    Word.START: start,
    Word.AGENDA: agenda,
    Word.END: end,
    Word.LIST: list_meetings,
}
VERBS = {Verb.MEETING: meeting, Verb.MINUTES: minutes}
NUMBERED = {Verb.SHOW: read, Verb.CONFIRM: confirm, Verb.OBJECT: objection, Verb.UNDO: undo}
BUTTONS: dict[str, MeetingAct] = {
    ids.MEETING_START: meeting_acts.start,
    ids.MEETING_RSVP: meeting_acts.rsvp,
    ids.MEETING_PROXY: meeting_acts.ask_proxy,
    ids.MEETING_AGENDA: meeting_acts.agenda,
    ids.MEETING_AGENDA_ADD: meeting_acts.ask_topic,
    ids.MEETING_AGENDA_DROP: meeting_acts.drop_topic,
    ids.MEETING_RESCHEDULE: meeting_acts.replan,
    ids.MEETING_CANCEL: meeting_acts.cancel,
    ids.MEETING_WRITE: meeting_acts.write,
    ids.MEETING_TOPIC: meeting_acts.next_topic,
    ids.MEETING_END: meeting_acts.end,
    ids.MEETING_RESUME: meeting_acts.resume,
    ids.MEETING_RECORD: meeting_acts.put_on_record,
    ids.MEETING_LINES: meeting_acts.lines,
    ids.MEETING_LINE: meeting_acts.line,
    ids.MEETING_ANSWER: meeting_acts.settle,
    ids.MEETING_OMIT: meeting_acts.omit,
    ids.MEETING_LATE: meeting_acts.take_in,
    ids.MEETING_CONFIRM: meeting_acts.confirm,
    ids.MEETING_OBJECT: meeting_acts.ask_objection,
    ids.MEETING_TAKE_BACK: meeting_acts.take_back,
    ids.MEETING_READ: meeting_acts.read,
    ids.MEETING_FILES: meeting_acts.files,
    ids.MEETING_FACTS: meeting_acts.ask_facts,
    ids.MEETING_ADDENDUM: meeting_acts.ask_addendum,
    ids.MEETING_NUMBER: meeting_acts.ask_number,
}
FORMS = {
    "plan": planned,
    "proxy": proxy,
    "topic": topic_added,
    "write": written,
    "line": line_changed,
    "object": objected,
    "facts": facts_changed,
    "addendum": addendum,
    "number": number,
}
