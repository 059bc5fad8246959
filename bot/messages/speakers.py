"""A channel in which the bot cannot speak."""

from bot.messages.blocks import section
from bot.messages.escape import escape
from bot.messages.post import Post
from config.words import Say
from storage.tables import TaskForce


def silent(say: Say, task_force: TaskForce, channel_id: str) -> Post:
    """To a lead: what happened, and how the bot gets back its voice."""
    text = say("channel-silent", name=escape(task_force.name), channel=f"<#{channel_id}>")
    return Post(text, [section(text)])
