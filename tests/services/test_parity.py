"""Parity: every verb of the table means the same as command, mention, direct message and button, in English and Korean."""

from typing import Any

import pytest

from bot.rules.grammar import WORDS, Verb
from bot.services.askers import Surface
from bot.services.refused import Refused
from handlers import commands
from tests.services.asking import ask
from tests.services.team import CHANNEL, Team, text_of

SURFACES = {Surface.COMMAND: CHANNEL, Surface.MENTION: CHANNEL, Surface.BUTTON: CHANNEL, Surface.DIRECT: "D1"}


def outcome(team: Team, line: str, surface: Surface) -> tuple[str, Any]:
    """What somebody gets for a line: a refusal's reason, which form, or the text."""
    try:
        reply = ask(team, "gist owner", line, surface, SURFACES[surface])
    except Refused as refused:
        return "refused", refused.key
    if reply.view:
        return "form", (reply.view["callback_id"], text_of(reply.unopened) != "")
    return "text", text_of(reply.post)


def test_every_verb_is_in_the_table():
    assert set(commands.verbs()) == set(Verb)


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.SETUP])
def test_a_verb_means_the_same_everywhere_and_in_both_languages(team: Team, verb: Verb):
    outcomes = {
        (word, surface): outcome(team, word, surface)
        for word in WORDS[verb]
        for surface in SURFACES
        if is_said(verb, surface)
    }

    assert len(set(outcomes.values())) == 1, outcomes
    assert next(iter(outcomes.values()))[1], "an answer that says nothing"


def is_said(verb: Verb, surface: Surface) -> bool:
    """`mine` in a direct message is about all task forces at once: it has a heading of its own."""
    return not (verb is Verb.MINE and surface is Surface.DIRECT)
