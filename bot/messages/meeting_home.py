"""The reader's meetings on the Home."""

from collections.abc import Sequence

from bot.messages import dates, ids
from bot.messages.blocks import actions, context, section
from bot.messages.escape import escape, escape_within
from bot.messages.meetings import meeting_button
from bot.messages.post import Block
from bot.rules.meeting_views import MyMeeting
from config.words import Say
from storage.tables import Answer, Phase

MOST = 4  # of at most two blocks each


def mine(found: Sequence[MyMeeting], say: Say, *, several: bool) -> list[Block]:
    """A row each with what can be done; what is planned has the buttons of its invitation. `several`: task forces."""
    if not found:
        return []
    title = say("home-meetings")
    blocks = [section(f"*{title}* · {len(found)}")]
    for one in found[:MOST]:
        blocks += _row(one, say, several=several)
    return [*blocks, context(say("home-meetings-more"))] if len(found) > MOST else blocks


def _row(one: MyMeeting, say: Say, *, several: bool) -> list[Block]:
    meeting = one.meeting
    lines = [f"*M-{meeting.number}* {escape_within(meeting.title, 200)}", _state(one, say)]
    text = "\n".join([*lines, escape(one.task_force.name)] if several else lines)
    if meeting.phase is not Phase.PLANNED:
        label = say(f"home-meeting-open-{meeting.phase}")
        return [section(text, accessory=meeting_button(label, f"{ids.MEETING_READ}-{meeting.number}", meeting))]
    buttons = [
        meeting_button(say(f"meeting-rsvp-button-{answer}"), f"{ids.MEETING_RSVP}-{at}", meeting, answer)
        for at, answer in ((1, Answer.YES), (2, Answer.NO))
        if one.answer is not answer
    ]
    return [section(text), actions(*buttons, meeting_button(say("agenda-change"), ids.MEETING_AGENDA, meeting))]


def _state(one: MyMeeting, say: Say) -> str:
    """When it is, or what it waits for; escaped."""
    meeting, zone = one.meeting, one.task_force.zone
    if meeting.phase is Phase.PLANNED and meeting.planned_for:
        at = dates.moment(say, meeting.planned_for, zone)
        answer = say(f"home-meeting-answer-{one.answer or 'none'}")
        return " · ".join(part for part in (at, escape_within(meeting.place, 100), answer) if part)
    if meeting.phase is Phase.LIVE and meeting.permalink:
        return say("home-meeting-thread", link=f"<{escape(meeting.permalink)}|{say('home-meeting-thread-open')}>")
    until = dates.day(say, meeting.comments_until) if meeting.comments_until else "-"
    return (
        say(f"home-meeting-{meeting.phase}", until=until)
        if meeting.phase is Phase.DRAFT
        else say(f"home-meeting-{meeting.phase}")
    )
