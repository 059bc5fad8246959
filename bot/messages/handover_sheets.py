"""The list of what was handed over, as a sheet for the handover papers (인계인수서)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.budget_sheets import all_sheets
from bot.messages.handovers import Shown
from bot.messages.items import ref
from bot.messages.post import File
from bot.messages.roster import name_and_title
from bot.messages.sheets import Cell, Sheet, file_name, xlsx
from bot.rules.items import ItemView, Share
from config.words import Say
from storage.tables import Meeting

WIDTHS = (8, 48, 32, 24, 28, 14, 14, 20, 14, 14)  # in characters


def file_of(say: Say, shown: Shown, task_force_name: str, side_name: str) -> File:
    """The sheet with its name: `2026-12-01_인계목록_정하늘.xlsx`."""
    name = file_name(shown.handover.starts_on, say("sheet-file"), shown.giver.name, ending="xlsx")
    facts: list[Sequence[Cell]] = [
        (say("sheet-task-force"), task_force_name),
        (say("sheet-side"), side_name),
        (say("sheet-giver"), name_and_title(shown.giver)),
        (say("sheet-receiver"), name_and_title(shown.receiver)),
        (say("sheet-as"), say("sheet-acting" if shown.handover.acting else "sheet-successor")),
        (say("sheet-day"), shown.handover.starts_on),
    ]
    heads = [say(f"sheet-{column}") for column in COLUMNS]
    rows: list[Sequence[Cell]] = [_row(say, shown, view, side_name) for view in shown.views]
    sheets = [Sheet(say("sheet-items"), heads, rows, WIDTHS), *all_sheets(shown.lines, shown.sides, say)]
    if shown.expected or shown.kept:
        sheets.append(_meetings(shown, say))
    return File(name, xlsx([*sheets, Sheet(say("sheet-about"), [], facts)]))


COLUMNS = ("ref", "item", "task", "stream", "others", "due", "own-due", "state", "made", "scope")


def _meetings(shown: Shown, say: Say) -> Sheet:
    """Meetings at which the receiver is expected, and those of which the receiver takes the minutes."""
    heads = [say(f"sheet-{column}") for column in ("ref", "meeting", "when", "what")]
    told = [(one, "handover-rsvp") for one in shown.expected] + [(one, "handover-minutes") for one in shown.kept]
    rows: list[Sequence[Cell]] = [(f"M-{one.number}", one.title, _begins(one, shown), say(key)) for one, key in told]
    return Sheet(say("sheet-meetings"), heads, rows, (8, 48, 18, 32))


def _begins(meeting: Meeting, shown: Shown) -> str:
    at = meeting.planned_for or meeting.started_at
    return f"{at.astimezone(ZoneInfo(shown.zone)):%Y-%m-%d %H:%M}" if at else ""


def _row(say: Say, shown: Shown, view: ItemView, side_name: str) -> list[Cell]:
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
        say("export-internal", side=side_name) if view.item.internal_to else say("export-joint"),
    ]


def _state(say: Say, own: Share | None) -> str:
    return say("sheet-confirmed") if own and own.part.confirmed_at else say("sheet-open")
