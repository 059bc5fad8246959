"""What people write into the fields of forms."""

from dataclasses import dataclass, field

from bot.rules.grammar import normalise

Args = dict[str, str | int]


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: its block id, the key of a sentence and its arguments."""

    block: str
    key: str
    args: Args = field(default_factory=dict)


def one_line(text: str) -> str:
    """One spelling, one line, single spaces."""
    return " ".join(normalise(text).split())


def name_problems(block: str, name: str, limit: int) -> list[Problem]:
    """A name needs at least one letter or digit, and has its limit."""
    if not any(map(str.isalnum, name)):
        return [Problem(block, "name-empty")]
    return length_problems(block, name, limit)


def length_problems(block: str, text: str, limit: int) -> list[Problem]:
    """A text may be empty, and has its limit."""
    return [Problem(block, "name-too-long", {"limit": limit, "length": len(text)})] if len(text) > limit else []


def first_per_block(problems: list[Problem]) -> list[Problem]:
    """At most one problem per field: Slack shows one sentence there."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.block, problem)
    return list(first.values())
