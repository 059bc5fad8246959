"""What is offered about a message that stands beside the record."""

from bot.messages import ids
from bot.messages.blocks import actions, section
from bot.messages.meeting_words import heading
from bot.messages.meetings import meeting_button
from bot.messages.post import Post
from bot.rules.meeting_views import MeetingView
from bot.rules.minutes import Marker
from config.words import Say


def offer(view: MeetingView, place: str, marker: Marker, otherwise: Post, say: Say) -> Post:
    """Into the minutes, or what else can be made of it. Nothing is kept until then."""
    text = say("meeting-take-offer", meeting=heading(view, say))
    take = meeting_button(
        say(f"meeting-take-{marker}"), f"{ids.MEETING_TAKE}-0", view.meeting, f"{place}:{marker}", style="primary"
    )
    return Post(text, [section(text), actions(take), *otherwise.blocks])


def taken(view: MeetingView, ts: str, say: Say) -> Post:
    """It is in the minutes; a button that says as what."""
    text = say("meeting-taken", meeting=heading(view, say))
    change = meeting_button(say("meeting-line-change"), f"{ids.MEETING_LINE}-0", view.meeting, ts)
    return Post(text, [section(text), actions(change)])
