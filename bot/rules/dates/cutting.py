"""A line without the date that was read out of it: nothing dangles where it stood."""

import re

_NO_TITLE_END = re.compile(r"(?:[\s,;:(\[\-–—（［【〔「：，/|·→⇒※~]|[=-]>)+$")
_NO_TITLE = re.compile(r"[\s.,;:!?~^…/|·\-–—)\]）］】〕」]*")
_TIED = re.compile(
    r"^(?:[\s.,!)\]．，！）］：】〕」/|]|~+(?=\s)|[ㅠㅜㅋㅎ]|(?:입니다|이에요|예요|임)(?=[\s.!~]|$)|:(?![\w+-]+:))+"
)  # but no `:emoji:`
_OPENING, _CLOSING = tuple("([（［【〔「"), tuple(")]）］】〕」")


def cut(text: str, start: int, end: int) -> str:
    """Without the phrase, the brackets that held nothing else, and the punctuation that tied it on."""
    head, part, tail = text[:start].rstrip(), text[start:end], text[end:].lstrip()
    if _is_open(part) and tail.startswith(_CLOSING):  # `12. 4.(금)`
        tail = tail[1:].lstrip()
    begins, ends = head.endswith(_OPENING), tail.startswith(_CLOSING)
    if begins and ends:
        head, tail = head[:-1].rstrip(), tail[1:]
    elif begins and _TIED.sub("", tail):
        return head + _TIED.sub("", tail)
    elif ends and _is_open(head):
        return _NO_TITLE_END.sub("", head) + tail
    tail = _TIED.sub("", tail)
    if _NO_TITLE.fullmatch(tail):
        return _NO_TITLE_END.sub("", head)
    return " ".join(part for part in (head, tail) if part)


def _is_open(text: str) -> bool:
    """Whether a bracket is opened and not closed."""
    return any(text.count(one) > text.count(other) for one, other in zip(_OPENING, _CLOSING, strict=True))
