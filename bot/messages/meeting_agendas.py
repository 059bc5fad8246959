"""The agenda: its topics, by whom they were added, and ways to change it."""

from collections.abc import Sequence

from bot.messages import dates, ids
from bot.messages.blocks import actions, section
from bot.messages.escape import escape_within, whole_lines
from bot.messages.meeting_words import heading
from bot.messages.meetings import meeting_button
from bot.messages.post import Post
from bot.rules.meeting_agenda import Open
from bot.rules.meeting_views import MeetingView
from config.words import Say
from storage.tables import AgendaTopic

SHOWN = 20


def title(one: Open, say: Say) -> str:
    """How something open is called on the agenda."""
    text = f"{dates.day(say, one.on)} {one.text}" if one.on else one.text
    return say(f"agenda-{one.reason.value}", ref=one.subject, text=text)


def lines(topics: Sequence[AgendaTopic], say: Say) -> list[str]:
    """A line for each topic, numbered; what comes back from another meeting says so; escaped."""
    found = []
    for at, topic in enumerate(topics, start=1):
        back = " " + say("agenda-came-back") if topic.carried_from else ""
        found.append(f"{at}. {escape_within(topic.title, 250)}{back}")
    return found


def agenda(view: MeetingView, say: Say, key: str = "agenda-title") -> Post:
    """All topics, each with a button that takes it off, and one that adds another."""
    text = say(key, meeting=heading(view, say))
    rows = [
        section(
            line,
            accessory=meeting_button(
                say("agenda-drop"), f"{ids.MEETING_AGENDA_DROP}-{at}", view.meeting, str(topic.id)
            ),
        )
        for at, (line, topic) in enumerate(zip(lines(view.agenda, say), view.agenda, strict=True))
    ][:SHOWN]
    add = meeting_button(say("agenda-add"), ids.MEETING_AGENDA_ADD, view.meeting)
    return Post(text, [section(text), *(rows or [section(say("agenda-empty"))]), actions(add)])


def posted(view: MeetingView, say: Say) -> Post:
    """The agenda in the channel."""
    text = say("agenda-posted", meeting=heading(view, say))
    listed = whole_lines(lines(view.agenda, say), 2700) or say("agenda-empty")
    add = meeting_button(say("agenda-add"), ids.MEETING_AGENDA_ADD, view.meeting)
    return Post(f"{text}\n{listed}", [section(f"*{text}*\n{listed}"), actions(add)])


def waiting(topics: Sequence[AgendaTopic], say: Say) -> Post:
    """What waits for a meeting that nobody has planned."""
    text = say("agenda-waiting") if topics else say("agenda-none")
    listed = whole_lines(lines(topics, say), 2700)
    return Post(text, [section(f"{text}\n{listed}".rstrip())])
