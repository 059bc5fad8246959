"""The form that asks for a reason or a note."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from bot.messages import ids
from bot.messages.blocks import field_input, modal, section, text_element
from bot.messages.escape import escape_within
from bot.messages.items import ref
from bot.messages.post import View
from config.words import Say
from storage.tables import Item

WORDS = "words"  # block id
TITLE_SHOWN = 600  # characters, escaped


def form(act: str, item: Item, memory: Mapping[str, Any], limit: int, say: Say) -> View:
    """One question about one item. `act`: the action id of the button that asks for it."""
    shown = section(f"*{ref(item)}* {escape_within(item.title, TITLE_SHOWN)}")
    element = text_element(WORDS, multiline=True, max_length=limit)
    blocks = [shown, field_input(say(f"words-{act}"), WORDS, element, hint=say(f"words-hint-{act}"))]
    kept = json.dumps({**memory, "nonce": secrets.token_urlsafe(9)}, ensure_ascii=False)
    title = say(f"words-title-{act}")  # on the button too: beside 닫기, 취소 alone would not say what it cancels
    return modal(ids.ITEM_WORDS, title, title, say("close"), blocks, kept)


def read_form(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """What was written."""
    return values[WORDS][WORDS].get("value") or ""
