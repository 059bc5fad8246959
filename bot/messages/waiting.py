"""What somebody was asked and has not answered, gathered: on the Home and under the menu."""

from collections.abc import Sequence

from bot.messages.blocks import context, section
from bot.messages.post import Block, Post
from config.words import Say

MOST = 10  # questions that are shown at once, of two blocks each at most


def waiting(questions: Sequence[Post], say: Say) -> list[Block]:
    """The questions with their buttons, the oldest first; of more than MOST, that there are more."""
    if not questions:
        return []
    shown = questions[:MOST]
    title, count = say("home-questions"), f"{len(shown)}+" if len(questions) > MOST else str(len(shown))
    blocks = [section(f"*{title}* · {count}"), *(block for question in shown for block in question.blocks)]
    return [*blocks, context(say("home-questions-more"))] if len(questions) > MOST else blocks
