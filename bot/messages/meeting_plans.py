"""A planned meeting: the form, the invitation with its answers, and what is said before it."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.messages import dates, ids
from bot.messages.blocks import actions, field_input, section, text_element
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.forms import ANSWER, Values, text_of
from bot.messages.meeting_agendas import lines as agenda_lines
from bot.messages.meeting_forms import form_of
from bot.messages.meeting_words import heading, person
from bot.messages.meetings import meeting_button, state_of
from bot.messages.post import Block, File, Post, View
from bot.rules.exports import Event
from bot.rules.meeting_views import Guest, MeetingView
from bot.rules.meetings import PLACE_LIMIT, TITLE_LIMIT
from config.words import Say
from storage.tables import Answer, Phase

TITLE, ON, AT, PLACE, PEOPLE, NAME, POSITION = "title", "on", "at", "place", "people", "name", "position"  # block ids


def form(  # noqa: PLR0917
    title: str, on: date, at: time, place: str, names: str, memory: Mapping[str, Any], say: Say
) -> View:
    """Title, day, hour, place, who is expected."""
    day = {"type": "datepicker", "action_id": ANSWER, "initial_date": on.isoformat()}
    hour = {"type": "timepicker", "action_id": ANSWER, "initial_time": f"{at:%H:%M}"}
    blocks = [
        field_input(
            say("meeting-fact-title"),
            TITLE,
            text_element(ANSWER, initial=title, max_length=TITLE_LIMIT),
            hint=say("meeting-plan-title-hint"),
            optional=True,
        ),
        field_input(say("meeting-plan-on"), ON, day),
        field_input(say("meeting-plan-at"), AT, hour),
        field_input(
            say("meeting-fact-place"),
            PLACE,
            text_element(ANSWER, initial=place, max_length=PLACE_LIMIT),
            hint=say("meeting-fact-place-hint"),
            optional=True,
        ),
        field_input(
            say("meeting-plan-people"),
            PEOPLE,
            text_element(ANSWER, initial=names, max_length=1500, multiline=True),
            hint=say("meeting-plan-people-hint"),
            optional=True,
        ),
    ]
    return form_of("plan", say("meeting-plan-title"), say("meeting-plan-send"), blocks, dict(memory), say)


def read_form(values: Values) -> dict[str, Any]:
    """What was filled in."""
    return {
        "title": text_of(values, TITLE),
        "on": date.fromisoformat(values[ON][ANSWER]["selected_date"]),
        "at": time.fromisoformat(values[AT][ANSWER]["selected_time"]),
        "place": " ".join(text_of(values, PLACE).split()),
        "people": text_of(values, PEOPLE),
    }


def proxy_form(memory: dict[str, Any], say: Say) -> View:
    """Who comes in the asker's place."""
    blocks = [
        field_input(say("meeting-proxy-name"), NAME, text_element(ANSWER, max_length=40)),
        field_input(say("meeting-proxy-position"), POSITION, text_element(ANSWER, max_length=40), optional=True),
    ]
    return form_of("proxy", say("meeting-proxy-title"), say("form-save"), blocks, memory, say)


def read_proxy(values: Values) -> tuple[str, str]:
    """Name and position."""
    return text_of(values, NAME), text_of(values, POSITION)


def invitation(view: MeetingView, say: Say) -> Post:
    """When, where, who has said what, and the agenda; with buttons for the reader's own answer."""
    meeting = view.meeting
    text = say("meeting-invited", meeting=heading(view, say))
    blocks = [section(f"*{text}*"), section("\n".join([*when_and_where(view, say), *answers(view, say)]))]
    if view.agenda:
        title = say("meeting-part-agenda")
        blocks.append(section(f"*{title}*\n{whole_lines(agenda_lines(view.agenda, say), 2000)}"))
    if meeting.phase is not Phase.PLANNED:
        return Post(f"{text} · {state_of(view, say)}", [*blocks, section(state_of(view, say))])
    return Post(
        "\n".join([text, *when_and_where(view, say)]), [*blocks, actions(*_rsvp(view, say)), actions(*_ways(view, say))]
    )


def when_and_where(view: MeetingView, say: Say) -> list[str]:
    """Day and hour, place; escaped."""
    meeting = view.meeting
    at = dates.moment(say, meeting.planned_for, view.task_force.zone) if meeting.planned_for else "-"
    where = [say("meeting-place", place=escape_within(meeting.place, 300))] if meeting.place else []
    return [say("meeting-plan-when", at=at), *where]


def answers(view: MeetingView, say: Say) -> list[str]:
    """Who comes, who does not, who sends somebody, and who has not said: counted and named per side; escaped."""
    found = []
    for side in view.sides:
        mine = [guest for guest in view.guests if guest.side.id == side.id]
        if mine:
            said = [_answered(mine, answer, say) for answer in (Answer.YES, Answer.PROXY, Answer.NO, None)]
            found.append(
                say("meeting-rsvp-side", side=escape(side.name), answers=" · ".join(one for one in said if one))
            )
    return found


def _answered(guests: list[Guest], answer: Answer | None, say: Say) -> str:
    names = [_guest(one, say) for one in guests if one.invitation.answer is answer]
    key = f"meeting-rsvp-{answer.value if answer else 'none'}"
    return say(key, names=", ".join(names[:15]), count=str(len(names))) if names else ""


def _guest(guest: Guest, say: Say) -> str:
    name = person(guest.person)
    if guest.invitation.answer is not Answer.PROXY:
        return name
    proxy = f"{guest.invitation.proxy_name} {guest.invitation.proxy_title}".strip()
    return say("meeting-rsvp-proxy-of", proxy=escape(proxy), who=name)


def _rsvp(view: MeetingView, say: Say) -> list[Block]:
    return [
        meeting_button(
            say("meeting-rsvp-button-yes"), f"{ids.MEETING_RSVP}-1", view.meeting, Answer.YES, style="primary"
        ),
        meeting_button(say("meeting-rsvp-button-no"), f"{ids.MEETING_RSVP}-2", view.meeting, Answer.NO),
        meeting_button(say("meeting-rsvp-button-proxy"), ids.MEETING_PROXY, view.meeting),
    ]


def _ways(view: MeetingView, say: Say) -> list[Block]:
    return [
        meeting_button(say("agenda-add"), ids.MEETING_AGENDA_ADD, view.meeting),
        meeting_button(say("agenda-change"), ids.MEETING_AGENDA, view.meeting),
        meeting_button(say("meeting-plan-change"), ids.MEETING_RESCHEDULE, view.meeting),
        meeting_button(say("meeting-plan-cancel"), ids.MEETING_CANCEL, view.meeting, style="danger"),
        meeting_button(say("meetings-start"), ids.MEETING_START, view.meeting),
    ]


def news(view: MeetingView, say: Say) -> Post:
    """It was moved, or is off."""
    key = "meeting-plan-cancelled" if view.meeting.phase is Phase.CANCELLED else "meeting-plan-moved"
    text = "\n".join([say(key, meeting=heading(view, say)), *when_and_where(view, say)])
    return Post(text, [section(text)])


def reminder(view: MeetingView, say: Say, key: str = "meeting-soon") -> Post:
    """It comes: when, where, and the agenda; with the answers."""
    text = "\n".join([say(key, meeting=heading(view, say)), *when_and_where(view, say)])
    listed = whole_lines(agenda_lines(view.agenda, say), 2000)
    return Post(text, [section(f"{text}\n{listed}".rstrip()), actions(*_rsvp(view, say))])


def with_calendar(view: MeetingView, file: File, event: Event, say: Say) -> Post:
    """The file for calendars, and what opening it does."""
    state = "cancelled" if event.is_cancelled else "moved" if event.sequence else "new"
    text = say(f"meeting-plan-calendar-{state}", meeting=heading(view, say))
    return Post(text, [section(text)], (file,))
