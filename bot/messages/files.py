"""A message whose files have been uploaded, or could not be."""

from collections.abc import Mapping
from dataclasses import replace

from bot.messages.blocks import context, section
from bot.messages.escape import escape
from bot.messages.post import Block, Post
from config.words import Say

MOST_BLOCKS = 50


def with_links(say: Say, post: Post, links: Mapping[str, str]) -> Post:
    """The message with the addresses of those of its files (by name) that Slack took: by that, Slack shares them where the message is.

    It says which files Slack did not take.
    """
    if links:
        named = ", ".join(f"<{permalink}|{escape(name)}>" for name, permalink in links.items())
        line = say("file-attached", link=named)
        post = _with(post, line, section(line))
    refused = [file.name for file in post.files if file.name not in links]
    if refused:
        line = say("file-refused", name=escape(", ".join(refused)))
        post = _with(post, line, context(line))
    return post


def _with(post: Post, line: str, block: Block) -> Post:
    """The line behind what is said, before the buttons at the end."""
    blocks = post.blocks or [section(post.text)]
    at = len(blocks)
    while at and blocks[at - 1]["type"] == "actions":
        at -= 1
    kept = blocks[: min(at, MOST_BLOCKS - 1 - len(blocks[at:]))]
    return replace(post, text=f"{post.text}\n{line}", blocks=[*kept, block, *blocks[at:]])
