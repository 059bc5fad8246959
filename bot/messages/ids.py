"""Ids that a block and its listener share. A value never changes once released: old messages keep their buttons."""

import re

# Buttons of the menu, and the button that opens a form where a mention or a direct message cannot.
MENU = "menu"
OPEN_FORM = "open-form"
RUN = "run"  # value: a line that is run as if it had been typed; one action id per button: RUN-<verb>
RUN_PATTERN = re.compile(rf"^{RUN}(-(?!in-)\w+)?$")
RUN_IN = "run-in"  # value: a task force's id and a line; one action id per button: RUN_IN-<id>
RUN_IN_PATTERN = re.compile(rf"^{RUN_IN}-\d+$")

# Setting up a task force.
SETUP = "setup"  # the form
SETUP_CHANNEL = "setup-channel"  # in a direct message: which channel is meant
SETUP_PERSON = "setup-person"
SETUP_MORE_SIDES = "setup-more-sides"
SETUP_FEWER_SIDES = "setup-fewer-sides"

# Buttons about one item; their value is `item_value`, sometimes with more behind it.
ITEM_DONE = "item-done"
ITEM_EDIT = "item-edit"
ITEM_DETAILS = "item-details"
ITEM_UNDO = "item-undo"
ITEM_REOPEN = "item-reopen"
ITEM_SEEN = "item-seen"
ITEM_ACT_PATTERN = re.compile(r"^item-(done|edit|details|undo|reopen|seen|history)$")


def item_value(task_force_id: int, item_id: int, more: str = "") -> str:
    """What a button about an item carries."""
    return f"{task_force_id}:{item_id}:{more}"


def read_item_value(value: str) -> tuple[int, int, str]:
    """Task force, item, and what else the button carries; a value that is not ours is a `ValueError`."""
    task_force_id, item_id, more = value.split(":", 2)
    return int(task_force_id), int(item_id), more
