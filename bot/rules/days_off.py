"""Days off in a line: `add 2026-12-24 우리 측 개교기념일`, `12/24~12/26`, `remove 12/24`; and what may be wrong with them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, DayOff, NoWorkingDay, is_working_day, working_day_from, working_day_until
from bot.rules.dates import Due, Kind, read_due
from bot.rules.fields import Problem, first_per_block, length_problems
from storage.tables import DaysOff, Side

NAME_LIMIT = 60
LONGEST = 31  # days at once
LONGEST_LEAVE = 183
PAST, AHEAD = timedelta(days=31), timedelta(days=731)
FIRST, LAST, NAME, WHOSE = "first", "last", "name", "whose"  # block ids


class Act(StrEnum):
    """What is asked for."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


ACT_WORDS: dict[Act, tuple[str, ...]] = {
    Act.ADD: ("add", "추가", "new", "등록"),
    Act.LIST: ("list", "목록"),
    Act.REMOVE: ("remove", "삭제", "delete", "취소"),
}
_ACT_OF = {word: act for act, words in ACT_WORDS.items() for word in words}
_OUR = {"우리", "우리측", "our", "ours", "own"}
_ALL = {"전체", "모두", "all", "everyone", "everybody"}
_SIDE = {"측", "side"}
_RANGE = re.compile(
    r"\s*(?:~|∼|〜|–|—|부터|\s-\s|(?<=[\d일)])-(?=\d+[/.월]|\d{4}-)|\b(?:to|through|until)\b)\s*", re.IGNORECASE
)
_FROM = re.compile(r"^from\s+", re.IGNORECASE)
_BARE_DAY = re.compile(r"^(\d{1,2})(?:일|\.)?(?=$|\s*[(까])")
_PERIOD = re.compile(r"말|월|달|주|분기|반기|년|year|month|week|quarter|eo[mywq]", re.IGNORECASE)
_SAYS_DAY = re.compile(r"\d\s*일|\d[./-]\s*\d|요일|day|[a-z]{3,}\.? \d|\d [a-z]{3,}", re.IGNORECASE)
_NO_DAYS = {"leftover", "no-date", "unclear", "empty"}
_FILLING = {"날"}  # of `군민의 날 12월 4일`: it belongs to the name
_MOST_WORDS = 14


@dataclass(frozen=True)
class Days:
    """The days that a text names. `why`: the key of why they are not sure; then `first` is the likelier one, or None."""

    first: date | None = None
    last: date | None = None
    why: str = ""

    @property
    def is_sure(self) -> bool:
        return self.first is not None and not self.why


@dataclass(frozen=True)
class DaysLine:
    """A line as it was understood. `side_id` None: of all."""

    act: Act
    days: Days = Days()
    side_id: int | None = None
    name: str = ""
    page: int = 1


@dataclass(frozen=True)
class Span:
    """Days off that somebody wants to add."""

    first: date | None
    last: date | None
    name: str = ""


def read_days_off(
    text: str, now: datetime, calendar: Calendar, sides: Sequence[Side] = (), own_side_id: int | None = None
) -> DaysLine:
    """`[add|list|remove] DATE[~DATE] [side] [name]`, in any order behind the act; `now` in the task force's zone.

    Without an act a line with a date adds, an empty one lists.
    """
    words = text.split()
    act = _ACT_OF.get(words[0].casefold()) if words else Act.LIST
    words = words[1:] if act and words else words
    if act is Act.LIST:
        page = next((int(word) for word in words if word.isdecimal() and len(word) < 4), 1)
        return DaysLine(Act.LIST, page=page)
    days, words = _take_days(words, now, calendar)
    side_id, words = _take_side(words, sides, own_side_id)
    return DaysLine(act or Act.ADD, days, side_id, " ".join(words))


def read_days(text: str, now: datetime, calendar: Calendar) -> Days:
    """The whole text as one day, or as a range of days; the end of a range is read from its beginning on."""
    parts = _RANGE.split(_FROM.sub("", text.strip()))
    if len(parts) == 1:
        return _read(parts[0], now, calendar)
    if len(parts) != 2 or not all(part.strip() for part in parts):
        return Days(why="range")
    first = _read(parts[0], now, calendar)
    if first.first is None:
        return first
    begin = datetime.combine(first.first, time(), now.tzinfo)
    last = _read(_BARE_DAY.sub(r"\1일", parts[1].strip()), begin, calendar)
    if last.first is None:
        return Days(first.first, None, last.why)
    return Days(first.first, last.last, first.why or last.why)


def _read(text: str, now: datetime, calendar: Calendar) -> Days:
    """One day; a whole period, which as a due date means its end, is asked about."""
    days = _day(read_due(text, now, calendar))
    return replace(days, why="range") if days.is_sure and _PERIOD.search(text) and not _SAYS_DAY.search(text) else days


def _day(due: Due) -> Days:
    reading = due.readings[0] if due.readings else None
    if due.kind is Kind.DATE and reading and reading.time is None:
        return Days(reading.date, reading.date)
    if reading is None or due.key == "past":
        return Days(why=due.key or "no-date")
    return Days(reading.date, reading.date, due.key or "vague-time")


def _take_days(words: list[str], now: datetime, calendar: Calendar) -> tuple[Days, list[str]]:
    """The longest run of words that is a day or a range for sure, else one that may be; and the words around it.

    A part of what may be another day is not sure.
    """
    doubtful: list[tuple[int, int, Days]] = []
    most = min(len(words), _MOST_WORDS)
    for size in range(most, 0, -1):
        for start in range(most - size + 1):
            end = start + size
            days = read_days(" ".join(words[start:end]), now, calendar)
            if days.is_sure and not any(begin <= start and end <= over for begin, over, _ in doubtful):
                return days, _without(words, start + (words[start] in _FILLING), end)
            if days.why and days.why not in _NO_DAYS:
                doubtful.append((start, end, days))
    if not doubtful:
        return Days(), words
    start, end, days = doubtful[0]
    return days, _without(words, start, end)


def _without(words: list[str], start: int, end: int) -> list[str]:
    return [*words[:start], *words[end:]]


def _take_side(words: list[str], sides: Sequence[Side], own_side_id: int | None) -> tuple[int | None, list[str]]:
    """Whose days off, said in front of the name or behind it; without a word about it they are of all."""
    for size in range(min(4, len(words)), 0, -1):
        for head, tail in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            found, side_id = _whose(head, sides, own_side_id)
            if found:
                return side_id, tail
    return None, words


def _whose(words: list[str], sides: Sequence[Side], own_side_id: int | None) -> tuple[bool, int | None]:
    bare = words[:-1] if len(words) > 1 and words[-1].casefold() in _SIDE else words
    said = " ".join(bare).casefold()
    if said in _ALL:
        return True, None
    if said in _OUR:
        return True, own_side_id
    named = [one.id for one in sides if said in (one.name.casefold(), f"{one.name}측".casefold())]
    return bool(named), named[0] if named else None


def problems(span: Span, today: date, *, is_leave: bool) -> list[Problem]:
    """What must be mended, at the field that it is about."""
    found = length_problems(NAME, span.name, NAME_LIMIT)
    longest = LONGEST_LEAVE if is_leave else LONGEST
    if span.first is None:
        return [*found, Problem(FIRST, "days-off-no-date")]
    last = span.last or span.first
    if last < span.first:
        found.append(Problem(LAST, "days-off-backwards"))
    elif (last - span.first).days >= longest:
        found.append(Problem(LAST, "days-off-long", {"limit": str(longest)}))
    if last < today - PAST:
        found.append(Problem(FIRST, "days-off-past"))
    if span.first > today + AHEAD:
        found.append(Problem(FIRST, "days-off-far"))
    return first_per_block(found)


def changes_nothing(span: DayOff, calendar: Calendar) -> bool:
    """Whether every one of the days is off already."""
    days = (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))
    return not any(is_working_day(day, calendar) for day in days)


def leaves_no_working_day(span: DayOff, calendars: Iterable[Calendar]) -> bool:
    """Whether with these days off somebody would have no working day for a year, before or after them."""
    try:
        for calendar in calendars:
            working_day_from(span.first, calendar.plus([span]))
            working_day_until(span.last, calendar.plus([span]))
    except NoWorkingDay:
        return True
    return False


def named(added: Iterable[DaysOff], line: DaysLine) -> list[DaysOff]:
    """Which of the added days off a line means: those that have its day, and its name if it says one."""
    first, last = line.days.first, line.days.last
    return [
        one
        for one in added
        if (first is None or (last is not None and one.first <= last and one.last >= first))
        and line.name.casefold() in one.name.casefold()
        and (line.side_id is None or one.side_id == line.side_id)
    ]
