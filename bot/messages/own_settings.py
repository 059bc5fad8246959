"""How one's own settings look."""

from collections.abc import Mapping
from datetime import time

from bot.messages import ids, places
from bot.messages.blocks import (
    actions,
    button,
    context,
    external_select_element,
    field_input,
    modal,
    option,
    section,
)
from bot.messages.escape import escape
from bot.messages.forms import ANSWER, Values, chosen, memory, select
from bot.messages.menu import menu_button, word
from bot.messages.post import Block, Post, View
from bot.rules.grammar import Verb
from bot.rules.own_settings import AS_SLACK_SAYS, LANGUAGE_WORDS, OwnSettings
from config.words import LANGUAGES, Say

LANGUAGE, ZONE, FROM, UNTIL = "language", "zone", "hours_from", "hours_until"  # block ids


def form(say: Say, own: OwnSettings, slack_zone: str, kept: Mapping[str, object]) -> View:
    """Language, zone, and the hours of direct messages, each with what it changes."""
    tags = [option(say(f"language-{tag}"), tag) for tag in (AS_SLACK_SAYS, *LANGUAGES)]
    initial = option(_zone(say, own.zone, slack_zone), own.zone)
    zone = external_select_element(ids.OWN_ZONE, say("settings-search"), initial=initial)
    blocks = [
        context(say("own-intro")),
        field_input(say("member-language"), LANGUAGE, select(tags, own.language), hint=say("own-language-hint")),
        field_input(say("own-hours-from"), FROM, _clock(own.hours_from)),
        field_input(say("own-hours-until"), UNTIL, _clock(own.hours_until), hint=say("own-hours-hint")),
        field_input(say("own-zone"), ZONE, zone, hint=say("own-zone-hint")),
    ]
    return modal(ids.OWN_SETTINGS, say("own-title"), say("save"), say("close"), blocks, memory(**kept))


def read_form(values: Values) -> OwnSettings:
    """What was entered."""
    return OwnSettings(
        chosen(values, LANGUAGE)[0] or AS_SLACK_SAYS,
        chosen(values, ZONE, ids.OWN_ZONE)[0] or AS_SLACK_SAYS,
        _time(values, FROM),
        _time(values, UNTIL),
    )


def zone_options(say: Say, typed: str, slack_zone: str) -> list[Block]:
    """As Slack says, then the zones whose name has what was typed."""
    first = (AS_SLACK_SAYS, _zone(say, AS_SLACK_SAYS, slack_zone))
    found = [first, *places.zone_choices(typed, say.language)][: places.MOST]
    return [option(label, value) for value, label in found]


def saved(say: Say, own: OwnSettings, slack_zone: str) -> Post:
    """What is so from now on, in the language that was chosen."""
    text = say(
        "own-saved",
        language=say(f"language-{own.language}"),
        hours=f"{own.hours_from:%H:%M}–{own.hours_until:%H:%M}",
        zone=escape(_zone(say, own.zone, slack_zone)),
    )
    return Post(text, [section(text), actions(settings_button(say), menu_button(say))])


def settings_button(say: Say) -> Block:
    """Opens the form, wherever it is pressed."""
    return button(say("own-button"), f"{ids.RUN}-settings", word(say, Verb.SETTINGS))


def language_words(say: Say) -> str:
    """What can be typed for a language."""
    return ", ".join(words[min(say.language == "ko", len(words) - 1)] for words in LANGUAGE_WORDS.values())


def _zone(say: Say, zone: str, slack_zone: str) -> str:
    if zone == AS_SLACK_SAYS:
        return say("own-zone-slack", zone=places.zone_name(slack_zone, say.language))
    return places.zone_name(zone, say.language)


def _clock(initial: time | None) -> Block:
    element: Block = {"type": "timepicker", "action_id": ANSWER}
    return {**element, "initial_time": f"{initial:%H:%M}"} if initial else element


def _time(values: Values, block_id: str) -> time | None:
    found = values.get(block_id, {}).get(ANSWER, {}).get("selected_time")
    return time.fromisoformat(found) if found else None
