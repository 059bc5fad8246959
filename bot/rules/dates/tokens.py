"""Folded text cut into tokens of the date grammar: numbers by pattern, words by the tables of `words`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from bot.rules.dates import words
from bot.rules.dates.numbers import Bit, patterns


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of folded text; what `number`, `word` and `more` say depends on its kind (see `words`)."""

    kind: str
    start: int
    end: int
    number: int = 0
    word: str = ""
    more: tuple[int, ...] = ()


_EDGE = re.compile(
    r"[\s()\[\],~]|(?<=[가-힣])(?=(?:(?:\d{1,2}월\s?)?\d{1,2}일|\d{1,2}/\d{1,2})\s?까지)"
)  # `정산27일까지`
_PUNCTUATION = " .,:;!?()[]{}<>\"'"
_RANGE = re.compile(r"~|-{1,2}(?=\s*\S)")
_FOREIGN = re.compile(r"(?:(?!d)[a-z]+-?\d+(?![a-z0-9:])|#\S+|@\S+|<[^>]*>)")


def scan(text: str) -> list[Token]:
    """The whole text as tokens. A word counts only if all of it is understood; `까지` may end a word anywhere."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if found := _token_at(text, at):
            end, bits = found
            tokens.extend(Token(kind, at, end, number, word, more) for kind, number, word, more in bits)
            at = end
        elif text[at] in _PUNCTUATION:
            at += 1
        else:
            at = _unknown(text, at, tokens)
    return tokens


def _unknown(text: str, at: int, tokens: list[Token]) -> int:
    """Takes the word around `at` as not understood, with tokens that reach into it; the place after it."""
    start = _word_start(text, at, tokens)
    while tokens and tokens[-1].end > start:
        if (reaching := tokens.pop()).start < start:
            start = _word_start(text, reaching.start, tokens)
    edge = _EDGE.search(text, at + 1)
    end = edge.start() if edge else len(text)
    tokens.append(Token("?", start, end, word=text[start:end]))
    return end


def _word_start(text: str, at: int, tokens: list[Token]) -> int:
    start = at
    while start > 0 and not _EDGE.match(text[start - 1]):
        start -= 1
    inside = takewhile(lambda token: token.end > start, reversed(tokens))
    return next((token.end for token in inside if token.kind == "G" and token.end <= at), start)


def _token_at(text: str, at: int) -> tuple[int, tuple[Bit, ...]] | None:
    for pattern, make in patterns(text[at]):
        if match := pattern.match(text, at):
            return match.end(), make(match)
    if match := _FOREIGN.match(text, at):
        return match.end(), (("?", 0, match.group(), ()),)
    if match := _words().match(text, at):
        return match.end(), (_TABLE[_key(match.group())],)
    if match := _RANGE.match(text, at):
        return match.end(), (("~", 0, match.group()[0], ()),)
    return (at + 1, (("|", 0, "", ()),)) if text[at] in "/·&" and at else None


def _rows() -> Iterable[tuple[str, Bit]]:
    for kind, number, word, literals in (*words.KOREAN, *words.SHARP, *words.ENGLISH):
        for literal in literals.split("|"):
            yield literal, (kind, number, word, ())
    for number, syllable in enumerate(words.WEEKDAYS_KO):
        for ending in ("요일", "욜"):
            yield syllable + ending, ("W", number, "", ())


def _key(literal: str) -> str:
    return re.sub(r"[\s-]", "", literal)


_TABLE: dict[str, Bit] = {_key(literal): bit for literal, bit in _rows()}


def _literal(literal: str) -> str:
    """As a pattern; between English words a hyphen does as well as a space: `month-end`."""
    gap = r"[\s-]*" if literal.isascii() else r"\s*"
    spaced = gap.join(map(re.escape, literal.split()))
    if literal == words.AT_THE_END:
        return rf"{spaced}(?={words.AFTER_SHARP[literal]})"
    if literal in words.AFTER_SHARP:
        return rf"{spaced}(?=$|[^가-힣]|{words.AFTER_SHARP[literal]})"
    return spaced + (r"(?![a-z0-9])" if literal[-1].isascii() and literal[-1].isalnum() else "")


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    literals = sorted({literal for literal, _ in _rows()}, key=len, reverse=True)
    return re.compile("|".join(map(_literal, literals)))
