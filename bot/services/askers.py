"""Who asks, from where, and as whom of which task force."""

from dataclasses import dataclass
from enum import StrEnum

from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import people
from storage.tables import Account, BoundChannel, Installation, Person, TaskForce


class WhichTaskForce(Refused):
    """The person is in several task forces and said nothing that tells which one is meant."""

    def __init__(self, choices: tuple[TaskForce, ...]) -> None:
        super().__init__("which-task-force")
        self.choices = choices


class Surface(StrEnum):
    """Where in Slack a person acted."""

    COMMAND = "command"
    MENTION = "mention"
    DIRECT = "direct"
    BUTTON = "button"
    FORM = "form"
    REACTION = "reaction"


@dataclass(frozen=True)
class Who:
    """What Slack said about an act: ids only. `typed` is given back with every refusal; `line` can be run again."""

    user_id: str
    channel_id: str | None
    installation: Installation
    surface: Surface
    team_id: str | None = None
    thread_ts: str | None = None
    task_force_id: int | None = None  # said by a button or form; believed only of somebody who is in it
    typed: str = ""  # as the person saw it
    line: str = ""  # the same as Slack handed it over, with its mentions


@dataclass(frozen=True)
class Asker:
    """A person at the door. `person` is None for somebody who is not (or not yet, or no longer) in the roster."""

    who: Who
    account: Account
    say: Say
    task_force: TaskForce | None = None
    channel: BoundChannel | None = None
    person: Person | None = None
    choices: tuple[TaskForce, ...] = ()  # in a direct message, when there are several


def find_asker(work: Work, who: Who) -> Asker:
    """The asker as the roster knows them: by the channel; but for a line typed in a channel, else by the one task force they are in."""
    account = people.account(work.session, who.user_id)
    channel = people.bound_channel(work.session, who.channel_id) if who.channel_id else None
    mine: list[TaskForce] = []
    if channel:
        task_force: TaskForce | None = work.session.get_one(TaskForce, channel.task_force_id)
    elif is_elsewhere(who):
        task_force = None
    else:
        mine = people.task_forces_of(work.session, who.user_id)
        wanted = [one for one in mine if who.task_force_id in (None, one.id)]
        task_force = wanted[0] if len(wanted) == 1 else None
    person = people.person_of(work.session, task_force, who.user_id) if task_force else None
    say = work.words.say(account.language or account.locale or (task_force.language if task_force else None))
    choices = () if task_force else tuple(mine)
    return Asker(who, account, say, task_force, channel, person, choices)


def is_elsewhere(who: Who) -> bool:
    """Whether somebody typed a line in a channel, where it can only be about that channel's task force."""
    return _in_channel(who) and who.surface in (Surface.COMMAND, Surface.MENTION)


def _in_channel(who: Who) -> bool:
    return bool(who.channel_id) and not (who.channel_id or "").startswith("D")


def require_task_force(asker: Asker) -> TaskForce:
    """The task force that is meant, whether or not the asker is in it; or a refusal that says where there is one."""
    if asker.choices:
        raise WhichTaskForce(asker.choices)
    if asker.task_force is None:
        raise Refused("no-task-force-here" if _in_channel(asker.who) else "no-task-force-yet")
    return asker.task_force


def require_member(asker: Asker) -> tuple[TaskForce, Person]:
    """The task force and the active person, or a refusal that says how to get there."""
    task_force = require_task_force(asker)
    if asker.person is None:
        raise Refused("not-in-roster", name=task_force.name)
    return task_force, asker.person
