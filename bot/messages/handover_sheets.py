"""The list of what was handed over, as a sheet for the handover papers (인계인수서)."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages.escape import clean
from bot.messages.handovers import Shown
from bot.messages.items import ref
from bot.messages.post import File
from bot.messages.roster import name_and_title
from bot.rules.items import ItemView, Share
from config.words import Say

Cell = str | date | None
WIDTHS = (8, 48, 32, 24, 28, 14, 14, 20, 14)  # in characters
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a sheet could take for one
_NOT_IN_NAMES = '\\/:*?"<>|'


def file_of(say: Say, shown: Shown, task_force_name: str, side_name: str) -> File:
    """The sheet with its name: `2026-12-01_인계목록_정하늘.xlsx`."""
    who = "".join("_" if char in _NOT_IN_NAMES or char.isspace() else char for char in clean(shown.giver.name))
    name = f"{shown.handover.starts_on.isoformat()}_{say('sheet-file')}_{who}.xlsx"
    facts: list[Sequence[Cell]] = [
        (say("sheet-task-force"), task_force_name),
        (say("sheet-side"), side_name),
        (say("sheet-giver"), name_and_title(shown.giver)),
        (say("sheet-receiver"), name_and_title(shown.receiver)),
        (say("sheet-as"), say("sheet-acting" if shown.handover.acting else "sheet-successor")),
        (say("sheet-day"), shown.handover.starts_on),
    ]
    heads = [say(f"sheet-{column}") for column in COLUMNS]
    rows: list[Sequence[Cell]] = [_row(say, shown, view) for view in shown.views]
    return File(name, book([(say("sheet-items"), heads, rows), (say("sheet-about"), [], facts)]))


COLUMNS = ("ref", "item", "task", "stream", "others", "due", "own-due", "state", "made")


def _row(say: Say, shown: Shown, view: ItemView) -> list[Cell]:
    own = next((share for share in view.shares if share.side.id == shown.giver.side_id), None)
    others = ", ".join(f"{one.side.name} {name_and_title(one.owner)}" for one in view.shares if one is not own)
    made: datetime = view.item.created_at.astimezone(ZoneInfo(view.task_force.zone))
    return [
        ref(view.item),
        view.item.title,
        own.part.task if own else "",
        view.item.stream,
        others,
        view.item.due_on,
        own.part.due_on if own else None,
        _state(say, own),
        made.date(),
    ]


def _state(say: Say, own: Share | None) -> str:
    return say("sheet-confirmed") if own and own.part.confirmed_at else say("sheet-open")


def book(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> bytes:
    """Sheets (name, heads, rows) as an XLSX file. Dates are dates, heads stay in sight; no text is ever a formula or a link."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # 60 ms of every start

    content = BytesIO()
    made = Workbook(content, {"in_memory": True})
    styles = {
        "head": made.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True}),
        "date": made.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "text": made.add_format({"text_wrap": True, "valign": "top"}),
        "quoted": made.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    }
    for name, heads, rows in sheets:
        sheet = made.add_worksheet(name)
        for column, width in enumerate(WIDTHS if heads else (16, 40)):
            sheet.set_column(column, column, width)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, styles["head"])
        if heads:
            sheet.freeze_panes(1, 0)
        for at, cells in enumerate(rows, 1 if heads else 0):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, datetime.combine(cell, datetime.min.time()), styles["date"])
                elif cell:
                    sheet.write_string(at, column, *_text(cell, styles))
    made.close()
    return content.getvalue()


def _text(cell: str, styles: dict[str, Any]) -> tuple[str, Any]:
    """Without control characters; what could be taken for a formula is marked as text for whoever edits the cell."""
    words = clean(cell)[:32_767]  # a cell's limit
    return words, styles["quoted" if words.startswith(FORMULA) else "text"]
