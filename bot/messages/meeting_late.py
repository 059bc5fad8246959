"""What was written at a meeting and heard too late, to whoever keeps it."""

from bot.messages import ids
from bot.messages.blocks import actions, plain_section, section
from bot.messages.escape import shorten
from bot.messages.meeting_words import heading, person
from bot.messages.meetings import meeting_button
from bot.messages.post import Block, Post
from bot.rules import slack_text
from bot.rules.meeting_views import MeetingView
from bot.rules.minutes import LineKind
from config.words import Say
from storage.tables import Person, Phase

TEXT_SHOWN = 2900


def late(view: MeetingView, writer: Person | None, words: str, ts: str, kind: LineKind, say: Say) -> Post:
    """The words, and the ways they can still get into the minutes. `ts`: of the message; `kind`: an edit, or a new one."""
    state = "final" if view.meeting.phase is Phase.FINAL else "draft"
    what = "edit" if kind is LineKind.CHANGED else "line"
    who = person(writer) if writer else say("meeting-late-somebody")
    text = say(f"meeting-late-{what}-{state}", meeting=heading(view, say), who=who)
    shown = shorten(slack_text.plain(words), TEXT_SHOWN)
    return Post(text, [section(text), plain_section(shown), actions(*_ways(view, ts, kind, say))])


def _ways(view: MeetingView, ts: str, kind: LineKind, say: Say) -> list[Block]:
    read = meeting_button(say("meeting-read"), ids.MEETING_READ, view.meeting)
    if view.meeting.phase is Phase.FINAL:
        return [meeting_button(say("meeting-addendum"), ids.MEETING_ADDENDUM, view.meeting), read]
    if kind is LineKind.CHANGED:
        return [meeting_button(say("meeting-line-change"), f"{ids.MEETING_LINE}-0", view.meeting, ts), read]
    return [meeting_button(say("meeting-late-take"), ids.MEETING_LATE, view.meeting, ts, style="primary"), read]
