"""Changing a side's people: by that side's lead, deputy and secretary, and each person's own details by themselves."""

import secrets
from datetime import datetime

from sqlmodel import Session

from bot.messages import members as messages
from bot.messages.members import MemberForm
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules.members import MemberAct, MemberLine, read_member
from bot.rules.roster import Details, change_roster, details_problems, leave, take_on_role, tidy
from bot.services import items, joining
from bot.services import roster as service
from bot.services.askers import Asker, require_member
from bot.services.hours import tell
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import installations, people, roster
from storage.tables import Account, OutboxRow, Person, PersonState, Role, Side, TaskForce

TOLD = "member-told"  # kind of post


def change(work: Work, asker: Asker, rest: str) -> Reply:
    """`member …`; a line that leaves something open gets the form, filled in with what was given."""
    task_force, by = require_member(asker)
    side = _side(work, by)
    line = read_member(rest, side.role_labels or {})
    if line.act is MemberAct.ME:
        return _own_form(asker, by)
    if line.act is MemberAct.ADD:
        return _new_form(work, asker, by, line)
    if line.act is MemberAct.UNCLEAR:
        raise Refused("member-unclear", roles=messages.role_words(asker.say, side))
    person = _named(work, asker, task_force, line)
    if person is None:
        return _new_form(work, asker, by, line)
    if line.act is MemberAct.LINK:
        return _link(work, asker, by, person, line.users[0])
    if line.act is MemberAct.REMOVE:
        return remove(work, asker, person.id or 0)
    if line.role:
        return _give_role(work, asker, by, person, line.role)
    return open_form(work, asker, person.id or 0)


def open_form(work: Work, asker: Asker, person_id: int) -> Reply:
    """The form about somebody of the own side; about oneself for everybody."""
    person, by = service.about(work, asker, person_id)
    if no := change_roster(by, person.side_id):
        if person.id == by.id:
            return _own_form(asker, by)
        raise service.refuse(work, no, person)
    account = _account(work, person)
    details = service.details_of(account, person)
    side = work.session.get_one(Side, person.side_id)
    shown = MemberForm(side, details, person.role, with_language=_asks_language(account))
    return Reply(view=messages.form(asker.say, shown, {**_kept(asker, by), "person": person.id}))


def save(work: Work, asker: Asker, kept: dict[str, object], details: Details, role: Role | None) -> Reply:
    """The form was submitted: about oneself (no role in it), about somebody, or about somebody new."""
    by = service.acting(work, asker, int(str(kept["task_force"])))
    details = service.check(tidy(details), details_problems(tidy(details)))
    if "person" not in kept:
        return _add(work, asker, by, details, role or Role.MEMBER, str(kept.get("user") or ""))
    person, _ = service.about(work, asker, int(str(kept["person"])))
    if person.id != by.id and (no := change_roster(by, person.side_id)):
        raise service.refuse(work, no, person)
    _write(work, by, person, details)
    if (role is not None and role is not person.role) or person.state is PersonState.PENDING:
        _give_role(work, asker, by, person, role or person.role)
    return Reply(messages.saved(asker.say, person, _side(work, person)))


def remove(work: Work, asker: Asker, person_id: int) -> Reply:
    """Take somebody out of the roster; what they did stays in the record."""
    person, by = service.about(work, asker, person_id)
    person, keepers = _locked(work, by, person)
    if person.state is PersonState.PENDING:
        joining.settle(work, person, by, approve=False)
        return Reply(messages.removed(asker.say, person))
    owned = service.owned(work, person)
    if no := leave(person, keepers, len(owned)):
        raise service.refuse(work, no, person)
    old = service.facts(person)
    person.state = PersonState.LEFT
    _tell(work, person, by, removed=True)
    service.record(work, person, "removed", by, old)
    return Reply(messages.removed(asker.say, person))


def render_told(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To somebody whose place in the roster was changed by somebody else."""
    person = session.get_one(Person, int(row.subject.partition(":")[0]))
    task_force = session.get_one(TaskForce, person.task_force_id)
    if row.args["removed"]:
        return messages.told_removed(say, task_force.name, row.args["by"])
    side = session.get_one(Side, person.side_id)
    return messages.told_role(say, task_force.name, side, person, row.args["by"])


def _side(work: Work, person: Person) -> Side:
    return work.session.get_one(Side, person.side_id)


def _named(work: Work, asker: Asker, task_force: TaskForce, line: MemberLine) -> Person | None:
    """Whom the line is about; None for somebody in Slack who is not in the roster. A name must be one person's alone."""
    if line.users:
        found = roster.entry(work.session, task_force.id or 0, line.users[-1])
        return found if found and found.state is not PersonState.LEFT else None
    same = people.named(work.session, task_force, line.name)
    if not same:
        raise Refused("member-no-such", who=line.name)
    if len(same) > 1:
        sides = {side.id or 0: side.name for side in people.sides(work.session, task_force.id or 0)}
        raise Refused("member-which", names=messages.which_person(asker.say, same, sides))
    return same[0]


def _give_role(work: Work, asker: Asker, by: Person, person: Person, role: Role) -> Reply:
    """A role on the own side; somebody who waits to be let in is let in with it."""
    person, keepers = _locked(work, by, person)
    owned = service.owned(work, person)
    if no := take_on_role(person, role, keepers, len(owned)):
        raise service.refuse(work, no, person)
    was_waiting, old_role, old = person.state is PersonState.PENDING, person.role, service.facts(person)
    person.role = role
    if was_waiting:
        joining.settle(work, person, by, approve=True)
    elif old_role is not role:
        service.record(work, person, "role", by, old)
        _tell(work, person, by)
    return Reply(messages.role_given(asker.say, person, _side(work, person), None if was_waiting else old_role))


def _locked(work: Work, by: Person, person: Person) -> tuple[Person, list[Person]]:
    """The person as they are now and the side's other people who can be reached, if `by` may change that side."""
    roster.lock_side(work.session, person.side_id)
    person = roster.lock(work.session, person.id or 0) or person
    reachable = roster.reachable(work.session, person.side_id)
    if no := change_roster(by, person.side_id):  # only now: `by` may have lost the right a moment ago
        raise service.refuse(work, no, person)
    return person, [one for one in reachable if one.id != person.id]


def _add(work: Work, asker: Asker, by: Person, details: Details, role: Role, user_id: str) -> Reply:
    """Somebody new on the own side, with or without Slack."""
    if no := change_roster(by, by.side_id):
        raise service.refuse(work, no, by)
    if user_id:
        _check_account(work, by, user_id)
    person = Person(
        task_force_id=by.task_force_id, side_id=by.side_id, role=role, name=details.name, joined_at=work.now
    )
    service.write_details(person, details)
    work.session.add(person)
    work.session.flush()
    if user_id:
        roster.link(work.session, person, user_id)
        _tell(work, person, by)
    service.record(work, person, "added", by)
    return Reply(messages.role_given(asker.say, person, _side(work, person), None))


def _check_account(work: Work, by: Person, user_id: str) -> None:
    account = roster.lock_account(work.session, user_id)
    if account.is_bot or user_id in installations.bot_users(work.session):
        raise Refused("setup-person-bot", field="name")
    there = roster.entry(work.session, by.task_force_id, user_id)
    if there and there.state is not PersonState.LEFT:
        raise Refused("member-there-already", field="name", who=name_and_title(there))


def _link(work: Work, asker: Asker, by: Person, person: Person, user_id: str) -> Reply:
    """A second Slack account of somebody of the own side."""
    person, _ = _locked(work, by, person)
    account = roster.lock_account(work.session, user_id)
    if account.is_bot or user_id in installations.bot_users(work.session):
        raise Refused("setup-person-bot")
    there = roster.entry(work.session, by.task_force_id, user_id)
    if there and there.state is not PersonState.LEFT and there.id != person.id:
        raise Refused("member-there-already", who=name_and_title(there))
    roster.link(work.session, person, user_id)
    service.record(work, person, "linked", by, {"account": user_id})
    return Reply(messages.linked(asker.say, person))


def _write(work: Work, by: Person, person: Person, details: Details) -> None:
    """New details; the cards that name the person are made true."""
    account, old = _account(work, person), service.facts(person)
    if account and (person.id == by.id or _asks_language(account)):
        account.language = details.language or None
    service.write_details(person, details)
    if service.facts(person) != old:
        service.record(work, person, "details", by, old)
        for item in roster.open_items(work.session, person.id or 0):
            items.show_card(work, item)


def _account(work: Work, person: Person) -> Account | None:
    """The person's account, if they have Slack."""
    found = people.user_ids(work.session, person.id or 0)
    return people.account(work.session, found[0]) if found else None


def _asks_language(account: Account | None) -> bool:
    """Whether the own side may say which language somebody speaks: where Slack hides it."""
    return account is not None and account.locale is None


def _own_form(asker: Asker, by: Person) -> Reply:
    kept = {**_kept(asker, by), "person": by.id}
    return Reply(view=messages.own_form(asker.say, service.details_of(asker.account, by), kept))


def _new_form(work: Work, asker: Asker, by: Person, line: MemberLine) -> Reply:
    """Somebody who is not in the roster is taken into it by a form, filled in with what was given."""
    if line.act in (MemberAct.REMOVE, MemberAct.LINK):
        raise Refused("member-not-in-roster")
    if no := change_roster(by, by.side_id):
        raise service.refuse(work, no, by)
    user_id = line.users[0] if line.users else None
    account = people.account(work.session, user_id) if user_id else None
    given = dict(zip(("name", "department", "job_title"), line.details, strict=False))
    details = Details(**given) if given else service.details_of(account)
    side = work.session.get_one(Side, by.side_id)
    shown = MemberForm(side, details, line.role or Role.MEMBER, is_new=True)
    return Reply(view=messages.form(asker.say, shown, {**_kept(asker, by), "user": user_id}))


def _kept(asker: Asker, by: Person) -> dict[str, object]:
    return {"task_force": by.task_force_id, "channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}


def _tell(work: Work, person: Person, by: Person, *, removed: bool = False) -> None:
    """Tell the person what somebody else has made of them."""
    if person.id == by.id:
        return
    for user_id in people.user_ids(work.session, person.id or 0)[:1]:
        args = {"by": name_and_title(by), "removed": removed}
        lane = service.lane_to(work, person.task_force_id, user_id)
        task_force = work.session.get_one(TaskForce, person.task_force_id)
        tell(work, task_force, lane, TOLD, f"{person.id}:{work.now.isoformat()}", args)
