"""Reminders of decisions: alone, as a line of the day's digest, and in the weekly summary."""

from dataclasses import dataclass
from datetime import date

from bot.messages import dates, ids
from bot.messages.blocks import actions, context, overflow, section
from bot.messages.decisions import confirm_button, decision_button, details_button, ref, review, told
from bot.messages.escape import escape, escape_within
from bot.messages.items import named
from bot.messages.post import Block, Post
from bot.rules.decision_reminders import REVIEW
from bot.rules.decisions import DecisionView
from config.words import Say

TEXT_SHOWN = 150  # characters, escaped
LABELS = {
    "confirm": "decision-confirm",
    "object": "decision-object",
    "supersede": "decision-supersede",
    "show": "item-details",
}


@dataclass(frozen=True)
class DecisionReminder:
    """A decision of which somebody is reminded: that the word of their side is awaited, or that the review date has come.

    `side`: the reader's; `days`: working days since the sides were asked.
    """

    view: DecisionView
    rung: str
    side: str
    days: int

    group = "decision"
    is_of_side = False

    @property
    def due_on(self) -> date | None:
        return self.view.decision.review_on if self.rung == REVIEW else None

    def line(self, say: Say) -> str:
        """`R-7 셔틀은 … · 우리 측 확인 대기 5근무일째 · 제안: 정하늘 교수`; escaped."""
        if self.rung == REVIEW:
            on = dates.day(say, self.view.decision.review_on) if self.view.decision.review_on else ""
            return f"{self.shortly} · " + say("decision-review", on=on)
        waits = say("decision-awaited-line", by=named(self.view.recorder), days=self.days)
        return f"{self.shortly} · {waits}"

    def menu(self, say: Say) -> Block:
        """What can be done about it, from its line."""
        decision = self.view.decision
        acts = ("supersede", "show") if self.rung == REVIEW else ("confirm", "object", "show")
        of = decision.task_force_id, decision.id or 0
        options = [(say(LABELS[act]), ids.item_value(*of, f"{act}:{decision.wording}")) for act in acts]
        return overflow(ids.DECISION_MENU, options)

    def buttons(self, say: Say) -> Block:
        """Confirm, object, show."""
        decision = self.view.decision
        object_to = decision_button(say("decision-object"), ids.DECISION_OBJECT, decision)
        return actions(confirm_button(decision, say), object_to, details_button(decision, say))

    @property
    def shortly(self) -> str:
        text = escape_within(" ".join(self.view.decision.text.split()), TEXT_SHOWN)
        return f"*{ref(self.view.decision)}* {text}"


def alone(reminder: DecisionReminder, say: Say) -> Post:
    """The day's only reminder: with everything that can be done about it."""
    if reminder.rung == REVIEW:
        post = review(reminder.view, say)
        return Post(post.text, [*post.blocks, context(say("decision-review-why"))])
    text = say("decision-still-awaits", side=escape(reminder.side), days=reminder.days)
    how = context(say("decision-awaits-how"), say("awaited-why"))
    blocks = [section(text), *told(reminder.view, say), how, reminder.buttons(say)]
    return Post(f"{text}\n{reminder.shortly}", blocks)
