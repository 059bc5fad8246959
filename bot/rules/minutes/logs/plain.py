"""Minutes as somebody types them: markers, names before colons, hours perhaps."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from bot.rules.minutes.lines import RawLine, Setting
from bot.rules.minutes.logs.irc import Hints
from bot.rules.minutes.logs.log import Format, Log, as_slack
from bot.rules.minutes.logs.stamps import Days, find_day, read_stamp

_WHEN = re.compile(r"^\W*(?:일시|일자|날짜|회의\s?일시|date|when)\s*[:：]\s*(?P<when>.*\d.*)$", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\d)(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|시(?:\s?(?P<minute2>\d{1,2})분)?)")
_SCRIBED = re.compile(
    r"^\s*(?:present\s?\+|scribe(?:nick)?\s?[:+]|resol(?:ved|ution)\s?:)", re.IGNORECASE | re.MULTILINE
)
_TITLE = re.compile(r"[^:：]{2,80}(?:회의|회의록|meeting|minutes)\s*(?:\(안\))?", re.IGNORECASE)
_HALF = 0.5  # of the lines have an hour: then hours are stamps, not words


def read_plain(text: str, hints: Hints, setting: Setting) -> Log:
    """One raw line for each line; `일시:` tells when the meeting was."""
    lines = text.split("\n")
    stamped = sum(read_stamp(line)[0] is not None for line in lines) > _HALF * sum(bool(line.strip()) for line in lines)
    when = next((match for line in lines if (match := _WHEN.match(line))), None)
    begins, ends = _when(when["when"], hints) if when else (None, None)
    days = Days(hints.day or (begins.date() if begins else find_day(hints.name)), hints.zone)
    title = _title(lines)
    raw = []
    for number, line in enumerate(lines, start=1):
        stamp, rest = read_stamp(line) if stamped else (None, line)
        if rest.strip() and not (when and line == when.string) and rest.strip() != title:
            raw.append(RawLine(f"l{number}", number, as_slack(rest.rstrip()), at=days.at(stamp) if stamp else None))
    last = next((line.at for line in reversed(raw) if line.at), None)
    scribed = _SCRIBED.search(text) is not None
    return Log(
        Format.PLAIN,
        tuple(raw),
        (),
        replace(
            setting,
            title=setting.title or title,
            start=setting.start or begins,
            end=setting.end or ends or last,
            scribed=scribed,
        ),
    )


def _title(lines: Iterable[str]) -> str:
    """The first line, if it is what a heading of minutes looks like."""
    first = next((line.strip() for line in lines if line.strip()), "")
    return first if _TITLE.fullmatch(first) else ""


def _when(text: str, hints: Hints) -> tuple[datetime | None, datetime | None]:
    """`2026. 12. 3.(목) 14:00~15:30`: from when, and until when."""
    day = find_day(text) or hints.day
    clocks = [
        time(int(match["hour"]) % 24, int(match["minute"] or match["minute2"] or 0)) for match in _CLOCK.finditer(text)
    ]
    if day is None:
        return None, None
    moments = [datetime.combine(day, clock, hints.zone) for clock in clocks[:2]]
    return moments[0] if moments else datetime.combine(day, time(), hints.zone), moments[1] if moments[1:] else None
