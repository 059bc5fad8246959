"""How a meeting looks: its card, under which the record is kept."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.meeting_words import action_line, attendance, decision_line, heading, person, waiting_sides
from bot.messages.post import Block, Post
from bot.rules.meeting_views import MeetingView, not_discussed
from bot.rules.minutes import Marker
from config.words import Say
from storage.tables import Meeting, Phase

FILED_SHOWN = 1800  # characters of what was filed, on the card
OFFERED = (Marker.TOPIC, Marker.DECISION, Marker.ACTION)  # kinds of lines with a button of their own


def card(view: MeetingView, say: Say) -> Post:
    """The meeting as it is. While it runs, the newest of what was filed with its numbers; everything else is quiet."""
    state = state_of(view, say)
    blocks = [section(f"*{heading(view, say)}*"), section("\n".join([state, *_facts(view, say)]))]
    blocks += [section(text) for text in [_filed(view, say)] if text]
    if view.meeting.phase is Phase.LIVE:
        blocks.append(context(say("meeting-card-how"), say("meeting-card-off")))
    buttons = card_buttons(view, say)
    return Post(f"{heading(view, say)} · {state}", [*blocks, actions(*buttons)] if buttons else blocks)


def state_of(view: MeetingView, say: Say) -> str:
    """Where it stands, in one line; escaped."""
    meeting = view.meeting
    if meeting.phase is Phase.LIVE:
        return say("meeting-live", keeper=person(view.keeper))
    if meeting.phase is Phase.ENDED:
        return say("meeting-ended-silent" if meeting.end_reason else "meeting-ended", keeper=person(view.keeper))
    if meeting.phase is Phase.DRAFT:
        until = dates.day(say, meeting.comments_until) if meeting.comments_until else "-"
        return say("meeting-draft", until=until, waiting=waiting_sides(view))
    if meeting.phase is Phase.FINAL and meeting.final_at:
        return say("meeting-final", at=dates.moment(say, meeting.final_at, view.task_force.zone))
    return say(f"meeting-phase-{meeting.phase}")


def _facts(view: MeetingView, say: Say) -> Iterable[str]:
    """When, where and who, a line each; escaped."""
    meeting, zone = view.meeting, view.task_force.zone
    if meeting.started_at:
        start = dates.moment(say, meeting.started_at, zone)
        end = _end(view, say)
        yield say("meeting-when-ended", start=start, end=end) if end else say("meeting-when", start=start)
    if meeting.place:
        yield say("meeting-place", place=escape_within(meeting.place, 300))
    if people := attendance(view, say):
        yield people


def _end(view: MeetingView, say: Say) -> str:
    """When it ended; the day only if that is another one."""
    meeting, zone = view.meeting, ZoneInfo(view.task_force.zone)
    if meeting.ended_at is None or meeting.started_at is None:
        return ""
    ended = meeting.ended_at.astimezone(zone)
    if ended.date() == meeting.started_at.astimezone(zone).date():
        return f"{ended:%H:%M}"
    return dates.moment(say, ended, view.task_force.zone)


def _filed(view: MeetingView, say: Say) -> str:
    """Decisions and actions with their numbers, the newest where not all fit."""
    lines = [decision_line(one) for one in view.decisions] + [action_line(view, one, say) for one in view.actions]
    newest = whole_lines(reversed(lines), FILED_SHOWN).split("\n") if lines else []
    return "\n".join(reversed(newest))


def card_buttons(view: MeetingView, say: Say) -> Sequence[Block]:
    """What can be done from the card."""
    meeting = view.meeting
    if meeting.phase is Phase.LIVE:
        write = [
            meeting_button(say(f"meeting-write-{kind}"), f"{ids.MEETING_WRITE}-{at}", meeting, kind.value)
            for at, kind in enumerate(OFFERED)
        ]
        other = meeting_button(say("meeting-write-other"), f"{ids.MEETING_WRITE}-9", meeting)
        end = meeting_button(say("meeting-end"), ids.MEETING_END, meeting, style="danger")
        return [*next_topic(view, say), *write, other, end]
    if meeting.phase is Phase.CANCELLED:
        return []
    return [meeting_button(say("meeting-read"), ids.MEETING_READ, meeting)]


def next_topic(view: MeetingView, say: Say) -> list[Block]:
    """A button that goes on to the agenda's next topic, if one has not been opened."""
    left = not_discussed(view.agenda, [topic.title for topic in view.minutes.topics])
    if not left:
        return []
    label = say("meeting-next-topic", title=left[0].title)
    return [meeting_button(label, ids.MEETING_TOPIC, view.meeting, str(left[0].id), style="primary")]


def meeting_button(label: str, action_id: str, meeting: Meeting, more: str = "", *, style: str | None = None) -> Block:
    """A button about one meeting: its task force and itself, which are believed only of the task force's people."""
    return button(label, action_id, ids.item_value(meeting.task_force_id, meeting.id or 0, more), style=style)


def answer(view: MeetingView, key: str, say: Say, **args: str) -> Post:
    """One line to whoever acted, about this meeting."""
    text = say(key, meeting=heading(view, say), **{name: escape(value) for name, value in args.items()})
    return Post(text, [section(text)])
