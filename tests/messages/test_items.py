"""Everything that is said of items, in both languages, at the extremes: Slack takes all of it, and none of it pings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.messages import home, item_details, item_forms, item_lists, item_pasted, item_questions, items
from bot.messages.blocks import section
from bot.messages.home import Home
from bot.messages.item_details import History, Progress
from bot.messages.item_forms import ItemForm
from bot.messages.item_lists import Page
from bot.messages.item_pasted import Waiting
from bot.messages.item_questions import Question
from bot.messages.post import Post, View
from bot.rules.item_lists import Shown
from bot.rules.items import ItemView, Share
from bot.rules.lines import STREAM_LIMIT, TITLE_LIMIT
from bot.rules.setup import MOST_SIDES, SIDE_LIMIT
from bot.services.item_lists import HOME_ITEMS
from config.words import LANGUAGES, Say, Words
from playground.blocks import check_message, check_view
from storage.tables import About, Change, Item, ItemQuestion, ItemSource, ItemStatus, Part, Person, Side, TaskForce

NOW = datetime(2026, 12, 24, 6, 0, tzinfo=UTC)
HOSTILE = "<!channel> <@U1> <https://evil|good> & *b* `c` @here :tada: \u202e"


def view_of(text: str, status: ItemStatus = ItemStatus.OPEN, confirmed: int = 0, number: int = 1) -> ItemView:
    """An item in which every word that people give is `text`, as long as each may be; with as many sides as there may be."""
    filled = text * (TITLE_LIMIT // len(text) + 1)
    task_force = TaskForce(id=1, name=filled[:200], created_at=NOW)
    item = Item(
        id=number,
        task_force_id=1,
        number=number,
        title=filled[:TITLE_LIMIT],
        stream=filled[:STREAM_LIMIT],
        due_on=date(2026, 12, 1),
        due_at=time(14),
        status=status,
        channel_id=1,
        created_by=1,
        created_at=NOW,
        closed_at=NOW if status is ItemStatus.CLOSED else None,
        reopened_at=NOW,
    )
    return ItemView(item, task_force, tuple(_share(n, filled, n <= confirmed) for n in range(1, MOST_SIDES + 1)))


def _share(n: int, filled: str, done: bool) -> Share:
    side = Side(id=n, task_force_id=1, name=filled[:SIDE_LIMIT], position=n)
    part = Part(item_id=1, side_id=n, owner_id=n, seen_at=NOW, confirmed_at=NOW if done else None)
    return Share(side, part, person(n, filled))


def person(n: int, text: str) -> Person:
    return Person(id=n, task_force_id=1, side_id=n, name=text[:200], job_title=text[:200], joined_at=NOW)


def posts(text: str, say: Say) -> Iterator[Post]:
    """Every message about items."""
    shown = view_of(text)
    half, closed = view_of(text, confirmed=3), view_of(text, ItemStatus.CLOSED, 6)
    by = person(1, text)
    question, who = (item_questions.asked(one, NOW, say) for one in questions(text, shown))
    for view in (shown, half, closed):
        yield items.card(view, NOW, say)
        yield item_details.details(view, by, NOW, say)
    yield from (question, who)
    yield item_questions.settled(shown, say)
    source = ItemSource(item_id=1, permalink=text * 50, quote=text * 50)
    yield item_details.details(shown, by, NOW, say, Progress(source=source, questions=[question, who]))
    yield items.added(shown, NOW, say, say("item-owner-is-you"), question=question)
    yield items.added(shown, NOW, say, say("item-due-not-read", why=say("dates-why-past")))
    yield items.changed(shown, NOW, say)
    yield items.unchanged(shown, say)
    yield item_pasted.same_title_asked(shown, 7, NOW, say)
    yield item_pasted.waiting(Waiting(1, 7, [text * 2000] * 50), say)
    yield item_pasted.waiting(Waiting(1, 7, [text]), say)
    yield items.recorded(closed, shown.shares[0].side.name, say)
    yield items.taken_back(half, shown.shares[0].side.name, NOW, say)
    yield items.assigned(shown, by, by, say, is_owner=True)
    yield items.assigned(shown, by, None, say, is_owner=False)
    yield item_details.already_closed(closed, NOW, say)
    for kind in Shown:
        views = [view_of(text, number=n) for n in range(1, item_lists.PAGE + 1)]
        yield item_lists.list_page(Page(shown.task_force, kind, text * 20, views, 1, 1000), NOW, say)
        yield item_lists.list_page(Page(shown.task_force, kind, "", [], 0, 0), NOW, say)
    yield item_details.history(_history(shown, text), say)


def _history(view: ItemView, text: str) -> History:
    filled = (text * TITLE_LIMIT)[:TITLE_LIMIT]
    change = {"title": filled, "due": "2026-12-05T14:00", "stream": filled[:40], "owner-1": "1", "owner-2": ""}
    acts: list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]] = [
        ("created", None, {"title": filled}),
        ("confirmed", None, {"side": 1, "by": "reaction"}),
        ("confirmed", None, {"side": 1, "by": "button"}),
        ("unconfirmed", {"side": 1}, None),
        ("closed", None, None),
        ("reopened", None, None),
        ("seen", None, None),
        ("unseen", None, None),
        *[("changed", change, change)] * 7,
    ]
    changes = [
        Change(task_force_id=1, subject_kind="item", subject_id=1, at=NOW, person_id=1, act=act, old=old, new=new)
        for act, old, new in acts
    ]
    people, sides = {1: person(1, text * 200)}, {share.side.id or 0: share.side for share in view.shares}
    return History(view.item, view.task_force, changes, people, sides, 1, 3)


def questions(text: str, view: ItemView, row_id: int = 7) -> list[Question]:
    """Which date, and who was meant."""

    def asked(about: About, choices: list[Any]) -> ItemQuestion:
        return ItemQuestion(
            id=row_id, item_id=1, person_id=1, written=text * 50, asked_at=NOW, about=about, choices=choices
        )

    meant = [(person(n, text), view.shares[0].side) for n in range(1, 6)]
    dues = [f"2026-12-{n:02}T14:00" for n in range(1, 9)]
    return [Question(asked(About.DUE, dues), view), Question(asked(About.OWNER, [1]), view, meant)]


def views(text: str, say: Say) -> Iterator[View]:
    """Every form, and the Home."""
    shown = view_of(text)
    fields = {"title": shown.item.title, "due": "2026-12-05T14:00", "stream": shown.item.stream, "owner-1": "1"}
    choices = [(share.side, [share.owner]) for share in shown.shares]
    large = [(choices[0][0], [person(n, text * 200) for n in range(1, 251)])]
    note = items.same_title(shown, NOW, say)
    memory = {"task_force": 1, "channel": "C1", "nonce": "n", "base": fields}
    yield item_forms.form(ItemForm({}, choices, memory), say)
    notes = [note, note, *(item_questions.in_form(one, say) for one in questions(text, shown))]
    yield item_forms.form(ItemForm(fields, choices, memory, shown.item, notes), say)
    yield item_forms.form(ItemForm(fields, large, memory), say)
    many = [view_of(text, number=n) for n in range(1, 31)]
    asked = [item_questions.asked(one, NOW, say) for n in range(6) for one in questions(text, shown, n)]
    both = [shown.task_force, shown.task_force]
    decisions = [section("-")] * 9
    meetings, budget = [section("-")] * 10, [section("-")] * 2
    full = Home(many[:HOME_ITEMS], both, asked, decisions, meetings, budget, many[:10], [shown.task_force], more=True)
    yield home.home(full, NOW, say)
    yield home.home(Home([], []), NOW, say)
    yield home.home(Home([], [shown.task_force]), NOW, say)


TEXTS = [pytest.param(text, id=name) for name, text in (("a", "가"), ("entities", "&"), ("hostile", HOSTILE))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_slack_takes_every_message(text: str, language: str):
    for post in posts(text, Words().say(language)):
        check_message(post.blocks)
        assert post.text.strip()
        assert len(post.text) <= 10_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_slack_takes_every_view(text: str, language: str):
    for view in views(text, Words().say(language)):
        check_view(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_pings_links_or_spoofs(language: str):
    say = Words().say(language)
    for post in posts(HOSTILE, say):
        assert_harmless(post.text)
        assert_marked_up_text_is_harmless(post.blocks)
    for view in views(HOSTILE, say):
        assert_marked_up_text_is_harmless(view["blocks"])


def assert_marked_up_text_is_harmless(value: object) -> None:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            assert value["verbatim"] is True
            assert_harmless(value["text"])
        for inner in value.values():
            assert_marked_up_text_is_harmless(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_marked_up_text_is_harmless(inner)


def assert_harmless(text: str) -> None:
    for raw in ("<!", "<@", "<http", "\u202e"):
        assert raw not in text
