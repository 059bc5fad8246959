"""How setting up looks: the form with its four questions, and what is said around it."""

from collections.abc import Sequence

from bot.messages import ids
from bot.messages.blocks import (
    actions,
    button,
    context,
    external_select_element,
    field_input,
    header,
    modal,
    option,
    section,
    text_element,
)
from bot.messages.escape import escape
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.menu import menu_actions
from bot.messages.post import Block, Post, View
from bot.messages.roster import join_button, name_and_title, role_word
from bot.rules.setup import FIRST_ROLES, MOST_SIDES, NAME_LIMIT, SIDE_LIMIT, WEEKDAYS, SetupAnswers, SideAnswer
from config.words import Say
from storage.tables import Account, Person, Role, TaskForce


def form(say: Say, answers: SetupAnswers, channel_id: str, nonce: str) -> View:
    """The form, filled in with the answers so far."""
    kept = memory(channel=channel_id, nonce=nonce, sides=len(answers.sides))
    name = text_element(ANSWER, initial=answers.name, max_length=NAME_LIMIT)
    weekdays = [option(say(f"weekday-{day}"), day) for day in WEEKDAYS]
    blocks = [
        section(say("setup-intro")),
        field_input(say("setup-name"), "name", name, hint=say("setup-name-hint")),
        *[block for index, side in enumerate(answers.sides) for block in _side(say, index, side)],
        _more_or_fewer(say, len(answers.sides)),
        field_input(say("setup-weekday"), "weekday", select(weekdays, answers.weekday)),
        context(say("setup-after")),
    ]
    return modal(ids.SETUP, say("setup-title"), say("setup-submit"), say("close"), blocks, kept)


def read_form(values: Values, sides: int) -> SetupAnswers:
    """What a person has entered; a field that was left alone is empty."""
    return SetupAnswers(
        name=text_of(values, "name"),
        sides=tuple(_read_side(values, index) for index in range(sides)),
        weekday=int(chosen(values, "weekday")[0] or 0),
    )


def person_options(say: Say, accounts: Sequence[Account]) -> list[Block]:
    """The people of the channel who can be chosen."""
    return [
        option(say("setup-person-option", name=one.name, title=one.title) if one.title else one.name, one.user_id)
        for one in accounts
    ]


def nobody_to_choose(say: Say) -> list[Block]:
    """The bot is not in the channel: the one option says so, and choosing it is refused."""
    return [option(say("setup-bot-not-here"), "nobody")]


def choose_channel(say: Say) -> Post:
    """In a direct message: which channel is meant."""
    ask = say("setup-which-channel")
    channels = {
        "type": "conversations_select",
        "action_id": ids.SETUP_CHANNEL,
        "placeholder": {"type": "plain_text", "text": say("setup-choose-channel")},
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return Post(ask, [section(ask), actions(channels)])


def hello(says: Sequence[Say]) -> Post:
    """The bot was added to a channel: in every language, as nobody has chosen one yet."""
    text = "\n".join(say("setup-hello") for say in says)
    buttons = [button(say("setup-begin"), f"{ids.RUN}-setup_{say.language}", "setup") for say in says]
    return Post(text, [section(text), actions(*buttons)])


def done(say: Say, task_force: TaskForce) -> Post:
    """To whoever set it up."""
    text = say("setup-done", name=escape(task_force.name))
    return Post(text, [section(text), actions(join_button(say))])


def already(say: Say, task_force: TaskForce, who_may: Sequence[Person]) -> Post:
    """The channel has its task force; members also see who may change its settings."""
    text = say("setup-already", name=escape(task_force.name))
    if who_may:
        names = ", ".join(escape(name_and_title(person)) for person in who_may)
        text += "\n" + say("setup-who-may", names=names)
        return Post(text, [section(text), menu_actions(say)])
    return Post(text, [section(text), actions(join_button(say))])


def named(say: Say, task_force: TaskForce, side_name: str, role: Role) -> Post:
    """To the first lead or secretary of a side."""
    text = say("setup-named", name=escape(task_force.name), side=escape(side_name), role=role_word(say, role))
    return Post(text, [section(text), menu_actions(say)])


def channel_menu(say: Say, task_force: TaskForce) -> Post:
    """The menu message that stays pinned in the channel."""
    text = say("setup-menu", name=escape(task_force.name))
    return Post(text, [header(task_force.name), section(say("setup-menu-hint")), menu_actions(say)])


def _side(say: Say, index: int, side: SideAnswer) -> list[Block]:
    roles = [option(role_word(say, role), role) for role in FIRST_ROLES]
    initial = option(side.user_name, side.user_id) if side.user_id else None
    person = external_select_element(ids.SETUP_PERSON, say("setup-person-placeholder"), initial=initial)
    name = text_element(ANSWER, initial=side.name, max_length=SIDE_LIMIT)
    role = select(roles, side.role)
    number = index + 1
    return [
        field_input(say("setup-side", number=number), f"side-{index}", name, hint=say("setup-side-hint")),
        field_input(say("setup-person", number=number), f"person-{index}", person),
        field_input(say("setup-role", number=number), f"role-{index}", role),
    ]


def _more_or_fewer(say: Say, sides: int) -> Block:
    buttons = []
    if sides < MOST_SIDES:
        buttons.append(button(say("setup-more-sides"), ids.SETUP_MORE_SIDES, sides + 1))
    if sides > 2:
        buttons.append(button(say("setup-fewer-sides"), ids.SETUP_FEWER_SIDES, sides - 1))
    return actions(*buttons)


def _read_side(values: Values, index: int) -> SideAnswer:
    user_id, user_name = chosen(values, f"person-{index}", ids.SETUP_PERSON)
    role = chosen(values, f"role-{index}")[0]
    return SideAnswer(text_of(values, f"side-{index}"), user_id, user_name, Role(role) if role else Role.LEAD)
