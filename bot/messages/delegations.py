"""Who confirms for a side by delegation: shown, given and taken back."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, field_input, modal, option, section
from bot.messages.escape import escape
from bot.messages.items import named
from bot.messages.menu import menu_button
from bot.messages.post import Block, Post, View
from bot.messages.roster import name_and_title
from config.words import Say
from storage.tables import Delegation, Person, Side

WHO, UNTIL = "delegate", "until"  # block ids
MOST = 20


@dataclass(frozen=True)
class Given:
    """A delegation that is good today, with whom it names."""

    delegation: Delegation
    side: Side
    person: Person
    by: Person


def overview(given: Sequence[Given], viewer: Person, say: Say, *, may_delegate: bool) -> Post:
    """Who confirms for whom; whoever may gets the buttons to give and to take back."""
    lines = [_line(one, say) for one in given[:MOST]]
    text = "\n".join([say("delegation-heading"), *(lines or [say("delegation-none")])])
    own = [one for one in given[:MOST] if may_delegate and one.side.id == viewer.side_id]
    ends = [
        button(
            say("delegation-end", who=name_and_title(one.person)),
            f"{ids.DELEGATION_END}-{n}",
            ids.item_value(viewer.task_force_id, one.delegation.id or 0),
        )
        for n, one in enumerate(own)
    ]
    new = button(say("delegation-new"), ids.DELEGATION_NEW, ids.item_value(viewer.task_force_id, 0), style="primary")
    return Post(text, [section(text), actions(*([new] if may_delegate else []), *ends, menu_button(say))])


def form(secretaries: Sequence[Person], memory: Mapping[str, Any], chosen: Person | None, say: Say) -> View:
    """Who of the own side's secretaries, and until when."""
    options = [option(name_and_title(one), one.id) for one in secretaries[:100]]
    first = next((one for one in options if chosen and one["value"] == str(chosen.id)), options[0])
    who: Block = {"type": "static_select", "action_id": WHO, "options": options, "initial_option": first}
    until: Block = {"type": "datepicker", "action_id": UNTIL}
    blocks = [
        section(say("delegation-what")),
        field_input(say("delegation-who"), WHO, who),
        field_input(say("delegation-until-field"), UNTIL, until, hint=say("delegation-until-hint"), optional=True),
    ]
    kept = json.dumps({**memory, "nonce": secrets.token_urlsafe(9)})
    title, submit = say("delegation-title"), say("delegation-new")
    return modal(ids.DELEGATION_FORM, title, submit, say("close"), blocks, kept)


def read_form(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> tuple[int, date | None]:
    """Whom, by their id, and until when."""
    until = values[UNTIL][UNTIL].get("selected_date")
    return int(values[WHO][WHO]["selected_option"]["value"]), date.fromisoformat(until) if until else None


def told(given: Given, say: Say) -> Post:
    """To who may confirm from now on."""
    text = say("delegation-told", side=escape(given.side.name), by=named(given.by), until=_until(given, say))
    return Post(text, [section(text)])


def told_end(side: Side, by: Person, say: Say) -> Post:
    """To who may not any more."""
    text = say("delegation-told-end", side=escape(side.name), by=named(by))
    return Post(text, [section(text)])


def _line(given: Given, say: Say) -> str:
    side, who, by = escape(given.side.name), named(given.person), named(given.by)
    return say("delegation-line", side=side, who=who, by=by, until=_until(given, say))


def _until(given: Given, say: Say) -> str:
    until = given.delegation.until
    return say("dates-until", due=dates.day(say, until)) if until else say("delegation-open")
