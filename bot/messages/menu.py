"""The menu, and help made from the table that dispatches."""

from collections.abc import Iterable, Sequence

from bot.messages import ids
from bot.messages.blocks import actions, button, divider, section
from bot.messages.escape import whole_lines
from bot.messages.post import Block, Post
from bot.messages.waiting import waiting
from bot.rules.grammar import WORDS, Verb
from config.words import Say
from storage.tables import TaskForce

# What the menu offers, most used first; a button runs its verb as if it had been typed.
OFFERED = (Verb.ADD, Verb.MINE, Verb.LIST, Verb.MEETING, Verb.DECISIONS, Verb.BUDGET, Verb.HELP)
AT_ONCE = 12  # lines of help in one section, which holds 3,000 characters
FIRST = (Verb.ADD, Verb.MINE, Verb.LIST, Verb.SHOW, Verb.DONE, Verb.UNDO)


def menu_post(say: Say, opening: str, questions: Sequence[Post] = ()) -> Post:
    """The menu under an opening sentence (escaped already), and below it what waits for an answer."""
    asked = waiting(questions, say)
    return Post(opening, [section(opening), menu_actions(say), *([divider(), *asked] if asked else [])])


def menu_actions(say: Say) -> Block:
    """The menu's buttons."""
    buttons = [button(say(f"menu-{verb}"), f"{ids.RUN}-{verb}", word(say, verb)) for verb in OFFERED]
    return actions(*buttons)


def menu_button(say: Say) -> Block:
    """One button that opens the menu."""
    return button(say("menu-button"), ids.MENU, "menu")


def export_button(say: Say, of: TaskForce | None) -> Block:
    """One button that sends the asker a sheet; of this task force, or of the only one they are in."""
    if of is None:
        return button(say("export-button"), f"{ids.RUN}-export", "export")
    return button(say("export-button"), f"{ids.RUN_IN}-{of.id}-export", f"{of.id} export")


def help_post(say: Say, verbs: Iterable[Verb]) -> Post:
    """Six things first, then every verb there is, each with its words in both languages and an example."""
    known = list(verbs)
    first = [line(say, verb) for verb in FIRST if verb in known]
    others = [line(say, verb) for verb in known if verb not in FIRST]
    text = say("help-opening")
    rest = [section("\n".join(others[at : at + AT_ONCE])) for at in range(0, len(others), AT_ONCE)]
    blocks = [section(text), section("\n".join(first)), divider(), *rest, menu_actions(say)]
    return Post(whole_lines([text, *first, *others]), blocks)


def line(say: Say, verb: Verb) -> str:
    """One verb of the help: both words, what it does, an example."""
    english, korean = WORDS[verb][:2]
    words = f"`{korean}` · `{english}`" if say.language == "ko" else f"`{english}` · `{korean}`"
    return f"{words}  {say(f'help-{verb}')}"


def word(say: Say, verb: Verb) -> str:
    """The verb's first word in the person's language."""
    return WORDS[verb][1 if say.language == "ko" else 0]
