"""Until when reminders are to rest: the question, for whatever reminds."""

from collections.abc import Sequence
from datetime import date

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, date_picker, section
from bot.messages.post import Post
from config.words import Say

MOST = 5  # days to choose from


def until_when(
    what: str, action_id: str, of: tuple[int, int], days: Sequence[date], say: Say, *, are_usual: bool
) -> Post:
    """A button for each day and a calendar; `what`: escaped; `are_usual`: tomorrow and next week."""
    text = f"{what}\n{say('item-snooze-when')}"
    names = [f"{say('item-snooze-tomorrow')} ", f"{say('item-snooze-next-week')} "] if are_usual else [""] * len(days)
    buttons = [
        button(names[at] + dates.day(say, day), f"{action_id}-{at}", ids.item_value(*of, day.isoformat()))
        for at, day in enumerate(days)
    ]
    picked = f"{action_id}-pick"
    pick = date_picker(picked, say("question-pick-date"))
    return Post(text, [section(text), actions(*buttons, pick, block_id=f"{picked}:{ids.item_value(*of)}")])
