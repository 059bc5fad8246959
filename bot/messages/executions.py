"""Asking how much of a line was spent so far."""

from collections.abc import Mapping, Sequence

from bot.messages import ids
from bot.messages.blocks import field_input, section
from bot.messages.budget import line_button, named_line
from bot.messages.budget_forms import AMOUNT, AMOUNT_LIMIT, form, text_field
from bot.messages.money import full, percent
from bot.messages.post import Block, Post, View
from bot.rules.budget import LineView, rate, secured
from config.words import Say


def line(view: LineView, say: Say) -> str:
    """A line with what is secured and what was told last; escaped."""
    known = full(view.line.executed, view.line.currency, say)
    base = full(secured(view.line, view.shares), view.line.currency, say)
    return f"*{named_line(view.line)}*\n" + say(
        "execution-line", secured=base, executed=known, rate=percent(rate(view))
    )


def tell_button(view: LineView, say: Say) -> Block:
    """The button that opens the form for one number."""
    return line_button(say("execution-tell"), ids.BUDGET_EXECUTION, view.line)


def which(views: Sequence[LineView], say: Say) -> Post:
    """A number came, and several lines wait for one."""
    text = say("execution-which")
    return Post(text, [section(text), *(section(line(view, say), accessory=tell_button(view, say)) for view in views)])


def tell_form(view: LineView, kept: Mapping[str, object], say: Say) -> View:
    """One number: all that was spent so far."""
    field = field_input(
        say("budget-field-executed"), AMOUNT, text_field({}, AMOUNT, AMOUNT_LIMIT), hint=say("budget-amount-hint")
    )
    return form(say("execution-title"), [section(line(view, say)), field], say, act="execution", **kept)
