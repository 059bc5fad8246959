"""Numbers in dates: whole dates, years, days, lengths of time and hours, in digits or spelt out."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from bot.rules.dates.words import MONTHS_EN, WEEKDAYS_EN, WEEKDAYS_KO

Bit = tuple[str, int, str, tuple[int, ...]]
"""A token without its place: kind, number, word, more."""
Make = Callable[[re.Match[str]], tuple[Bit, ...]]

_NATIVE = {
    **{word: n for n, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split(), start=1)},
    "석": 3,
    "넉": 4,
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
}
_SPELT_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_SPELT = {
    **{word: n for n, word in enumerate(_SPELT_HOURS, start=1)},
    "a": 1,
    "an": 1,
}
_SINO = {digit: number for number, digit in enumerate("일이삼사오육칠팔구", start=1)}
_UNITS = {"주일": "week", "주": "week", "개월": "month", "달": "month", "년": "year", "시간": "hour", "분": "minute"}
_UNITS |= {"d": "day", "w": "week", "m": "minute", "h": "hour", "y": "year"}


def sino(text: str) -> int:
    """A number from 1 to 99 in Sino-Korean words, `이십오`; 0 if it is none."""
    tens, ten, ones = text.rpartition("십")
    return (_SINO.get(tens, 1) * 10 if ten else 0) + _SINO.get(ones, 0)


def count(text: str) -> int:
    """A number in digits, Korean or English words; 0 if it is none."""
    return int(text) if text.isdecimal() else _NATIVE.get(text) or _SPELT.get(text) or sino(text)


def _one(kind: str, number: int, word: str = "", *more: int) -> tuple[Bit, ...]:
    return ((kind, number, word, more),)


def _number(kind: str, word: str = "") -> Make:
    return lambda m: _one(kind, int(m[1]), word)


def _always(kind: str, word: str) -> Make:
    return lambda _: _one(kind, 0, word)


def _with_year(kind: str) -> Make:
    return lambda m: _one(kind, int(m[1])) + (_one("Y", _year(m[2])) if m[2] else ())


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _iso(m: re.Match[str]) -> tuple[Bit, ...]:
    day = _one("A", 0, "", int(m[1]), int(m[2]), int(m[3]))
    if not m[4]:
        return day
    clock = _one("T", int(m[4]) * 60 + int(m[5]), "24h")
    return day + clock + (_one("o", _offset(m[6])) if m[6] else ())


def _offset(text: str) -> int:
    """Minutes east of Greenwich."""
    if text == "z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return -minutes if text[0] == "-" else minutes


def _iso_week(m: re.Match[str]) -> tuple[Bit, ...]:
    """`2026-W50` is a week, `2026-W50-5` a day (ISO 8601)."""
    try:
        day = dt.date.fromisocalendar(int(m[1]), int(m[2]), int(m[3] or 1))
    except ValueError:
        return (("?", 0, m[0], ()),)
    return _one("A" if m[3] else "K", 0, "" if m[3] else "iso", day.year, day.month, day.day)


def _dated(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("A", 0, "", _year(m[1]), int(m[2]), int(m[3]))


def _packed(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("A", 0, "packed", _year(m[1]), int(m[2]), int(m[3]))


def _slashed(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("A", 0, "slashed", int(m[1]), int(m[2]), int(m[3]))


def _month_day(word: str) -> Make:
    return lambda m: _one("A", 0, word, int(m[1]), int(m[2]))


def _named_month(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("A", 0, "", _year(m[3]), MONTHS_EN.index(m[2][:3]) + 1, int(m[1]))


def _year_month(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("Y", _year(m[1])) + _one("M", int(m[2]))


def _month_year(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("M", int(m[1])) + _one("Y", _year(m[2]))


def _spelt_day(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("M", _sino_month(m[1])) + _one("D", sino(m[2]))


def _sino_month(text: str) -> int:
    return {"유": 6, "시": 10}.get(text) or sino(text)


def _length(m: re.Match[str]) -> tuple[Bit, ...]:
    unit = "month" if m[2].startswith("mo") else _UNITS.get(m[2]) or _UNITS[m[2][0]]
    return _one("U", count(m[1]), unit)


def _length_and_half(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("U", count(m[1]), "hour") + _one("U", 30, "minute")


def _hour(m: re.Match[str]) -> tuple[Bit, ...]:
    """`word` is the half or part of the day as said; `more` the minutes as typed, past 59 too."""
    minute = 30 if m[4] else int(m[3] or 0)
    return _one("T", count(m[2]) * 60 + minute, m[1] or "", minute)


def _clock(m: re.Match[str]) -> tuple[Bit, ...]:
    half = (m[1] or m[4] or "").replace(".", "")
    return _one("T", int(m[2]) * 60 + int(m[3]), half or ("24h" if m[2][0] == "0" else "colon"), int(m[3]))


def _english_hour(m: re.Match[str]) -> tuple[Bit, ...]:
    minute = int(m[2] or 0)
    return _one("T", count(m[1]) * 60 + minute, m[3].replace(".", ""), minute)


def _quarters(m: re.Match[str]) -> tuple[Bit, ...]:
    """`half past three`, `quarter to five`; there is no `half to`."""
    if (m[1], m[2]) == ("half", "to"):
        return (("?", 0, m[0], ()),)
    minutes = (30 if m[1] == "half" else 15) * (1 if m[2] == "past" else -1)
    return _one("T", count(m[3]) * 60 + minutes, "", minutes % 60)


def _bare(m: re.Match[str]) -> tuple[Bit, ...]:
    return _one("Y", int(m[1]), "bare") if len(m[1]) == 4 else _one("n", int(m[1]))


_PART = r"(오전|오후|아침|점심|낮|저녁|밤|새벽|a\.?m\.?|p\.?m\.?)"
_NATIVE_HOUR = "열두|열한|열|아홉|여덟|일곱|여섯|다섯|네|세|두|한"
_MINUTES = r"\s*시(?!간)(?:\s*(\d{1,2})\s*분(?!\s*전(?!까지|에))|\s*(반))?"
_ALONE = r"(?![\d/:%]|\.\d)"
_OF_THINGS = r"(?!\s*(?:시|분|건|명|개|부|장|차|층|호|원|억|만|천|회|쪽|인|점|권|팀))"
_SPAN = r"\s*(?:뒤|후|이내|내|안|간|전|동안|만|째|차)"
_WORKDAYS = r"\s*(?:영업일|근무일|업무일|워킹\s*데이)"
_SPELT_HOUR = "|".join(_SPELT_HOURS)
_ORDINAL = r"(?:st|nd|rd|th)"
_MONTH_NAMES = (
    "january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug"
    "|september|sept|sep|october|oct|november|nov|december|dec"
)
_WEEKDAY_NAMES = (
    "monday|mon|tuesday|tues|tue|wednesday|weds|wed|thursday|thurs|thur|thu|friday|fri|saturday|sat|sunday|sun"
)
_SPELT_COUNT = rf"((?:{_NATIVE_HOUR}|석|넉)(?=\s*[주개달년시])|[일이삼사오육칠팔구십](?=[주개년]))"
_DAY_OF_MONTH = "[이삼]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"

# The first that matches wins, so the longer forms stand first.
_DIGITS: tuple[tuple[str, Make], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:t(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(z|[+-]\d{2}:?\d{2})?)?(?![\d-])", _iso),
    (r"(\d{4})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{1,2})\s*\.?" + _ALONE, _dated),
    (r"'\s*(\d{2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*\.?" + _ALONE, _dated),
    (r"(\d{2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{1,2})(?!\d)\s*\.?" + _ALONE + _OF_THINGS, _dated),
    (r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{1,2})" + _ALONE, _slashed),
    (r"([1-4])\s*/\s*4\s*분기", _number("Q")),
    (r"([1-4])\s*사?\s*분기", _number("Q")),
    (r"(\d{1,2})/(\d{1,2})" + _ALONE, _month_day("slash")),
    (r"3\s*[·.]?\s*1\s*절", _always("V", "samil")),
    (r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\." + _ALONE, _month_day("dots")),
    (r"(\d{1,2})\.(\d{1,2})(?=$|[\s(),~]|까지|에)", _month_day("decimal")),
    (r"(\d{1,2})\.\s+(\d{1,2})(?=\s*(?:\(?[월화수목금토일][)요]|까지))", _month_day("decimal")),
    (rf"(\d{{1,2}})-({_MONTH_NAMES})-(20\d{{2}}|\d{{2}})(?!\d)", _named_month),
    (r"(\d{1,2})-(\d{1,2})(?=$|[\s(),]|까지|에)", _month_day("hyphen")),
    (r"(\d{1,2})([.-])(\d{1,2})\2(20\d{2})(?!\d)", lambda m: _one("A", 0, "slashed", int(m[1]), int(m[3]), int(m[4]))),
    (r"(20\d{2})-?w(\d{2})(?:-?([1-7]))?(?!\d)", _iso_week),
    (r"(20\d{2})(\d{2})(\d{2})(?!\d)", _dated),
    (r"(2\d)(\d{2})(\d{2})(?!\d)", _packed),
    (r"(20\d{2})\s*[./-]\s*(\d{1,2})\.?(?![\d.-]|\s*사?\s*분기)", _year_month),
    (r"(\d{1,2})/(20\d{2})(?!\d)", _month_year),
    (rf"(20\d{{2}}|\d{{2}})\s*년도?(?!{_SPAN})", lambda m: _one("Y", _year(m[1]))),
    (r"'\s*(\d{2})(?:\s*년도?)?(?!\d)", lambda m: _one("Y", _year(m[1]))),
    (r"(\d{1,2})\s*월(?!요일|욜)", _number("M")),
    (r"(\d{1,4})" + _WORKDAYS, _number("B")),
    (r"(\d{1,4})\s*일(?!요일|욜)", _number("D")),
    (r"(\d{1,4})\s*(?:business|working|work)\s*days?(?![a-z])", _number("B")),
    (r"([1-5])\s*(?:주\s*차|째\s*주|번째\s*주)", _number("O")),
    (r"([1-5])\s*(?:째|번째)", _number("N")),
    (r"\d{1,2}\s*박\s*\d{1,2}\s*일", lambda m: (("?", 0, m[0], ()),)),
    (r"(\d{1,2})\s*시간\s*반", _length_and_half),
    (r"(\d{1,4})\s*(주일|주|개월|달|년|시간|분)", _length),
    (r"\d{1,4}-(?:day|week|month|year|hour|minute)(?![a-z])", lambda m: (("?", 0, m[0], ()),)),
    (
        r"(\d{1,4})\s*-?(?:calendar\s+)?(days?|d|weeks?|wks?|w|months?|years?|yrs?|hours?|hrs?|h|minutes?|mins?)(?![a-z0-9])",
        _length,
    ),
    (r"([1-4])q(?:\s*'?(20\d{2}|\d{2}))?(?!\d)", _with_year("Q")),
    (r"([12])h(?:\s*'?(20\d{2}))?(?!\d)", _with_year("H")),
    (rf"([1-4]){_ORDINAL}\s+quarter", _number("Q")),
    (rf"([12]){_ORDINAL}\s+half", _number("H")),
    (rf"([1-5]){_ORDINAL}\s+week(?![a-z])", _number("O")),
    (rf"(\d{{1,2}}){_ORDINAL}(?![a-z])", _number("d")),
    (r"()(\d{1,2})" + _MINUTES, _hour),
    (r"()(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)\s*(a\.?m\.?(?![a-z])|p\.?m\.?(?![a-z]))?", _clock),
    (r"(\d{1,2})(?:\.(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)(?![a-z])", _english_hour),
    (r"(\d{1,2})()()\s*o'?\s?clock", _english_hour),
    (r"12\s+(?:noon|midday)", _always("T", "noon")),
    (r"12\s+midnight", _always("T", "midnight")),
    (r"(20\d{2}|\d{1,2})(?![\d:%a-z/]|\.\d|(?!까지|에|부터|쯤|경)[가-힣])", _bare),
)
_LETTERS: tuple[tuple[str, Make], ...] = (
    (r"d\s*[-+]\s*(?:\d+|day)", _always("X", "lead")),
    (r"(?:마감일?|기한|제출일|납기일?|완료일|행사|회의)\s*(?:\d+|하루|이틀|사흘|일)\s*(?:영업일|근무일|일|주일?|시간)?\s*전", _always("X", "lead")),
    (r"매\s*(?=[월화수목금토일]요일|\d)", _always("X", "recurrence")),
    (r"[주월연년]\s*\d\s*회", _always("X", "recurrence")),
    (_PART + rf"\s*(\d{{1,2}}|{_NATIVE_HOUR})" + _MINUTES, _hour),
    (_PART + r"\s*(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)()", _clock),
    (rf"()({_NATIVE_HOUR})" + _MINUTES, _hour),
    (rf"(?:at\s+)?(half|quarter)\s+(past|to)\s+(\d{{1,2}}|{_SPELT_HOUR})(?![\w:])", _quarters),
    (rf"(?:at\s+)?({_SPELT_HOUR})()\s*(a\.?m\.?|p\.?m\.?)(?![a-z])", _english_hour),
    (rf"at\s+({_SPELT_HOUR})()()(?![\w:])", _english_hour),
    (rf"at\s+(\d{{1,2}})()()(?![\d:./]|\s*(?:[ap]\.?m|{_ORDINAL}|o'))", _english_hour),
    (rf"(십[일이]|[시유일이삼사오육칠팔구십])\s*월\s*({_DAY_OF_MONTH})\s*일", _spelt_day),
    (r"(십[일이]|[시유삼사오칠팔구십])월(?=\s*(?:말|초|중|까지|안에|내))", lambda m: _one("M", _sino_month(m[1]))),
    (rf"(?!일\s?일)({_DAY_OF_MONTH})\s?일(?=\s*(?:이내|내|안에|안으로|뒤|후))", lambda m: _one("D", sino(m[1]))),
    (r"(하루|이틀|사흘|[한두세네]|[일이삼사오육칠팔구십])" + _WORKDAYS, lambda m: _one("B", count(m[1]))),
    (r"(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s*시간\s*반", _length_and_half),
    (_SPELT_COUNT + r"\s*(주일|주|개월|달|년|시간)(?=$|[^가-힣]|이내|내|안에|안으로|뒤|후|까지|전|반)", _length),
    (rf"({'|'.join(_SPELT)})\s+(days?|weeks?|months?|years?|hours?|minutes?)(?![a-z])", _length),
    (rf"({'|'.join(_SPELT)})\s+(?:business|working|work)\s*days?(?![a-z])", lambda m: _one("B", count(m[1]))),
    (rf"({_MONTH_NAMES})\.?(?![a-z])", lambda m: _one("M", MONTHS_EN.index(m[1][:3]) + 1, "name")),
    (rf"({_WEEKDAY_NAMES})\.?(?![a-z'])", lambda m: _one("W", WEEKDAYS_EN.index(m[1][:3]))),
    (r"q\s?([1-4])(?!\d)", _number("Q")),
    (r"h\s?([12])(?!\d)", _number("H")),
    (r"([월화수목금토일])(?=\s*[)\]])", lambda m: _one("W", WEEKDAYS_KO.index(m[1]))),
    (r"([월화수목금토일])(?=$|[\s,/·~]|까지|날|에(?![가-힣]))", lambda m: _one("w", WEEKDAYS_KO.index(m[1]))),
)  # fmt: skip


def patterns(first: str) -> tuple[tuple[re.Pattern[str], Make], ...]:
    """The patterns to try where the text goes on with the character `first`."""
    return _compiled(first.isdecimal() or first == "'")


@lru_cache(maxsize=2)
def _compiled(digits: bool) -> tuple[tuple[re.Pattern[str], Make], ...]:
    return tuple((re.compile(pattern), make) for pattern, make in (_DIGITS if digits else _LETTERS))
