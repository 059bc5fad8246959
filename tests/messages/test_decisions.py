"""Decisions within Slack's limits, whatever is written in them, and with user text as text."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.messages import decisions as messages
from bot.messages.decision_details import details
from bot.messages.decision_lists import Page, awaiting, list_page
from bot.messages.post import Post
from bot.rules.decision_lines import REASON_LIMIT, TEXT_LIMIT
from bot.rules.decision_lists import Shown
from bot.rules.decisions import DecisionView, Word
from config.words import LANGUAGES, Say, Words
from playground import blocks
from storage.tables import Choice, Decision, DecisionStatus, Person, Role, Side, Source, TaskForce, Vote

NOW = datetime(2026, 11, 23, tzinfo=UTC)
NASTY = "<!channel> & *굵게* <https://evil|good> "


def person(number: int) -> Person:
    name = (NASTY * 3)[:60]
    return Person(id=number, task_force_id=1, side_id=number, role=Role.LEAD, name=name, job_title=name, joined_at=NOW)


def worst(status: DecisionStatus) -> DecisionView:
    """Six sides that all object at length to a long text, with a predecessor and a successor."""
    text = (NASTY * 60)[:TEXT_LIMIT]
    facts: dict[str, Any] = {
        "task_force_id": 1,
        "channel_id": 1,
        "recorded_by": 1,
        "recorded_at": NOW,
        "decided_on": date(2026, 11, 20),
    }
    one, old, new = (
        Decision(id=n, number=99_999, text=text, stream="분" * 40, status=status, review_on=date(2027, 3, 2), **facts)
        for n in (1, 2, 3)
    )
    words = tuple(
        Word(
            Side(id=n, task_force_id=1, name=(NASTY * 3)[:80], position=n),
            Vote(
                decision_id=1,
                wording=1,
                side_id=n,
                person_id=n,
                choice=Choice.OBJECT,
                reason=(NASTY * 60)[:REASON_LIMIT],
                source=Source.BUTTON,
                cast_at=NOW,
            ),
            person(n),
            person(n + 10),
        )
        for n in range(1, 7)
    )
    return DecisionView(one, TaskForce(id=1, name=NASTY, created_at=NOW), person(1), words, old, new)


def posts(view: DecisionView, say: Say) -> list[Post]:
    page = Page(view.task_force, Shown.ALL, "", [view] * 10, 1, 30)
    return [
        messages.card(view, say),
        messages.news(view, say),
        messages.review(view, say),
        messages.awaits(view, person(1), NASTY, say, is_own=False),
        messages.proposed(view, [person(n) for n in range(12)], say, may_confirm=True),
        messages.reworded_meanwhile(view, say),
        messages.answer(view, "decision-changed", say),
        details(view, [], say, is_mine=True),
        list_page(page, say),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", DecisionStatus)
def test_the_worst_fits_and_pings_nobody(status: DecisionStatus, language: str):
    view, say = worst(status), Words().say(language)

    for post in posts(view, say):
        blocks.check_message(post.blocks)
        assert 0 < len(post.text) <= 4000
        assert "<!channel>" not in post.text
        for block in post.blocks:
            if block["type"] == "section" and block["text"]["type"] == "mrkdwn":
                assert "<!channel>" not in block["text"]["text"]
                assert "<https" not in block["text"]["text"]
    blocks.check_message(awaiting([view] * 4, say, several=True, more=True))
