"""Ids that a block and its listener share. A value never changes once released: old messages keep their buttons."""

import re

# Buttons of the menu, and the button that opens a form where a mention or a direct message cannot.
MENU = "menu"
OPEN_FORM = "open-form"
RUN = "run"  # value: a line that is run as if it had been typed; one action id per button: RUN-<verb>
RUN_PATTERN = re.compile(rf"^{RUN}(-(?!in-)\w+)?$")
RUN_IN = "run-in"  # value: a task force's id and a line; one action id per button: RUN_IN-<id>
RUN_IN_PATTERN = re.compile(rf"^{RUN_IN}-\d+$")
