"""Forms: their memory, and what a person has entered."""

import json
from typing import Any

from bot.messages.blocks import select_element
from bot.messages.post import Block

ANSWER = "answer"  # the action id of a field that no listener hears
Values = dict[str, dict[str, Any]]  # block id → action id → what Slack says of it


def memory(**kept: object) -> str:
    """A form's `private_metadata`; what is None is left out."""
    return json.dumps({key: value for key, value in kept.items() if value is not None})


def text_of(values: Values, block_id: str) -> str:
    """The text of a field; empty when it was left alone."""
    return values.get(block_id, {}).get(ANSWER, {}).get("value") or ""


def chosen(values: Values, block_id: str, action_id: str = ANSWER) -> tuple[str, str]:
    """Value and label of the chosen option; both empty when nothing is chosen."""
    option = values.get(block_id, {}).get(action_id, {}).get("selected_option")
    return (option["value"], option["text"]["text"]) if option else ("", "")


def select(options: list[Block], value: object = None) -> Block:
    """A select whose answer is read by `chosen`, with the option of this value chosen at first."""
    initial = next((one for one in options if one["value"] == str(value)), None)
    return select_element(ANSWER, options, initial=initial)
