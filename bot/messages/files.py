"""A message whose file has been uploaded, or could not be."""

from dataclasses import replace

from bot.messages.blocks import context, section
from bot.messages.escape import escape
from bot.messages.post import Block, File, Post
from config.words import Say

MOST_BLOCKS = 50


def with_link(say: Say, post: Post, file: File, permalink: str) -> Post:
    """The message with the file's address in it: by that, Slack shares the file where the message is."""
    line = say("file-attached", link=f"<{permalink}|{escape(file.name)}>")
    return _with(post, line, section(line))


def without_file(say: Say, post: Post, file: File) -> Post:
    """The message alone, which says that Slack did not take its file."""
    line = say("file-refused", name=escape(file.name))
    return _with(post, line, context(line))


def _with(post: Post, line: str, block: Block) -> Post:
    """The line behind what is said, before the buttons at the end."""
    blocks = post.blocks or [section(post.text)]
    at = len(blocks)
    while at and blocks[at - 1]["type"] == "actions":
        at -= 1
    kept = blocks[: min(at, MOST_BLOCKS - 1 - len(blocks[at:]))]
    return replace(post, text=f"{post.text}\n{line}", blocks=[*kept, block, *blocks[at:]])
