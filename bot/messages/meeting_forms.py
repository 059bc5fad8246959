"""The forms of a meeting: writing a line, changing one, and the few that ask for words."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.messages import ids
from bot.messages.blocks import context, field_input, modal, option, plain_section, section, text_element
from bot.messages.escape import escape_within, shorten
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.meeting_words import heading, kind_of
from bot.messages.meetings import meeting_button
from bot.messages.post import Block, View
from bot.rules.meeting_views import MeetingView
from bot.rules.meeting_written import Entry
from bot.rules.meetings import LINE_LIMIT, PLACE_LIMIT, TITLE_LIMIT
from bot.rules.minutes import Action, Line, Marker
from config.words import Say
from storage.tables import Meeting, Side

KIND, TEXT, SPEAKER, BEHIND, OWNERS, DUE = "kind", "text", "speaker", "behind", "owners", "due"  # block ids
WORDS, NUMBER, ON = "words", "number", "on"
OMIT, STAYS, START = "omit", "stays", "start"  # values that are no marker and no anchor
PAGE = 30  # lines in one window
MOST_PLACES = 98  # options of a select, but for the two that are no line
WRITTEN = (
    *(Marker.TOPIC, Marker.SUBTOPIC, Marker.DECISION, Marker.REJECTED, Marker.OPEN, Marker.PROPOSAL, Marker.ACTION),
    *(Marker.FACT, Marker.IDEA, Marker.LINK, Marker.VOTE, Marker.ATTACHMENT, Marker.REMARK),
)
ATTENDING = ("present", "observing", "proxy", "absent", "chair")  # lines that say who is there


def form_of(what: str, title: str, submit: str, blocks: list[Block], kept: dict[str, Any], say: Say) -> View:
    """One of the forms; it remembers what it is about, and a word that makes two submissions one."""
    remembered = memory(**kept, what=what, nonce=secrets.token_urlsafe(9))
    return modal(f"{ids.MEETING_FORM}-{what}", title, submit, say("close"), blocks, remembered)


def kept_of(meeting: Meeting, channel_id: str | None, **more: Any) -> dict[str, Any]:
    """What every form about a meeting remembers."""
    return {"task_force": meeting.task_force_id, "meeting": meeting.id, "channel": channel_id, **more}


def write_form(meeting: Meeting, kind: str, kept: dict[str, Any], say: Say) -> View:
    """A new line of the record: its kind, its words, and who said it if that is somebody else."""
    kinds = [option(say(f"meeting-kind-{one}"), one) for one in [*(marker.value for marker in WRITTEN), *ATTENDING]]
    blocks = [
        field_input(say("meeting-field-kind"), KIND, select(kinds, kind or Marker.REMARK.value)),
        field_input(
            say("meeting-field-text"),
            TEXT,
            text_element(ANSWER, multiline=True, max_length=LINE_LIMIT),
            hint=say("meeting-field-text-hint"),
        ),
        field_input(
            say("meeting-field-speaker"),
            SPEAKER,
            text_element(ANSWER, max_length=80),
            hint=say("meeting-field-speaker-hint"),
            optional=True,
        ),
        context(say("meeting-write-how", ref=f"M-{meeting.number}")),
    ]
    return form_of("write", say("meeting-write-title"), say("meeting-write-send"), blocks, kept, say)


def read_write(values: Values) -> Entry:
    """What was filled in."""
    return Entry(chosen(values, KIND)[0], text_of(values, TEXT), text_of(values, SPEAKER))


def line_form(view: MeetingView, line: Line, action: Action | None, kept: dict[str, Any], say: Say) -> View:
    """One line of the minutes, to be changed; as it was written above."""
    speaker = line.speaker.full if line.speaker else ""
    kinds = [option(kind_of(one, say), one.value) for one in WRITTEN] + [option(say("meeting-line-omit"), OMIT)]
    wording = text_element(ANSWER, initial=line.text, multiline=True, max_length=LINE_LIMIT)
    blocks = [
        field_input(say("meeting-field-wording"), TEXT, wording, hint=say("meeting-field-wording-hint")),
        field_input(say("meeting-field-kind"), KIND, select(kinds, line.marker.value)),
        field_input(
            say("meeting-field-said-by"), SPEAKER, text_element(ANSWER, initial=speaker, max_length=300), optional=True
        ),
    ]
    if action:
        owners = ", ".join(who.full for who in action.owners)
        due = {"type": "datepicker", "action_id": ANSWER}
        if action.due:
            due["initial_date"] = action.due.isoformat()
        hint = say("meeting-field-owners-hint")
        element = text_element(ANSWER, initial=owners, max_length=1000)
        blocks.append(field_input(say("meeting-field-owners"), OWNERS, element, hint=hint, optional=True))
        blocks.append(field_input(say("meeting-field-due"), DUE, due, optional=True))
    blocks.append(field_input(say("meeting-field-behind"), BEHIND, select(_places(view, line, say), STAYS)))
    title = say("meeting-line-title", ref=f"M-{view.meeting.number}")
    return form_of("line", title, say("form-save"), blocks, kept, say)


def read_line_form(values: Values) -> dict[str, str | None]:
    """Every field of it; None for one that was not asked."""
    due = values.get(DUE, {}).get(ANSWER, {})
    return {
        TEXT: text_of(values, TEXT),
        KIND: chosen(values, KIND)[0],
        SPEAKER: text_of(values, SPEAKER),
        BEHIND: chosen(values, BEHIND)[0],
        OWNERS: text_of(values, OWNERS) if OWNERS in values else None,
        DUE: (due.get("selected_date") or "") if DUE in values else None,
    }


def _places(view: MeetingView, line: Line, say: Say) -> list[Block]:
    """Where the line can stand: as now, at the start, or behind another; the nearest, if there are too many."""
    every = everything(view)
    at = next((at for at, one in enumerate(every) if one.place == line.place), 0)
    first = max(0, min(at - MOST_PLACES // 2, len(every) - MOST_PLACES))
    near = [one for one in every[first : first + MOST_PLACES] if one.place != line.place]
    options = [option(shorten(f"{kind_of(one.marker, say)}: {one.text}", 75), one.place.anchor) for one in near]
    return [option(say("meeting-behind-stays"), STAYS), option(say("meeting-behind-start"), START), *options]


def everything(view: MeetingView) -> list[Line]:
    """All lines of the minutes in their order, topics among them."""
    lines: list[Line] = []
    for topic in view.minutes.topics:
        if topic.place:
            marker = Marker.TOPIC if topic.level == 1 else Marker.SUBTOPIC
            lines.append(Line(topic.place, marker, topic.title))
        lines += topic.lines
    return lines


def lines_window(view: MeetingView, page: int, say: Say) -> View:
    """All lines, each with a button that changes it."""
    every = everything(view)
    blocks: list[Block] = [section(say("meeting-lines-how", meeting=heading(view, say)))]
    for at, line in enumerate(every[page * PAGE : (page + 1) * PAGE]):
        said = f"{line.speaker.full}: " if line.speaker else ""
        text = f"*{kind_of(line.marker, say)}*  {escape_within(said + line.text, 400)}"
        change = meeting_button(say("meeting-line-change"), f"{ids.MEETING_LINE}-{at}", view.meeting, line.place.anchor)
        blocks.append(section(text, accessory=change))
    pages = [one for one in (page - 1, page + 1) if one >= 0 and one * PAGE < len(every)]
    if pages:
        turns = [
            meeting_button(say("meeting-page", page=str(one + 1)), f"{ids.MEETING_LINES}-{one}", view.meeting, str(one))
            for one in pages
        ]
        blocks.append({"type": "actions", "elements": turns})
    if not every:
        blocks.append(plain_section(say("meeting-none")))
    return modal(ids.WINDOW, say("meeting-lines-title", ref=f"M-{view.meeting.number}"), None, say("close"), blocks)


def words_form(what: str, kept: dict[str, Any], say: Say) -> View:
    """Why somebody objects, what is corrected, or a topic for the agenda."""
    element = text_element(ANSWER, multiline=True, max_length=2000)
    blocks = [field_input(say(f"meeting-ask-{what}-field"), WORDS, element, hint=say(f"meeting-ask-{what}-hint"))]
    return form_of(what, say(f"meeting-ask-{what}-title"), say(f"meeting-ask-{what}-send"), blocks, kept, say)


def number_form(number: str, on: date, kept: dict[str, Any], say: Say) -> View:
    """Under which number the own side's office has filed the minutes, and when."""
    day = {"type": "datepicker", "action_id": ANSWER, "initial_date": on.isoformat()}
    blocks = [
        field_input(say("meeting-number-field"), NUMBER, text_element(ANSWER, initial=number, max_length=60)),
        field_input(say("meeting-number-on"), ON, day),
    ]
    return form_of("number", say("meeting-number-title"), say("form-save"), blocks, kept, say)


def read_number(values: Values) -> tuple[str, date]:
    """The number and the day."""
    return text_of(values, NUMBER), date.fromisoformat(values[ON][ANSWER]["selected_date"])


FACTS = {
    "title": TITLE_LIMIT,
    "place": PLACE_LIMIT,
    "disclosure": 100,
    "summary": 500,
    "keywords": 200,
    "next_meeting": 200,
    "attachments": 2000,
}
HOST = "host"
LISTED = "attachments"  # one a line
LONG = ("summary", LISTED)


def facts_form(meeting: Meeting, sides: Sequence[Side], kept: dict[str, Any], say: Say) -> View:
    """What the document says beside the lines, in its order as far as it is asked."""
    title, *others = (_fact(meeting, name, say) for name in FACTS)
    host = select([option(side.name, side.id) for side in sides], meeting.host_side_id)
    asked = field_input(say("minutes-doc-host"), HOST, host, hint=say("meeting-fact-host-hint"))
    return form_of("facts", say("meeting-facts"), say("form-save"), [title, asked, *others], kept, say)


def _fact(meeting: Meeting, name: str, say: Say) -> Block:
    key, initial = f"meeting-fact-{name.replace('_', '-')}", getattr(meeting, name)
    element = text_element(ANSWER, initial=initial, max_length=FACTS[name], multiline=name in LONG)
    return field_input(say(key), name, element, hint=say(f"{key}-hint"), optional=name != "title")


def read_facts(values: Values) -> dict[str, str]:
    """What was written into it."""
    return {name: "\n".join(_lines(text_of(values, name), name)) for name in FACTS}


def read_host(values: Values) -> int | None:
    """The side chosen as the one that convened it; None: a form opened before that was asked."""
    value, _ = chosen(values, HOST)
    return int(value) if value else None


def _lines(text: str, name: str) -> list[str]:
    """One line, however it was typed; of a list each that says something."""
    lines = (" ".join(line.split()) for line in (text.splitlines() if name == LISTED else [text]))
    return [line for line in lines if line]
