"""Text as people type it, folded to one form, with the way back to the places in the original.

Full-width and circled characters, conjoining jamo (NFD, as some phones and macOS send), smart quotes,
the many dashes and tildes, no-break and invisible characters all come out as what they stand for.
"""

import unicodedata
from dataclasses import dataclass

_SAME = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("〜∼～˜", "~"),
    **dict.fromkeys("‘’‛′`´", "'"),
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("·ㆍ・•‧∙", "·"),
    **dict.fromkeys("【〔〖「『〈《", "["),
    **dict.fromkeys("】〕〗」』〉》", "]"),
    "。": ".",
    "、": ",",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `origin[i]` is where its i-th character began in the original, one more entry for the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that `text[start:end]` came from."""
        return self.origin[start], self.origin[end]


def fold(text: str) -> Folded:
    """Lower-case NFKC without invisible characters; every kind of space is one space character."""
    if text.isascii():
        plain = "".join(" " if c.isspace() else c for c in text.lower())
        return Folded(plain, tuple(range(len(text) + 1)))
    characters: list[str] = []
    origin: list[int] = []
    for start, end in _clusters(text):
        folded = _fold_cluster(text[start:end])
        characters.append(folded)
        origin.extend([start] * len(folded))
    return Folded("".join(characters), (*origin, len(text)))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Places of characters with the marks and jamo that belong to them."""
    starts = [i for i, c in enumerate(text) if i == 0 or not _joins(c)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _joins(character: str) -> bool:
    """Whether it belongs to the character before: a combining mark, or a jamo vowel or final."""
    return character > "\u02ff" and ("\u1160" <= character <= "\u11ff" or unicodedata.combining(character) > 0)


def _fold_cluster(cluster: str) -> str:
    if cluster in _SAME:
        return _SAME[cluster]
    folded = unicodedata.normalize("NFKC", cluster).lower()
    return "".join(_fold_character(character) for character in folded)


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Cf", "Mn", "Cc"}:
        return ""
    return _SAME.get(character, character)
