"""After the meeting: the one message in the channel, and what each person is told."""

from collections.abc import Iterable

from bot.messages import dates, ids
from bot.messages.blocks import actions, context, header, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.meeting_words import action_line, attendance, decision_line, heading, part, person
from bot.messages.meetings import meeting_button, state_of
from bot.messages.post import Block, Post
from bot.rules.meeting_filing import Filed
from bot.rules.meeting_views import MeetingView, SideWord
from config.words import Say
from storage.tables import Addendum, Person, Phase

PART_SHOWN = 2700


def summary(view: MeetingView, say: Say) -> Post:
    """Decisions, actions by person, how the sides stand to the minutes, and what was added when they were final."""
    blocks: list[Block] = [
        header(say("meeting-summary-title", meeting=f"M-{view.meeting.number} {view.meeting.title}"))
    ]
    blocks += [section(text) for text in _parts(view, say) if text]
    blocks.append(section("\n".join([_state(view, say), *_words(view, say)])))
    blocks += [section(text) for text in _beside(view, say)]
    if view.meeting.phase is Phase.DRAFT:
        blocks.append(context(say("meeting-confirm-how")))
    text = say(
        "meeting-summary",
        meeting=heading(view, say),
        decisions=str(len(view.decisions)),
        actions=str(len(view.actions)),
    )
    return Post(text, [*blocks, actions(*buttons(view, say))])


def buttons(view: MeetingView, say: Say) -> Iterable[Block]:
    """Confirm and object while it is a draft; afterwards what stands beside the text."""
    meeting = view.meeting
    if meeting.phase is Phase.DRAFT:
        wording = str(meeting.wording)
        yield meeting_button(say("meeting-confirm"), ids.MEETING_CONFIRM, meeting, wording, style="primary")
        yield meeting_button(say("meeting-object"), ids.MEETING_OBJECT, meeting, wording)
    yield meeting_button(say("meeting-read"), ids.MEETING_READ, meeting)
    yield meeting_button(say("meeting-files"), ids.MEETING_FILES, meeting)
    if meeting.phase is Phase.FINAL:
        yield meeting_button(say("meeting-addendum"), ids.MEETING_ADDENDUM, meeting)
        yield meeting_button(say("meeting-number"), ids.MEETING_NUMBER, meeting)


def _parts(view: MeetingView, say: Say) -> Iterable[str]:
    lines = [decision_line(one) for one in view.decisions]
    yield attendance(view, say)
    yield part(say("meeting-part-decisions"), lines, say)
    people = list(_by_person(view, say))
    yield part(say("meeting-part-by-person"), people, say)


def _by_person(view: MeetingView, say: Say) -> Iterable[str]:
    """What each has to do; nobody is pinged."""
    by: dict[str, list[Filed]] = {}
    for one in view.actions:
        owners = [who.full for who in one.action.owners] if one.action else []
        for name in owners or [""]:
            by.setdefault(name, []).append(one)
    for name, filed in by.items():
        yield escape(name) or say("meeting-no-owner")
        yield from (f"• {_short(one, say)}" for one in filed)


def _short(filed: Filed, say: Say) -> str:
    action = filed.action
    due = dates.due(say, action.due, action.due_time) if action else ""
    return f"{filed.ref}  {escape_within(action.text if action else '', 300)} · {due}"


def _state(view: MeetingView, say: Say) -> str:
    """Where it stands, above what each side says to it; escaped."""
    until = view.meeting.comments_until
    if view.meeting.phase is Phase.DRAFT and until:
        return say("meeting-draft-until", until=dates.day(say, until))
    return state_of(view, say)


def _words(view: MeetingView, say: Say) -> Iterable[str]:
    """What each side says to the draft; escaped."""
    return [word_line(one, view, say) for one in view.words]


def word_line(one: SideWord, view: MeetingView, say: Say) -> str:
    """One side's line: confirmed, objected with its reason, or awaited."""
    side = escape(one.side.name)
    if one.word is None or one.person is None:
        key = "meeting-word-silent" if view.meeting.phase is Phase.FINAL else "meeting-word-none"
        return say(key, side=side)
    name = person(one.person)
    if one.delegated_by:
        name = say("meeting-by-delegation", who=name, by=person(one.delegated_by))
    at = dates.moment(say, one.word.said_at, view.task_force.zone)
    if one.confirms:
        return say("meeting-word-confirmed", side=side, who=name, at=at)
    reason = escape_within(one.word.reason, 600)
    return say("meeting-word-objected", side=side, who=name, at=at, reason=reason)


def _beside(view: MeetingView, say: Say) -> Iterable[str]:
    """Document numbers and corrections of a final text; escaped."""
    numbers = [
        say(
            "meeting-number-line",
            side=escape(side.name),
            number=escape(row.number),
            on=dates.day(say, row.registered_on),
        )
        for row, side in view.numbers
    ]
    corrections = [addendum_line(one, by, view, say) for one, by in view.addenda]
    if numbers:
        yield "\n".join(numbers)
    if corrections:
        yield part(say("meeting-part-addenda"), corrections, say)


def addendum_line(addendum: Addendum, by: Person, view: MeetingView, say: Say) -> str:
    """A correction with who made it and when; escaped."""
    at = dates.moment(say, addendum.written_at, view.task_force.zone)
    return say("meeting-addendum-line", text=escape_within(addendum.text, 1500), who=person(by), at=at)


def addendum_news(addendum: Addendum, by: Person, view: MeetingView, say: Say) -> Post:
    """The same in the thread."""
    text = say("meeting-addendum-news", meeting=heading(view, say), line=addendum_line(addendum, by, view, say))
    return Post(text, [section(text)])


def news(view: MeetingView, say: Say) -> Post:
    """How the draft stands after somebody spoke, a line in the thread."""
    lines = [_state(view, say), *_words(view, say)]
    return Post("\n".join(lines), [section("\n".join(lines))])


def told(view: MeetingView, to: Person, say: Say, *, may_confirm: bool, own: Iterable[Filed]) -> Post:
    """To one person, once: what is theirs, and what awaits their side."""
    title = heading(view, say)
    lines = [action_line(view, one, say) for one in own]
    text = say("meeting-told", meeting=title, who=person(to))
    blocks = [section(text)]
    if lines:
        blocks.append(section(part(say("meeting-part-yours"), lines, say)))
    waits = may_confirm and any(word.side.id == to.side_id for word in view.waiting)
    if waits and view.meeting.phase is Phase.DRAFT:
        decisions = [decision_line(one) for one in view.decisions]
        ask = say(
            "meeting-told-confirm",
            until=dates.day(say, view.meeting.comments_until) if view.meeting.comments_until else "-",
        )
        blocks.append(section("\n".join([ask, whole_lines(decisions, PART_SHOWN)])))
        return Post(text, [*blocks, actions(*buttons(view, say))])
    return Post(text, [*blocks, actions(meeting_button(say("meeting-read"), ids.MEETING_READ, view.meeting))])


def reworded(view: MeetingView, say: Say) -> Post:
    """To who had spoken to the draft: it says something else now."""
    text = say("meeting-reworded", meeting=heading(view, say))
    return Post(text, [section(text), actions(*buttons(view, say))])
