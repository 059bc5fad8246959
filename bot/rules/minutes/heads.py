"""What stands before a line's own words: bullets and numbers, then a word before a colon or behind `#`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from bot.rules.pasted import without_bullet

_NARROW = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0xFE55: 0x3A,
    0xA789: 0x3A,
}
_NARROW |= {ord("“"): 0x22, ord("”"): 0x22, ord("‘"): 0x27, ord("’"): 0x27}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF])
_HEAD_LIMIT = 60  # characters before the colon: the longest name with 소속 and 직위
_HASH = re.compile(r"#([^\W_]+)(?:\s*:)?(?:\s+|$)")
_EMPHASIS = "*_~`"
_LOOSE_EMPHASIS = re.compile(r"^[*_~`]+(?=\s|$)")
_DOTS = ("…", "...")
_VOTE = re.compile(r"[+-]\s?[01](?!\S)|±\s?0(?!\S)")


@dataclass(frozen=True, slots=True)
class Head:
    """`before` is what stands before the colon, as written; `word` the same without spaces and case, `#word` behind `#`.

    `rest` is what follows; without a colon or `#` both are empty and `rest` is the whole line without its bullet.
    """

    before: str
    word: str
    rest: str
    continues: bool = False  # the line begins with `…`: it belongs to the one before it


def clean_line(line: str) -> str:
    """A line in one spelling (NFC), without what nobody sees."""
    return normalize("NFC", line).translate(_INVISIBLE).strip()


def narrow(text: str) -> str:
    """The same letter for letter, with ASCII for its full-width forms and for smart quotes."""
    return text if text.isascii() else text.translate(_NARROW)


def read_head(line: str) -> Head:
    """The head of a line that anybody wrote."""
    line = clean_line(line)
    if line.startswith(_DOTS):
        return Head("", "", line.lstrip("…. "), continues=True)
    if not _VOTE.match(narrow(line)):
        line = without_bullet(line)
    return _behind_hash(line) or _before_colon(line) or Head("", "", line)


def _behind_hash(line: str) -> Head | None:
    match = _HASH.match(narrow(line))
    return Head("", "#" + match[1].casefold(), line[match.end() :].strip()) if match else None


def _before_colon(line: str) -> Head | None:
    at = narrow(line[: _HEAD_LIMIT + 1]).find(":")
    if at < 1 or line.startswith("//", at + 1):
        return None
    before = line[:at].strip(_EMPHASIS + " ")  # Slack's bold: `*결정:* …`, `*결정*: …`
    return Head(before, word_key(before), _LOOSE_EMPHASIS.sub("", line[at + 1 :]).strip())


@lru_cache(maxsize=4096)
def word_key(words: str) -> str:
    """How words are compared: without spaces, case, and the width of ASCII letters."""
    return "".join(narrow(words).split()).casefold()
