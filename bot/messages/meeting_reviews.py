"""At the end: what was understood and what is unclear, to whoever keeps the meeting."""

from bot.messages import ids
from bot.messages.blocks import actions, context, section
from bot.messages.escape import escape_within
from bot.messages.meeting_questions import about, question
from bot.messages.meeting_words import action_line, attendance_in_full, decision_line, heading, part
from bot.messages.meetings import meeting_button
from bot.messages.post import Block, Post
from bot.rules.meeting_views import MeetingView
from bot.rules.minutes import Outcome, Unclear
from config.words import Say
from storage.tables import Phase

MOST_UNCLEAR = 15


def review(view: MeetingView, say: Say) -> Post:
    """What [등록] would make real; nothing is yet. Later, that it has."""
    title = heading(view, say)
    if view.meeting.phase is Phase.LIVE:
        return _plain(say("meeting-review-live", meeting=title))
    if view.meeting.phase is not Phase.ENDED:
        text = say("meeting-review-done", meeting=title)
        buttons = [meeting_button(say("meeting-read"), ids.MEETING_READ, view.meeting)]
        if view.meeting.phase is Phase.DRAFT:
            buttons += [_lines_button(view, say), meeting_button(say("meeting-facts"), ids.MEETING_FACTS, view.meeting)]
        return Post(text, [section(text), actions(*buttons)])
    opening = say("meeting-review-silent" if view.meeting.end_reason else "meeting-review", meeting=title)
    blocks = [section(opening), *(section(part) for part in _parts(view, say)), *_unclear(view, say)]
    read = meeting_button(say("meeting-read"), ids.MEETING_READ, view.meeting)
    return Post(opening, [*blocks, context(say("meeting-review-how")), actions(*ways(view, say), read)])


def ways(view: MeetingView, say: Say) -> list[Block]:
    """What whoever keeps an ended meeting can do with it."""
    return [
        meeting_button(say("meeting-record"), ids.MEETING_RECORD, view.meeting, style="primary"),
        _lines_button(view, say),
        meeting_button(say("meeting-facts"), ids.MEETING_FACTS, view.meeting),
        meeting_button(say("meeting-resume"), ids.MEETING_RESUME, view.meeting),
    ]


def _plain(text: str) -> Post:
    return Post(text, [section(text)])


def _lines_button(view: MeetingView, say: Say) -> Block:
    return meeting_button(say("meeting-lines"), f"{ids.MEETING_LINES}-0", view.meeting, "0")


def _parts(view: MeetingView, say: Say) -> list[str]:
    """Decisions, what was not agreed, actions, attendance: each under its title; escaped."""
    others = [
        f"{say(f'meeting-outcome-{one.outcome.name.lower()}')}  {escape_within(one.text, 300)}"
        for one in view.minutes.decisions
        if one.outcome is not Outcome.AGREED
    ]
    parts = {
        "meeting-part-decisions": [decision_line(one) for one in view.decisions],
        "meeting-part-others": others,
        "meeting-part-actions": [action_line(view, one, say) for one in view.actions],
        "meeting-part-attendance": attendance_in_full(view, say),
    }
    always = {"meeting-part-decisions", "meeting-part-actions"}
    return [part(say(key), lines, say) for key, lines in parts.items() if lines or key in always]


def _unclear(view: MeetingView, say: Say) -> list[Block]:
    """What nobody has answered, each with a way to settle it."""
    unclear = view.minutes.unclear
    if not unclear:
        return []
    title = say("meeting-part-unclear")
    blocks = [section(f"*{title}* · {len(unclear)}")]
    blocks += [_unclear_row(view, one, at, say) for at, one in enumerate(unclear[:MOST_UNCLEAR])]
    if len(unclear) > MOST_UNCLEAR:
        blocks.append(context(say("meeting-more-unclear", count=str(len(unclear) - MOST_UNCLEAR))))
    return blocks


def _unclear_row(view: MeetingView, unclear: Unclear, at: int, say: Say) -> Block:
    line = next((one for one in view.minutes.lines() if one.place == unclear.place), None)
    said = about(line, say) if line else ""
    settle = meeting_button(say("meeting-settle"), f"{ids.MEETING_LINE}-{at}", view.meeting, unclear.place.anchor)
    return section(f"{said}\n{question(unclear, say)}".strip(), accessory=settle)
