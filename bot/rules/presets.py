"""The dates of the public budget year, for any year: what a preset's row means on the calendar.

"N days before" the fiscal year (1 January) is counted strictly where the row says so, the day itself excluded: `FY−40d` is 21
November; else as is customary: `FY−120d` is 3 September. Months after a period's end are counted as the Civil Act does
(민법 §157, §160): from the next day, to the day before the one that corresponds, or the month's last where none does.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.rules.calendars import Calendar, working_day_from, working_day_until
from config.presets import Money, Roll, Row, Rule, Usual

FRESH = relativedelta(years=1)
LOCAL_ENDINGS = ("군", "시", "구", "도", "county", "city", "province")  # of a local government's name
FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dated:
    """A row in one year. `on` None: the offices agree on the date.

    `on`: as the rule says. `limit`: where the law moves it because of days off. `act_by`: the last working day until `on`,
    by which it should be done whatever the law allows.
    """

    row: Row
    on: date | None
    limit: date | None = None
    act_by: date | None = None

    @property
    def legal(self) -> date | None:
        """The last day that the law allows."""
        return max(self.on, self.limit) if self.on and self.limit else self.on

    def is_past(self, today: date) -> bool:
        return self.limit is not None and self.limit < today


def rows_for(rows: Iterable[Row], kind: Money) -> list[Row]:
    """Those that this kind of money has."""
    return [row for row in rows if kind in row.money]


def in_year(rows: Sequence[Row], year: int, calendar: Calendar) -> list[Dated]:
    """Every date of these rows for the budget of a year, the earliest first; what is agreed on comes last."""
    found = [dated(row, on, calendar) for row in rows for on in dates_of(row, year, rows)]
    return sorted(found, key=lambda one: (one.on is None, one.on or date.max))


def dates_of(row: Row, year: int, rows: Iterable[Row], ended_on: date | None = None) -> list[date | None]:
    """The dates of a row for the budget of a year; `ended_on`: when what it counts from ended, if not with the year."""
    match row.rule:
        case Rule.MONTH_DAY:
            return [date(year + row.year_offset, month, day) for month, day in row.dates]
        case Rule.FY_MINUS_DAYS:
            return [date(year, 1, 1) - timedelta(days=row.days + row.strict)]
        case Rule.MONTHS_AFTER:
            return [months_after(ended_on or date(year, 12, 31), row.months)]
        case Rule.AFTER:
            other = next(one for one in rows if one.key == row.after)
            return [on + timedelta(days=row.days) for on in dates_of(other, year, rows) if on]
        case Rule.MANUAL:
            return [None]


def months_after(end: date, months: int) -> date:
    """The last day of a period of months that begins on the day after `end`."""
    begin = end + ONE_DAY
    corresponding = begin + relativedelta(months=months)
    return corresponding - ONE_DAY if corresponding.day == begin.day else corresponding


def dated(row: Row, on: date | None, calendar: Calendar) -> Dated:
    """A row's date, with what days off make of it."""
    if on is None:
        return Dated(row, None)
    until = working_day_until(on, calendar)
    limits = {Roll.NONE: on, Roll.PREV: until, Roll.NEXT: working_day_from(on, calendar)}
    return Dated(row, on, limits[row.roll], until)


def side_of(usual: Usual, sides: Iterable[tuple[int, str]], owning: Container[int]) -> int | None:
    """Which of the owning sides (id and name) usually has a row: a local government is told by its name. None: any owner."""
    known = list(sides)
    local = [side_id for side_id, name in known if name.casefold().strip().endswith(LOCAL_ENDINGS)]
    if usual is Usual.BOTH or not local:
        return None
    found = [side_id for side_id, _ in known if (side_id in local) is (usual is Usual.LOCAL) and side_id in owning]
    return found[0] if len(found) == 1 else None


def is_to_be_confirmed(row: Row) -> bool:
    """Whether it is common practice that no statute was read for."""
    return row.verified_on is None


def needs_checking(row: Row, today: date) -> bool:
    """Whether the statute was read more than a year ago."""
    return row.verified_on is not None and row.verified_on + FRESH < today


def notation(row: Row) -> str:
    """The rule in one short form that is the same in every language: `FY-40d (strict)`, `04-30`, `FY+2m`."""
    match row.rule:
        case Rule.MONTH_DAY:
            return ", ".join(f"{month:02}-{day:02}" for month, day in row.dates)
        case Rule.FY_MINUS_DAYS:
            return f"FY-{row.days}d" + " (strict)" * row.strict
        case Rule.MONTHS_AFTER:
            return f"{row.counts_from}+{row.months}m"
        case Rule.AFTER:
            return f"{row.after}{row.days:+}d"
        case Rule.MANUAL:
            return "agreed"
