"""A task force's settings as fields of forms, and what may be wrong with them."""

import re
from collections.abc import Callable, Mapping, Set
from datetime import time
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from bot.rules.calendars import countries
from bot.rules.fields import Problem, first_per_block, length_problems, name_problems, one_line
from bot.rules.item_changes import Fields
from storage.tables import ClosingRule, Role, Side, TaskForce


class Page(StrEnum):
    """A form of its own, short enough for a phone."""

    BASICS = "basics"
    REMINDERS = "reminders"
    RECORDS = "records"


LABEL = "label_"  # what a role is called on the own side: `label_lead`
PAGES: dict[Page, tuple[str, ...]] = {
    Page.BASICS: ("name", "language", "country", "zone", "day_ends_at", "closing_rule", "done_emoji"),
    Page.REMINDERS: (
        "ladder",
        "overdue_every",
        "overdue_times",
        "nudge_at",
        "weekly_weekday",
        "weekly_at",
        "weekly_in_channel",
    ),
    Page.RECORDS: (
        "comment_days",
        "silence_is_consent",
        "upper_government",
        *(f"{LABEL}{role}" for role in Role),
    ),
}
YES, NO = "yes", "no"
NAME_LIMIT, LABEL_LIMIT, GOVERNMENT_LIMIT = 200, 20, 40
MOST_RUNGS, HIGHEST_RUNG, MOST_EMOJI = 8, 60, 20
CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("ko", "en"),
    "closing_rule": tuple(ClosingRule),
    "overdue_every": tuple(map(str, range(1, 11))),
    "overdue_times": tuple(map(str, range(11))),
    "weekly_weekday": tuple(map(str, range(5))),
    "weekly_in_channel": (NO, YES),
    "comment_days": tuple(map(str, range(1, 11))),
    "silence_is_consent": (NO, YES),
}
CLOCKS = ("day_ends_at", "nudge_at", "weekly_at")
DAY_BEGINS, DAY_ENDS = time(9), time(18)  # when direct messages may come, unless somebody chose otherwise
_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(CLOCKS, time.fromisoformat),
    **dict.fromkeys(("overdue_every", "overdue_times", "weekly_weekday", "comment_days"), int),
    **dict.fromkeys(("weekly_in_channel", "silence_is_consent"), lambda word: word == YES),
    "closing_rule": ClosingRule,
}
_RUNG = re.compile(r"^(\d{1,3})(?:일|근무일|영업일|d|days?)?$", re.IGNORECASE)
_ON_THE_DAY = {"당일", "on-the-day", "today"}
_NOT_RUNGS = re.compile(r"전(?=$|[\s,])|\bbefore\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The time zones of the world by their names, `Asia/Seoul`; the machine's own list is slow to read."""
    return frozenset(available_timezones())


def fields_of(task_force: TaskForce, side: Side) -> dict[str, str]:
    """The settings as words, with the labels of one side's roles; "" for none."""
    fields = {
        name: _word(getattr(task_force, name))
        for names in PAGES.values()
        for name in names
        if not name.startswith(LABEL)
    }
    return fields | {f"{LABEL}{role}": (side.role_labels or {}).get(role, "") for role in Role}


def values_of(fields: Fields) -> dict[str, Any]:
    """What the columns of the task force hold for these words; labels are left out."""
    return {name: _READ.get(name, str)(word) for name, word in fields.items() if not name.startswith(LABEL)}


def labels_of(fields: Fields) -> dict[str, str]:
    """What the roles are called on a side; those without a word have their usual one."""
    return {name.removeprefix(LABEL): word for name, word in fields.items() if name.startswith(LABEL) and word}


def tidy(fields: Fields) -> dict[str, str]:
    """Each in one spelling; what cannot be read stays as it was typed."""
    read: Mapping[str, Callable[[str], str]] = {"ladder": _tidy_ladder, "done_emoji": _tidy_emoji}
    return {name: read.get(name, one_line)(word) for name, word in fields.items()}


def problems(fields: Fields, taken_emoji: Set[str]) -> list[Problem]:
    """What must be mended in tidied fields, at most one sentence at each. `taken_emoji` mean something else already."""
    found: list[Problem] = []
    for name, word in fields.items():
        if name == "name":
            found += name_problems(name, word, NAME_LIMIT)
        elif name.startswith(LABEL):
            found += length_problems(name, word, LABEL_LIMIT)
        elif name == "upper_government":
            found += length_problems(name, word, GOVERNMENT_LIMIT)
        else:
            found += _odd(name, word, taken_emoji)
    return first_per_block(found)


def _odd(name: str, word: str, taken_emoji: Set[str]) -> list[Problem]:
    """Of the fields that are no names."""
    if name in CHOICES and word not in CHOICES[name]:
        return [Problem(name, "settings-choose")]
    if name == "country" and word not in countries():
        return [Problem(name, "settings-choose")]
    if name == "zone" and word not in zones():
        return [Problem(name, "settings-choose")]
    if name in CLOCKS:
        return _clock(name, word)
    if name == "ladder" and read_ladder(word) is None:
        return [Problem(name, "settings-ladder-unread", {"most": str(MOST_RUNGS), "highest": str(HIGHEST_RUNG)})]
    return _emoji(word, taken_emoji) if name == "done_emoji" else []


def _clock(name: str, word: str) -> list[Problem]:
    if not word:
        return [Problem(name, "settings-choose")]
    at = time.fromisoformat(word)
    if name == "day_ends_at":
        return [] if at >= time(12) else [Problem(name, "settings-day-ends-early")]
    return [] if DAY_BEGINS <= at < DAY_ENDS else [Problem(name, "settings-hour-outside")]


def _emoji(word: str, taken: Set[str]) -> list[Problem]:
    names = emoji_names(word)
    odd = [one for one in names if not all(char.isalnum() or char in "_+-'." for char in one)]
    if odd:
        return [Problem("done_emoji", "settings-emoji-unread", {"name": odd[0]})]
    if meant := [one for one in names if one in taken]:
        return [Problem("done_emoji", "settings-emoji-taken", {"name": meant[0]})]
    return [Problem("done_emoji", "settings-emoji-many", {"most": str(MOST_EMOJI)})] if len(names) > MOST_EMOJI else []


def read_ladder(text: str) -> tuple[int, ...] | None:
    """`7, 3, 1, 당일` as working days before, the longest first; None for what is no such list."""
    said = text.casefold().replace("on the day", "on-the-day").replace("근무일", "일").replace("일 전", "일")
    words = [word for word in re.split(r"[\s,·/]+", _NOT_RUNGS.sub("", said)) if word]
    rungs = {
        0 if word in _ON_THE_DAY else int(match.group(1)) if (match := _RUNG.match(word)) else -1 for word in words
    }
    if not rungs or min(rungs) < 0 or max(rungs) > HIGHEST_RUNG or len(rungs) > MOST_RUNGS:
        return None
    return tuple(sorted(rungs, reverse=True))


def emoji_names(text: str) -> list[str]:
    """The names in `완료, :tada: :+1::skin-tone-2:`, without colons and skin tones, each once."""
    spaced = re.sub(r"::skin-tone-\d", "", text.casefold())
    return list(dict.fromkeys(name for name in re.split(r"[\s,:]+", spaced) if name))


def _tidy_ladder(text: str) -> str:
    rungs = read_ladder(one_line(text))
    return one_line(text) if rungs is None else ",".join(map(str, rungs))


def _tidy_emoji(text: str) -> str:
    return ",".join(emoji_names(one_line(text)))


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
