"""Ten thousand hostile texts through every builder of messages: no ping, no broken block, no text lost in silence.

The builders are walked, not listed: a new one is tried as soon as it stands in `bot/messages`.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date, time
from html import unescape
from typing import Any

import pytest

import bot.messages
from bot.messages import (
    budget_history,
    budget_home,
    decision_details,
    decision_forms,
    decision_lists,
    item_details,
    items,
    meeting_home,
    menu,
)
from bot.messages.escape import clean, escape
from bot.messages.item_questions import Question
from bot.messages.post import Post
from bot.rules.budget import LineView
from bot.rules.calendars import Calendar
from bot.rules.dates import Due, Kind, Reading, echo
from bot.rules.grammar import Verb
from bot.rules.handovers import Wish
from bot.rules.items import ItemView, Share
from bot.rules.meeting_views import HOME_ORDER, MyMeeting
from bot.rules.minutes import Marker, Place
from bot.rules.presets import in_year
from bot.rules.settings import fields_of
from config.presets import presets
from config.words import LANGUAGES, Words
from playground.blocks import check_message, check_view
from playground.errors import SlackError
from storage.tables import (
    About,
    Change,
    Decision,
    Handover,
    Item,
    ItemQuestion,
    ItemStatus,
    Part,
    Person,
    Role,
    Side,
    TaskForce,
)
from tests.messages.inventing import NOW, Inventor, marked_up, plain_texts, squeezed

TEXTS = 10_000
# Elements that stand in a message of somebody else's, and the document of minutes, whose files have tests of their own.
NO_MESSAGES = {
    "blocks",
    "forms",
    "minutes_doc",
    "minutes_html",
    "minutes_markdown",
    "minutes_sections",
    "minutes_votes",
}
# What is given blocks or a form's values: it makes no words of its own.
HELPERS = {"budget_forms.form", "meeting_forms.form_of", "meeting_plans.read_form"}


def change(made: Inventor) -> Change:
    """A change with words of people in it."""
    acts: list[tuple[str, Any, Any]] = [
        ("created", None, {"title": made.text(200)}),
        ("noted", None, {"text": made.text(500)}),
        ("changed", {"title": made.text(200), "stream": ""}, {"title": made.text(200), "stream": made.text(40)}),
    ]
    act, old, new = made.random.choice(acts)
    return Change(task_force_id=1, subject_kind="item", subject_id=1, at=NOW, person_id=1, act=act, old=old, new=new)


def view(made: Inventor) -> ItemView:
    """An item of two sides."""
    item, task_force = made.record(Item), made.record(TaskForce)
    shares = [Share(made.record(Side), made.record(Part), made.record(Person)) for _ in range(2)]
    for at, share in enumerate(shares, 1):
        share.side.id = share.part.side_id = share.owner.side_id = at
        share.owner.id = share.part.owner_id = at
        share.part.confirmed_at = NOW if made.random.random() < 0.3 else None
    item.status = made.random.choice(list(ItemStatus))
    item.closed_at = NOW if item.status is not ItemStatus.OPEN else None
    item.due_on, item.task_force_id = NOW.date(), 1
    return ItemView(item, task_force, tuple(shares))


def half_done(made: Inventor) -> ItemView:
    """An open item that one side has confirmed."""
    shown = view(made)
    shown.item.status, shown.item.closed_at = ItemStatus.OPEN, None
    shown.shares[0].part.confirmed_at, shown.shares[1].part.confirmed_at = NOW, None
    return shown


def item_history(made: Inventor) -> item_details.History:
    known = {at: made.record(Person) for at in (1, 2, 3)}
    sides = {at: made.record(Side) for at in (1, 2, 3)}
    changes = [change(made) for _ in range(4)]
    return item_details.History(made.record(Item), made.record(TaskForce), changes, known, sides, 0, 2)


def decision_history(made: Inventor) -> decision_details.History:
    known, sides = {1: made.record(Person)}, {1: made.record(Side)}
    new = {"side": 1, "by": "button", "choice": "object", "delegated": False, "reason": made.text(500)}
    told = Change(
        task_force_id=1, subject_kind="decision", subject_id=1, at=NOW, person_id=1, act="objected", old=None, new=new
    )
    return decision_details.History(made.record(Decision), made.record(TaskForce), [told], known, sides, 0, 2)


def budget_page(made: Inventor) -> budget_history.HistoryPage:
    told = Change(
        task_force_id=1,
        subject_kind="budget",
        subject_id=1,
        at=NOW,
        person_id=1,
        act="noted",
        new={"text": made.text(500)},
    )
    return budget_history.HistoryPage(made.record(LineView), [told], {1: made.record(Person)}, 1)


def handover(made: Inventor) -> Handover:
    one: Handover = made.record(Handover)
    one.reason = {"key": "handover-alone"}
    return one


def set_fields(made: Inventor) -> dict[str, str]:
    """A task force's settings as they stand in forms."""
    side = made.record(Side)
    side.role_labels = {role: made.text(20) for role in Role}
    return fields_of(made.record(TaskForce), side)


def question(made: Inventor) -> Question:
    about = made.random.choice(list(About))
    choices: list[Any] = ["2026-12-05", "2026-12-12T14:00"] if about is About.DUE else [1, 2]
    row = ItemQuestion(id=7, item_id=1, person_id=1, about=about, written=made.text(200), asked_at=NOW, choices=choices)
    return Question(row, view(made), [(made.record(Person), made.record(Side)) for _ in range(2)])


def my_meeting(made: Inventor) -> MyMeeting:
    one: MyMeeting = made.record(MyMeeting)
    one.meeting.phase = made.random.choice(HOME_ORDER)
    return one


def of(value: Any) -> Callable[[Inventor], Any]:
    return lambda _made: value


def among(*values: Any) -> Callable[[Inventor], Any]:
    return lambda made: made.random.choice(values)


# What annotations do not tell.
MADE: dict[str, Callable[[Inventor], Any]] = {
    "ItemView": view,
    "item_details.History": item_history,
    "decision_details.History": decision_history,
    "Question": question,
    "Handover": handover,
    "Due": of(Due(Kind.NONE, (), "unmarked")),
    "Echo": of(echo(Reading(NOW.date()), NOW, Calendar(), "ko")),
    "fields": lambda made: {"title": made.text(200), "stream": made.text(40), "description": made.text(2000)},
    "Hub.fields": set_fields,
    "form.fields": set_fields,
    "settings.form.fields": set_fields,
    "settings.remembered.fields": set_fields,
    "DecisionForm.fields": lambda made: made.record(decision_forms.Fields),
    "done_emoji": of("tada"),
    "zone": among("Asia/Seoul", "America/New_York"),
    "slack_zone": of("Asia/Seoul"),
    "OwnSettings.language": among("ko", "en"),
    **dict.fromkeys(("hours_from", "hours_until"), of(time(9))),
    "verbs": of(list(Verb)),
    "says": of([Words().say(one) for one in LANGUAGES]),
    "Home.decisions": lambda made: [made.call(decision_lists.row)],
    "Home.meetings": lambda made: meeting_home.mine([my_meeting(made) for _ in range(5)], made.say, several=True),
    "Home.budget": lambda made: made.call(budget_home.mine),
    "verb": among(Verb.HOLIDAY, Verb.LEAVE),
    "answers.refusal.key": of("list-one-each"),
    "answers.refusal": lambda made: {"word": made.text(200)},
    "decisions.answer.key": of("decision-changed"),
    "days_off.told.act": among("added", "removed"),
    "decision_forms.words_form.act": among("decision-object", "decision-note", "decision-give-up"),
    "item_words.form.act": among("item-cancel", "item-note", "item-ask-owner"),
    "item_words.form.limit": of(500),
    "user_ids": of(["U0GISTOWN", "U0CTYOWN"]),
    "HistoryPage": budget_page,
    "Place": lambda made: Place(f"17638{made.number():05}.000100"),
    "PresetForm.rows": of(in_year(presets(), 2027, Calendar())),
    "Budget.moved": lambda made: [(made.record(LineView), "planned")],
    "turns": lambda made: [half_done(made)],
    "Weekly.slipped": lambda made: [(view(made), "2026-12-01")],
    "channel_reminders.reminder.budget": lambda made: [(escape(made.text(200)), menu.menu_button(made.say))],
    "is_of_side": of(False),
    "noun": of("A"),
    "letter": of("A"),
    "PresetForm.year": of(2027),
    "years": of([2026, 2027, 2028]),
    "number_form.number": lambda made: made.text(60),
    "meeting_forms.number_form.number": lambda made: made.text(60),
    "meeting_agendas.agenda.key": of("agenda-title"),
    "meeting_plans.reminder.key": of("meeting-soon"),
    "DecisionReminder.rung": among("awaited", "review"),
    "MeetingReminder.rung": among("awaited", "answer", "0"),
    "meetings.answer.key": of("meeting-unchanged"),
    "meeting_late.late.words": lambda made: escape(made.text(500)),  # as Slack hands a message over
    **dict.fromkeys(
        ("item_dues.until_when.days", "milestone_snoozes.until_when.days"), of([date(2026, 12, 5), date(2026, 12, 12)])
    ),
    "meeting_forms.words_form.what": among("object", "addendum", "topic"),
    "meeting_sources.offer.marker": among(Marker.DECISION, Marker.ACTION),
    "Wish": of(Wish(1, 2)),
    "permalink": of("https://gist.slack.com/archives/C0TFT/p1"),
    "link": of("https://gist.example/?a=1&b=2"),
    "channel_id": of("C0TFT"),
    **dict.fromkeys(("ts", "nonce", "reference", "decider_id", "user_id"), of("x1")),
}


def builders() -> Iterator[Callable[..., Any]]:
    """Every public function of the room that gives a message or a form."""
    for info in pkgutil.iter_modules(bot.messages.__path__):
        module = importlib.import_module(f"bot.messages.{info.name}")
        for name, one in vars(module).items():
            is_own = inspect.isfunction(one) and one.__module__ == module.__name__ and not name.startswith("_")
            if (
                is_own
                and info.name not in NO_MESSAGES
                and f"{info.name}.{name}" not in HELPERS
                and one.__annotations__.get("return") in (Post, dict[str, Any])
            ):
                yield one


OURS = re.compile(r"@U0\w+|#C0TFT|https://gist\.[^\s|]+(\|[^<>]*)?")  # what the bot itself mentions and links here


def check(given: Any, made: Inventor) -> None:
    """Slack takes it, nothing in it pings or spoofs, and no text is cut without saying so."""
    marked = []
    if isinstance(given, Post):
        check_message(given.blocks)
        assert 0 < len(given.text) <= 4000
        marked, given = [given.text], given.blocks
    elif given.get("type") in ("modal", "home"):
        check_view(given)
    for one in marked_up(given):
        assert one["verbatim"] is True
        marked.append(one["text"])
    for text in marked:
        harmless(text)
    flat = squeezed("\n".join([*map(unescape, marked), *plain_texts(given)]))
    cut = [text for text in map(squeezed, made.drawn) if text[:6] in flat and text not in flat]
    assert [text for text in cut if not says_that_it_is_cut(text, flat)] == []


def harmless(text: str) -> None:
    """The only things that Slack would make something of are the bot's own; and nothing turns the direction of reading."""
    assert text == clean(text)
    assert [one for one in re.findall(r"<([^>]*)", text) if not OURS.fullmatch(one)] == []


def says_that_it_is_cut(text: str, flat: str) -> bool:
    """Whether the longest piece of the text that is shown ends with `…`."""
    length = max(at for at in range(6, len(text)) if text[:at] in flat)
    return f"{text[:length]}…" in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_thousand_hostile_texts_ping_nobody_break_nothing_and_are_not_lost(language: str):
    say, tried, drawn = Words().say(language), list(builders()), 0

    while drawn < TEXTS:
        for builder in tried:
            made = Inventor(drawn, say, MADE)
            given = made.call(builder)
            for one in given if isinstance(given, list) else [given]:
                try:
                    check(one, made)
                except (AssertionError, SlackError) as error:
                    error.add_note(f"{builder.__module__}.{builder.__name__} with Inventor({drawn}): {vars(error)}")
                    raise
            drawn += len(made.drawn)


def test_the_builders_are_there_to_be_walked():
    names = {f"{one.__module__.rpartition('.')[2]}.{one.__name__}" for one in builders()}

    assert {"items.card", "home.home", "decisions.card", "handovers.told", "answers.refusal", "setup.form"} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_is_whole_on_the_card_and_behind_details(language: str):
    for seed in range(10):
        made = Inventor(seed, Words().say(language), MADE)
        shown = view(made)
        for post in (items.card(shown, NOW, made.say), item_details.details(shown, made.record(Person), NOW, made.say)):
            marked = [unescape(one["text"]) for one in marked_up(post.blocks)]
            assert squeezed(shown.item.title) in squeezed("\n".join([*marked, *plain_texts(post.blocks)]))
