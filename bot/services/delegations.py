"""A side's lead or deputy lets a secretary confirm decisions and minutes for the side, until a day or until taken back."""

from datetime import date, datetime

from sqlmodel import Session

from bot.messages import delegations as messages
from bot.messages.delegations import Given
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules import decisions as rules
from bot.rules.dates import Kind
from bot.rules.delegations import read_delegate
from bot.rules.items import local_date
from bot.services.askers import Asker, require_member
from bot.services.item_dues import read_words
from bot.services.item_owners import people_in
from bot.services.reckoning import reckon_later
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import decisions, history, people, roster
from storage.outbox import Lane
from storage.tables import Delegation, OutboxRow, Person, PersonState, Role, Side, TaskForce

TOLD = "delegation-told"  # a kind of post


def delegate(work: Work, asker: Asker, rest: str) -> Reply:
    """`delegate [@who] [until DATE]`, `delegate end @who`; alone it shows who confirms by delegation."""
    task_force, person = require_member(asker)
    if not rest:
        return Reply(overview(work, asker))
    require_delegator(person)
    own = [one for one in people.active(work.session, task_force.id or 0) if one.side_id == person.side_id]
    line = read_delegate(rest, [one.name for one in own] + [name_and_title(one) for one in own])
    who = _one(people_in(work, task_force, line.who))
    if line.ends:
        given = next((one for one in _standing(work, person.side_id) if one.person_id == who.id), None)
        if given is None:
            raise Refused("delegation-not-given", who=who.name)
        return end(work, asker, given.id or 0)
    return grant(work, asker, who, _until(work, task_force, line.until))


def overview(work: Work, asker: Asker) -> Post:
    """Who confirms by delegation today, on all sides."""
    task_force, person = require_member(asker)
    today = local_date(work.now, task_force)
    given = [
        one
        for side in people.sides(work.session, task_force.id or 0)
        for one in (_given(work.session, row) for row in _standing(work, side.id or 0))
        if rules.is_good(one.delegation, one.person, today)
    ]
    return messages.overview(given, person, asker.say, may_delegate=rules.may_confirm(person))


def form(work: Work, asker: Asker) -> Reply:
    """The form that names a secretary."""
    task_force, person = require_member(asker)
    require_delegator(person)
    own = [one for one in people.active(work.session, task_force.id or 0) if _may_be_named(one, person)]
    if not own:
        raise Refused("delegation-no-secretary")
    memory = {"task_force": task_force.id, "channel": asker.who.channel_id}
    return Reply(view=messages.form(own, memory, None, asker.say))


def submitted(work: Work, asker: Asker, person_id: int, until: date | None) -> Reply:
    """The form was sent."""
    who = work.session.get(Person, person_id)
    if who is None:
        raise Refused("delegation-not-secretary", field=messages.WHO, who="-")
    try:
        return grant(work, asker, who, until)
    except Refused as no:
        field = messages.UNTIL if no.key == "delegation-until-past" else messages.WHO
        raise Refused(no.key, field=field, **no.args_of_key) from no


def grant(work: Work, asker: Asker, who: Person, until: date | None) -> Reply:
    """Let a secretary of the own side confirm; an earlier delegation to the same person is replaced."""
    task_force, person = require_member(asker)
    require_delegator(person)
    if not _may_be_named(who, person):
        raise Refused("delegation-not-secretary", who=who.name)
    if until and until < local_date(work.now, task_force):
        raise Refused("delegation-until-past")
    roster.lock_side(work.session, person.side_id)
    for old in _standing(work, person.side_id):
        if old.person_id == who.id:
            old.ended_at = work.now
    given = Delegation(
        task_force_id=task_force.id or 0,
        side_id=person.side_id,
        person_id=who.id or 0,
        granted_by=person.id or 0,
        granted_at=work.now,
        until=until,
    )
    work.session.add(given)
    work.session.flush()
    reckon_later(task_force)
    _note(work, who, "delegated", person, until)
    _tell(work, given, who, person)
    return Reply(overview(work, asker))


def end(work: Work, asker: Asker, delegation_id: int) -> Reply:
    """Take a delegation of the own side back; what was confirmed by it stays."""
    task_force, person = require_member(asker)
    given = work.session.get(Delegation, delegation_id)
    if given is None or given.task_force_id != task_force.id:
        raise Refused("delegation-gone")
    require_delegator(person)
    if given.side_id != person.side_id:
        raise Refused("delegation-other-side")
    roster.lock_side(work.session, person.side_id)
    if given.ended_at is None:
        given.ended_at = work.now
        reckon_later(task_force)
        who = work.session.get_one(Person, given.person_id)
        _note(work, who, "delegation-ended", person, None)
        _tell(work, given, who, person)
    return Reply(overview(work, asker))


def require_delegator(person: Person) -> None:
    """Leads and deputies delegate what is theirs by role; a delegate does not delegate on."""
    if not rules.may_confirm(person):
        raise Refused("delegation-leads-only")


def render_told(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the secretary: how it stands when it is sent."""
    given = _given(session, session.get_one(Delegation, int(row.subject)))
    if given.delegation.ended_at is None:
        return messages.told(given, say)
    return messages.told_end(given.side, session.get_one(Person, row.args["by"]), say)


def _may_be_named(who: Person, by: Person) -> bool:
    return (who.side_id, who.role, who.state) == (by.side_id, Role.SECRETARY, PersonState.ACTIVE)


def _standing(work: Work, side_id: int) -> list[Delegation]:
    return decisions.delegations(work.session, side_id)


def _given(session: Session, row: Delegation) -> Given:
    side, person = session.get_one(Side, row.side_id), session.get_one(Person, row.person_id)
    return Given(row, side, person, session.get_one(Person, row.granted_by))


def _one(found: list[Person]) -> Person:
    if len(found) != 1:
        raise Refused("delegation-one-person")
    return found[0]


def _until(work: Work, task_force: TaskForce, words: str) -> date | None:
    if not words:
        return None
    read = read_words(work, task_force, words)
    if read.kind is not Kind.DATE:
        raise Refused("delegation-until-unread", written=words)
    return read.reading.date


def _note(work: Work, who: Person, act: str, by: Person, until: date | None) -> None:
    subject, of = ("person", who.id or 0), who.task_force_id
    new = {"side_id": who.side_id, "until": str(until or "")}
    history.record(work.session, subject, act, task_force_id=of, at=work.now, person_id=by.id, new=new)


def _tell(work: Work, given: Delegation, who: Person, by: Person) -> None:
    channel = people.main_channel(work.session, given.task_force_id)
    for user_id in people.user_ids(work.session, who.id or 0)[:1] if channel else ():
        work.queue(Lane(channel.speaker_id if channel else 0, user_id=user_id), TOLD, given.id, {"by": by.id})
