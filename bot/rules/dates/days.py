"""Single days: written dates, weekdays, lengths of time, working days, holidays."""

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from bot.rules.calendars import (
    add_working_days,
    next_working_day,
    previous_working_day,
    public_holidays,
    working_day_from,
    working_day_until,
)
from bot.rules.dates.due import Due, Frame, Kind, Reading, asked, refused, settled
from bot.rules.dates.periods import Period, week_of
from bot.rules.dates.tokens import Token
from bot.rules.dates.words import HOLIDAYS

WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
_DAY = dt.timedelta(days=1)
_NO_SUCH_DATE = "no-such-date"
_LONGEST_FIRST = ("year", "month", "week", "day", "hour", "minute")
MOST = {"minute": 9999, "hour": 9999, "day": 3650, "week": 520, "month": 120, "year": 10}


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """That day, or None if the calendar has no such day: nothing rolls over."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def dated(year: int, month: int, day: int) -> Due:
    found = calendar_day(year, month, day)
    return settled(found) if found else refused(_NO_SUCH_DATE)


def yearless(month: int, day: int, today: dt.date) -> Due:
    """A month and day: this year's, or next year's if that is past; 29 February waits for its year, and is asked about."""
    if calendar_day(2000, month, day) is None:
        return refused(_NO_SUCH_DATE)
    found = calendar_day(today.year, month, day)
    if found and found >= today:
        return settled(found)
    if following := calendar_day(today.year + 1, month, day):
        return settled(following, "next-year") if found else asked("leap-day", following)
    leap = next(d for year in range(today.year + 1, today.year + 9) if (d := calendar_day(year, month, day)))
    return asked("leap-day", leap, dt.date(today.year + 1, 2, 28))


def written(token: Token, frame: Frame) -> Due:
    """A date in figures. `12/5` is month first; three figures of two digits each only if one order makes sense."""
    if len(token.more) == 2:
        first, second = token.more
        if first > 12 >= second > 0 and token.word == "slash":  # `30/11` can only be the other way round
            return _unsure(yearless(second, first, frame.today), "order")
        found = yearless(first, second, frame.today)
        return _unsure(found, "unusual-form") if token.word == "hyphen" else found
    year, month, day = token.more
    if token.word == "slashed":
        return _slashed(year, month, day, frame)
    if token.word == "packed":
        return _unsure(dated(year, month, day), "unusual-form")
    return dated(year, month, day)


def _unsure(due: Due, reason: str) -> Due:
    return Due(Kind.QUESTION, due.readings, reason) if due.kind is Kind.DATE else due


def _slashed(first: int, second: int, third: int, frame: Frame) -> Due:
    if third > 99:
        day_first, month_first = calendar_day(third, second, first), calendar_day(third, first, second)
        turned = day_first and (month_first is None or month_first < frame.today <= day_first)
        return asked("order", day_first) if day_first and turned else dated(third, first, second)
    orders = [calendar_day(2000 + first, second, third), calendar_day(2000 + third, first, second)]
    days = [day for day in orders if day and day >= frame.today]
    if len(days) == 1:
        return settled(days[0])
    return asked("order", *days) if days else refused("past" if any(orders) else _NO_SUCH_DATE)


def day_of_month(number: int, today: dt.date) -> Due:
    """The next day with that number; where it skips a month that has none, it is asked about."""
    if not 1 <= number <= 31:
        return refused(_NO_SUCH_DATE)
    first = today.replace(day=1) if number >= today.day else today.replace(day=1) + relativedelta(months=1)
    if found := calendar_day(first.year, first.month, number):
        return settled(found)
    following = first + relativedelta(months=1)
    return asked(_NO_SUCH_DATE, following - _DAY, following.replace(day=min(number, 31)))


def day_in(period: Period, number: int) -> Due:
    return dated(period.first.year, period.first.month, number)


def on_weekday(weekday: int, today: dt.date) -> Due:
    """The next one; on that very weekday it may be today or a week later."""
    found = today + relativedelta(weekday=WEEKDAYS[weekday])
    return asked("same-weekday", found, found + 7 * _DAY) if found == today else settled(found)


def coming_weekday(weekday: int, today: dt.date) -> Due:
    return settled(today + _DAY + relativedelta(weekday=WEEKDAYS[weekday]))


def weekday_of_week(weekday: int, ahead: int, frame: Frame) -> Due:
    """`다음 주 금요일`. On a Sunday a week may be counted from Sunday too: asked, unless an hour makes it an appointment."""
    found = week_of(frame.today).first + dt.timedelta(weeks=ahead, days=weekday)
    if found < frame.today:
        return settled(frame.today + relativedelta(weekday=WEEKDAYS[weekday]), "past-next")
    if ahead and frame.today.weekday() == 6 and not frame.timed:
        return asked("week-start", found, found + 7 * _DAY)
    return settled(found)


def this_weekday(weekday: int, today: dt.date) -> Due:
    """`this Friday`, `이번 금요일`: this week's, or the next one if that lies behind."""
    return settled(today + relativedelta(weekday=WEEKDAYS[weekday]))


def next_weekday(weekday: int, today: dt.date) -> Due:
    """`next Friday`, `다음 금요일`: next week's to most, the coming one to others, and on a Sunday the week may begin today."""
    coming = today + _DAY + relativedelta(weekday=WEEKDAYS[weekday])
    next_week = week_of(today).first + dt.timedelta(weeks=1, days=weekday)
    days = [next_week, coming, *([next_week + 7 * _DAY] if today.weekday() == 6 else [])]
    return asked("next-weekday", *days) if len(set(days)) > 1 else settled(coming)


def nth_weekday(period: Period, number: int, weekday: int) -> Due:
    """The second Wednesday of a month, the last if `number` is −1."""
    anchor = period.first if number > 0 else period.last
    found = anchor + relativedelta(weekday=WEEKDAYS[weekday](number))
    return settled(found, period.reason) if period.first <= found <= period.last else refused(_NO_SUCH_DATE)


def ordinal_week(period: Period, number: int, weekday: int | None, frame: Frame) -> Due:
    """The n-th week of a month is counted in three ways, so it is always asked about."""
    starts = [_nth_full(period, number), _row(period, number), _thursday_row(period, number)]
    if weekday is not None:
        exact = nth_weekday(period, number, weekday)
        days = [*(r.date for r in exact.readings), *(start + weekday * _DAY for start in starts)]
    else:
        days = [working_day_until(start + 6 * _DAY, frame.calendar) for start in (starts[2], starts[1], starts[0])]
    return asked("week-of-month", *(d for d in days if abs((d - period.first).days) < 40))


def _row(period: Period, number: int) -> dt.date:
    """The Monday of the n-th row of a calendar sheet."""
    if number < 0:
        return week_of(period.last).first
    return week_of(period.first).first + dt.timedelta(weeks=number - 1)


def _thursday_row(period: Period, number: int) -> dt.date:
    """Weeks belong to the month that has their Thursday."""
    anchor = period.first if number > 0 else period.last
    return week_of(anchor + relativedelta(weekday=TH(number))).first


def _nth_full(period: Period, number: int) -> dt.date:
    """The n-th Monday."""
    anchor = period.first if number > 0 else period.last
    return anchor + relativedelta(weekday=MO(number))


def after(lengths: Sequence[Token], frame: Frame, start: dt.date | None = None) -> Due | None:
    """A length of time from now, or from the day `start`: a day, or for hours and minutes a time of day."""
    units = [(t.word if t.kind == "U" else "day") for t in lengths]
    if [unit for unit in _LONGEST_FIRST if unit in units] != units:  # `30분 1시간`, `3일 2주`: nobody counts so
        return None
    if any(t.number > MOST[unit] for unit, t in zip(units, lengths, strict=True)):
        return refused("far")
    if not any(t.number for t in lengths):
        return refused(_NO_SUCH_DATE)
    delta = relativedelta(**{f"{unit}s": t.number for unit, t in zip(units, lengths, strict=True)})  # type: ignore[arg-type]
    if not {"hour", "minute"} & set(units):
        return settled((start or frame.today) + delta)
    if start:
        return None
    later = (frame.now.astimezone(dt.UTC) + delta).astimezone(frame.now.tzinfo)
    return Due(Kind.DATE, (Reading(later.date(), later.time().replace(second=0, microsecond=0)),))


def length_and_weekday(length: Token, weekday: int, frame: Frame) -> Due | None:
    """`2주 뒤 월요일`: that weekday of the week two weeks on, or the first one after two weeks."""
    delta = relativedelta(weeks=length.number) if length.word == "week" else relativedelta(months=length.number)
    if length.word not in {"week", "month"}:
        return None
    anchor = frame.today + delta
    return asked(
        "length-and-weekday", week_of(anchor).first + weekday * _DAY, anchor + relativedelta(weekday=WEEKDAYS[weekday])
    )


def working_days(number: int, frame: Frame) -> Due:
    if not 0 < number < 1000:
        return refused(_NO_SUCH_DATE)
    return settled(add_working_days(frame.today, number, frame.calendar))


def working_day_in(period: Period, number: int, frame: Frame) -> Due:
    """The n-th working day of a period, the last if `number` is −1."""
    if number < 0:
        return settled(working_day_until(period.last, frame.calendar), period.reason)
    found = working_day_from(period.first, frame.calendar)
    for _ in range(number - 1):
        found = next_working_day(found, frame.calendar)
    return settled(found, period.reason) if found <= period.last else refused(_NO_SUCH_DATE)


def holiday_days(word: str, year: int, country: str) -> list[dt.date]:
    """The days of a holiday of that year, without substitutes: three for Seollal and Chuseok."""
    named = public_holidays(country, year, "en")
    wanted = HOLIDAYS[word]
    middle = sorted(day for day, name in named.items() if name.split(";")[0].strip().startswith(wanted))
    around = sorted(day for day, name in named.items() if wanted in name and "lternative" not in name)
    return around if middle else []


def _next_holiday(word: str, year: int | None, frame: Frame, *, running: bool = False) -> list[dt.date]:
    """Its days in `year`, or the next that begins today or later; `running`: or ends then."""
    names = [n for n in HOLIDAYS if n in {"seollal", "chuseok"}] if word == "any" else [word]
    years = [year] if year else [frame.today.year, frame.today.year + 1]
    found = [days for y in years for n in names if (days := holiday_days(n, y, frame.calendar.country))]
    return min((days for days in found if year or days[-running] >= frame.today), default=[])


def holiday(word: str, year: int | None, frame: Frame) -> Due:
    """The day itself; of a holiday of several days, asked."""
    days = _next_holiday(word, year, frame)
    if not days:
        return asked("unknown-holiday")
    middle = days[len(days) // 2]
    if len(days) == 1 and word != "any":
        return settled(middle)
    return asked("several-days", previous_working_day(days[0], frame.calendar), middle, days[-1])


def before_holiday(word: str, year: int | None, frame: Frame) -> Due:
    """The last working day before its first day."""
    days = _next_holiday(word, year, frame)
    if not days:
        return asked("unknown-holiday")
    found = previous_working_day(days[0], frame.calendar)
    running = not year and _next_holiday(word, year, frame, running=True) != days
    if word == "any" or running or found < frame.today:
        return asked("which-holiday" if word == "any" else "past", found)
    return settled(found)


def after_holiday(word: str, year: int | None, frame: Frame) -> Due:
    days = _next_holiday(word, year, frame, running=True)
    last = list(takewhile(lambda day: day in days, (days[0] + n * _DAY for n in range(9))))[-1:] if days else []
    return asked("after-holiday", *(next_working_day(day, frame.calendar) for day in last))
