"""Time passing for a team: the ticks, and what they queue."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.services import items, nudges, posts, reckoning
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.reactions import NUDGE
from handlers.nudges import STEPS, is_anything_due
from storage.database import Database
from storage.tables import OutboxRow, OutboxState, Part, Person, TaskForce
from tests.services.team import Team, text_of

SEOUL = ZoneInfo("Asia/Seoul")
REMINDERS = (NUDGE, MILESTONE_NUDGE, nudges.NUDGES)


@dataclass
class Sent:
    """Something that a tick queued, as it would be sent at once."""

    kind: str
    to: str
    text: str


def at(text: str) -> datetime:
    """`12-04 09:30` of 2026 in Korea."""
    return datetime.strptime(f"{text} 2026", "%m-%d %H:%M %Y").replace(tzinfo=SEOUL).astimezone(UTC)


def tick(team: Team) -> None:
    """Everything that is due now, as the schedule does it: it looks first whether anything is."""
    with team.database.reading() as session:
        if not is_anything_due(session, team.now):
            return
    for step in STEPS:
        more = True
        while more:
            with team.work() as work:
                more = step(work)


def go(team: Team, moment: str) -> list[Sent]:
    """The clock goes to a moment without a tick in between; then there is one."""
    then = at(moment)
    team.machine_now += then - team.now
    team.now = then
    tick(team)
    return sent(team)


def sent(team: Team) -> list[Sent]:
    """What waits in the outbox, rendered; it is sent then. Cards and reactions are left aside."""
    with team.database.transaction() as session:
        rows = list(
            session.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING).order_by(col(OutboxRow.id)))
        )
        for row in rows:
            row.state = OutboxState.SENT
    known = posts.kinds().keys() - {items.CARD}
    found = [(row, team.rendered(row)) for row in rows if row.kind in known]
    return [Sent(row.kind, row.user_id or row.channel_id or "", text_of(post)) for row, post in found if post]


def reminders(found: list[Sent]) -> dict[str, str]:
    """Who is reminded, and how it reads."""
    assert len({one.to for one in found if one.kind in REMINDERS}) == sum(one.kind in REMINDERS for one in found)
    return {one.to: one.text for one in found if one.kind in REMINDERS}


def days(team: Team, first: str, last: str) -> list[tuple[str, Sent]]:
    """A tick at several hours of each day from one moment to another: what was sent when."""
    found: list[tuple[str, Sent]] = []
    day, hours = at(first).astimezone(SEOUL).date(), ("00:00", "09:00", "09:30", "13:00", "17:30", "22:00")
    while day <= at(last).astimezone(SEOUL).date():
        for moment in [f"{day:%m-%d} {hour}" for hour in hours]:
            if at(first) <= at(moment) <= at(last):
                found += [(moment, one) for one in go(team, moment)]
        day += timedelta(days=1)
    return found


def part_dues(database: Database) -> dict[int, datetime | None]:
    with database.reading() as session:
        return {part.id or 0: part.next_due_at for part in session.exec(select(Part))}


def change_person(team: Team, name: str, **values: object) -> None:
    """The roster changes somebody, by the services' own way."""
    with team.work() as work:
        person = work.session.exec(select(Person).where(Person.name == name)).one()
        for key, value in values.items():
            setattr(person, key, value)
        reckoning.reckon_later(work.session.get_one(TaskForce, person.task_force_id))
