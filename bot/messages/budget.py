"""How a budget line looks: its card for one person, and what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import named
from bot.messages.milestones import MOST_SHOWN, row
from bot.messages.money import full, percent
from bot.messages.post import Block, Post
from bot.rules.budget import Figure, LineView, carried, cut, figure, odd, rate, secured
from bot.rules.items import local_date
from config.words import Say
from storage.tables import BudgetLine, BudgetLink, BudgetNote, Milestone, Origin, Person, Side

NAME_SHOWN, NOTE_SHOWN = 200, 400  # characters, escaped
NOTES = 3
MOST_TIED = 5


@dataclass(frozen=True)
class More:
    """What a card shows besides the line: newest notes, oldest first; what it is tied to; who moved the stage last."""

    notes: Sequence[tuple[BudgetNote, Person]] = ()
    links: Sequence[str] = ()  # escaped
    moved: str = ""  # escaped
    said: str = ""  # what was just done to it; escaped


NOTHING = More()


def ref(line: BudgetLine) -> str:
    """`B-2`."""
    return f"B-{line.number}"


def named_line(line: BudgetLine) -> str:
    """Number and name, escaped."""
    return f"{ref(line)} {escape_within(line.name, NAME_SHOWN)}"


def origin_word(view: LineView, origin: Origin, say: Say) -> str:
    """Whose money; the upper government by its name, if the task force has set it. Not escaped."""
    upper = view.task_force.upper_government
    return upper if origin is Origin.UPPER and upper else say(f"budget-origin-{origin}")


def heading(view: LineView, say: Say) -> str:
    """Name, year, kind of money, and whose eyes it is for; escaped."""
    return f"*{named_line(view.line)}*\n{facts(view, say)}"


def facts(view: LineView, say: Say) -> str:
    """Year, kind of money, and whose eyes it is for; escaped."""
    told = [say("budget-year", year=str(view.line.year)), say(f"budget-kind-{view.line.kind}")]
    if view.split_from:
        told.append(say("budget-split-from", ref=ref(view.split_from)))
    if view.internal_to:
        told.append(say("budget-internal", side=escape(view.internal_to.name)))
    return " · ".join(told)


def card(view: LineView, now: datetime, say: Say, more: More = NOTHING) -> Post:
    """A line for one person alone: full amounts, owners, milestones, and everything that can be done with it."""
    today = local_date(now, view.task_force)
    text = f"{named_line(view.line)} · {_stage(view, say)}"
    shown = ordered(view.milestones, today)[:MOST_SHOWN]
    blocks = [
        *([section(more.said)] if more.said else []),
        section(heading(view, say)),
        section("\n".join([_stage(view, say), *amounts(view, say)])),
        section("\n".join([*_sources(view, say), _owners(view, say)])),
        *(context(say(key)) for key in odd(view.line, view.shares)),
        *(row(view, one, today, say) for one in shown),
    ]
    if len(view.milestones) > len(shown):
        blocks.append(context(say("milestone-more", count=str(len(view.milestones) - len(shown)))))
    tied = [say("budget-linked", things=" · ".join(more.links))] if more.links else []
    blocks += [context(one) for one in (more.moved, *tied) if one]
    blocks += [context(_note(one, by, view, say)) for one, by in more.notes]
    return Post(text, [*blocks, *ways(view, say, is_card=True)])


def ordered(milestones: Sequence[Milestone], today: date) -> list[Milestone]:
    """Open ones by their dates, those without a date behind them, then what has ended."""
    return sorted(
        milestones,
        key=lambda one: (
            one.outcome is not None,
            (one.agreed_on or one.legal_on) is None,
            one.agreed_on or one.legal_on or today,
        ),
    )


def amounts(view: LineView, say: Say) -> list[str]:
    """Every amount that is known, in full; and what follows from them."""
    line = view.line
    known = [(which, figure(line, which)) for which in Figure]
    lines = [
        say(f"budget-figure-{which}", amount=full(value, line.currency, say))
        for which, value in known
        if value is not None
    ]
    if (taken := cut(line)) is not None and taken > 0:
        lines.append(say("budget-cut", amount=full(taken, line.currency, say)))
    base = secured(line, view.shares)
    if base:
        lines.append(say("budget-secured", amount=full(base, line.currency, say), rate=percent(rate(view))))
    return lines or [say("budget-no-amounts")]


def made(view: LineView, say: Say, *notes: str) -> Post:
    """To who made it: what was understood."""
    lines = [say("budget-made", line=named_line(view.line)), *_told(view, say), *notes]
    return Post("\n".join(lines), [section("\n".join(lines)), *ways(view, say)])


def changed(view: LineView, say: Say, *notes: str) -> Post:
    """To who changed it: how it stands now, both forms of every amount echoed."""
    odd_ones = [say(key) for key in odd(view.line, view.shares)]
    lines = [say("budget-changed", line=named_line(view.line)), *_told(view, say), *odd_ones, *notes]
    return Post("\n".join(lines), [section("\n".join(lines)), *ways(view, say)])


def owned(view: LineView, owner: Person, by: Person | None, say: Say, *, is_owner: bool) -> Post:
    """To a new owner, or (for one without Slack) to who looks after the side."""
    key = "budget-owned" if is_owner else "budget-owned-for"
    opening = say(key, by=named(by) if by else say("the-bot"), owner=named(owner))
    lines = [opening, heading(view, say), *amounts(view, say)]
    return Post(
        whole_lines(lines), [section(opening), section("\n".join(lines[1:])), actions(show_button(view.line, say))]
    )


def taken_back(done: str, say: Say) -> str:
    """What was taken back; escaped."""
    return say("budget-undone", what=escape_within(done, NOTE_SHOWN))


def linked(link: BudgetLink, title: str, say: Say) -> str:
    """What a line is tied to: its number and its title; escaped."""
    return f"{link.letter}-{link.number} {escape_within(title, NAME_SHOWN)}"


def found_row(view: LineView, say: Say) -> Block:
    """A line among other things, with a button that shows it."""
    name = f"*{ref(view.line)}* {escape_within(view.line.name, NAME_SHOWN)}"
    return section(f"{name}\n{facts(view, say)} · {_stage(view, say)}", show_button(view.line, say))


def tied_rows(views: Sequence[LineView], say: Say) -> list[Block]:
    """On an item or a decision: the lines that it has to do with, as far as they fit."""
    rows = [found_row(view, say) for view in views[:MOST_TIED]]
    return [context(say("budget-tied-to")), *rows] if rows else []


def ways(view: LineView, say: Say, *, is_card: bool = False) -> list[Block]:
    """What can be done with a line; from its card, all but opening it."""
    line = view.line
    first = [
        line_button(say("budget-stage"), ids.BUDGET_STAGE, line),
        line_button(say("budget-amount"), ids.BUDGET_AMOUNT, line),
        line_button(say("budget-preset"), ids.BUDGET_PRESET, line),
        line_button(say("budget-milestone"), ids.BUDGET_MILESTONE, line),
    ]
    more = [
        line_button(say("budget-edit"), ids.BUDGET_EDIT, line),
        line_button(say("budget-note"), ids.BUDGET_NOTE, line),
        line_button(say("budget-link"), ids.BUDGET_LINK, line),
        *([line_button(say("budget-split"), ids.BUDGET_SPLIT, line)] if carried(line) else []),
        line_button(say("budget-history"), ids.BUDGET_HISTORY, line),
    ]
    return [actions(*first), actions(*more, *([] if is_card else [show_button(line, say)]))]


def show_button(line: BudgetLine, say: Say) -> Block:
    return line_button(say("budget-show"), ids.BUDGET_SHOW, line)


def line_button(label: str, action_id: str, line: BudgetLine, more: str = "") -> Block:
    """A button about one line: it carries task force and line, which are believed only of who may see it."""
    return button(label, action_id, ids.item_value(line.task_force_id, line.id or 0, more))


def _stage(view: LineView, say: Say) -> str:
    return say("budget-at", stage=say(f"budget-stage-{view.line.stage}"))


def _told(view: LineView, say: Say) -> list[str]:
    return [facts(view, say), _stage(view, say), *amounts(view, say), *_sources(view, say), _owners(view, say)]


def _sources(view: LineView, say: Say) -> list[str]:
    """Where the money comes from, each with its share."""
    total = sum(view.shares.values())
    if not total:
        return []
    parts = [
        say(
            "budget-share",
            origin=escape(origin_word(view, origin, say)),
            amount=full(view.shares[origin], view.line.currency, say),
            percent=percent(Fraction(view.shares[origin], total)),
        )
        for origin in Origin
        if origin in view.shares
    ]
    return [say("budget-shares"), *(f"• {part}" for part in parts)]


def _owners(view: LineView, say: Say) -> str:
    names = " / ".join(
        f"{escape_within(side.name, 80)} {_owner(view, side, owner, say)}" for side, owner in view.owners
    )
    return say("budget-owners", owners=names)


def _owner(view: LineView, side: Side, owner: Person, say: Say) -> str:
    away = view.away.get(side.id or 0)
    return say("item-owner-acting", owner=named(owner), absent=named(away)) if away else named(owner)


def _note(note: BudgetNote, by: Person, view: LineView, say: Say) -> str:
    at = dates.moment(say, note.written_at, view.task_force.zone)
    return f"{at} · {named(by)}: {escape_within(note.text, NOTE_SHOWN)}"
