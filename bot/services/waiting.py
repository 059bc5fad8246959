"""What somebody was asked and has not answered, wherever it was asked first: a private answer may have vanished."""

from bot.messages.post import Post
from bot.messages.waiting import MOST
from bot.services import item_pasted, item_questions
from bot.services.askers import Asker
from bot.services.work import Work
from storage import questions


def waiting(work: Work, asker: Asker) -> list[Post]:
    """Questions with their buttons, oldest first, one more than are shown at once: in a channel, where buttons act in its task force, those of that one; else of all."""
    of = asker.channel.task_force_id if asker.channel else None
    asked = questions.open_to(work.session, asker.account.user_id, MOST + 1, of)
    kept = questions.lists_of(work.session, asker.account.user_id, MOST + 1, of)
    posts = [
        *((row.asked_at, item_questions.asked(work, asker, [row])[0]) for row in asked),
        *((one.written_at, item_pasted.waiting(work, asker, one)) for one in kept),
    ]
    return [post for _, post in sorted(posts, key=lambda one: one[0])]
