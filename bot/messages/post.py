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
    files: tuple[File, ...] = ()  # of a new message whose kind is `with_files`; an update has none

    @property
    def file(self) -> File | None:
        """The first of its files, of which most messages have at most one."""
        return self.files[0] if self.files else None


@dataclass(frozen=True)
class Reply:
    """The private answer to the person who asked: a message, a form, both or (for something already done) nothing."""

    post: Post | None = None
    view: View | None = None
    unopened: Post | None = None  # said instead of `view` where Slack cannot open a form
