"""What a search found, and the form that asks for its words."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages import ids
from bot.messages.blocks import actions, button, field_input, modal, section, text_element
from bot.messages.budget import found_row
from bot.messages.decision_lists import row as decision_row
from bot.messages.escape import escape, escape_within, shorten, whole_lines
from bot.messages.item_lists import PAGE, row
from bot.messages.meetings import meeting_button
from bot.messages.menu import menu_button
from bot.messages.post import Block, Post, View
from bot.rules.budget import LineView
from bot.rules.decisions import DecisionView
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Meeting, TaskForce

WORDS = "search-words"  # block id
LINES = 2  # of one meeting's minutes
LIMIT = 200  # characters of what is searched for


@dataclass(frozen=True)
class Found:
    """One page of what was found. The buttons search again, whatever has changed by then."""

    task_force: TaskForce
    text: str
    views: Sequence[ItemView]
    decisions: Sequence[DecisionView]
    number: int  # from 0
    total: int
    meetings: Sequence[tuple[Meeting, Sequence[str]]] = ()  # with the lines of their minutes that have the words
    lines: Sequence[LineView] = ()  # of the budget, that the reader may see


def found_page(found: Found, now: datetime, say: Say) -> Post:
    """A heading, the items, then decisions, budget lines and meetings with a button each, and the way to the other pages."""
    pages = max(1, -(-found.total // PAGE))
    text = escape(shorten(found.text, LIMIT))
    heading = say("search-heading", name=escape(found.task_force.name), text=text, total=str(found.total))
    if pages > 1:
        heading = say("list-heading-page", heading=heading, page=str(found.number + 1), pages=str(pages))
    rows = [*(row(view, now, say) for view in found.views), *(decision_row(view, say) for view in found.decisions)]
    rows += [found_row(view, say) for view in found.lines]
    rows += [_meeting_row(meeting, lines, say) for meeting, lines in found.meetings]
    rows = rows or [section(say("search-nothing"))]
    ways = []
    for where, label, action_id in (
        (found.number - 1, "list-before", ids.SEARCH_BEFORE),
        (found.number + 1, "list-after", ids.SEARCH_AFTER),
    ):
        if 0 <= where < pages:
            value = ids.item_value(found.task_force.id or 0, where, found.text[:LIMIT])
            ways.append(button(say(label), action_id, value))
    blocks = [section(heading), *rows, actions(*ways, menu_button(say))]
    return Post(whole_lines([heading, *(block["text"]["text"] for block in rows)]), blocks)


def _meeting_row(meeting: Meeting, lines: Sequence[str], say: Say) -> Block:
    """A meeting with the first lines of its minutes in which the words were found."""
    said = [f"M-{meeting.number} {escape_within(meeting.title, 200)}"]
    said += [say("search-line", line=escape_within(line, 200)) for line in lines[:LINES]]
    return section(
        "\n".join(said), accessory=meeting_button(say("meeting-read"), f"{ids.MEETING_READ}-{meeting.number}", meeting)
    )


def form(memory: Mapping[str, Any], say: Say) -> View:
    """One question: what to look for."""
    element = text_element(WORDS, max_length=LIMIT)
    kept = json.dumps({**memory, "nonce": secrets.token_urlsafe(9)})
    question = field_input(say("search-words"), WORDS, element, hint=say("search-hint"))
    return modal(ids.SEARCH, say("search-title"), say("search-submit"), say("close"), [question], kept)


def read_form(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """What to look for."""
    return values[WORDS][WORDS].get("value") or ""
