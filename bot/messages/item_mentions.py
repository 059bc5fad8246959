"""The mention in an item's thread, for people whom the bot cannot write to."""

from bot.messages.blocks import section
from bot.messages.items import ref
from bot.messages.post import Post
from config.words import Say
from storage.tables import Item


def mention(item: Item, user_ids: list[str], say: Say) -> Post:
    """Nothing of what the direct message said, which was not for everybody: only where to look. It does ping."""
    who = " ".join(f"<@{user_id}>" for user_id in user_ids)
    text = say("item-mention", who=who, ref=ref(item))
    return Post(text, [section(text)])
