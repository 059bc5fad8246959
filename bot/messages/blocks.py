"""Block Kit as dicts. Text handed in as `mrkdwn` is escaped already; `plain` takes user text as it is."""

from collections.abc import Sequence
from typing import Any

from bot.messages.escape import clean, shorten
from bot.messages.post import Block, View

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
TITLE_LIMIT = 24
OPTION_LIMIT = 75


def mrkdwn(text: str) -> dict[str, Any]:
    """Marked-up text; `verbatim` keeps Slack from turning a bare @here or a name into a ping."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str, limit: int = SECTION_LIMIT) -> dict[str, Any]:
    """Text as it is: no markup, no ping."""
    return {"type": "plain_text", "text": shorten(clean(text), limit), "emoji": True}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    return _without_none(
        {"type": "section", "text": mrkdwn(text), "accessory": accessory, "block_id": block_id},
    )


def plain_section(text: str, accessory: Block | None = None) -> Block:
    return _without_none({"type": "section", "text": plain(text), "accessory": accessory})


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    return _without_none({"type": "actions", "elements": list(elements), "block_id": block_id})


def button(label: str, action_id: str, value: object, *, style: str | None = None) -> Block:
    """`style`: "primary" or "danger". Two buttons of one block need different action ids."""
    text = plain(label, BUTTON_LIMIT)
    return _without_none({"type": "button", "text": text, "action_id": action_id, "value": str(value), "style": style})


def option(label: str, value: object) -> Block:
    return {"text": plain(label, OPTION_LIMIT), "value": str(value)}


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """A small menu at the end of a line: two to five options, each a label and a value."""
    return {"type": "overflow", "action_id": action_id, "options": [option(*one) for one in options]}


def preformatted(text: str) -> list[Block]:
    """Plain text as it is, to be copied: as many blocks as it takes, lines never cut."""
    parts: list[list[str]] = [[]]
    room = SECTION_LIMIT
    for line in clean(text).split("\n"):
        if len(line) + 1 > room:
            parts.append([])
            room = SECTION_LIMIT
        parts[-1].append(line)
        room -= len(line) + 1
    return [_preformatted("\n".join(part)) for part in parts]


def _preformatted(text: str) -> Block:
    words = [{"type": "text", "text": text}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": words}]}


def date_picker(action_id: str, placeholder: str, initial: str | None = None) -> Block:
    """A calendar; the action's block says what the day is for."""
    return _without_none(
        {
            "type": "datepicker",
            "action_id": action_id,
            "placeholder": plain(placeholder, 150),
            "initial_date": initial,
        }
    )


def field_input(label: str, block_id: str, element: Block, *, hint: str | None = None, optional: bool = False) -> Block:
    """One question of a form; its answer is read back by `block_id` and the element's `action_id`."""
    return _without_none(
        {
            "type": "input",
            "block_id": block_id,
            "label": plain(label, 2000),
            "element": element,
            "hint": plain(hint, 2000) if hint else None,
            "optional": optional,
        }
    )


def text_element(action_id: str, *, initial: str = "", multiline: bool = False, max_length: int = 3000) -> Block:
    return _without_none(
        {
            "type": "plain_text_input",
            "action_id": action_id,
            "initial_value": initial[:max_length] or None,
            "multiline": multiline,
            "max_length": max_length,
        }
    )


def select_element(action_id: str, options: list[Block], *, initial: Block | None = None) -> Block:
    """At most 100 options; never call it with none: Slack refuses an empty select."""
    return _without_none(
        {"type": "static_select", "action_id": action_id, "options": options, "initial_option": initial}
    )


def external_select_element(action_id: str, placeholder: str, *, initial: Block | None = None) -> Block:
    """A select whose options the app is asked for while the person types; from the first look on, with nothing typed."""
    return _without_none(
        {
            "type": "external_select",
            "action_id": action_id,
            "placeholder": plain(placeholder, 150),
            "min_query_length": 0,
            "initial_option": initial,
        }
    )


def modal(
    callback_id: str, title: str, submit: str | None, close: str, blocks: list[Block], private_metadata: str = ""
) -> View:
    return _without_none(
        {
            "type": "modal",
            "callback_id": callback_id,
            "title": plain(title, TITLE_LIMIT),
            "submit": plain(submit, TITLE_LIMIT) if submit else None,
            "close": plain(close, TITLE_LIMIT),
            "blocks": blocks,
            "private_metadata": private_metadata,
        }
    )


def _without_none(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if value is not None}
