"""Due dates in 5,000 generated variations, against date arithmetic of its own: never a wrong date.

Wrong weekdays and leftover words make a question or no date; whatever is called a date keeps every word of the text.
"""

import calendar as sheets
import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.rules.calendars import Calendar
from bot.rules.dates import Kind, find_due, read_due

SEOUL = ZoneInfo("Asia/Seoul")
KOREA = Calendar()
NOW = dt.datetime(2026, 11, 25, 10, tzinfo=SEOUL)
KO, EN = "월화수목금토일", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EN_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
# Korea's days off from November 2026 to February 2027, by the calendar on the wall.
DAYS_OFF = {
    dt.date(2026, 12, 25),
    dt.date(2027, 1, 1),
    *(dt.date(2027, 2, day) for day in (8, 9)),
}

reproducible = settings(
    derandomize=True, deadline=None, max_examples=1000, database=None, suppress_health_check=list(HealthCheck)
)
nows = st.integers(0, 61 * 24 * 60 - 1).map(lambda n: dt.datetime(2026, 11, 1, tzinfo=SEOUL) + dt.timedelta(minutes=n))
spaces = st.sampled_from(["", " ", "  ", "\u00a0", "\u3000"])
wide = str.maketrans("0123456789():./", "０１２３４５６７８９（）：．／")
disguises = st.sampled_from(
    [
        lambda text: text,
        lambda text: text.translate(wide),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFD", text.translate(wide)),
        lambda text: f" {text}\u200b ",
        lambda text: text.replace("-", "–"),
    ]
)
tails = st.sampled_from(["", "까지", " 까지", "까지 제출", "에", ".", " by", "까지요"])


@st.composite
def written_days(draw, now):
    """A day of the next year in one of its spellings, without its weekday."""
    day = now.date() + dt.timedelta(days=draw(st.integers(0, 364)))
    gap = draw(spaces)
    forms = [
        f"{day.month}월{gap}{day.day}일",
        f"{day.year}년{gap}{day.month}월{gap}{day.day}일",
        f"{day.year % 100}년 {day.month}월 {day.day}일",
        f"{day.month}/{day.day}",
        f"{day.month:02}/{day.day:02}",
        f"{day.month}.{gap}{day.day}.",
        f"{day.year}.{gap}{day.month}.{gap}{day.day}.",
        f"'{day.year % 100}.{gap}{day.month}.{gap}{day.day}.",
        f"{day.year % 100:02}.{day.month:02}.{day.day:02}",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.month}/{day.day}/{day.year}",
        f"{MONTHS[day.month - 1]} {day.day}",
        f"{MONTHS[day.month - 1][:3]}. {day.day}, {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
        f"{day.day}{ordinal(day.day)} of {MONTHS[day.month - 1]}",
    ]
    return day, draw(st.sampled_from(forms))


def ordinal(number):
    return "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@st.composite
def dates_with_weekday(draw):
    """now, the day, the weekday said (or None), an hour (or None), the text."""
    now = draw(nows)
    day, text = draw(written_days(now))
    said = draw(st.sampled_from([None, day.weekday(), day.weekday(), *range(7)]))
    if said is not None:
        text += draw(
            st.sampled_from(
                [f"({KO[said]})", f" {KO[said]}요일", f" ({KO[said]}요일)", f" {EN_LONG[said]}", f" ({EN[said]})"]
            )
        )
    hour = draw(st.sampled_from([None, None, *range(9, 19)]))
    if hour is not None:
        text += draw(st.sampled_from([f" {hour}:00", f" {hour}시", f" {half(hour)} {(hour - 1) % 12 + 1}시"]))
    return now, day, said, hour, draw(disguises)(text + draw(tails))


def half(hour):
    return "오전" if hour < 12 else "오후"


@reproducible
@given(dates_with_weekday())
def test_a_written_day_is_that_day_and_a_wrong_weekday_is_asked_about(case):
    now, day, said, hour, text = case
    due = read_due(text, now, KOREA)

    if hour is not None and day == now.date() and hour * 60 <= now.hour * 60 + now.minute:
        assert due.kind is Kind.QUESTION
        return
    if said not in {None, day.weekday()}:
        assert due.kind is Kind.QUESTION, text
        assert due.key == "weekday-mismatch"
    else:
        assert due.kind is Kind.DATE, text
        assert due.reading.time == (None if hour is None else dt.time(hour))
    assert due.readings[0].date == day


def add_months(day, count):
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, sheets.monthrange(year, month)[1]))


def add_working(day, count):
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5 and day not in DAYS_OFF
    return day


LENGTHS = [
    (("{n}일 {after}", "{n}일{gap}{within}", "in {n} days", "within {n} days", "{n} days from now"), lambda day, n: day + dt.timedelta(days=n)),
    (("{n}주 {after}", "{n}주일{gap}{within}", "in {n} weeks", "{n} weeks later"), lambda day, n: day + dt.timedelta(weeks=n)),
    (("{n}개월 {after}", "{n}달{gap}{within}", "in {n} months"), add_months),
    (("{n}영업일{gap}{within}", "{n}근무일 {after}", "{n} 영업일", "in {n} business days", "{n} working days"), add_working),
]  # fmt: skip


@reproducible
@given(st.data())
def test_a_length_of_time_ends_on_its_last_day(data):
    now = data.draw(nows)
    forms, end = data.draw(st.sampled_from(LENGTHS))
    number = data.draw(st.integers(2, 18))
    form = data.draw(st.sampled_from(forms))
    text = form.format(
        n=number,
        gap=data.draw(spaces),
        after=data.draw(st.sampled_from(["뒤", "후", "뒤에", "후까지"])),
        within=data.draw(st.sampled_from(["이내", "내", "안에", "안으로", "이내에"])),
    )
    due = read_due(data.draw(disguises)(text), now, KOREA)

    assert (due.kind, [r.date for r in due.readings]) == (Kind.DATE, [end(now.date(), number)]), text


WEEKS = {
    "이번 주": 0,
    "금주": 0,
    "다음 주": 1,
    "차주": 1,
    "담주": 1,
    "내주": 1,
    "다다음 주": 2,
    "this week": 0,
    "next week": 1,
}


@reproducible
@given(st.data())
def test_a_weekday_of_a_week_is_in_that_week(data):
    now = data.draw(nows)
    word = data.draw(st.sampled_from(list(WEEKS)))
    weekday = data.draw(st.integers(0, 6))
    name = data.draw(st.sampled_from([f"{KO[weekday]}요일", f"{KO[weekday]}욜", EN_LONG[weekday], EN[weekday]]))
    text = data.draw(disguises)(data.draw(st.sampled_from([f"{word} {name}까지", f"{word} {name}"])))
    today, monday = now.date(), now.date() - dt.timedelta(days=now.weekday())
    day = monday + dt.timedelta(weeks=WEEKS[word], days=weekday)

    due = read_due(text, now, KOREA)

    if day < today:
        assert (due.kind, due.reason) == (Kind.DATE, "past-next")
        assert (due.reading.date.weekday(), today <= due.reading.date < today + dt.timedelta(7)) == (weekday, True)
    else:
        assert due.kind is (Kind.QUESTION if WEEKS[word] and today.weekday() == 6 else Kind.DATE), text
        assert due.readings[0].date == day


LEFTOVERS = [
    "회의실",
    "초안",
    "3부",
    "대강당에서",
    "김철수",
    "v2",
    "검토안",
    "전략",
    "내용",
    "5층",
    "report",
    "draft",
    "A-12",
    "예산",
    "월례",
    "중간",
    "말씀",
    "#센터",
]


@reproducible
@given(dates_with_weekday(), st.sampled_from(LEFTOVERS), st.booleans())
def test_leftover_words_make_a_question_or_none(case, word, first):
    now, day, _, _, text = case
    due = read_due(f"{word} {text}" if first else f"{text} {word}", now, KOREA)

    assert due.kind is not Kind.DATE, text
    found, rest = find_due(f"{word} {text}" if first else f"{text} {word}", now, KOREA)
    assert found.kind is not Kind.DATE or found.reading.date == day
    assert unicodedata.normalize("NFKC", word) in unicodedata.normalize("NFKC", rest)


def is_last_of_month(day):
    return (day + dt.timedelta(days=1)).day == 1


def in_week(ahead):
    monday = dt.date(2026, 11, 23) + dt.timedelta(weeks=ahead)
    return lambda due: monday <= due.reading.date < monday + dt.timedelta(days=7)


def on(month, day):
    return lambda due: due.reading.date == dt.date(2026, month, day)


def on_weekday(weekday):
    return lambda due: due.reading.date.weekday() == weekday


def hour(number, minute=0):
    return lambda due: due.reading.time == dt.time(number, minute)


def never(_):
    return False


def anything(_):
    return True


# What must be true of a date that is read from a text with this piece in it.
PIECES = {
    "금요일": on_weekday(4),
    "(월)": on_weekday(0),
    "Tuesday": on_weekday(1),
    "다음 주": in_week(1),
    "next week": in_week(1),
    "다다음 주": in_week(2),
    "이번 주": lambda due: in_week(0)(due) or due.reason == "past-next",
    "12월": lambda due: due.reading.date.month == 12,
    "January": lambda due: due.reading.date.month == 1,
    "5일": lambda due: due.reading.date.day == 5 or due.reading.date == dt.date(2026, 11, 30),
    "10th": lambda due: due.reading.date.day == 10,
    "12/7": lambda due: (due.reading.date.month, due.reading.date.day) == (12, 7),
    "내일": on(11, 26),
    "tomorrow": on(11, 26),
    "글피": on(11, 28),
    "내년": lambda due: due.reading.date.year == 2027,
    "2027년": lambda due: due.reading.date.year == 2027,
    "다음 달": lambda due: due.reading.date.month == 12,
    "말": lambda due: is_last_of_month(due.reading.date) or due.reading.date.weekday() == 4,
    "월말": lambda due: is_last_of_month(due.reading.date),
    "EO": lambda due: due.reading.time == dt.time(18) or is_last_of_month(due.reading.date) or due.reading.date.weekday() == 4,
    "EOW": lambda due: due.reading.date.weekday() == 4,
    "EOM": lambda due: is_last_of_month(due.reading.date),
    "1분기": lambda due: due.reading.date == dt.date(2027, 3, 31),
    "하반기": lambda due: due.reading.date.month == 12 and is_last_of_month(due.reading.date),
    "사흘": on(11, 28),
    "2주": on(12, 9),
    "3영업일": on(11, 30),
    "오후 3시": hour(15),
    "14:30": hour(14, 30),
    "at 5pm": hour(17),
    "정오": hour(12),
    "EOD": hour(18),
    "30분": lambda due: due.reading.time == dt.time(10, 30),
    "셋째": lambda due: 15 <= due.reading.date.day <= 21 or due.reading.date.day in {3, 6},
    "second": lambda due: 8 <= due.reading.date.day <= 14 or due.reading.date.day == 2,
    "마지막": lambda due: (due.reading.date + dt.timedelta(days=7)).month != due.reading.date.month,
    "영업일": lambda due: due.reading.date.weekday() < 5 and due.reading.date not in DAYS_OFF,
    "추석": lambda due: due.reading.date == dt.date(2027, 9, 13),
    "성탄절": lambda due: due.reading.date in {dt.date(2026, 12, d) for d in (24, 25)} | {dt.date(2027, 12, d) for d in (24, 25)},
    "다음": lambda due: due.reading.date > NOW.date(),
    "오늘": lambda due: due.reading.date == NOW.date() or (due.reading.time is not None and due.reading.date == NOW.date()),
    "까지": anything,
    "by": anything,
    "에": anything,
    "제출": anything,
    "뒤": anything,
    "안에": anything,
    "전": lambda due: due.reading.time is not None or due.reading.date in {dt.date(2027, 9, 13), dt.date(2026, 12, 24), dt.date(2027, 12, 24)},
    "부터": never,
    "쯤": never,
    "또는": never,
    "중순": never,
    "매주": never,
    "미정": never,
    "D-3": never,
    "어제": never,
    "회의": never,
    "7": lambda due: due.reading.date.day == 7,
    "자정": never,
    "2월 30일": never,
}  # fmt: skip
# What pieces happen to make together is a word of its own, or means something else beside another one.
OTHER_WORDS = (
    *(
        "7영",
        "7 영",
        "7월",
        "7 월",
        "월7",
        "월 7",
        "말7",
        "다음다음",
        "다음 다음",
    ),
    *(
        "사흘영",
        "사흘 영",
        "사흘 3영",
        "사흘3영",
        "3시30",
        "3시 30",
        "10th",
        "second",
        "73영",
        "마지막",
        "2주사흘",
        "2주 사흘",
        "2주, 사흘",
    ),
)
NOT_DROPPED = settings(reproducible, max_examples=2000)


@NOT_DROPPED
@given(
    st.lists(st.sampled_from(list(PIECES)), min_size=1, max_size=5, unique=True), st.sampled_from([" ", " ", "", ", "])
)
def test_a_date_keeps_every_word_of_its_text(pieces, gap):
    text = gap.join(pieces)
    assume(not any(other in text for other in OTHER_WORDS))

    due = read_due(text, NOW, KOREA)

    if due.kind is Kind.DATE:
        assert len(due.readings) == 1
        assert due.reading.date >= NOW.date()
        assert [piece for piece in pieces if not PIECES[piece](due)] == [], (text, due)


MARKED = ("{day}까지", "~{day}", "by {day}", "due {day}", "기한: {day}", "{day}({name})까지")
PLAIN = [
    "사업비",
    "비율",
    "조정",
    "report",
    "예산안",
    "자료",
    "군청",
    "review",
    "공정률",
    "A동",
    "계획서",
    "with",
    "the",
    "team",
]


@st.composite
def bare_days(draw):
    """A line of ordinary words with a day in figures among them, and where it stands."""
    day = NOW.date() + dt.timedelta(days=draw(st.integers(1, 300)))
    figures = draw(
        st.sampled_from([f"{day.month}/{day.day}", f"{day.month:02}/{day.day:02}", f"{day.month}.{day.day}"])
    )
    before, after = (draw(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4)) for _ in range(2))
    return day, figures, before, after


@reproducible
@given(bare_days())
def test_bare_figures_in_a_line_are_never_taken_out(case):
    _, figures, before, after = case
    for line in (" ".join([*before, figures, *after]), " ".join([figures, *after]), " ".join([*before, figures])):
        due, rest = find_due(line, NOW, KOREA)

        assert due.kind is not Kind.DATE, line
        assert rest == line


@reproducible
@given(bare_days(), st.sampled_from(MARKED))
def test_the_same_figures_are_taken_out_when_something_marks_them(case, mark):
    day, figures, before, after = case
    marked = mark.format(day=figures, name=KO[day.weekday()])

    due, rest = find_due(" ".join([*before, marked, *after]), NOW, KOREA)

    assert day in [one.date for one in due.readings], marked
    if due.kind is Kind.DATE:
        assert rest == " ".join([*before, *after])
