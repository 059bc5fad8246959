"""The weekly summary on paper, for those who must print it: all of it, in tables."""

from collections.abc import Iterable, Iterator
from html import unescape

from bot.messages import budget_weekly, dates, decisions, weekly_records
from bot.messages.items import ref
from bot.messages.nudges import Reminder
from bot.messages.roster import name_and_title
from bot.messages.weekly import Weekly, moved
from bot.rules.calendars import working_days_between
from bot.rules.document_text import document_text, item_number
from bot.rules.items import ItemView, local_date, turn_day
from bot.rules.listings import Listing
from bot.rules.minutes_doc import Item, Row, Section, Table
from config.words import Say

_YOURS = (("due", 20), ("ref", 9), ("item", 36), ("owner", 18), ("state", 17))
_COMING = (("due", 23), ("ref", 9), ("item", 40), ("owner", 28))
_TURNS = (("ref", 9), ("item", 43), ("turn", 14), ("waits", 34))
_SINCE = (("change", 14), ("ref", 9), ("item", 37), ("what", 40))


def listing(weekly: Weekly, say: Say) -> Listing:
    """What its reader is told. What is one side's alone says so: paper goes from hand to hand."""
    about = say("weekly-print-about", day=dates.day(say, weekly.today))
    if weekly.side:
        about = f"{about} · {document_text(weekly.side.name, say.language)}"
    name = document_text(weekly.task_force.name, say.language)
    return Listing(
        say.language,
        say("weekly-print-heading", name=name),
        about,
        tuple(_numbered(_sections(weekly, say), say)),
        say("minutes-doc-letters-missing"),
    )


def _numbered(every: Iterable[Section], say: Say) -> Iterator[Section]:
    for at, one in enumerate(every, start=1):
        yield Section(item_number(1, at, say.language), one.title, one.items, one.table, one.notes)


def _sections(weekly: Weekly, say: Say) -> Iterator[Section]:
    yours = [_yours(one, weekly, say) for one in [*weekly.own, *weekly.late]]
    yield _section("yours", _YOURS, yours, say, tuple(_owed(weekly, say)))
    yield _section("coming", _COMING, _all_coming(weekly, say), say)
    yield _section("turns", _TURNS, [_turn(view, weekly, say) for view in weekly.turns], say)
    yield _section("since", _SINCE, list(_since(weekly, say)), say)
    if weekly.budget:
        lines = [document_text(line, say.language) for line in budget_weekly.plain(weekly.budget, say)]
        items = tuple(Item(2, item_number(2, at, say.language), line) for at, line in enumerate(lines, start=1))
        yield Section("", say("weekly-print-budget"), items, notes=() if items else (say("report-nothing"),))


def _section(
    name: str, columns: tuple[tuple[str, int], ...], rows: list[tuple[str, ...]], say: Say, notes: tuple[str, ...] = ()
) -> Section:
    """A table, or that there is nothing."""
    title = say(f"weekly-print-{name}")
    if not rows:
        return Section("", title, notes=notes or (say("report-nothing"),))
    heads, widths = tuple(say(f"weekly-print-{column}") for column, _ in columns), tuple(width for _, width in columns)
    return Section("", title, table=Table(heads, widths, tuple(map(Row, rows))), notes=notes)


def _yours(one: Reminder, weekly: Weekly, say: Say) -> tuple[str, ...]:
    """What is the reader's, and what others of the own side are late with."""
    due, late = dates.due(say, one.due_on), ""
    if one.due_on and one.due_on < weekly.today:
        late = say("dates-overdue", count=working_days_between(one.due_on, weekly.today, one.view.calendar()))
    owner = document_text(name_and_title(one.share.owner), say.language)
    return due, *_named(one.view, weekly, say), owner, late


def _owed(weekly: Weekly, say: Say) -> Iterator[str]:
    """Words that the own side owes, and who wants to join it."""
    records = weekly.records
    lines = [*(one.line(say) for one in (*records.awaited, *records.unanswered)), *weekly_records.silent(records, say)]
    yield from (document_text(unescape(line), say.language) for line in lines)
    if weekly.joining:
        yield say("weekly-joining", count=str(weekly.joining))


def _all_coming(weekly: Weekly, say: Say) -> list[tuple[str, ...]]:
    """Items, meetings and reviews by their day."""
    records = weekly.records
    rows = [(view.item.due_on or weekly.today, _coming(view, weekly, say)) for view in weekly.coming]
    for meeting in records.meetings:
        if meeting.planned_for:
            at, title = dates.moment(say, meeting.planned_for, records.zone), document_text(meeting.title, say.language)
            rows.append((local_date(meeting.planned_for, weekly.task_force), (at, f"M-{meeting.number}", title, "")))
    for one in records.reviews:
        if one.review_on:
            text = say("report-review", decision=document_text(one.text, say.language))
            rows.append((one.review_on, (dates.day(say, one.review_on), decisions.ref(one), text, "")))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _coming(view: ItemView, weekly: Weekly, say: Say) -> tuple[str, ...]:
    owners = ", ".join(f"{share.side.name} {name_and_title(share.owner)}" for share in view.shares)
    due = dates.due(say, view.item.due_on, view.item.due_at)
    return due, *_named(view, weekly, say), document_text(owners, say.language)


def _turn(view: ItemView, weekly: Weekly, say: Say) -> tuple[str, ...]:
    sides = ", ".join(document_text(share.side.name, say.language) for share in view.waiting)
    since = max(share.part.confirmed_at for share in view.done if share.part.confirmed_at)
    day = dates.day(say, local_date(since, weekly.task_force))
    waits = say("weekly-print-since-when", since=day, days=str(turn_day(view, weekly.today)))
    return *_named(view, weekly, say), sides, waits


def _since(weekly: Weekly, say: Say) -> Iterator[tuple[str, ...]]:
    for view in weekly.closed:
        yield say("weekly-print-closed"), *_named(view, weekly, say), ""
    for view, before in weekly.slipped:
        yield say("weekly-print-slipped"), *_named(view, weekly, say), moved(view, before, say)
    for view in weekly.made:
        due = dates.due(say, view.item.due_on, view.item.due_at)
        until = say("dates-until", due=due) if view.item.due_on else due
        yield say("weekly-print-made"), *_named(view, weekly, say), until
    for one in weekly.records.in_force:
        text = document_text(one.text, say.language)
        yield say("weekly-print-in-force"), decisions.ref(one), text, dates.day(say, one.decided_on)


def _named(view: ItemView, weekly: Weekly, say: Say) -> tuple[str, str]:
    """`A-12`, `[GIST 내부] 산출근거 초안`."""
    title, side = document_text(view.item.title, say.language), weekly.side
    if side and view.item.internal_to:
        internal = say("export-internal", side=document_text(side.name, say.language))
        title = f"[{internal}] {title}"
    return ref(view.item), title
