"""The verb and the form of a handover."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.messages import handovers as messages
from bot.messages.escape import escape
from bot.messages.handovers import HandoverForm
from bot.messages.post import Reply
from bot.messages.roster import name_and_title
from bot.rules.dates import Due, Kind
from bot.rules.handovers import HandoverLine, Named, Wish, has_role, read_handover, unpacked
from bot.rules.roster import Right, change_roster, may
from bot.services import handovers as service
from bot.services.askers import Asker, require_member
from bot.services.departures import is_gone, present_keepers
from bot.services.item_dues import read_words
from bot.services.item_questions import roster_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people
from storage.tables import Person, TaskForce

BOTH = 2


def handover(work: Work, asker: Asker, rest: str) -> Reply:
    """`handover @a @b [acting] [from …]`: with both people what will move is shown; else the form, filled in."""
    task_force, by = require_member(asker)
    line = read_handover(rest, roster_of(work, task_force))
    named = [_one(work, task_force, one) for one in line.people]
    if len(named) > BOTH:
        raise Refused("handover-two", names=", ".join(map(name_and_title, named)))
    day = _day(work, task_force, line)
    wish = _wish(by, named, line, day)
    if len(named) < BOTH:
        return form(work, asker, wish)
    if day and day.kind is Kind.QUESTION and len(day.readings) != 1:
        return form(work, asker, wish, asker.say("handover-which-day", written=escape(line.rest)))
    return service.preview(work, asker, wish)


def open_form(work: Work, asker: Asker, person_id: int) -> Reply:
    """The form, from this person."""
    return form(work, asker, Wish(person_id, 0))


def change(work: Work, asker: Asker, packed: str) -> Reply:
    """The form, from what was asked for."""
    return form(work, asker, unpacked(packed))


def form(work: Work, asker: Asker, wish: Wish, *notes: str) -> Reply:
    """The form: of whom the asker may hand over, to whom of the side."""
    task_force, by = require_member(asker)
    side = [one for one in people.active(work.session, task_force.id or 0) if one.side_id == by.side_id]
    givers = _givers(work, by, side, wish.giver_id)
    may_role = any(map(has_role, givers)) and bool(
        change_roster(by, by.side_id) is None or not present_keepers(work, by.side_id)
    )
    receivers = [one for one in side if may(one.role, Right.CONFIRM_OWN_ITEMS)]
    if len(receivers) < BOTH and receivers in ([], givers):
        raise Refused("handover-alone")
    shown = HandoverForm(
        givers,
        receivers,
        wish.giver_id if wish.giver_id in [one.id for one in givers] else by.id,
        wish.receiver_id,
        wish.acting,
        wish.starts_on,
        may_role,
        service.planned(work, asker),
        notes,
    )
    return Reply(view=messages.form(asker.say, shown, _kept(asker, task_force)))


def submitted(work: Work, asker: Asker, wish: Wish) -> Reply:
    """The form was sent: what will move is the next page; what must be mended is said at its field."""
    task_force, _ = require_member(asker)
    try:
        checked = service.check(work, asker, wish)
    except Refused as no:
        no.field = no.field or "receiver"
        raise
    kept = {**_kept(asker, task_force), "wish": wish.packed()}
    return Reply(view=messages.preview_form(asker.say, service.shown(work.session, checked), kept))


def sure(work: Work, asker: Asker, memory: Mapping[str, Any]) -> Reply:
    """The next page was sent."""
    return service.hand_over(work, asker, unpacked(memory["wish"]))


def go(work: Work, asker: Asker, packed: str) -> Reply:
    """The same by the button under a preview."""
    return service.hand_over(work, asker, unpacked(packed))


def _givers(work: Work, by: Person, side: list[Person], wanted: int) -> list[Person]:
    """All of the side for who looks after it, and where nobody does who has gone; else oneself."""
    if change_roster(by, by.side_id) is None:
        return side
    orphaned = not present_keepers(work, by.side_id)
    return [one for one in side if one.id == by.id or (orphaned and is_gone(work, one))]


def _one(work: Work, task_force: TaskForce, named: Named) -> Person:
    """Who is meant, for sure."""
    if named.user_id:
        person = people.person_of(work.session, task_force, named.user_id)
        if person is None:
            name = people.account(work.session, named.user_id).name or named.user_id
            raise Refused("handover-unknown", written=name)
        return person
    if len(named.people) > 1:
        raise Refused("item-owner-name-unclear", name=named.written)
    return named.people[0]


def _day(work: Work, task_force: TaskForce, line: HandoverLine) -> Due | None:
    """The day in the words that are left; words that are none are taken for a name that nobody bears."""
    if not line.rest:
        return None
    read = read_words(work, task_force, line.rest)
    if read.kind is Kind.NONE and read.key == "past":
        raise Refused("handover-day-past")
    if not read.readings:
        raise Refused("handover-unknown", written=line.rest)
    return read


def _wish(by: Person, named: list[Person], line: HandoverLine, day: Due | None) -> Wish:
    """With one name: from that person for who looks after the side, else from oneself to that person."""
    starts_on = day.readings[0].date if day and len(day.readings) == 1 else None
    wish = Wish(by.id or 0, 0, line.acting, starts_on=starts_on)
    if len(named) == BOTH:
        return replace(wish, giver_id=named[0].id or 0, receiver_id=named[1].id or 0)
    if not named or named[0].id == by.id:
        return wish
    if change_roster(by, named[0].side_id) is None:
        return replace(wish, giver_id=named[0].id or 0)
    return replace(wish, receiver_id=named[0].id or 0)


def _kept(asker: Asker, task_force: TaskForce) -> dict[str, object]:
    return {"task_force": task_force.id, "channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}
