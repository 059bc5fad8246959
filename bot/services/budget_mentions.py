"""Who cannot be written to about a budget line is mentioned in the thread of the board; of what is internal the side's secretaries hear instead."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.messages import budget_mentions as messages
from bot.messages.post import Post
from bot.services.budget import BOARD, channel_of
from bot.services.budget_views import sight_of_user, view_of
from bot.services.item_internals import instead_of
from bot.services.work import Work
from config.words import Say
from storage import budget, budget_dues, outbox, people
from storage.budget import Sight
from storage.nudges import Reminded
from storage.outbox import Lane
from storage.tables import Account, BudgetLine, OutboxRow, Person, TaskForce

MENTION, INSTEAD = "budget-mention", "budget-instead"  # kinds of posts
USERS = "users"  # in a row's arguments


def mention_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message about a line, whose id its subject begins with."""
    tell_instead(work, [work.session.get_one(BudgetLine, int(row.subject.partition(":")[0]))], row.user_id or "")


def nudge_instead(work: Work, said: Iterable[Reminded], user_id: str) -> None:
    """It refused reminders, or asks how much was spent: of each of their lines it is told otherwise, once."""
    told = list(said)
    lines = [line for _, line in budget_dues.milestones_of(work.session, told).values()]
    tell_instead(work, [*lines, *budget_dues.lines_of(work.session, told).values()], user_id)


def tell_instead(work: Work, lines: Iterable[BudgetLine], user_id: str) -> None:
    """The board's lane before people's, as everywhere. What is one side's alone is never mentioned in the channel."""
    for line in sorted({one.id: one for one in lines}.values(), key=lambda one: (one.internal_to is not None, one.id)):
        if line.internal_to is None:
            _mention(work, line, user_id)
        else:
            _tell_secretaries(work, line, user_id)


def _mention(work: Work, line: BudgetLine, user_id: str) -> None:
    """Several who wait are one mention."""
    channel = channel_of(work, line)
    lane = Lane(channel.speaker_id, channel.channel_id)
    work.hold(lane)
    waiting = outbox.waiting(work.session, lane, MENTION, line.id)
    users = {user_id, *(waiting.args[USERS] if waiting else ())}
    work.queue(lane, MENTION, line.id, {USERS: sorted(users)})


def _tell_secretaries(work: Work, line: BudgetLine, user_id: str) -> None:
    task_force = work.session.get_one(TaskForce, line.task_force_id)
    person = people.person_of(work.session, task_force, user_id)
    if person is None:
        return
    for secretary in instead_of(work.session, person):
        work.queue(Lane(channel_of(work, line).speaker_id, user_id=secretary), INSTEAD, f"{line.id}:{person.id}")


def over(session: Session, row: OutboxRow) -> tuple[str, str]:
    """In whose thread a mention stands: the board's."""
    return BOARD, str(session.get_one(BudgetLine, int(row.subject)).task_force_id)


def mention(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To those whom Slack still lets nobody write to; not of a line that is no longer there for a channel's eyes."""
    task_force_id = session.get_one(BudgetLine, int(row.subject)).task_force_id
    line = budget.by_id(session, Sight(task_force_id), int(row.subject))
    unreachable = [one for one in row.args[USERS] if session.get_one(Account, one).dm_refused_at]
    return messages.mention(line, unreachable, say) if line and unreachable else None


def instead(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To a secretary who may see the line: who could not be told, and what is next."""
    line_id, person_id = map(int, row.subject.split(":"))
    person = session.get_one(Person, person_id)
    sight = sight_of_user(session, person.task_force_id, row.user_id)
    line = budget.by_id(session, sight, line_id) if sight else None
    return messages.instead(view_of(session, line), person, now, say) if line else None
