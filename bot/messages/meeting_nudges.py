"""Reminders of meetings and of their minutes: alone, as a line of the day's digest, and in the weekly summary."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.messages import dates, ids
from bot.messages.blocks import actions, context, overflow, section
from bot.messages.escape import escape, escape_within
from bot.messages.meeting_plans import reminder
from bot.messages.meeting_summaries import buttons
from bot.messages.meeting_words import heading
from bot.messages.post import Block, Post
from bot.rules.awaited import AWAITED
from bot.rules.meeting_reminders import DAY
from bot.rules.meeting_views import MeetingView
from config.words import Say
from storage.tables import Answer

PLACE_SHOWN = 80  # characters, escaped


@dataclass(frozen=True)
class MeetingReminder:
    """A meeting that comes, or a draft to which the word of the reader's side is awaited (`days`: working days since it was asked)."""

    view: MeetingView
    rung: str
    side: str
    days: int = 0
    has_answered: bool = True

    is_of_side = False

    @property
    def group(self) -> str:
        return "decision" if self.rung == AWAITED else "meeting"

    @property
    def due_on(self) -> date | None:
        meeting = self.view.meeting
        if self.rung == AWAITED:
            return meeting.comments_until
        return (
            meeting.planned_for.astimezone(ZoneInfo(self.view.task_force.zone)).date() if meeting.planned_for else None
        )

    def line(self, say: Say) -> str:
        """`2026. 12. 10.(목) 14:00 · M-3 실무회의 · 영광군청 2층`; escaped."""
        meeting = self.view.meeting
        name = f"*M-{meeting.number}* {heading(self.view, say).partition(' ')[2]}"
        if self.rung == AWAITED:
            until = dates.day(say, meeting.comments_until) if meeting.comments_until else "-"
            return f"{name} · " + say("meeting-awaited-line", until=until, days=self.days)
        at = dates.moment(say, meeting.planned_for, self.view.task_force.zone) if meeting.planned_for else ""
        place = escape_within(meeting.place, PLACE_SHOWN) if meeting.place else ""
        asks = "" if self.has_answered else say("meeting-answer-line")
        return " · ".join(part for part in (f"*{at}*", name, place, asks) if part)

    def menu(self, say: Say) -> Block:
        """What can be done about it, from its line."""
        meeting = self.view.meeting
        of = meeting.task_force_id, meeting.id or 0
        options = [(say(key), ids.item_value(*of, act)) for act, key in self._acts()]
        return overflow(ids.MEETING_MENU, options)

    def buttons(self, say: Say) -> Block:
        """Confirm, object, read."""
        return actions(*buttons(self.view, say))

    def _acts(self) -> list[tuple[str, str]]:
        """What stands in the menu: the act with what it needs, and its label."""
        wording = self.view.meeting.wording
        if self.rung == AWAITED:
            return [
                (f"{ids.MEETING_CONFIRM}:{wording}", "meeting-confirm"),
                (f"{ids.MEETING_OBJECT}:{wording}", "meeting-object"),
                (f"{ids.MEETING_READ}:", "meeting-read"),
            ]
        return [
            (f"{ids.MEETING_RSVP}:{Answer.YES}", "meeting-rsvp-button-yes"),
            (f"{ids.MEETING_RSVP}:{Answer.NO}", "meeting-rsvp-button-no"),
            (f"{ids.MEETING_PROXY}:", "meeting-rsvp-button-proxy"),
            (f"{ids.MEETING_AGENDA}:", "agenda-change"),
        ]


def alone(told: MeetingReminder, say: Say) -> Post:
    """The day's only reminder: with everything that can be done about it."""
    view = told.view
    if told.rung != AWAITED:
        key = "meeting-comes" if told.has_answered else "meeting-answer"
        post = reminder(view, say, "meeting-today" if told.rung == DAY else key)
        return Post(post.text, [*post.blocks, context(say("meeting-reminder-why"))])
    text = say("meeting-reminder", meeting=heading(view, say), waiting=escape(told.side), days=told.days)
    return Post(text, [section(text), told.buttons(say), context(say("awaited-why"))])
