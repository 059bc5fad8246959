"""What must not reach the disk: lines off the record are blanked before anything else happens to a message."""

from dataclasses import dataclass

from bot.rules.minutes.heads import read_head
from bot.rules.minutes.substitutions import off_word
from bot.rules.minutes.words import NOT_DISCLOSED


@dataclass(frozen=True, slots=True)
class Screened:
    """A message as it may be kept: lines off the record are empty, so that the others keep their places."""

    text: str
    off_record: bool = False  # some line was taken out
    not_disclosed: bool = False  # one said 비공개: its writer is told at once, and offered the setting 공개구분


def screen(text: str) -> Screened:
    """Take out the lines that are not to be kept; a line that begins with `…` goes with the one before it."""
    kept: list[str] = []
    words: set[str] = set()
    inside = False
    for line in text.splitlines():
        head = read_head(line)
        word = off_word(head)
        inside = bool(word) or (inside and head.continues)
        words |= {word} if word else set()
        kept.append("" if inside else line)
    return Screened("\n".join(kept), bool(words), bool(words & NOT_DISCLOSED))
