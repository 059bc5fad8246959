"""Somebody leaves the channel or Slack: who looks after their side is told what they leave open."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages import handovers as messages
from bot.messages.post import Post
from bot.rules.roster import keeps_side
from bot.services import roster as service
from bot.services.budget_views import views_of as lines_of
from bot.services.item_mentions import mention_item
from bot.services.item_views import views_of
from bot.services.work import Work
from config.words import Say
from storage import handovers, outbox, people, roster
from storage.tables import BudgetLine, Departure, Item, OutboxRow, Person, PersonState, Role, TaskForce

DEPARTED = "departed"  # a kind of post
GRACE = timedelta(minutes=10)  # who goes out of a channel by mistake comes back within it
FIRST = (Role.LEAD, Role.DEPUTY, Role.SECRETARY)


def left(work: Work, user_id: str, channel_id: str) -> None:
    """Somebody went out of a task force's channel. Told after a while, if they do not come back."""
    channel = people.bound_channel(work.session, channel_id)
    task_force = work.session.get(TaskForce, channel.task_force_id) if channel else None
    person = people.person_of(work.session, task_force, user_id) if task_force else None
    if person and len(people.user_ids(work.session, person.id or 0)) <= 1:
        _notice(work, person, work.now + GRACE)


def deactivated(work: Work, user_id: str) -> None:
    """Slack has switched an account off: its person is gone from all task forces, unless they have another."""
    for person in _people_of(work, user_id):
        if not people.user_ids(work.session, person.id or 0):
            _notice(work, person, work.now)


def came_back(work: Work, user_id: str, channel_id: str | None = None) -> None:
    """Into the channel, or into Slack (then into all their task forces)."""
    channel = people.bound_channel(work.session, channel_id) if channel_id else None
    for person in _people_of(work, user_id):
        departure = handovers.departure_of(work.session, person.id or 0)
        if departure and (channel_id is None or (channel and channel.task_force_id == person.task_force_id)):
            departure.returned_at = work.now


def tell_next(work: Work) -> bool:
    """Tell of one departure that is to be told by now; False if there is none."""
    departure = handovers.next_to_tell(work.session, work.now)
    if departure is None:
        return False
    departure.tell_at = None
    person = work.session.get_one(Person, departure.person_id)
    leaves = keeps_side(person) or _open_items(work.session, person) or _open_lines(work.session, person)
    if person.state is PersonState.ACTIVE and leaves:
        for user_id in sorted({user for one in _to_tell(work, person) for user in _users(work, one)}):
            lane = service.lane_to(work, person.task_force_id, user_id)
            work.queue(lane, DEPARTED, f"{person.id}:{departure.id}")
    return True


def tell_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused to tell one who looks after the side. If nobody else was told, whoever comes next is; if nobody can be, a card's thread mentions them."""
    person = work.session.get_one(Person, int(row.subject.partition(":")[0]))
    told = outbox.receivers(work.session, DEPARTED, row.subject)
    if any(not _refuses(work, one) for one in told):
        return
    users = {user for one in _to_tell(work, person, refused_too=False) for user in _users(work, one)}
    for user_id in sorted(users):
        work.queue(service.lane_to(work, person.task_force_id, user_id), DEPARTED, row.subject)
    joint = [item for item in _open_items(work.session, person) if item.internal_to is None]
    for item in [] if users else joint[:1]:
        mention_item(work, item, row.user_id or "")


def is_gone(work: Work, person: Person) -> bool:
    """Whether somebody has left the channel, Slack or the roster."""
    return person.state is not PersonState.ACTIVE or bool(handovers.departure_of(work.session, person.id or 0))


def present_keepers(work: Work, side_id: int) -> list[Person]:
    """Who may change a side's roster, can be reached, and has not left."""
    gone = handovers.departed(work.session, side_id)
    return [one for one in service.keepers(work, side_id) if one.id not in gone]


def render_departed(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """Not for somebody who is back by then, or of whom nothing is open any more."""
    person_id, departure_id = map(int, row.subject.split(":"))
    person, departure = session.get_one(Person, person_id), session.get_one(Departure, departure_id)
    views, keeps = views_of(session, _open_items(session, person)), keeps_side(person)
    lines = lines_of(session, _open_lines(session, person))
    if departure.returned_at or not (views or keeps or lines):
        return None
    gone = handovers.departed(session, person.side_id)
    orphaned = not [one for one in roster.reachable(session, person.side_id) if keeps_side(one) and one.id not in gone]
    return messages.departed(say, person, views, keeps=keeps, orphaned=orphaned, lines=lines)


def _notice(work: Work, person: Person, tell_at: datetime) -> None:
    """Once per departure: the account that is switched off after its person went is the same one, told sooner."""
    roster.lock(work.session, person.id or 0)
    known = handovers.departure_of(work.session, person.id or 0)
    if known is None:
        work.session.add(Departure(person_id=person.id or 0, noticed_at=work.now, tell_at=tell_at))
    elif known.tell_at:
        known.tell_at = min(known.tell_at, tell_at)


def _to_tell(work: Work, person: Person, *, refused_too: bool = True) -> list[Person]:
    """Those of the highest role there is; where nobody looks after the side, its members. Not `refused_too`: nobody whom Slack lets nobody write to."""
    keepers = [one for one in present_keepers(work, person.side_id) if one.id != person.id]
    if not refused_too:
        keepers = [one for one in keepers if not all(_refuses(work, user) for user in _users(work, one))]
    for role in FIRST:
        if found := [one for one in keepers if one.role is role]:
            return found
    if not refused_too:
        return []
    gone = handovers.departed(work.session, person.side_id)
    return [one for one in roster.reachable(work.session, person.side_id) if one.id not in gone | {person.id}]


def _open_items(session: Session, person: Person) -> list[Item]:
    return roster.open_items(session, person.id or 0)


def _open_lines(session: Session, person: Person) -> list[BudgetLine]:
    return roster.open_lines(session, person.id or 0)


def _people_of(work: Work, user_id: str) -> list[Person]:
    found = [people.person_of(work.session, one, user_id) for one in people.task_forces_of(work.session, user_id)]
    return [one for one in found if one]


def _refuses(work: Work, user_id: str) -> bool:
    return people.account(work.session, user_id).dm_refused_at is not None


def _users(work: Work, person: Person) -> list[str]:
    return people.user_ids(work.session, person.id or 0)[:1]
