"""The four answers that make a task force, and what may be wrong with them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from bot.rules.fields import Problem, first_per_block, name_problems, one_line
from storage.tables import Account, Role

NAME_LIMIT = 200
SIDE_LIMIT = 40
MOST_SIDES = 6
FIRST_ROLES = (Role.LEAD, Role.SECRETARY)
WEEKDAYS = range(5)  # Monday is 0: the summary comes on a working day


@dataclass(frozen=True)
class SideAnswer:
    """A side, and its first lead or secretary."""

    name: str = ""
    user_id: str = ""
    user_name: str = ""  # as the form showed it
    role: Role = Role.LEAD


@dataclass(frozen=True)
class SetupAnswers:
    """What the form says so far, or at its end."""

    name: str = ""
    sides: tuple[SideAnswer, ...] = (SideAnswer(), SideAnswer())
    weekday: int = 0


@dataclass(frozen=True)
class ChannelPeople:
    """Who is in the channel. `members` None: Slack does not let the bot look, since the bot itself is not in it."""

    members: Set[str] | None
    accounts: Mapping[str, Account]
    asker_id: str
    bot_id: str


def tidy(answers: SetupAnswers) -> SetupAnswers:
    """Names in one spelling, without spaces around them."""
    sides = tuple(replace(side, name=one_line(side.name)) for side in answers.sides)
    return replace(answers, name=one_line(answers.name), sides=sides)


def problems(answers: SetupAnswers, people: ChannelPeople) -> list[Problem]:
    """Everything that must be mended, at most one sentence per field; `answers` are tidied."""
    found = [*_place(people), *name_problems("name", answers.name, NAME_LIMIT)]
    for index, side in enumerate(answers.sides):
        found += name_problems(f"side-{index}", side.name, SIDE_LIMIT)
        found += _twice(index, answers.sides)
        found += _person(f"person-{index}", side.user_id, people)
    return first_per_block(found)


def _place(people: ChannelPeople) -> list[Problem]:
    if people.members is None or people.bot_id not in people.members:
        return [Problem("name", "setup-bot-not-here")]
    return [] if people.asker_id in people.members else [Problem("name", "setup-asker-not-here")]


def _twice(index: int, sides: tuple[SideAnswer, ...]) -> list[Problem]:
    side, earlier = sides[index], sides[:index]
    found = []
    if any(other.name.casefold() == side.name.casefold() for other in earlier):
        found.append(Problem(f"side-{index}", "setup-side-twice"))
    if side.user_id and any(other.user_id == side.user_id for other in earlier):
        found.append(Problem(f"person-{index}", "setup-person-twice"))
    return found


def _person(block: str, user_id: str, people: ChannelPeople) -> list[Problem]:
    account = people.accounts.get(user_id)
    if not user_id or people.members is None or account is None:
        return [Problem(block, "setup-person-missing")]
    if account.is_bot:
        return [Problem(block, "setup-person-bot")]
    if account.is_deleted or user_id not in people.members:
        return [Problem(block, "setup-person-not-here", {"name": account.name})]
    return []
