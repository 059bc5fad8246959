"""Handing over: shown before it happens, done at once or on a day, told, and taken back."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages import handover_sheets
from bot.messages import handovers as messages
from bot.messages.handovers import Shown
from bot.messages.post import Post, Reply
from bot.messages.roster import name_and_title
from bot.rules.handovers import Wish, begins_at, may_hand_over, may_receive
from bot.rules.items import local_date
from bot.services import handover_moves as moves
from bot.services import roster as service
from bot.services.askers import Asker, require_member
from bot.services.budget_views import views_of as lines_of
from bot.services.departures import is_gone, present_keepers
from bot.services.handover_returns import KEEPING, RSVPS
from bot.services.item_mentions import mention_item
from bot.services.item_views import views_of
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import handovers, history, people, roster
from storage.tables import Handover, HandoverState, OutboxRow, Person, Role, Side, TaskForce

TOLD = "handover-told"  # a kind of post
WINDOW = timedelta(minutes=10)  # in which it can be taken back


def preview(work: Work, asker: Asker, wish: Wish) -> Reply:
    """What will move, with the button that does it."""
    return Reply(messages.preview(asker.say, shown(work.session, check(work, asker, wish)), wish))


def check(work: Work, asker: Asker, wish: Wish) -> Handover:
    """The handover that is wished for, not kept yet; or a refusal that says what to do instead."""
    task_force, by = require_member(asker)
    giver, receiver = (_person(work, task_force, one) for one in (wish.giver_id, wish.receiver_id))
    has_keepers = bool(present_keepers(work, giver.side_id))
    no = may_hand_over(by, giver, is_gone=is_gone(work, giver), has_keepers=has_keepers) or may_receive(giver, receiver)
    if no:
        raise _refuse(work, no, giver, receiver)
    today = local_date(work.now, task_force)
    if wish.starts_on and wish.starts_on < today:
        raise Refused("handover-day-past", field="day")
    if waiting := handovers.waiting_of(work.session, giver.id or 0):
        raise Refused("handover-waits-already", who=name_and_title(giver), day=waiting.starts_on.isoformat())
    later = wish.starts_on is not None and wish.starts_on > today
    made = Handover(
        task_force_id=task_force.id or 0,
        giver_id=wish.giver_id,
        receiver_id=wish.receiver_id,
        acting=wish.acting,
        with_role=wish.with_role,
        starts_on=wish.starts_on or today,
        due_at=begins_at(wish.starts_on, task_force) if later and wish.starts_on else None,
        state=HandoverState.WAITING,
        asked_by=by.id or 0,
        asked_at=work.now,
    )
    if not later and not moves.found(work.session, made):
        raise Refused("handover-nothing", who=name_and_title(giver))
    return made


def hand_over(work: Work, asker: Asker, wish: Wish) -> Reply:
    """Do it, or keep it for its day. Everybody concerned is told, once."""
    task_force, _ = require_member(asker)
    roster.lock_side(work.session, _person(work, task_force, wish.giver_id).side_id)
    handover = check(work, asker, wish)
    work.session.add(handover)
    work.session.flush()
    if handover.due_at is None:
        _carry_out(work, handover)
        return Reply(messages.done(asker.say, shown(work.session, handover)))
    _record(work, handover, "planned")
    _tell(work, handover)
    return Reply(messages.waits(asker.say, shown(work.session, handover)))


def cancel(work: Work, asker: Asker, handover_id: int) -> Reply:
    """Take one that waits for its day off."""
    handover = _mine(work, asker, handover_id)
    if handover.state is not HandoverState.WAITING:
        raise Refused("handover-settled")
    handover.state = HandoverState.CANCELLED
    _record(work, handover, "cancelled")
    _tell(work, handover)
    return Reply(messages.called_off(asker.say, shown(work.session, handover)))


def take_back(work: Work, asker: Asker, handover_id: int) -> Reply:
    """Within ten minutes everything goes back that nobody has changed since."""
    handover = _mine(work, asker, handover_id)
    _, by = require_member(asker)
    if handover.state is not HandoverState.DONE or handover.done_at is None or work.now - handover.done_at > WINDOW:
        raise Refused("handover-settled")
    roster.lock_side(work.session, by.side_id)
    moves.back(work, handover, by)
    handover.state = HandoverState.UNDONE
    _record(work, handover, "undone")
    _show_and_tell(work, handover)
    return Reply(messages.taken_back(asker.say, shown(work.session, handover)))


def carry_out_next(work: Work) -> bool:
    """Do one whose day has come; False if there is none. What cannot be done any more is said to those concerned."""
    handover = handovers.next_due(work.session, work.now)
    if handover is None:
        return False
    giver, receiver = (work.session.get_one(Person, one) for one in (handover.giver_id, handover.receiver_id))
    roster.lock_side(work.session, giver.side_id)
    if no := may_receive(giver, receiver):
        why = _refuse(work, no, giver, receiver)
        handover.state, handover.reason = HandoverState.FAILED, {"key": why.key, **why.args_of_key}
        _record(work, handover, "failed")
        _tell(work, handover)
        return True
    _carry_out(work, handover)
    return True


def shown(session: Session, handover: Handover) -> Shown:
    """A handover with whoever and whatever it is about, done or not."""
    of = handover.moved or (moves.found(session, handover) if handover.state is HandoverState.WAITING else {})
    giver, receiver = (session.get_one(Person, one) for one in (handover.giver_id, handover.receiver_id))
    role = next((one["new"] for one in of.get("role", []) if one["person"] == receiver.id), None)
    values, held = of.get("items", []), [*of.get("items", []), *of.get(moves.LINES, [])]
    return Shown(
        handover,
        giver,
        receiver,
        views_of(session, moves.moved_items(session, handover)) if values else (),
        len(of.get("questions", [])),
        Role(role) if role else None,
        is_return=bool(held) and all(one["for"] == receiver.id for one in held),
        lines=lines_of(session, moves.moved_lines(session, handover)) if of.get(moves.LINES) else (),
        expected=moves.moved_meetings(session, handover, RSVPS) if of.get(RSVPS) else (),
        kept=moves.moved_meetings(session, handover, KEEPING) if of.get(KEEPING) else (),
        zone=session.get_one(TaskForce, handover.task_force_id).zone,
        sides=people.sides(session, handover.task_force_id),
    )


def planned(work: Work, asker: Asker) -> list[Shown]:
    """What people of the asker's side will hand over on later days: no secret on that side."""
    task_force, by = require_member(asker)
    return [shown(work.session, one) for one in handovers.planned(work.session, task_force.id or 0, by.side_id)]


def render_told(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the giver, the receiver, who acted so far, and who asked for it; with the list once it is done."""
    handover_id, person_id, state = row.subject.split(":")
    handover = session.get_one(Handover, int(handover_id))
    if handover.state != state:
        return None
    found, reader = shown(session, handover), session.get_one(Person, int(person_id))
    post = messages.told(say, found, reader, session.get_one(Person, handover.asked_by))
    if handover.state is not HandoverState.DONE:
        return post
    side = session.get_one(Side, found.giver.side_id)
    task_force = session.get_one(TaskForce, handover.task_force_id)
    return Post(post.text, post.blocks, (handover_sheets.file_of(say, found, task_force.name, side.name),))


def mention_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message: one mention in the thread of the first joint item's card."""
    handover = work.session.get_one(Handover, int(row.subject.partition(":")[0]))
    joint = [one for one in moves.moved_items(work.session, handover) if one.internal_to is None]
    for item in joint[:1]:
        mention_item(work, item, row.user_id or "")


def _carry_out(work: Work, handover: Handover) -> None:
    moves.move(work, handover)
    handover.state, handover.done_at, handover.due_at = HandoverState.DONE, work.now, None
    _record(work, handover, "done")
    _show_and_tell(work, handover)


def _show_and_tell(work: Work, handover: Handover) -> None:
    """The channels' lanes before people's, as everywhere: two orders would lock each other out."""
    moves.show(work, handover)
    _tell(work, handover)


def _tell(work: Work, handover: Handover) -> None:
    """Each Slack user once, in the order of their ids."""
    held = {one["owner"] for one in handover.moved.get("items", [])}
    to_tell: dict[str, int] = {}
    for person_id in dict.fromkeys([handover.receiver_id, handover.giver_id, *sorted(held), handover.asked_by]):
        person = work.session.get_one(Person, person_id)
        is_receiver = person_id == handover.receiver_id
        users = (
            people.reached_through(work.session, person) if is_receiver else people.user_ids(work.session, person_id)
        )
        for user_id in users[:1]:
            to_tell.setdefault(user_id, person_id)
    for user_id, person_id in sorted(to_tell.items()):
        lane = service.lane_to(work, handover.task_force_id, user_id)
        work.queue(lane, TOLD, f"{handover.id}:{person_id}:{handover.state}")


def _mine(work: Work, asker: Asker, handover_id: int) -> Handover:
    """The handover of a button, if the asker may hand over for its giver; a forged or foreign one shows nothing."""
    task_force, by = require_member(asker)
    handover = handovers.lock(work.session, handover_id)
    if handover is None or handover.task_force_id != task_force.id:
        raise Refused("handover-gone")
    giver, receiver = (work.session.get_one(Person, one) for one in (handover.giver_id, handover.receiver_id))
    if giver.side_id != by.side_id:
        raise Refused("handover-gone")
    if by.id != handover.asked_by and (no := may_hand_over(by, giver, is_gone=False, has_keepers=True)):
        raise _refuse(work, no, giver, receiver)
    return handover


def _person(work: Work, task_force: TaskForce, person_id: int) -> Person:
    """Somebody of this task force; a foreign or forged id is nobody."""
    person = work.session.get(Person, person_id)
    if person is None or person.task_force_id != task_force.id:
        raise Refused("handover-nobody")
    return person


def _refuse(work: Work, no: str, giver: Person, receiver: Person) -> Refused:
    """The refusal with all that its sentence may say."""
    sides = {one.id: work.session.get_one(Side, one.side_id).name for one in (giver, receiver)}
    keepers = ", ".join(map(name_and_title, present_keepers(work, giver.side_id)))
    return Refused(
        no,
        giver=name_and_title(giver),
        receiver=name_and_title(receiver),
        side=sides[giver.id],
        other=sides[receiver.id],
        names=keepers or "-",
    )


def _record(work: Work, handover: Handover, act: str) -> None:
    subject = ("handover", handover.id or 0)
    by, of = handover.asked_by, handover.task_force_id
    history.record(work.session, subject, act, task_force_id=of, at=work.now, person_id=by)
