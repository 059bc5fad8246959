"""Joining a side: asked for by anybody in the channel, decided by that side alone."""

import secrets
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from bot.messages import joining as messages
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules.fields import one_line
from bot.rules.roster import Details, change_roster, decide_joining, details_problems, tidy
from bot.services import roster as service
from bot.services.askers import Asker, require_task_force
from bot.services.hours import tell
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import held, history, people, roster
from storage.tables import OutboxRow, Person, PersonState, Role, Side, TaskForce

REQUEST, OUTCOME = "join-request", "join-outcome"  # kinds of posts
_WAS_IN = frozenset({"let-in", "added", "removed"})  # acts in the history of who has been a member
_DECIDED = frozenset({"let-in", "not-let-in", "withdrew"})
_ENDED = frozenset({"not-let-in", "removed", "withdrew"})


def open_join(work: Work, asker: Asker, rest: str) -> Reply:
    """`join [side]`: the form; whoever is in already sees as what."""
    task_force = require_task_force(asker)
    sides = people.sides(work.session, task_force.id or 0)
    wanted = one_line(rest).casefold().removesuffix("측").strip()
    named = next((side.id for side in sides if side.name.casefold() == wanted), None)
    return _form(work, asker, task_force, named)


def open_join_side(work: Work, asker: Asker, side_id: int) -> Reply:
    """A side's button in the welcome."""
    task_force = require_task_force(asker)
    return _form(work, asker, task_force, side_id)


def ask(work: Work, asker: Asker, side_id: int, details: Details) -> Reply:
    """Ask a side to be let in; asking again mends what was asked before. Its lead, deputy and secretary are told."""
    task_force = require_task_force(asker)
    details = service.check(tidy(details), details_problems(tidy(details)))
    side = work.session.get(Side, side_id)
    if side is None or side.task_force_id != task_force.id:
        raise Refused("join-which-side", field="side")
    roster.lock_account(work.session, asker.who.user_id)
    before = roster.entry(work.session, task_force.id or 0, asker.who.user_id)
    before = roster.lock(work.session, before.id or 0) if before else None
    if before and before.state is PersonState.ACTIVE:
        return _already(work, asker, before)
    letters = _withdraw(work, before) if before and _is_for_another(work, before, side) else []
    asked_before = before.side_id if before and before.state is PersonState.PENDING else side_id
    person = _asking(work, asker, side, before, details)
    asker.account.language = details.language or None
    deciders = [one for side in dict.fromkeys((asked_before, side_id)) for one in service.keepers(work, side)]
    _send(work, letters + _requests(work, person, deciders))
    say = work.words.say(asker.account.language or asker.account.locale or task_force.language)
    return Reply(messages.asked(say, side, service.keepers(work, side_id)))


def decide(work: Work, asker: Asker, person_id: int, *, approve: bool) -> Reply:
    """Let somebody in or not: the own side's lead, deputy or secretary alone, and once."""
    person, by = service.about(work, asker, person_id)
    person = roster.lock(work.session, person_id) or person
    if no := decide_joining(by, person):
        raise service.refuse(work, no, person)
    settle(work, person, by, approve=approve)
    side = work.session.get_one(Side, person.side_id)
    return Reply(messages.decided(asker.say, person, side, approved=approve))


def settle(work: Work, person: Person, by: Person, *, approve: bool) -> None:
    """Decide about somebody who waits and is locked; whoever asked and whoever decides see what became of it."""
    old = service.facts(person)
    requests = _requests(work, person, service.keepers(work, person.side_id))  # about the question as it was asked
    person.state = PersonState.ACTIVE if approve else PersonState.LEFT
    person.joined_at = work.now
    service.record(work, person, "let-in" if approve else "not-let-in", by, old)
    args = {"approved": approve, "by": name_and_title(by)}
    to_tell = people.user_ids(work.session, person.id or 0)
    outcomes = [_Letter(user_id, OUTCOME, f"{person.id}:{work.now.isoformat()}", args, person) for user_id in to_tell]
    _send(work, outcomes + requests)


def welcome(work: Work, asker: Asker) -> Post | None:
    """What somebody sees who comes into the channel; None where there is no task force."""
    if asker.task_force is None:
        return None
    key = asker.task_force.id or 0
    person = roster.entry(work.session, key, asker.who.user_id)
    if person is None or person.state is PersonState.LEFT:
        return messages.welcome(asker.say, asker.task_force, people.sides(work.session, key))
    side = work.session.get_one(Side, person.side_id)
    return messages.welcome_back(asker.say, asker.task_force, person, side)


def render_request(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The question to one who decides, with its buttons as long as there is something to decide."""
    person = session.get_one(Person, int(row.subject.partition(":")[0]))
    task_force = session.get_one(TaskForce, person.task_force_id)
    reader = people.person_of(session, task_force, row.user_id or "")
    may = reader is not None and change_roster(reader, person.side_id) is None
    side = session.get_one(Side, person.side_id)
    return messages.request(say, task_force, side, person, _decider(session, person), may)


def render_outcome(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The answer to whoever had asked."""
    person = session.get_one(Person, int(row.subject.partition(":")[0]))
    task_force, side = session.get_one(TaskForce, person.task_force_id), session.get_one(Side, person.side_id)
    return messages.outcome(say, task_force, side, approved=row.args["approved"], by=row.args["by"])


def _form(work: Work, asker: Asker, task_force: TaskForce, side_id: int | None) -> Reply:
    before = roster.entry(work.session, task_force.id or 0, asker.who.user_id)
    if before and before.state is PersonState.ACTIVE:
        return _already(work, asker, before)
    if side_id is None and before and before.state is PersonState.PENDING:
        side_id = before.side_id
    kept: dict[str, object] = {"channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}
    details = service.details_of(asker.account, before)
    return Reply(view=messages.form(asker.say, people.sides(work.session, task_force.id or 0), side_id, details, kept))


def _already(work: Work, asker: Asker, person: Person) -> Reply:
    return Reply(messages.already(asker.say, person, work.session.get_one(Side, person.side_id)))


def _asking(work: Work, asker: Asker, side: Side, before: Person | None, details: Details) -> Person:
    """Somebody new, or the same again; who left another side begins anew, so that the old side's record stays."""
    is_same = before and (before.state is PersonState.PENDING or before.side_id == side.id)
    person = before if before and is_same else None
    old = service.facts(person) if person else None
    if person is None:
        person = Person(task_force_id=side.task_force_id, side_id=side.id or 0, name=details.name, joined_at=work.now)
    person.side_id, person.role, person.state = side.id or 0, Role.MEMBER, PersonState.PENDING
    service.write_details(person, details)
    work.session.add(person)
    work.session.flush()
    roster.link(work.session, person, asker.who.user_id)
    service.record(work, person, "asked-to-join", person, old)
    return person


def _is_for_another(work: Work, before: Person, side: Side) -> bool:
    """Whether a former member waits to be let in again, and asks another side instead."""
    is_waiting = before.state is PersonState.PENDING and before.side_id != side.id
    return is_waiting and any(one.act in _WAS_IN for one in history.of(work.session, ("person", before.id or 0)))


def _withdraw(work: Work, person: Person) -> list["_Letter"]:
    """Take the question back: what somebody did as a member of a side stays that side's record."""
    letters = _requests(work, person, service.keepers(work, person.side_id))
    old = service.facts(person)
    person.state = PersonState.LEFT
    service.record(work, person, "withdrew", person, old)
    return letters


class _Letter(NamedTuple):
    """A direct message about a person, to be queued."""

    user_id: str
    kind: str
    subject: str
    args: dict[str, Any]
    person: Person


def _requests(work: Work, person: Person, deciders: list[Person]) -> list[_Letter]:
    """The question, or what became of it, to all who decide."""
    subject = _subject(work.session, person)
    users = [user_id for one in deciders for user_id in people.user_ids(work.session, one.id or 0)[:1]]
    return [_Letter(user_id, REQUEST, subject, {}, person) for user_id in users]


def _send(work: Work, letters: list[_Letter]) -> None:
    """Queue them in the order of the receivers: two transactions that did so in two orders would lock each other out."""
    for letter in sorted(letters, key=lambda one: one.user_id):
        person = letter.person
        lane = service.lane_to(work, person.task_force_id, letter.user_id)
        if letter.kind == REQUEST and person.state is PersonState.PENDING:
            tell(work, work.session.get_one(TaskForce, person.task_force_id), lane, *letter[1:4])
        elif not held.forget(work.session, lane, letter.kind, letter.subject):  # else nobody was asked yet
            work.queue(lane, letter.kind, letter.subject, letter.args)


def _subject(session: Session, person: Person) -> str:
    """One message per question: asking again after a no, or after having left, is a new one that is heard."""
    ended = [one for one in history.of(session, ("person", person.id or 0)) if one.act in _ENDED]
    return f"{person.id}:{len(ended)}"


def _decider(session: Session, person: Person) -> str | None:
    """Who decided last, as the roster names them; None where nobody had to, since it was taken back."""
    acts = [one for one in history.of(session, ("person", person.id or 0)) if one.act in _DECIDED]
    last = acts[-1] if acts and acts[-1].act != "withdrew" else None
    by = session.get(Person, last.person_id) if last and last.person_id else None
    return name_and_title(by) if by else None
