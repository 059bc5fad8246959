"""How joining looks: the welcome, the form, the question to whoever decides, and the answer."""

from collections.abc import Sequence

from bot.messages import ids
from bot.messages.blocks import actions, button, field_input, modal, option, section
from bot.messages.escape import escape
from bot.messages.forms import Values, chosen, memory, select
from bot.messages.members import details_blocks
from bot.messages.menu import menu_actions, menu_button
from bot.messages.post import Post, View
from bot.messages.roster import decide_buttons, name_and_title, role_word
from bot.rules.roster import Details
from config.words import Say
from storage.tables import Person, PersonState, Side, TaskForce


def welcome(say: Say, task_force: TaskForce, sides: Sequence[Side]) -> Post:
    """To somebody new in the channel: what this is, a button per side, three things to do, what is stored."""
    what, todo, stored = say("welcome", name=escape(task_force.name)), say("welcome-three"), say("welcome-stored")
    buttons = [
        button(say("welcome-side", side=side.name), f"{ids.JOIN_SIDE}-{side.id}", side.id, style="primary")
        for side in sides
    ]
    choose = [section(say("welcome-choose")), actions(*buttons)]
    blocks = [section(what), *choose, section(todo), section(stored)]
    more = button(say("menu-help"), f"{ids.RUN}-help", "help")
    return Post(f"{what}\n{todo}\n{stored}", [*blocks, actions(more, menu_button(say))])


def welcome_back(say: Say, task_force: TaskForce, person: Person, side: Side) -> Post:
    """To somebody who is in the roster already, or waits to be."""
    key = "welcome-pending" if person.state is PersonState.PENDING else "welcome-back"
    role = escape(role_word(say, person.role, side))
    text = say(key, name=escape(task_force.name), side=escape(side.name), role=role, who=escape(person.name))
    three, stored = say("welcome-three"), say("welcome-stored")
    return Post(f"{text}\n{three}\n{stored}", [*map(section, (text, three, stored)), menu_actions(say)])


def form(say: Say, sides: Sequence[Side], side_id: int | None, details: Details, kept: dict[str, object]) -> View:
    """Choose a side and say who one is; `kept` is the form's memory."""
    options = [option(side.name, side.id) for side in sides]
    side = field_input(say("join-side"), "side", select(options, side_id), hint=say("join-side-hint"))
    blocks = [section(say("join-intro")), side, *details_blocks(say, details), section(say("welcome-stored"))]
    return modal(ids.JOIN, say("join-title"), say("join-submit"), say("close"), blocks, memory(**kept))


def read_side(values: Values) -> int:
    """The side that was chosen, 0 for none."""
    return int(chosen(values, "side")[0] or 0)


def already(say: Say, person: Person, side: Side) -> Post:
    """To somebody who is in: what the roster says, and how to mend it."""
    role = escape(role_word(say, person.role, side))
    text = say("join-already", who=escape(person.name), side=escape(side.name), role=role)
    change = button(say("roster-me"), f"{ids.RUN}-member_me", "member me")
    return Post(text, [section(text), actions(change, button(say("roster-show"), f"{ids.RUN}-roster", "roster"))])


def asked(say: Say, side: Side, deciders: Sequence[Person]) -> Post:
    """To whoever asked to join: who decides."""
    names = ", ".join(escape(name_and_title(one)) for one in deciders)
    text = say("join-asked" if deciders else "join-asked-nobody", side=escape(side.name), names=names)
    return Post(text, [section(text)])


def request(say: Say, task_force: TaskForce, side: Side, person: Person, decider: str | None, may: bool) -> Post:
    """The question to whoever decides, and what became of it."""
    who = name_and_title(person) + (f" · {person.department}" if person.department else "")
    text = say("join-request", name=escape(task_force.name), who=escape(who), side=escape(side.name))
    if person.state is PersonState.PENDING:
        blocks = [section(text), decide_buttons(say, person)] if may else [section(text)]
        return Post(text, blocks)
    approved = person.state is PersonState.ACTIVE
    key = "join-approved-by" if approved else "join-rejected-by"
    outcome = say(key, by=escape(decider)) if decider else say("join-taken-back")
    return Post(f"{text}\n{outcome}", [section(text), section(outcome)])


def decided(say: Say, person: Person, side: Side, *, approved: bool) -> Post:
    """To whoever decided."""
    key = "join-approved" if approved else "join-rejected"
    text = say(key, who=escape(name_and_title(person)), side=escape(side.name))
    return Post(text, [section(text), actions(button(say("roster-show"), f"{ids.RUN}-roster", "roster"))])


def outcome(say: Say, task_force: TaskForce, side: Side, *, approved: bool, by: str) -> Post:
    """To whoever had asked to join."""
    key = "join-let-in" if approved else "join-not-let-in"
    text = say(key, name=escape(task_force.name), side=escape(side.name), by=escape(by))
    if approved:
        return Post(text, [section(text), section(say("welcome-three")), menu_actions(say)])
    return Post(text, [section(text)])
