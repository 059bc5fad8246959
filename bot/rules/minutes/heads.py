"""What stands before a line's own words: bullets and numbers, then a word before a colon or behind `#`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from bot.rules.pasted import without_bullet

_NARROW = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_NARROW |= {
    0x3000: 0x20,
    0xA0: 0x20,
    0xFE55: 0x3A,
    0xA789: 0x3A,
    0x201C: 0x22,
    0x201D: 0x22,
    0x2018: 0x27,
    0x2019: 0x27,
}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF])
_HEAD_LIMIT = 60  # characters before the colon: the longest name with 소속 and 직위
_HASH = re.compile(r"#([^\W_]+)(?:\s*:)?(?:\s+|$)")
_BRACKETS = re.compile(r"\[([^\W\d_][^\[\]]{0,12})\]\s*:?\s*")
_PLUS = re.compile(r"(present|guests?|regrets?|chairs?|scribe(?:nick)?)\s*([+-])\s*:?\s*", re.IGNORECASE)
_PROPOSED = re.compile(
    r"(?:proposed|proposing|proposal|draft)\s+#?(?:agreed|agree|accepted|decision|resolution|resolved|rejected)\b\s*:?\s*",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^:#\[+-]{61}|[^:#\[+-]*$")  # nothing that could make a head in the first characters
_EMPHASIS = "*_~`"
_LOOSE_EMPHASIS = re.compile(r"^[*_~`]+(?=\s|$)")
_MIDDLE_DOT = "ㆍ"  # a letter to Unicode
_DOTS = ("…", "...")
_VOTE = re.compile(r"[+-]\s?[01](?!\S)|±\s?0(?!\S)")


@dataclass(frozen=True, slots=True)
class Head:
    """`before` is what stands before the colon, as written; `word` the same without spaces and case, `#word` behind `#`.

    `rest` is what follows, `line` the whole without its bullet. Without a colon or `#` the first two are empty.
    """

    before: str
    word: str
    rest: str
    line: str
    continues: bool = False  # the line begins with `…`: it belongs to the one before it


def clean_line(line: str) -> str:
    """A line in one spelling (NFC), without what nobody sees."""
    return line.strip() if line.isascii() else normalize("NFC", line).translate(_INVISIBLE).strip()


def narrow(text: str) -> str:
    """The same letter for letter, with ASCII for its full-width forms and for smart quotes."""
    return text if text.isascii() else text.translate(_NARROW)


def read_head(line: str) -> Head:
    """The head of a line that anybody wrote."""
    line = clean_line(line)
    if line.startswith(_DOTS):
        rest = line.lstrip("…. ").removeprefix(": ")
        return Head("", "", rest, rest, continues=True)
    begins_with_letter = line[:1].isalpha() and line[0] != _MIDDLE_DOT and line[1:2] not in {".", ")"}  # 가.
    if not begins_with_letter and not _VOTE.match(narrow(line)):
        line = without_bullet(line)
    ascii_line = narrow(line)
    if _PLAIN.match(ascii_line):
        return _proposed(line, ascii_line) or Head("", "", line, line)
    return _behind_hash(line, ascii_line) or _proposed(line, ascii_line) or _before_colon(line, ascii_line)


def _behind_hash(line: str, ascii_line: str) -> Head | None:
    """`#topic …`, `[topic] …`, `present+ …`."""
    if match := _HASH.match(ascii_line) or _BRACKETS.match(ascii_line):
        return Head("", "#" + word_key(match[1]), line[match.end() :].strip(), line)
    if match := _PLUS.match(ascii_line):
        return Head("", word_key(match[1] + match[2]), line[match.end() :].strip(), line)
    return None


def _proposed(line: str, ascii_line: str) -> Head | None:
    """`proposed #agreed …`, `PROPOSED RESOLUTION: …`: a proposal, whatever word of decision follows."""
    match = _PROPOSED.match(ascii_line)
    return Head("", "proposed", line[match.end() :].strip(), line) if match else None


def _before_colon(line: str, ascii_line: str) -> Head:
    at = ascii_line.find(":", 0, _HEAD_LIMIT + 1)
    if at < 1 or line.startswith("//", at + 1):
        return Head("", "", line, line)
    before = line[:at].strip(_EMPHASIS + " ")  # Slack's bold: `*결정:* …`, `*결정*: …`
    return Head(before, word_key(before), _LOOSE_EMPHASIS.sub("", line[at + 1 :]).strip(), line)


@lru_cache(maxsize=4096)
def word_key(words: str) -> str:
    """How words are compared: without spaces, case, and the width of ASCII letters."""
    return "".join(narrow(words).split()).casefold()
