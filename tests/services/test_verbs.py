"""Every verb of the help does its work as command, mention, direct message and button, in Korean and English."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import col, select

from bot.messages import ids
from bot.messages.menu import help_post
from bot.rules.grammar import WORDS, Verb
from config.words import LANGUAGES, Words
from handlers import commands
from storage.tables import Account, Change
from tests.services.desk import Desk, Dump
from tests.services.team import CHANNEL, PEOPLE, Team, text_of
from tests.services.verb_lines import LINES, SECRETS, Typed, working_desk
from tests.stores import snapshot

pytestmark = pytest.mark.timeout(300)  # hundreds of acts, each a transaction

HANGUL = re.compile(r"[가-힣]")
# What somebody typed, or is called, whatever language is spoken with them; and a language's own name.
GIVEN = sorted(
    {
        *SECRETS,
        "1억원",
        "정산",
        "점검회의",
        "셋",
        "넷",
        "다섯",
        "여섯",
        "협의",
        "센터",
        "영광군",
        "스마트 모빌리티",
        "한국어",
    }
    | {word for one in PEOPLE.values() for word in one[3:]},
    key=len,
    reverse=True,
)
SAYS: dict[str, Callable[[Desk, str, str], str]] = {
    "command": lambda desk, handle, line: desk.command(handle, line, CHANNEL),
    "mention": lambda desk, handle, line: desk.mention(handle, line, CHANNEL),
    "direct message": lambda desk, handle, line: desk.direct(handle, line),
    "button": lambda desk, handle, line: desk.press(handle, {"action_id": ids.RUN, "value": line}, CHANNEL),
}
# In direct messages the bot asks in words, or shows more, where a channel says which task force is meant.
ELSEWHERE_OTHERWISE = {
    Verb.SETUP: "it asks which channel or whose settings are meant",
    Verb.JOIN: "who is in no task force names none by a direct message: the welcome in the channel does",
}


def test_every_verb_has_a_line_and_is_in_the_help():
    assert set(LINES) == set(commands.verbs()) == set(Verb)
    for language in LANGUAGES:
        shown = text_of(help_post(Words().say(language), commands.verbs()))
        for verb in commands.verbs():
            assert all(f"`{word}`" in shown for word in WORDS[verb][:2]), verb


@pytest.fixture
def desk(team: Team) -> Iterator[Desk]:
    with working_desk(team) as desk:
        yield desk


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verb_does_its_work_from_every_surface(desk: Desk, language: str):
    speak(desk, language)
    before, restore = desk.dump(), snapshot(desk.team.database.url)

    for verb, typed in LINES.items():
        line = f"{WORDS[verb][language == 'ko']} {typed.korean if language == 'ko' else typed.english}".strip()
        effects = {}
        for surface, says in SAYS.items():
            if surface == "direct message" and verb in ELSEWHERE_OTHERWISE:
                continue
            said = says(desk, typed.by, line)
            effects[surface] = effect_of(desk, typed, said, before)
            assert is_in(said, language, verb), (surface, line, said)
            restore(desk.team.database.url)
        assert len(set(map(repr, effects.values()))) == 1, (line, effects)
        acts, _, form = effects["command"]
        assert (tuple(acts), form) == (typed.acts, typed.form), (line, effects)


def speak(desk: Desk, language: str) -> None:
    with desk.team.work() as work:
        for account in work.session.exec(select(Account)):
            account.language = language


def effect_of(desk: Desk, typed: Typed, said: str, before: Dump) -> tuple[list[str], list[str], str]:
    """What the history tells, what is to be sent to others, and which form opens, be it behind the button that is offered."""
    with desk.team.database.reading() as session:
        acts = [one.act for one in session.exec(select(Change).order_by(col(Change.id)))]
    kinds = [row.kind for row in desk.team.outbox() if row.kind != "answer"]
    offered = re.search(rf'"action_id": "{ids.OPEN_FORM}", "value": "([^"]*)"', said)
    if offered:
        desk.press(typed.by, {"action_id": ids.OPEN_FORM, "value": offered.group(1)}, CHANNEL)
    form = desk.opened()["callback_id"] if offered or '"type": "modal"' in said else ""
    return acts[len(before["change"]) :], sorted(kinds), form


def is_in(said: str, language: str, verb: Verb) -> bool:
    """Whether it is said in this language. Help shows the words of both."""
    for given in GIVEN:
        said = said.replace(given, "")
    said = re.sub(r"`[^`]*`", "", said)
    return bool(HANGUL.search(said)) == (language == "ko")
