"""The roster: shown to its people, and what every change of it needs."""

from typing import Any

from bot.messages.roster import name_and_title
from bot.rules.fields import Problem
from bot.rules.grammar import normalise
from bot.rules.roster import Details, No, keeps_side
from bot.services.askers import Asker
from bot.services.reckoning import reckon_later
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from storage import history, people, roster
from storage.outbox import Lane
from storage.tables import Account, Person, PersonState, Side, TaskForce


def number_in(rest: str) -> int:
    """The number that stands in a line, else 1."""
    digits = next((word for word in normalise(rest).split() if word.isdecimal()), "1")
    return int(digits[:6])


def acting(work: Work, asker: Asker, task_force_id: int) -> Person:
    """Whoever acts, as a person of that task force; outsiders learn nothing, not even that it is there."""
    task_force = work.session.get(TaskForce, task_force_id)
    found = people.person_of(work.session, task_force, asker.who.user_id) if task_force else None
    if found is None:
        raise Refused("roster-nobody")
    return found


def about(work: Work, asker: Asker, person_id: int) -> tuple[Person, Person]:
    """Whom a button is about, and who pressed it, both of one task force."""
    person = work.session.get(Person, person_id)
    if person is None:
        raise Refused("roster-nobody")
    return person, acting(work, asker, person.task_force_id)


def keepers(work: Work, side_id: int) -> list[Person]:
    """The people of a side who may change its roster and can be reached."""
    return [one for one in roster.reachable(work.session, side_id) if keeps_side(one)]


def refuse(work: Work, no: No, person: Person) -> Refused:
    """The refusal with all that its sentence may say: who, which side, who may, which items."""
    side = work.session.get_one(Side, person.side_id)
    return Refused(
        no,
        who=name_and_title(person),
        side=side.name,
        names=", ".join(map(name_and_title, keepers(work, person.side_id))),
        refs=", ".join(owned(work, person)),
        state=person.state,
    )


def owned(work: Work, person: Person) -> list[str]:
    """What somebody owns that is still to be done: items, and lines of the budget."""
    items = roster.open_items(work.session, person.id or 0, unconfirmed=True)
    lines = roster.open_lines(work.session, person.id or 0)
    return [*(f"A-{one.number}" for one in items), *(f"B-{one.number}" for one in lines)]


def check(details: Details, problems: list[Problem]) -> Details:
    """The details, or `Misfilled` with all that must be mended."""
    if problems:
        raise Misfilled([Refused(one.key, field=one.block, **one.args) for one in problems])
    return details


def lane_to(work: Work, task_force_id: int, user_id: str) -> Lane:
    """A direct message from the installation that speaks in the task force's channel."""
    channel = people.main_channel(work.session, task_force_id)
    if channel is None:
        raise LookupError("a task force without a channel")
    return Lane(channel.speaker_id, user_id=user_id)


def details_of(account: Account | None, person: Person | None = None) -> Details:
    """What a form is filled in with: the roster's words, else what Slack says."""
    language = account.language or "" if account else ""
    if person and person.state is not PersonState.LEFT:
        return Details(person.name, person.department, person.job_title, language)
    return Details(account.name, "", account.title, language) if account else Details()


def write_details(person: Person, details: Details) -> None:
    """Into the roster; the language belongs to the account, not to the person."""
    person.name, person.department, person.job_title = details.name, details.department, details.job_title


def facts(person: Person) -> dict[str, Any]:
    """What the history keeps of a person."""
    kept = ("name", "department", "job_title", "role", "state", "side_id")
    return {key: getattr(person, key) for key in kept}


def record(work: Work, person: Person, act: str, by: Person | None, old: dict[str, Any] | None = None) -> None:
    """One line of the person's history: what they are now, and what they were."""
    reckon_later(work.session.get_one(TaskForce, person.task_force_id))  # who is reminded may be another now
    work.session.flush()  # the task force's row before any lane, as everywhere
    history.record(
        work.session,
        ("person", person.id or 0),
        act,
        task_force_id=person.task_force_id,
        at=work.now,
        person_id=by.id if by else None,
        old=old,
        new=facts(person),
    )
