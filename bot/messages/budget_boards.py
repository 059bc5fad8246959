"""The board: lines by stage with their sums, in 천원 with the unit said; in the channel with a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.budget import facts, named_line, ref, show_button
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.menu import menu_button
from bot.messages.milestones import name_of
from bot.messages.milestones import ref as milestone_ref
from bot.messages.money import percent, short
from bot.messages.post import Block, Post
from bot.rules.budget import LineView, Totals, by_stage, rate, secured, totals, trend
from bot.rules.items import local_date
from bot.rules.milestones import due_of, is_alive
from bot.rules.money import WON, thousands
from config.words import Say
from storage.tables import Milestone, Stage, TaskForce

PAGE = 15
AHEAD = timedelta(days=30)
MOST_AHEAD = 8
CHART_LINES = 20  # Slack's limit for the points of a chart
LINES_SHOWN = 30  # on the channel's board; more are counted
NAME_SHOWN = 80


@dataclass(frozen=True)
class BoardPage:
    """One page of the board as somebody sees it. `rest` is what was asked for, `number` counts from 0."""

    task_force: TaskForce
    views: Sequence[LineView]
    rest: str = ""
    number: int = 0


def page(board: BoardPage, now: datetime, say: Say) -> Post:
    """The board for one person: sums, lines with a button each, dates ahead."""
    today = local_date(now, board.task_force)
    heading = say("budget-board", name=escape(board.task_force.name))
    if not board.views:
        text = f"{heading}\n{say('budget-board-empty')}"
        return Post(text, [section(text), actions(add_button(say), menu_button(say))])
    ordered = [(stage, view) for stage, mine in by_stage(board.views) for view in mine]
    shown = ordered[board.number * PAGE : (board.number + 1) * PAGE]
    blocks = [section("\n".join([heading, *sums(totals(board.views), say)]))]
    for stage in Stage:
        mine = [view for at, view in shown if at is stage]
        blocks += [context(f"*{stage_heading(stage, board.views, say)}*")] if mine else []
        blocks += [section(line(view, say), accessory=show_button(view.line, say)) for view in mine]
    blocks += [section(one) for one in (ahead(board.views, today, say),) if one]
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    return Post(whole_lines(texts), [*blocks, _ways(board, len(ordered), say)])


def channel_board(board: BoardPage, now: datetime, say: Say, *, with_chart: bool) -> Post:
    """The board in the channel. Without the chart it says the same: Slack may refuse the newest kind of block."""
    today = local_date(now, board.task_force)
    heading = say("budget-board", name=escape(board.task_force.name))
    top = "\n".join([heading, *sums(totals(board.views), say)])
    stages = [
        "\n".join([f"*{stage_heading(stage, mine, say)}*", *(line(view, say) for view in mine)])
        for stage, mine in _cut(board.views)
    ]
    left = len(board.views) - LINES_SHOWN
    below = [ahead(board.views, today, say), spending(board.views, say)]
    chart_blocks = chart(board.views, say) if with_chart else []
    blocks = [section(top), *chart_blocks, *(section(_within(one)) for one in [*stages, *below] if one)]
    if left > 0:
        blocks.append(context(say("budget-board-more", count=str(left))))
    buttons = actions(
        add_button(say), button(say("budget-list"), f"{ids.RUN}-budget_list", "budget list"), menu_button(say)
    )
    return Post(whole_lines([top, *stages, *(one for one in below if one)]), [*blocks, buttons])


def sums(found: Sequence[Totals], say: Say) -> list[str]:
    """One line for each currency: requested, secured, spent, and the rate."""
    return [
        say(
            "budget-sums" if one.currency == WON else "budget-sums-other",
            requested=short(one.requested, one.currency),
            secured=short(one.secured, one.currency),
            executed=short(one.executed, one.currency),
            rate=percent(one.rate),
        )
        for one in found
    ]


def stage_heading(stage: Stage, views: Sequence[LineView], say: Say) -> str:
    """A stage with how many lines are at it."""
    count = sum(view.line.stage is stage for view in views)
    return say("budget-board-stage", stage=say(f"budget-stage-{stage}"), count=str(count))


def line(view: LineView, say: Say) -> str:
    """A line in two rows of text, escaped."""
    one, currency = view.line, view.line.currency
    figures = say(
        "budget-row",
        requested=short(one.requested, currency),
        secured=short(secured(one, view.shares), currency),
        executed=short(one.executed, currency),
        rate=percent(rate(view)),
    )
    return f"{named_line(one)} · {facts(view, say)}\n{figures}"


def ahead(views: Sequence[LineView], today: date, say: Say) -> str:
    """What comes in the next 30 days, the earliest first; escaped; nothing: ''."""
    found = coming(views, today, AHEAD)
    rows = [
        say(
            "budget-ahead-row",
            day=dates.day(say, due),
            ref=milestone_ref(view, one),
            name=escape_within(name_of(one, say), NAME_SHOWN),
            line=escape_within(view.line.name, NAME_SHOWN),
        )
        for due, view, one in found[:MOST_AHEAD]
    ]
    return "\n".join([f"*{say('budget-ahead')}*", *rows]) if rows else ""


def coming(views: Sequence[LineView], today: date, window: timedelta) -> list[tuple[date, LineView, Milestone]]:
    """The milestones that have their date within so many days from today on."""
    found = [(due, view, one) for view in views for one in view.milestones if is_alive(one) and (due := due_of(one))]
    near = [each for each in found if today <= each[0] <= today + window]
    return sorted(near, key=lambda each: (each[0], each[1].line.number, each[2].number))


def spending(views: Sequence[LineView], say: Say) -> str:
    """What was told of the spending, line by line and day by day; escaped; nothing: ''."""
    rows = [
        f"{named_line(view.line)}: "
        + " → ".join(
            f"{dates.month_day(say, one.as_of.month, one.as_of.day)} {short(one.amount, view.line.currency)}"
            for one in told[-6:]
        )
        for view in views
        if len(told := trend(view.executions)) > 1
    ]
    return "\n".join([f"*{say('budget-trend')}*", *rows]) if rows else ""


def chart(views: Sequence[LineView], say: Say) -> list[Block]:
    """Requested, secured and spent of each won line as bars, in 천원.

    The shape is https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block: a title of 50 characters, at
    most 20 categories with labels of 20, a value of every series for each of them.
    """
    shown = [view for view in views if view.line.currency == WON and view.line.requested is not None][:CHART_LINES]
    if not shown:
        return []
    labels = [ref(view.line) for view in shown]  # names would not fit side by side; they stand below
    series = {
        "budget-chart-requested": [view.line.requested or 0 for view in shown],
        "budget-chart-secured": [secured(view.line, view.shares) for view in shown],
        "budget-chart-executed": [view.line.executed or 0 for view in shown],
    }
    return [
        {
            "type": "data_visualization",
            "title": say("budget-chart"),
            "chart": {
                "type": "bar",
                "series": [
                    {
                        "name": say(key),
                        "data": [
                            {"label": label, "value": thousands(won)} for label, won in zip(labels, values, strict=True)
                        ],
                    }
                    for key, values in series.items()
                ],
                "axis_config": {"categories": labels},
            },
        }
    ]


def add_button(say: Say) -> Block:
    return button(say("budget-add"), f"{ids.RUN}-budget_add", "budget add")


def _cut(views: Sequence[LineView]) -> list[tuple[Stage, list[LineView]]]:
    """The first lines by their stages: a channel's board does not grow without end."""
    ordered = [view for _, mine in by_stage(views) for view in mine]
    return by_stage(ordered[:LINES_SHOWN])


def _within(text: str) -> str:
    return whole_lines(text.split("\n"), 3000)


def _ways(board: BoardPage, total: int, say: Say) -> Block:
    buttons = [add_button(say)]
    for label, action_id, where in (
        ("list-before", ids.BUDGET_BEFORE, board.number - 1),
        ("list-after", ids.BUDGET_AFTER, board.number + 1),
    ):
        if 0 <= where * PAGE < total:
            buttons.append(button(say(label), action_id, ids.item_value(board.task_force.id or 0, where, board.rest)))
    return actions(*buttons, menu_button(say))
