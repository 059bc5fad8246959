"""The dates of the public budget year as data: the rows of `korea.toml`, loaded and checked."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "korea.toml"
LONGEST_LEAD = 120  # days


class Act(StrEnum):
    """`TASK` is ours to do; `EVENT` is what others decide."""

    TASK = "task"
    EVENT = "event"


class Rule(StrEnum):
    """How a row's date follows from the year of the budget; the file says which fields belong to which."""

    MONTH_DAY = "month_day"
    FY_MINUS_DAYS = "fy_minus_days"
    MONTHS_AFTER = "months_after"
    AFTER = "after"
    MANUAL = "manual"


class Roll(StrEnum):
    """Where a day off moves a date: to the next working day, to the one before, or nowhere."""

    NONE = "none"
    PREV = "prev"
    NEXT = "next"


class Usual(StrEnum):
    """Whose it usually is."""

    LOCAL = "local"
    UNIVERSITY = "university"
    BOTH = "both"


class Money(StrEnum):
    """The kinds of money that a budget line can be of."""

    NATIONAL_SUBSIDY = "national-subsidy"
    LOCAL_SUBSIDY = "local-subsidy"
    CONTRIBUTION = "contribution"
    COMMISSION = "commission"
    RESEARCH = "research"
    COUNTY_PROJECT = "county-project"


@dataclass(frozen=True)
class Row:
    """One date of the budget year. `verified_on` None: common practice, to be confirmed by the offices."""

    key: str
    name_ko: str
    name_en: str
    money: tuple[Money, ...]
    act: Act
    rule: Rule
    leads: tuple[int, ...]
    side: Usual
    source: str
    dates: tuple[tuple[int, int], ...] = ()  # month and day
    year_offset: int = 0
    days: int = 0
    strict: bool = False
    months: int = 0
    counts_from: str = ""
    after: str = ""
    roll: Roll = Roll.NONE
    verified_on: date | None = None
    note_ko: str = ""
    note_en: str = ""

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en

    def note(self, language: str) -> str:
        return self.note_ko if language == "ko" else self.note_en


class PresetError(ValueError):
    """The file says something that cannot be right."""


NEEDS: Mapping[Rule, frozenset[str]] = {
    Rule.MONTH_DAY: frozenset({"dates", "year_offset"}),
    Rule.FY_MINUS_DAYS: frozenset({"days", "strict"}),
    Rule.MONTHS_AFTER: frozenset({"months", "counts_from"}),
    Rule.AFTER: frozenset({"after", "days"}),
    Rule.MANUAL: frozenset(),
}
COUNTED_FROM = ("project-year", "stage", "project")


@lru_cache(maxsize=1)
def presets() -> tuple[Row, ...]:
    """The rows as they are shipped, in the order of the file."""
    return read(FILE)


def read(path: Path) -> tuple[Row, ...]:
    """The rows of a file; whatever cannot be right in it is a `PresetError` that names the row."""
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("row", [])
    rows = tuple(_row(path.name, one) for one in found)
    keys = [row.key for row in rows]
    if not rows or len(set(keys)) != len(keys):
        raise PresetError(f"{path.name}: no rows, or a key stands there twice")
    _check_chains(path.name, {row.key: row for row in rows})
    return rows


def _row(name: str, given: Mapping[str, Any]) -> Row:
    where = f"{name}: {given.get('key', 'a row without key')}"
    try:
        rule = Rule(given["rule"])
        of_rules = frozenset().union(*NEEDS.values())
        if given.keys() & of_rules != NEEDS[rule]:
            raise PresetError(f"{where}: {rule} needs {sorted(NEEDS[rule])} and no others of {sorted(of_rules)}")
        kinds = {"money": tuple(map(Money, given["money"])), "act": Act(given["act"]), "side": Usual(given["side"])}
        days = {"dates": tuple(map(_month_day, given.get("dates", ()))), "roll": Roll(given.get("roll", Roll.NONE))}
        row = Row(**{**given, "rule": rule, **kinds, **days, "leads": tuple(given["leads"])})
    except (KeyError, TypeError, ValueError) as error:
        raise PresetError(f"{where}: {error}") from error
    _check(where, row)
    return row


def _month_day(text: str) -> tuple[int, int]:
    """`04-30`; 29 February is no date of every year."""
    day = date.fromisoformat(f"2027-{text}")
    return day.month, day.day


def _check(where: str, row: Row) -> None:
    """What types do not say."""
    leads: Sequence[int] = row.leads
    right = {
        "an own key": row.key.replace("_", "").isalnum(),
        "names and a source": all(text.strip() for text in (row.name_ko, row.name_en, row.source)),
        "notes in both languages": bool(row.note_ko) == bool(row.note_en),
        "kinds of money": bool(row.money),
        "dates": bool(row.dates) == (row.rule is Rule.MONTH_DAY) and list(row.dates) == sorted(set(row.dates)),
        "falling leads": list(leads) == sorted(set(leads), reverse=True)
        and all(0 <= one <= LONGEST_LEAD for one in leads),
        "what months count from": row.rule is not Rule.MONTHS_AFTER or row.counts_from in COUNTED_FROM,
        "a day of verifying": row.verified_on is None or type(row.verified_on) is date,
    }
    wrong = [what for what, is_right in right.items() if not is_right]
    if wrong:
        raise PresetError(f"{where}: {', '.join(wrong)}")


def _check_chains(name: str, rows: Mapping[str, Row]) -> None:
    """Who follows another row names one that is there, has one date a year, and does not follow in its turn."""
    for row in rows.values():
        other = rows.get(row.after) if row.after else None
        if row.after and (other is None or other.rule in (Rule.AFTER, Rule.MANUAL) or len(other.dates) > 1):
            raise PresetError(f"{name}: {row.key} follows {row.after}, which has no one date")
