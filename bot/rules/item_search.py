"""Finding items by words in their titles, descriptions and notes."""

from collections.abc import Iterable
from unicodedata import normalize

from storage.tables import Item

MOST_WORDS = 8


def searchable(item: Item, notes: Iterable[str]) -> str:
    """Everything in an item that a search looks through, in one spelling."""
    return folded("\n".join([item.title, item.description, item.stream, *notes]))


def folded(text: str) -> str:
    """One spelling for what is the same to a reader: NFC, case folded."""
    return normalize("NFC", normalize("NFC", text).casefold())


def words_in(text: str) -> list[str]:
    """The words that must all be found, each once, whatever their order."""
    return list(dict.fromkeys(folded(text).split()))[:MOST_WORDS]
