"""Who asks, from where, and as whom of which task force."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import people
from storage.tables import Account, BoundChannel, Installation, Person, TaskForce


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
    """What Slack said about an act: ids only. `typed` is given back with every refusal."""

    user_id: str
    channel_id: str | None
    installation: Installation
    surface: Surface
    team_id: str | None = None
    thread_ts: str | None = None
    typed: str = ""


@dataclass(frozen=True)
class Asker:
    """A person at the door. `person` is None for somebody who is not (or not yet, or no longer) in the roster."""

    who: Who
    account: Account
    say: Say
    task_force: TaskForce | None = None
    channel: BoundChannel | None = None
    person: Person | None = None

    def of(self, task_force: TaskForce, person: Person | None) -> "Asker":
        """The same person, in one of their task forces."""
        return replace(self, task_force=task_force, person=person)


def find_asker(work: Work, who: Who) -> Asker:
    """The asker as the roster knows them. In a direct message the task force is the only one they are in, else None."""
    account = people.account(work.session, who.user_id)
    channel = people.bound_channel(work.session, who.channel_id) if who.channel_id else None
    if channel:
        task_force: TaskForce | None = work.session.get_one(TaskForce, channel.task_force_id)
    else:
        mine = people.task_forces_of(work.session, who.user_id)
        task_force = mine[0] if len(mine) == 1 else None
    person = people.person_of(work.session, task_force, who.user_id) if task_force else None
    say = work.words.say(account.language or account.locale or (task_force.language if task_force else None))
    return Asker(who, account, say, task_force, channel, person)


def require_member(asker: Asker) -> tuple[TaskForce, Person]:
    """The task force and the active person, or a refusal that says how to get there."""
    if asker.task_force is None:
        raise Refused("no-task-force-here")
    if asker.person is None:
        raise Refused("not-in-roster", name=asker.task_force.name)
    return asker.task_force, asker.person
