"""Budget lines and their dates as sheets: won in 천원, with the unit said in each head; other currencies in full."""

from collections.abc import Sequence

from bot.messages import milestones
from bot.messages.budget import origin_word, ref
from bot.messages.money import percent
from bot.messages.roster import name_and_title
from bot.messages.sheets import Cell, Sheet
from bot.rules.budget import Figure, LineView, cut, figure, rate, secured
from bot.rules.milestones import due_of
from bot.rules.money import WON, thousands
from config.words import Say
from storage.tables import Milestone, Origin, Side

_LINE = (("ref", 8), ("line", 40), ("year", 8), ("kind", 16), ("stage", 12), ("currency", 8))
_MONEY = 16  # characters
_LAST = (("rate", 10), ("shares", 48), ("scope", 14))
_DATES = (
    *(("ref", 10), ("date", 40), ("line", 32), ("act", 16), ("agreed", 14), ("legal", 14), ("state", 24)),
    *(("result", _MONEY), ("whose", 16), ("moves", 10)),
)


def all_sheets(views: Sequence[LineView], sides: Sequence[Side], say: Say) -> list[Sheet]:
    """Both; nothing where there are no lines."""
    return [lines_sheet(views, sides, say), dates_sheet(views, say)] if views else []


def lines_sheet(views: Sequence[LineView], sides: Sequence[Side], say: Say) -> Sheet:
    """A line a row, each amount with its own column, each side with its owner."""
    money = [*(f"figure-{which}" for which in Figure), "cut", "secured"]
    columns = [
        *((say(f"budget-sheet-{name}"), width) for name, width in _LINE),
        *((say("budget-sheet-in-thousands", what=say(f"budget-sheet-{name}")), _MONEY) for name in money),
        *((say(f"budget-sheet-{name}"), width) for name, width in _LAST),
        *((say("export-side-owner", side=side.name), 20) for side in sides),
    ]
    heads, widths = [head for head, _ in columns], [width for _, width in columns]
    return Sheet(say("budget-sheet-lines"), heads, [_line(view, sides, say) for view in views], widths)


def dates_sheet(views: Sequence[LineView], say: Say) -> Sheet:
    """A milestone a row: what is ours to do, and what others decide with its result."""
    heads = [
        say("budget-sheet-in-thousands", what=say(f"budget-sheet-{name}"))
        if name == "result"
        else say(f"budget-sheet-{name}")
        for name, _ in _DATES
    ]
    rows = [_date(view, one, say) for view in views for one in view.milestones]
    return Sheet(say("budget-sheet-dates"), heads, rows, [width for _, width in _DATES])


def _line(view: LineView, sides: Sequence[Side], say: Say) -> list[Cell]:
    line, owners = view.line, {side.id: name_and_title(owner) for side, owner in view.owners}
    amounts = [*(figure(line, which) for which in Figure), cut(line), secured(line, view.shares)]
    kind, stage = say(f"budget-kind-{line.kind}"), say(f"budget-stage-{line.stage}")
    return [
        *(ref(line), line.name, say("budget-year", year=str(line.year)), kind, stage, line.currency),
        *(_shown(amount, line.currency) for amount in amounts),
        *(percent(rate(view)), _shares(view, say), _scope(view, say)),
        *(owners.get(side.id, "") for side in sides),
    ]


def _date(view: LineView, one: Milestone, say: Say) -> list[Cell]:
    whose = next((side.name for side, _ in view.owners if side.id == one.side_id), "")
    return [
        *(milestones.ref(view, one), milestones.name_of(one, say), view.line.name, say(f"milestone-{one.act}")),
        *(due_of(one), one.legal_on, milestones.outcome(view, one, say) or say(f"budget-sheet-open-{one.act}")),
        *(_shown(one.result, view.line.currency), whose, one.moves),
    ]


def _shown(amount: int | None, currency: str) -> Cell:
    return thousands(amount) if amount is not None and currency == WON else amount


def _shares(view: LineView, say: Say) -> str:
    """`국비 200,000 / 군비 150,000`, in the order in which they are asked for."""
    parts = [(origin, view.shares[origin]) for origin in Origin if origin in view.shares]
    return " / ".join(f"{origin_word(view, one, say)} {_shown(part, view.line.currency):,}" for one, part in parts)


def _scope(view: LineView, say: Say) -> str:
    return say("budget-internal", side=view.internal_to.name) if view.internal_to else say("export-joint")
