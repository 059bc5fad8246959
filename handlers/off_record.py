"""What is off the record is blanked in the event itself, before any listener sees it: no receipt, log, row or parked body has it."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse

from bot.rules.meeting_off import screen_ends_off
from bot.rules.minutes import screen

# What is left of it in the event: that there was something, that it said 비공개, and that a message ended with it.
OFF_RECORD, NOT_DISCLOSED, ENDS_OFF = "off_record", "not_disclosed", "ends_off"
FLAGS = (OFF_RECORD, NOT_DISCLOSED, ENDS_OFF)
_COPIES = ("blocks", "attachments")  # the same words once more


def register(app: App) -> None:
    """In front of every listener."""

    @app.middleware
    def blank_event(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002
        blank(body)
        return next()


def blank(body: dict[str, Any]) -> None:
    """Take such lines out of a channel's message; safe to call twice."""
    event = body.get("event") or {}
    if event.get("type") not in ("message", "app_mention") or event.get("channel_type") == "im":
        return
    for message in (event, event.get("message"), event.get("previous_message")):
        if isinstance(message, dict) and isinstance(message.get("text"), str):
            _blank(message, event)


def _blank(message: dict[str, Any], event: dict[str, Any]) -> None:
    screened = screen(message["text"])
    if not screened.off_record:
        return
    ends_off = screen_ends_off(message["text"])
    message["text"] = screened.text
    for copy in _COPIES:
        message.pop(copy, None)
    if message is not event.get("previous_message"):
        event[OFF_RECORD] = True
        event[NOT_DISCLOSED] = event.get(NOT_DISCLOSED, False) or screened.not_disclosed
        event[ENDS_OFF] = event.get(ENDS_OFF, False) or ends_off
