"""The weekly summary's part about the budget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.messages import dates
from bot.messages.budget import named_line
from bot.messages.milestones import name_of
from bot.messages.money import short
from bot.rules.budget import LineView, totals
from bot.rules.milestones import due_of
from bot.rules.money import WON
from config.words import Say
from storage.tables import Milestone


@dataclass(frozen=True)
class Budget:
    """What a reader may see of the budget: all lines, dates that come, and lines whose stage moved, with the one before."""

    views: Sequence[LineView]
    coming: Sequence[tuple[LineView, Milestone]] = ()
    moved: Sequence[tuple[LineView, str]] = ()
    open: Sequence[tuple[LineView, Milestone]] = ()  # overdue, or without a result; never told to a channel


def secured(budget: Budget, say: Say) -> list[str]:
    """What is secured of what was requested, in 천원; escaped."""
    return [
        say("weekly-budget-secured", requested=short(one.requested, WON), secured=short(one.secured, WON))
        for one in totals(budget.views)
        if one.currency == WON
    ]


def moved(budget: Budget, say: Say) -> list[str]:
    """The stages that have changed, from where to where; escaped."""
    return [
        say(
            "weekly-budget-stage",
            line=named_line(view.line),
            old=say(f"budget-stage-{before}"),
            new=say(f"budget-stage-{view.line.stage}"),
        )
        for view, before in budget.moved
    ]


def plain(budget: Budget, say: Say) -> list[str]:
    """The same to paste into a report, of joint lines alone; not escaped."""
    joint = replace(budget, views=[view for view in budget.views if view.line.internal_to is None])
    dated = [(due_of(one), view, one) for view, one in budget.coming if view.line.internal_to is None]
    rows = [f"{dates.day(say, due)} {name_of(one, say)} ({view.line.name})" for due, view, one in dated if due]
    return [*secured(joint, say), *rows]
