"""The text in a file, whatever it was saved as: UTF-8, UTF-16, CP949 (Korean Windows) or Latin-1."""

import codecs
from itertools import pairwise

from bot.rules.minutes.logs.log import UnreadableLog

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096


def decode(data: bytes) -> str:
    """The text with the line ends of Unix; what is no text is refused."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.replace("\ufeff", "").strip():
        raise UnreadableLog("empty")
    if (
        "\0" in text
        or sum(char < " " and char not in "\n\t\x01\x02\x03\x0f\x16\x1d\x1f" for char in text) > len(text) / 100
    ):
        raise UnreadableLog("binary")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if encoding := _without_mark(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)


def _without_mark(data: bytes) -> str:
    """UTF-16 whose mark is missing: every other byte is zero wherever it writes ASCII, line ends at least."""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    if b"\n\0" in data and odd.count(0) > max(1, len(odd) / 20, 2 * even.count(0)):
        return "utf-16-le"
    if b"\0\n" in data and even.count(0) > max(1, len(even) / 20, 2 * odd.count(0)):
        return "utf-16-be"
    return ""


def _old(data: bytes) -> str:
    """CP949 if most of what is not ASCII comes out as Hangul beside Hangul; else Latin-1, which takes everything."""
    korean = data.decode("cp949", "replace")
    strange = [char for char in korean if char > "\x7f"]
    beside = sum(
        _is_hangul(one) + _is_hangul(other) for one, other in pairwise(korean) if _is_hangul(one) and _is_hangul(other)
    )
    return korean if beside > len(strange) / 2 else data.decode("latin-1")


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"
