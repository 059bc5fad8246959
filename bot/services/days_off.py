"""Days off that people add: of all, of a side, somebody's leave."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages import days_off as messages
from bot.messages.days_off import Added
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules import days_off as rules
from bot.rules import roster
from bot.rules.calendars import Calendar, DayOff, calendar_for
from bot.rules.days_off import Span
from bot.rules.items import local_date
from bot.services.answers import tell_directly
from bot.services.askers import Asker, require_member
from bot.services.reckoning import reckon_later
from bot.services.refused import Misfilled, Refused
from bot.services.settings import may_change_settings
from bot.services.work import Work
from config.words import Say
from storage import days_off, history, people, turns
from storage.outbox import Lane
from storage.tables import DaysOff, OutboxRow, Person, Side, TaskForce

TOLD = "days-off-told"  # kind of post
YEAR = timedelta(days=366)


def add(
    work: Work, asker: Asker, span: Span, side_id: int | None, person: Person | None, *, in_form: bool = False
) -> Reply:
    """Add days off of all, of a side or of a person, and say so. `in_form`: what must be mended is said at its field."""
    task_force, by = require_member(asker)
    _check(work, task_force, span, side_id, person, in_form=in_form)
    first = span.first or local_date(work.now, task_force)
    row = DaysOff(
        task_force_id=task_force.id or 0,
        side_id=side_id,
        person_id=person.id if person else None,
        first=first,
        last=span.last or first,
        name=span.name,
        added_by=by.id or 0,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    one = added_view(work.session, row)
    _changed(work, task_force, one, "added", by)
    return Reply(messages.added(asker.say, one))


def remove(work: Work, asker: Asker, days_off_id: int) -> Reply:
    """Take days off away; the counts are made anew. What is gone already is said so."""
    task_force, by = require_member(asker)
    row = days_off.lock(work.session, days_off_id)
    if row is None or row.task_force_id != task_force.id:
        raise Refused("days-off-gone")
    one = added_view(work.session, row)
    if not may_remove(by, row):
        raise Refused("days-off-not-yours", names=names_of(work, task_force, row.side_id))
    work.session.delete(row)
    work.session.flush()
    _changed(work, task_force, one, "removed", by)
    return Reply(messages.removed(asker.say, one))


def may_remove(by: Person, row: DaysOff) -> bool:
    """What was added for all by who may add that; a side's by that side; a leave by the person and the side's keepers."""
    if row.person_id:
        return row.person_id == by.id or roster.change_roster(by, row.side_id or 0) is None
    return row.side_id in (None, by.side_id) and roster.may(by.role, roster.Right.CHANGE_SETTINGS)


def check_may_add(work: Work, by: Person, side_id: int | None) -> None:
    """Refuse what another side or somebody without the right would add."""
    if side_id not in (None, by.side_id):
        side = work.session.get_one(Side, side_id)
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        raise Refused("days-off-other-side", side=side.name, names=names_of(work, task_force, side_id))
    if not roster.may(by.role, roster.Right.CHANGE_SETTINGS):
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        raise Refused("days-off-no-right", names=names_of(work, task_force, side_id))


def check_may_leave(work: Work, by: Person, person: Person) -> None:
    """Refuse to note the leave of others, but for who looks after their side's roster."""
    if person.id != by.id and roster.change_roster(by, person.side_id):
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        names = names_of(work, task_force, person.side_id)
        raise Refused("days-off-leave-no-right", who=name_and_title(person), names=names)


def names_of(work: Work, task_force: TaskForce, side_id: int | None) -> str:
    """Who may set days off, of a side or of all."""
    may = may_change_settings(work.session, task_force.id or 0)
    return ", ".join(name_and_title(one) for one in may if side_id in (None, one.side_id))


def added_view(session: Session, row: DaysOff, by: Person | None = None) -> Added:
    """Days off with whose they are, as `by` may see them in a list."""
    return Added(
        row,
        session.get(Side, row.side_id) if row.side_id else None,
        session.get(Person, row.person_id) if row.person_id else None,
        session.get_one(Person, row.added_by),
        may_remove=by is not None and may_remove(by, row),
    )


def render_told(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the channel: days off were added or taken away. Not if what was added is gone again when it is sent."""
    facts = row.args["facts"]
    kept = DaysOff.model_validate(facts)
    if row.args["act"] == "added" and session.get(DaysOff, kept.id) is None:
        return None
    return messages.told(say, added_view(session, kept), row.args["act"], row.args["by"])


def _check(
    work: Work, task_force: TaskForce, span: Span, side_id: int | None, person: Person | None, *, in_form: bool
) -> None:
    """Refuse what cannot be, at its field if it was typed into one."""
    wrong = rules.problems(span, local_date(work.now, task_force), is_leave=person is not None)
    found = [Refused(one.key, field=one.block if in_form else None, **one.args) for one in wrong]
    if not found and span.first:
        days = DayOff(span.first, span.last or span.first)
        added = days_off.of_task_force(work.session, task_force.id or 0)
        of = person or (work.session.get_one(Side, side_id) if side_id else None)
        field = rules.FIRST if in_form else None
        if rules.changes_nothing(days, calendar_for(task_force, added, of)):
            found.append(Refused("days-off-already", field=field))
        elif rules.leaves_no_working_day(days, _calendars(work, task_force, added)):
            found.append(Refused("days-off-no-working-day", field=field))
    if found:
        raise Misfilled(found) if in_form else found[0]


def _calendars(work: Work, task_force: TaskForce, added: Iterable[DaysOff]) -> list[Calendar]:
    """Everybody's working days: of each side, and of all who have leave."""
    rows = list(added)
    on_leave = [work.session.get_one(Person, one) for one in {row.person_id for row in rows if row.person_id}]
    sides = people.sides(work.session, task_force.id or 0)
    return [calendar_for(task_force, rows, of) for of in (None, *sides, *on_leave)]


def _changed(work: Work, task_force: TaskForce, one: Added, act: str, by: Person) -> None:
    """Into the history; days are counted anew; the channel hears of what is everybody's, a person of the own leave."""
    facts, key = _facts(one.row), task_force.id or 0
    subject = ("day_off", one.row.id or 0)
    history.record(
        work.session,
        subject,
        act,
        task_force_id=key,
        at=work.now,
        person_id=by.id,
        **{"new" if act == "added" else "old": facts},
    )
    turns.recount(work.session, key)
    reckon_later(task_force)
    channel = people.main_channel(work.session, key)
    if channel is None:
        return
    if one.person is None:
        args = {"act": act, "by": name_and_title(by), "facts": facts}
        work.queue(Lane(channel.speaker_id, channel.channel_id), TOLD, f"{one.row.id}:{act}", args)
    elif one.person.id != by.id:
        for user_id in people.user_ids(work.session, one.person.id or 0)[:1]:
            account = people.account(work.session, user_id)
            say = work.words.say(account.language or account.locale or task_force.language)
            tell_directly(work, channel.speaker_id, user_id, messages.told(say, one, act, name_and_title(by)))


def _facts(row: DaysOff) -> dict[str, object]:
    facts: dict[str, object] = row.model_dump(mode="json")
    return facts
