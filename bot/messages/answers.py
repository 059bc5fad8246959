"""Answers that are no noun's own: refusals, apologies, which task force was meant, a form that needs a button."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import ids
from bot.messages.blocks import actions, button, context, modal, plain_section, section
from bot.messages.escape import escape, escape_within, shorten
from bot.messages.post import Post, View
from config.words import Say
from storage.tables import TaskForce

VALUE_LIMIT = 2000  # Slack's, for a button's value


def refusal(say: Say, key: str, typed: str, /, **args: str | int) -> Post:
    """Why nothing was done and what to type instead; what the person typed is given back below it."""
    why = say(key, **{name: escape_within(arg, 300) if isinstance(arg, str) else arg for name, arg in args.items()})
    return _with_typed(say, why, typed)


def apology(say: Say, reference: str, typed: str) -> Post:
    """A bug or a database out of reach: nothing was changed; the reference stands in the log as well."""
    return _with_typed(say, say("sorry", reference=reference), typed)


def apology_form(say: Say, reference: str) -> View:
    """The apology as a view: on top of a form, so that what was typed stays beneath it."""
    return modal("apology", say("sorry-title"), None, say("close"), [section(say("sorry", reference=reference))])


def which_task_force(say: Say, choices: Sequence[TaskForce], line: str) -> Post:
    """In a direct message somebody of several task forces is asked which one is meant; the buttons carry the line."""
    ask = say("which-task-force")
    buttons = [
        button(choice.name, f"{ids.RUN_IN}-{choice.id}", f"{choice.id} {line}"[:VALUE_LIMIT]) for choice in choices[:25]
    ]
    return Post(ask, [section(ask), actions(*buttons)])


def form_by_button(say: Say, line: str) -> Post:
    """A mention or a direct message cannot open a form: a button can, and it carries the line."""
    ask = say("open-form-hint")
    return Post(
        ask, [section(ask), actions(button(say("open-form"), ids.OPEN_FORM, line[:VALUE_LIMIT], style="primary"))]
    )


def with_menu_button(say: Say, post: Post) -> Post:
    """Direct messages end with a button that opens the menu, if they have none yet."""
    blocks = post.blocks or [section(post.text)]
    if any(element.get("action_id") == ids.MENU for block in blocks for element in block.get("elements", [])):
        return post
    return replace(post, blocks=[*blocks[:49], actions(button(say("menu-button"), ids.MENU, "menu"))])


def _with_typed(say: Say, why: str, typed: str) -> Post:
    if not typed:
        return Post(why, [section(why)])
    given_back = say("typed", text=escape(shorten(typed, 500)))
    return Post(f"{why}\n{given_back}", [section(why), context(say("typed-label")), plain_section(typed)])
