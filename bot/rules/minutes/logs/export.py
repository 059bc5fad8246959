"""This bot's own export of a meeting: JSON lines, a head and then every raw line as it is kept.

Nothing else is needed to make the minutes again; a line can be added at the end without reading the file.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from bot.rules.calendars import Calendar, DayOff
from bot.rules.minutes.lines import Known, LineKind, RawLine, Setting
from bot.rules.minutes.logs.log import Format, Log, UnreadableLog

VERSION = 1
_HEAD = "tft_minutes"
_ALWAYS = {"key", "name", "ordinal"}


def write_export(lines: Iterable[RawLine], people: Iterable[Known], setting: Setting) -> str:
    """The file's text; fields that are empty are left out of lines and people."""
    head = {_HEAD: VERSION, "setting": _setting(setting), "people": [_plain(one) for one in people]}
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in [head, *map(_plain, lines)])


def is_export(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    return first.startswith("{") and f'"{_HEAD}"' in first


def read_export(text: str) -> Log:
    """What was written; a version that we do not know is refused."""
    records = [_parsed(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    head, *rest = records
    if head.get(_HEAD) != VERSION:
        raise UnreadableLog("version", str(head.get(_HEAD)))
    try:
        people = tuple(Known(**_tuples(one)) for one in head["people"])
        return Log(Format.EXPORT, tuple(map(_raw_line, rest)), people, _read_setting(head["setting"]))
    except (TypeError, ValueError, KeyError) as error:
        raise UnreadableLog("bad-export", str(error)) from error


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableLog("bad-json", f"{number}:{error.colno}") from error
    if not isinstance(record, dict):
        raise UnreadableLog("bad-json", f"{number}:1")
    return record


def _plain(record: RawLine | Known) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: _json(value) for name, value in values.items() if value or name in _ALWAYS}


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _raw_line(values: dict[str, Any]) -> RawLine:
    at = datetime.fromisoformat(values["at"]) if "at" in values else None
    return RawLine(**{**values, "at": at, "kind": LineKind(values["kind"])})


def _setting(setting: Setting) -> dict[str, Any]:
    calendar = setting.calendar
    off = [[day.first.isoformat(), day.last.isoformat(), day.name] for day in calendar.days_off]
    kept = {"country": calendar.country, "days_off": off, "weekend": sorted(calendar.weekend)}
    apart = (
        {"calendar"} if setting.numbered else {"calendar", "numbered"}
    )  # what was written before it was told has none
    plain = {one.name: _json(getattr(setting, one.name)) for one in fields(setting) if one.name not in apart}
    return {**plain, "calendar": kept}


def _read_setting(values: dict[str, Any]) -> Setting:
    kept = values["calendar"]
    off = tuple(
        DayOff(date.fromisoformat(first), date.fromisoformat(last), name) for first, last, name in kept["days_off"]
    )
    calendar = Calendar(kept["country"], off, frozenset(kept["weekend"]))
    moments = {name: datetime.fromisoformat(values[name]) if values[name] else None for name in ("start", "end")}
    return Setting(**{"numbered": False, **_tuples(values), **moments, "calendar": calendar})
