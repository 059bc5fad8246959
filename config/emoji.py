"""Which emoji mean what on an item's card: the data of `emoji.toml`."""

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "emoji.toml"
CONFIRM, SEEN = "confirm", "seen"
NOTE = frozenset({"memo", "pencil"})  # 📝 under both its names: on anybody's message, "make an item of this"
PIN = frozenset({"pushpin", "round_pushpin"})  # 📌 on anybody's message: "record a decision from this"


class EmojiError(ValueError):
    """The file says something that cannot be right."""


@lru_cache(maxsize=1)
def meanings() -> dict[str, str]:
    """`CONFIRM` or `SEEN` for every emoji name that means something."""
    return read(FILE)


def read(path: Path) -> dict[str, str]:
    """The meanings in a file; a name twice, a missing meaning or a name as Slack never writes one is an `EmojiError`."""
    names = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(names) != {CONFIRM, SEEN} or not all(names.values()):
        raise EmojiError(f"{path.name} needs {CONFIRM} and {SEEN}, each with at least one name")
    pairs = [(name, meaning) for meaning in (CONFIRM, SEEN) for name in names[meaning]]
    wrong = [name for name, _ in pairs if not name or name != name.lower() or set(name) & set(": ")]
    if wrong or len(dict(pairs)) != len(pairs):
        raise EmojiError(f"{path.name}: {wrong or 'a name stands there twice'}")
    return dict(pairs)


def meaning(name: str) -> str | None:
    """What an emoji of a reaction means, whatever its skin tone (`+1::skin-tone-3`)."""
    return meanings().get(bare(name))


def bare(name: str) -> str:
    """The emoji's name without its skin tone."""
    return name.partition("::")[0]
