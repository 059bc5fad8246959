"""What Slack allows and what its errors mean: the data of `slack.toml`."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "slack.toml"


class Fate(StrEnum):
    """What came of a call. `AGAIN`: surely nothing. `DOUBTFUL`: nobody knows. `REFUSED`: nothing, and never will."""

    DONE = "done"
    AGAIN = "again"
    DOUBTFUL = "doubtful"
    FINE = "fine"
    LOST = "lost"
    THREADLESS = "threadless"
    SILENCED = "silenced"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True)
class SlackRules:
    """Limits and errors. `per_minute` holds every method that delivery and sweep call."""

    per_minute: dict[str, int]
    burst_share: float
    channel_interval_s: float
    channel_burst: int
    fates: dict[str, Fate]

    def fate_of(self, error: str) -> Fate:
        """What an error of Slack's means; one that is not listed is a refusal."""
        return self.fates.get(error, Fate.REFUSED)


class SlackRulesError(ValueError):
    """The file says something that cannot be right."""


@lru_cache(maxsize=1)
def rules() -> SlackRules:
    """The rules as they are shipped."""
    return read(FILE)


def read(path: Path) -> SlackRules:
    """The rules in a file; an error with two meanings or a limit that allows nothing is a `SlackRulesError`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [(error, Fate(fate)) for fate, errors in data["errors"].items() for error in errors]
    if len(dict(pairs)) != len(pairs):
        raise SlackRulesError(f"{path.name}: an error stands there twice")
    if not all(limit > 0 for limit in data["per_minute"].values()):
        raise SlackRulesError(f"{path.name}: a method could never be called")
    return SlackRules(data["per_minute"], **data["pace"], fates=dict(pairs))
