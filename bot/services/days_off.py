"""Days off that people add: of all, of a side, somebody's leave."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.messages import days_off as messages
from bot.messages.days_off import ALL, PAGE, PUBLIC, Added, DaysForm, DaysList
from bot.messages.escape import escape
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules import days_off as rules
from bot.rules import roster, slack_text
from bot.rules.calendars import Calendar, DayOff, calendar_for, public_holidays
from bot.rules.days_off import Act, DaysLine, Span
from bot.rules.fields import one_line
from bot.rules.grammar import Verb
from bot.rules.items import local_date
from bot.services.answers import tell_directly
from bot.services.askers import Asker, require_member
from bot.services.calendars import calendar_of
from bot.services.refused import Misfilled, Refused
from bot.services.settings import may_change_settings
from bot.services.work import Work
from config.words import Say
from storage import days_off, history, people, turns
from storage.outbox import Lane
from storage.tables import DaysOff, OutboxRow, Person, Side, TaskForce

TOLD = "days-off-told"  # kind of post
YEAR = timedelta(days=366)


def holiday(work: Work, asker: Asker, rest: str) -> Reply:
    """`holiday [add|list|remove] …`: days off of all, or of the asker's side."""
    task_force, by = require_member(asker)
    line = _read(work, task_force, by, slack_text.plain(rest))
    if line.act is Act.LIST:
        return Reply(_list(work, asker, Verb.HOLIDAY, line.page))
    if line.act is Act.REMOVE:
        return _remove_named(work, asker, Verb.HOLIDAY, line)
    _check_may_add(work, by, line.side_id)
    if not line.days.is_sure:
        return _form(work, asker, Verb.HOLIDAY, line, str(line.side_id or ALL))
    return _add(work, asker, Span(line.days.first, line.days.last, line.name), line.side_id, None)


def leave(work: Work, asker: Asker, rest: str) -> Reply:
    """`leave [@who] …`: one's own days, or those of somebody of the own side by who looks after its roster."""
    task_force, by = require_member(asker)
    person, text = _whose_leave(work, asker, task_force, by, rest)
    line = _read(work, task_force, by, text, with_sides=False)
    if line.act is Act.LIST:
        return Reply(_list(work, asker, Verb.LEAVE, line.page))
    if line.act is Act.REMOVE:
        return _remove_named(work, asker, Verb.LEAVE, line, person)
    _check_may_leave(work, by, person)
    if not line.days.is_sure:
        return _form(work, asker, Verb.LEAVE, line, str(person.id))
    return _add(work, asker, Span(line.days.first, line.days.last, line.name), person.side_id, person)


def submitted(work: Work, asker: Asker, verb: Verb, span: Span, whose: str) -> Reply:
    """The form was sent; what must be mended is shown in it."""
    task_force, by = require_member(asker)
    span = Span(span.first, span.last, one_line(span.name))
    if verb is Verb.LEAVE:
        person = _person(work, task_force, whose) if whose else by
        _check_may_leave(work, by, person)
        return _add(work, asker, span, person.side_id, person, in_form=True)
    sides = [one.id for one in people.sides(work.session, task_force.id or 0)]
    side_id = next((one for one in sides if str(one) == whose), None)
    _check_may_add(work, by, side_id)
    return _add(work, asker, span, side_id, None, in_form=True)


def remove(work: Work, asker: Asker, days_off_id: int) -> Reply:
    """Take days off away; the counts are made anew. What is gone already is said so."""
    task_force, by = require_member(asker)
    row = days_off.lock(work.session, days_off_id)
    if row is None or row.task_force_id != task_force.id:
        raise Refused("days-off-gone")
    one = _shown(work.session, row)
    if not may_remove(by, row):
        raise Refused("days-off-not-yours", names=_names(work, task_force, row.side_id))
    work.session.delete(row)
    work.session.flush()
    _changed(work, task_force, one, "removed", by)
    return Reply(messages.removed(asker.say, one))


def may_remove(by: Person, row: DaysOff) -> bool:
    """What was added for all by who may add that; a side's by that side; a leave by the person and the side's keepers."""
    if row.person_id:
        return row.person_id == by.id or roster.change_roster(by, row.side_id or 0) is None
    return row.side_id in (None, by.side_id) and roster.may(by.role, roster.Right.CHANGE_SETTINGS)


def render_told(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the channel: days off were added or taken away. Not if what was added is gone again when it is sent."""
    facts = row.args["facts"]
    kept = DaysOff.model_validate(facts)
    if row.args["act"] == "added" and session.get(DaysOff, kept.id) is None:
        return None
    return messages.told(say, _shown(session, kept), row.args["act"], row.args["by"])


def _read(work: Work, task_force: TaskForce, by: Person, text: str, *, with_sides: bool = True) -> DaysLine:
    now = work.now.astimezone(ZoneInfo(task_force.zone))
    sides = people.sides(work.session, task_force.id or 0) if with_sides else []
    return rules.read_days_off(one_line(text), now, calendar_of(work.session, task_force), sides, by.side_id)


def _whose_leave(work: Work, asker: Asker, task_force: TaskForce, by: Person, rest: str) -> tuple[Person, str]:
    """Whom the line names, else the asker; and the line without the name."""
    bot = asker.who.installation.bot_user_id
    mentioned = [one for one in slack_text.mentioned(rest) if one != bot]
    text = slack_text.plain(slack_text.TOKEN.sub(" ", rest)) if mentioned else slack_text.plain(rest)
    if mentioned:
        person = people.person_of(work.session, task_force, mentioned[0])
        if person is None:
            raise Refused("member-not-in-roster")
        return person, text
    found, left = roster.names_in(one_line(text), people.active(work.session, task_force.id or 0))
    if not found:
        return by, text
    _, same = found[0]
    if len(same) != 1:
        raise Refused("item-owner-name-unclear", name=found[0][0])
    return same[0], " ".join(left)


def _check_may_add(work: Work, by: Person, side_id: int | None) -> None:
    if side_id not in (None, by.side_id):
        side = work.session.get_one(Side, side_id)
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        raise Refused("days-off-other-side", side=side.name, names=_names(work, task_force, side_id))
    if not roster.may(by.role, roster.Right.CHANGE_SETTINGS):
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        raise Refused("days-off-no-right", names=_names(work, task_force, side_id))


def _check_may_leave(work: Work, by: Person, person: Person) -> None:
    if person.id != by.id and roster.change_roster(by, person.side_id):
        task_force = work.session.get_one(TaskForce, by.task_force_id)
        names = _names(work, task_force, person.side_id)
        raise Refused("days-off-leave-no-right", who=name_and_title(person), names=names)


def _names(work: Work, task_force: TaskForce, side_id: int | None) -> str:
    """Who may, of a side or of all."""
    may = may_change_settings(work.session, task_force.id or 0)
    return ", ".join(name_and_title(one) for one in may if side_id in (None, one.side_id))


def _person(work: Work, task_force: TaskForce, whose: str) -> Person:
    active = people.active(work.session, task_force.id or 0)
    found = next((one for one in active if str(one.id) == whose), None)
    if found is None:
        raise Refused("roster-nobody", field=rules.WHOSE)
    return found


def _add(
    work: Work, asker: Asker, span: Span, side_id: int | None, person: Person | None, *, in_form: bool = False
) -> Reply:
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
    one = _shown(work.session, row)
    _changed(work, task_force, one, "added", by)
    return Reply(messages.added(asker.say, one))


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


def _shown(session: Session, row: DaysOff, by: Person | None = None) -> Added:
    return Added(
        row,
        session.get(Side, row.side_id) if row.side_id else None,
        session.get(Person, row.person_id) if row.person_id else None,
        session.get_one(Person, row.added_by),
        may_remove=by is not None and may_remove(by, row),
    )


def _visible(work: Work, task_force: TaskForce, by: Person, verb: Verb) -> list[DaysOff]:
    """What lies ahead: days off of all and of sides, or the leave of people of the own side."""
    ahead = days_off.ahead(work.session, task_force.id or 0, local_date(work.now, task_force))
    if verb is Verb.HOLIDAY:
        return [one for one in ahead if one.person_id is None]
    return [one for one in ahead if one.person_id and one.side_id == by.side_id]


def _list(work: Work, asker: Asker, verb: Verb, number: int) -> Post:
    task_force, by = require_member(asker)
    rows = _visible(work, task_force, by, verb)
    pages = max(1, -(-len(rows) // PAGE))
    number = max(1, min(number, pages))
    shown = [_shown(work.session, one, by) for one in rows[(number - 1) * PAGE : number * PAGE]]
    today = local_date(work.now, task_force)
    public = [
        (day, name)
        for year in (today.year, today.year + 1)
        for day, name in sorted(public_holidays(task_force.country, year, asker.say.language).items())
        if today <= day <= today + YEAR
    ]
    coming = public[:PUBLIC] if verb is Verb.HOLIDAY and number == 1 else []
    return messages.days_list(DaysList(task_force, verb, shown, coming, number, pages), asker.say)


def _remove_named(work: Work, asker: Asker, verb: Verb, line: DaysLine, person: Person | None = None) -> Reply:
    """What the line means, if that is one; else the choice."""
    task_force, by = require_member(asker)
    rows = _visible(work, task_force, by, verb)
    if person and person.id != by.id:
        rows = [one for one in rows if one.person_id == person.id]
    found = rules.named(rows, line)
    mine = [one for one in found if may_remove(by, one)]
    is_said = line.days.first or line.name or line.side_id
    if len(mine) == 1 and is_said:
        return remove(work, asker, mine[0].id or 0)
    if found and not mine:
        raise Refused("days-off-not-yours", names=_names(work, task_force, found[0].side_id))
    if not found and is_said:
        raise Refused("days-off-none-meant")
    shown = [_shown(work.session, one, by) for one in mine[:PAGE]]
    if not shown:
        return Reply(_list(work, asker, verb, 1))
    return Reply(messages.which(asker.say, task_force, verb, shown))


def _form(work: Work, asker: Asker, verb: Verb, line: DaysLine, whose: str) -> Reply:
    """The form with what the line gave; why its days are asked about."""
    task_force, by = require_member(asker)
    say, notes = asker.say, []
    if line.days.why:
        notes = [say(f"dates-why-{line.days.why}"), say("typed", text=escape(asker.who.typed[:300]))]
    kept = {"task_force": task_force.id, "channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}
    span = Span(line.days.first, line.days.last, line.name[: rules.NAME_LIMIT])
    if span.last == span.first:
        span = Span(span.first, None, span.name)
    shown = DaysForm(verb, span, _choices(work, asker, verb, by), whose, [one for one in notes if one])
    return Reply(view=messages.form(say, shown, kept))


def _choices(work: Work, asker: Asker, verb: Verb, by: Person) -> dict[str, str]:
    if verb is Verb.HOLIDAY:
        side = work.session.get_one(Side, by.side_id)
        say = asker.say
        return {ALL: say("days-off-of-all"), str(side.id): say("days-off-of-side", side=side.name)}
    if roster.change_roster(by, by.side_id):
        return {str(by.id): name_and_title(by)}
    own = [one for one in people.active(work.session, by.task_force_id) if one.side_id == by.side_id]
    return {str(one.id): name_and_title(one) for one in sorted(own, key=lambda one: one.id != by.id)}
