"""What a person chooses for themselves: language, zone, and the hours in which direct messages may come."""

from dataclasses import dataclass
from datetime import time

from bot.rules.fields import Problem
from bot.rules.settings import DAY_BEGINS, DAY_ENDS, zones
from storage.tables import Account

AS_SLACK_SAYS = "slack"
LANGUAGE_WORDS = {"ko": ("ko", "한국어", "korean"), "en": ("en", "영어", "english"), AS_SLACK_SAYS: ("slack", "슬랙")}
_LANGUAGE_OF = {word: tag for tag, words in LANGUAGE_WORDS.items() for word in words}
SHORTEST = 60  # minutes


@dataclass(frozen=True)
class OwnSettings:
    """`language` and `zone` as chosen, `AS_SLACK_SAYS` for none; the hours local to the person, None if not chosen."""

    language: str = AS_SLACK_SAYS
    zone: str = AS_SLACK_SAYS
    hours_from: time | None = DAY_BEGINS
    hours_until: time | None = DAY_ENDS


def own_settings(account: Account) -> OwnSettings:
    """As they are."""
    return OwnSettings(
        account.language or AS_SLACK_SAYS,
        account.own_zone or AS_SLACK_SAYS,
        account.hours_from or DAY_BEGINS,
        account.hours_until or DAY_ENDS,
    )


def problems(wanted: OwnSettings) -> list[Problem]:
    """What must be mended, at its field."""
    found = []
    if wanted.zone != AS_SLACK_SAYS and wanted.zone not in zones():
        found.append(Problem("zone", "settings-choose"))
    if wanted.hours_from is None or wanted.hours_until is None:
        found.append(Problem("hours_from" if wanted.hours_from is None else "hours_until", "settings-choose"))
    elif _minutes(wanted.hours_until) - _minutes(wanted.hours_from) < SHORTEST:
        found.append(Problem("hours_until", "own-hours-short", {"from": f"{wanted.hours_from:%H:%M}"}))
    return found


def read_language(text: str) -> str | None:
    """The language that a word means, or `AS_SLACK_SAYS`."""
    return _LANGUAGE_OF.get(text.strip().casefold())


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
