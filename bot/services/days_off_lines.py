"""What is typed and sent about days off: `holiday …`, `leave …`, the lists, the form."""

import secrets
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.messages import days_off as messages
from bot.messages.days_off import ALL, PAGE, PUBLIC, DaysForm, DaysList
from bot.messages.escape import escape
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules import days_off as rules
from bot.rules import roster, slack_text
from bot.rules.calendars import public_holidays
from bot.rules.days_off import Act, DaysLine, Span
from bot.rules.fields import one_line
from bot.rules.grammar import Verb
from bot.rules.items import local_date
from bot.rules.names import take_name
from bot.services.askers import Asker, require_member
from bot.services.calendars import calendar_of
from bot.services.days_off import add, added_view, check_may_add, check_may_leave, may_remove, names_of, remove
from bot.services.item_questions import roster_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import days_off, people
from storage.tables import DaysOff, Person, Side, TaskForce

YEAR = timedelta(days=366)


def holiday(work: Work, asker: Asker, rest: str) -> Reply:
    """`holiday [add|list|remove] …`: days off of all, or of the asker's side."""
    task_force, by = require_member(asker)
    line = _read(work, task_force, by, slack_text.plain(rest))
    if line.act is Act.LIST:
        return Reply(_list(work, asker, Verb.HOLIDAY, line.page))
    if line.act is Act.REMOVE:
        return _remove_named(work, asker, Verb.HOLIDAY, line)
    check_may_add(work, by, line.side_id)
    if not line.days.is_sure:
        return _form(work, asker, Verb.HOLIDAY, line, str(line.side_id or ALL))
    return add(work, asker, Span(line.days.first, line.days.last, line.name), line.side_id, None)


def leave(work: Work, asker: Asker, rest: str) -> Reply:
    """`leave [@who] …`: one's own days, or those of somebody of the own side by who looks after its roster."""
    task_force, by = require_member(asker)
    person, text = _whose_leave(work, asker, task_force, by, rest)
    line = _read(work, task_force, by, text, with_sides=False)
    if line.act is Act.LIST:
        return Reply(_list(work, asker, Verb.LEAVE, line.page))
    if line.act is Act.REMOVE:
        return _remove_named(work, asker, Verb.LEAVE, line, person)
    check_may_leave(work, by, person)
    if not line.days.is_sure:
        return _form(work, asker, Verb.LEAVE, line, str(person.id))
    return add(work, asker, Span(line.days.first, line.days.last, line.name), person.side_id, person)


def submitted(work: Work, asker: Asker, verb: Verb, span: Span, whose: str) -> Reply:
    """The form was sent; what must be mended is shown in it."""
    task_force, by = require_member(asker)
    span = Span(span.first, span.last, one_line(span.name))
    if verb is Verb.LEAVE:
        person = _person(work, task_force, whose) if whose else by
        check_may_leave(work, by, person)
        return add(work, asker, span, person.side_id, person, in_form=True)
    sides = [one.id for one in people.sides(work.session, task_force.id or 0)]
    side_id = next((one for one in sides if str(one) == whose), None)
    check_may_add(work, by, side_id)
    return add(work, asker, span, side_id, None, in_form=True)


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
    named, left = take_name(one_line(text), roster_of(work, task_force))
    if named is None:
        return by, text
    if len(named.candidates) != 1:
        raise Refused("item-owner-name-unclear", name=named.written)
    return named.candidates[0], left


def _person(work: Work, task_force: TaskForce, whose: str) -> Person:
    active = people.active(work.session, task_force.id or 0)
    found = next((one for one in active if str(one.id) == whose), None)
    if found is None:
        raise Refused("roster-nobody", field=rules.WHOSE)
    return found


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
    shown = [added_view(work.session, one, by) for one in rows[(number - 1) * PAGE : number * PAGE]]
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
        raise Refused("days-off-not-yours", names=names_of(work, task_force, found[0].side_id))
    if not found and is_said:
        raise Refused("days-off-none-meant")
    shown = [added_view(work.session, one, by) for one in mine[:PAGE]]
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
