"""Meetings: the buttons on cards and answers, forms that are sent, and the shortcut."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.post import Reply
from bot.rules.meeting_written import Taken
from bot.services import (
    meeting_acts,
    meeting_lists,
    meeting_marks,
    meetings,
)
from bot.services.askers import Asker, Surface, Who
from bot.services.meeting_acts import MeetingAct
from bot.services.work import Work
from handlers.deps import Deps
from handlers.item_shortcuts import read_message
from handlers.items import press_of
from handlers.listening import answer, metadata_of, who_of, with_line
from handlers.meeting_forms import FORMS
from handlers.windows import show, submit, update_view

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
