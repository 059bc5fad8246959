"""How a task force's settings look: the window with what is set, and a form for each of its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import dates, ids, places
from bot.messages.blocks import (
    actions,
    button,
    context,
    external_select_element,
    field_input,
    modal,
    option,
    section,
    text_element,
)
from bot.messages.escape import escape, escape_within
from bot.messages.forms import ANSWER, Values, memory, select
from bot.messages.post import Block, Post, View
from bot.messages.roster import name_and_title
from bot.rules.item_changes import Fields, packed
from bot.rules.settings import (
    CHOICES,
    CLOCKS,
    GOVERNMENT_LIMIT,
    LABEL,
    LABEL_LIMIT,
    NAME_LIMIT,
    PAGES,
    YES,
    Page,
)
from config.words import Say
from storage.tables import Change, Person, Role, TaskForce

PLACES = {"country": ids.SETTINGS_COUNTRY, "zone": ids.SETTINGS_ZONE}
LIMITS = {"name": NAME_LIMIT, "upper_government": GOVERNMENT_LIMIT, "ladder": 100, "done_emoji": 300}
HISTORY = 9  # lines
SHOWN = 60  # characters of a value in the window
_COUNTED = {"overdue_every", "overdue_times", "comment_days"}


@dataclass(frozen=True)
class Hub:
    """What is set now, and what was changed lately, the newest first, with who did it."""

    task_force: TaskForce
    fields: Fields
    changes: Sequence[tuple[Change, Person | None]] = ()
    saved: str = ""  # what was just saved; escaped


def hub(shown: Hub, kept: Mapping[str, object], say: Say) -> View:
    """Every setting in words, and a button for each page of them."""
    blocks = [section(shown.saved)] if shown.saved else []
    blocks.append(section(say("settings-hub-intro", name=escape(shown.task_force.name))))
    for page, names in PAGES.items():
        lines = [
            say("settings-line", what=label(say, name), value=escape_within(value_words(say, name, word), SHOWN))
            for name in names
            if (word := shown.fields[name]) or not name.startswith(LABEL)
        ]
        edit = button(say("settings-change"), f"{ids.SETTINGS_PAGE}-{page}", page)
        blocks.append(section("\n".join([f"*{say(f'settings-page-{page}')}*", *lines]), edit))
    if shown.changes:
        blocks.append(context("\n".join(_history(say, shown))))
    return modal(ids.SETTINGS_HUB, say("settings-title"), None, say("close"), blocks, memory(**kept))


def form(page: Page, fields: Fields, kept: Mapping[str, object], notes: Sequence[str], side: str, say: Say) -> View:
    """One page, filled in with `fields`; each with what it changes. `kept` has the fields as they stood."""
    blocks: list[Block] = [*map(section, notes)]
    for name in PAGES[page]:
        if name == f"{LABEL}{Role.LEAD}":
            blocks.append(context(say("settings-labels-hint", side=escape(side))))
        blocks.append(_input(say, name, fields.get(name, "")))
    title = say(f"settings-page-{page}")
    return modal(ids.SETTINGS, title, say("save"), say("close"), blocks, memory(**kept, page=page))


def remembered(fields: Fields, page: Page) -> dict[str, Any]:
    """The page's fields as a form keeps them."""
    return packed({name: fields[name] for name in PAGES[page]})


def read_form(values: Values) -> dict[str, str]:
    """What was entered, as fields."""
    fields = {}
    for block_id, answers in values.items():
        answer = next(iter(answers.values()))
        chosen = (answer.get("selected_option") or {}).get("value")
        fields[block_id] = chosen or answer.get("selected_time") or answer.get("value") or ""
    return fields


def options(say: Say, choices: Sequence[tuple[str, str]]) -> list[Block]:
    """Places to choose from."""
    return [option(label, value) for value, label in choices]


def label(say: Say, name: str) -> str:
    """What a setting is called."""
    if name.startswith(LABEL):
        return say(f"role-{name.removeprefix(LABEL)}")
    return say(f"settings-{name.replace('_', '-')}")


def value_words(say: Say, name: str, word: str) -> str:
    """What a setting stands at, in words; not escaped yet."""
    if not word:
        return say("settings-label-usual" if name.startswith(LABEL) else "field-empty")
    if name == "country":
        return places.country_name(word, say.language)
    if name == "zone":
        return places.zone_name(word, say.language)
    if name == "done_emoji":
        return " ".join(f":{one}:" for one in word.split(","))
    if name == "ladder":
        rungs = [
            say("settings-rung", days=one) if one != "0" else say("settings-on-the-day") for one in word.split(",")
        ]
        return ", ".join(rungs)
    return _choice(say, name, word) if name in CHOICES else word


def saved(say: Say, changed: Fields, before: Fields, *, soon: bool) -> str:
    """What was saved, escaped. `soon`: cards follow in a moment."""
    if not changed:
        return say("settings-unchanged")
    lines = [_change(say, name, before.get(name, ""), word) for name, word in changed.items()]
    return "\n".join([say("settings-saved"), *lines, *([say("settings-soon")] if soon else [])])


def stands_at(say: Say, name: str, word: str) -> str:
    """What somebody else made of a field meanwhile; escaped."""
    return say("form-stands-at", what=label(say, name), value=escape(value_words(say, name, word)))


def choose(say: Say, may: Sequence[TaskForce], ask: Post) -> Post:
    """In a direct message: settings of one's own task forces, or the channel of a new one."""
    if not may:
        return ask
    text = say("settings-which")
    buttons = [settings_button(say, one) for one in may[:25]]
    return Post(f"{text}\n{ask.text}", [section(text), actions(*buttons), *ask.blocks])


def settings_button(say: Say, task_force: TaskForce) -> Block:
    """Opens the settings of one task force, wherever it is pressed."""
    name = say("settings-of", name=task_force.name)
    return button(name, f"{ids.RUN_IN}-{task_force.id}-setup", f"{task_force.id} setup")


def _input(say: Say, name: str, word: str) -> Block:
    hint = None if name.startswith(LABEL) else say(f"settings-hint-{name.replace('_', '-')}")
    optional = name in {"done_emoji", "upper_government"} or name.startswith(LABEL)
    return field_input(label(say, name), name, _element(say, name, word), hint=hint, optional=optional)


def _element(say: Say, name: str, word: str) -> Block:
    if name in PLACES:
        initial = option(value_words(say, name, word), word) if word else None
        return external_select_element(PLACES[name], say("settings-search"), initial=initial)
    if name in CLOCKS:
        return {"type": "timepicker", "action_id": ANSWER, **({"initial_time": word} if word else {})}
    if name in CHOICES:
        return select([option(_choice(say, name, one), one) for one in CHOICES[name]], word)
    shown = value_words(say, name, word) if name in {"done_emoji", "ladder"} and word else word
    return text_element(ANSWER, initial=shown, max_length=LIMITS.get(name, LABEL_LIMIT))


def _choice(say: Say, name: str, word: str) -> str:
    if name == "language":
        return say(f"language-{word}")
    if name == "closing_rule":
        return say(f"settings-closing-{word}")
    if name == "weekly_weekday":
        return say(f"weekday-{word}")
    if name == "overdue_every":
        return say("settings-every", days=word)
    if name in _COUNTED:
        return say(f"settings-count-{name.replace('_', '-')}", count=word)
    return say("settings-yes" if word == YES else "settings-no")


def _change(say: Say, name: str, old: str, new: str) -> str:
    args = {"old": escape(value_words(say, name, old)), "new": escape(value_words(say, name, new))}
    return "• " + say("history-changed", what=label(say, name), **args)


def _history(say: Say, shown: Hub) -> list[str]:
    lines = [say("settings-history")]
    for change, person in shown.changes:
        at = dates.moment(say, change.at, shown.task_force.zone)
        who = escape(name_and_title(person)) if person else say("the-bot")
        before = change.old or {}
        lines += [
            f"{at} {who} {_change(say, name, before.get(name, ''), word)}" for name, word in (change.new or {}).items()
        ]
    return lines[:HISTORY]
