"""When a line of a log was written: the shapes in which chat programs put that before it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed

_MONTHS = {month: at for at, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = "(?P<{0}>" + "|".join(_MONTHS) + ")[a-z]*"
_DAY = (
    r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})",  # 2026-12-03
    r"(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>\d{4})",  # 03-12-2026
    _MONTH.format("m3") + r"\.?\s(?P<d3>\d{1,2})(?:,?\s(?P<y3>\d{4}))?",  # Dec 03
    r"(?P<d4>\d{1,2})\s" + _MONTH.format("m4") + r"\.?(?:,?\s(?P<y4>\d{4}))?",  # 3 Dec 2026
    r"(?P<y5>\d{4})[.년]\s?(?P<m5>\d{1,2})[.월]\s?(?P<d5>\d{1,2})[.일]?",  # 2026. 12. 3., 2026년 12월 3일
)
_CLOCK = (
    r"(?:(?P<half>오전|오후)\s?)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,6})?)?"
    r"(?:\s?(?P<half2>[AaPp]\.?[Mm]\.?))?(?P<zone>Z|\s?[+-]\d{2}:?\d{2}|\s?UTC)?"
)
_DATE = re.compile("|".join(_DAY), re.IGNORECASE)
_STAMP = re.compile(
    rf"\s*(?:[\[(]\s*)?(?:(?:{'|'.join(_DAY)})(?:T|,?\s+))?{_CLOCK}\s*[\])]?,?(?=\s|<|$)", re.IGNORECASE
)
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands before a line; the day and the zone only if they do."""

    clock: time
    day: date | None = None
    zone: tzinfo | None = None


def read_stamp(line: str) -> tuple[Stamp | None, str]:
    """The stamp at the start of a line, and the rest of the line."""
    match = _STAMP.match(line)
    if match is None or (clock := _clock(match)) is None:
        return None, line
    return Stamp(clock, _day(match), _zone(match["zone"])), line[match.end() :]


def find_day(text: str) -> date | None:
    """The first date with a year in a text."""
    return next((day for match in _DATE.finditer(text) if (day := _day(match))), None)


def find_moment(text: str) -> datetime | None:
    """The first date with a time and a zone in a text: `Thu Dec  3 05:00:03 2026 UTC`, ISO."""
    text = " ".join(text.split())
    if match := re.search(r"([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) UTC", text):
        text = f"{match[1]} {match[3]} {match[2]} UTC"
    for match in re.finditer(rf"(?:{'|'.join(_DAY)})[T ]{_CLOCK}", text, re.IGNORECASE):
        day, clock, zone = _day(match), _clock(match), _zone(match["zone"])
        if day and clock and zone:
            return datetime.combine(day, clock, zone)
    return None


def _clock(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or match["half2"] or "").replace(".", "").lower()
    if half in {"오후", "pm"} and hour < 12:
        hour += 12
    elif half in {"오전", "am"} and hour == 12:
        hour = 0
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    for number in "12345":
        if groups[f"d{number}"] and (year := groups.get(f"y{number}")):
            month = groups[f"m{number}"]
            try:
                return date(int(year), _MONTHS.get(month[:3].lower()) or int(month), int(groups[f"d{number}"]))
            except ValueError:
                return None
    return None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    text = text.strip()
    if text.upper() in {"Z", "UTC"}:
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return fixed(-offset if text[0] == "-" else offset)


class Days:
    """Puts stamps without a day on days: a clock that jumps back by half a day or more has passed midnight."""

    def __init__(self, first: date | None, zone: tzinfo) -> None:
        self._day, self._zone = first, zone
        self._last: time | None = None

    def turn(self, day: date) -> None:
        """The log says that this day begins."""
        self._day, self._last = day, None

    def at(self, stamp: Stamp) -> datetime | None:
        """When that was; None while no day is known."""
        if stamp.day:
            self._day = stamp.day
        elif self._day and self._last and _since_midnight(self._last) - _since_midnight(stamp.clock) >= _HALF_A_DAY:
            self._day += timedelta(days=1)
        self._last = stamp.clock
        return datetime.combine(self._day, stamp.clock, stamp.zone or self._zone) if self._day else None


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
