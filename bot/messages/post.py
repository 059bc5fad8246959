"""What goes out: messages and views as plain values, and the answer to whoever asked."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True)
class File:
    """A file that goes with a message; made when the message is sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Post:
    """A message: `text` is what notifications and screen readers say, so it is always full."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    file: File | None = None  # of a new message whose kind is `with_file`; an update has none


@dataclass(frozen=True)
class Reply:
    """The private answer to the person who asked: a message, a form, both or (for something already done) nothing."""

    post: Post | None = None
    view: View | None = None
    unopened: Post | None = None  # said instead of `view` where Slack cannot open a form
