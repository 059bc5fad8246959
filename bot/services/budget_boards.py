"""The board in the channel, kept true in place, and for one person; and what the outbox shows of lines."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import budget as messages
from bot.messages import budget_boards
from bot.messages.budget_boards import PAGE, BoardPage
from bot.messages.post import Post
from bot.rules.budget_lines import read_year
from bot.services.askers import Asker, require_member
from bot.services.budget_views import sight_of, sight_of_user, view_of, views_of
from bot.services.work import Work
from config.words import Say
from storage import budget, people
from storage.budget import Sight
from storage.tables import OutboxRow, Person, TaskForce

WITHOUT_CHART = "without_chart"  # in a row's args: Slack refused the chart


def page(work: Work, asker: Asker, rest: str, number: int = 0) -> Post:
    """A page of the board as the asker may see it, as it is now; a page beyond the end is the last one."""
    task_force, person = require_member(asker)
    views = views_of(work.session, budget.lines(work.session, sight_of(person), read_year(rest)))
    number = max(0, min(number, (len(views) - 1) // PAGE))
    return budget_boards.page(BoardPage(task_force, views, rest, number), work.now, asker.say)


def board(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post:
    """The channel's board: joint lines only. Slack having refused the chart, the same in words."""
    task_force = session.get_one(TaskForce, int(row.subject))
    views = views_of(session, budget.lines(session, Sight(task_force.id or 0)))
    shown = BoardPage(task_force, views)
    return budget_boards.channel_board(shown, now, say, with_chart=not row.args.get(WITHOUT_CHART))


def owned(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the owner: this is yours. Not if it is somebody else's, or not for these eyes, by the time it is sent."""
    line_id, owner_id = map(int, row.subject.split(":"))
    owner = session.get_one(Person, owner_id)
    sight = sight_of_user(session, owner.task_force_id, row.user_id)
    line = budget.by_id(session, sight, line_id) if sight else None
    if line is None or owner_id not in [one.owner_id for one in budget.owners(session, [line_id])]:
        return None
    by = session.get(Person, row.args["by"])
    is_owner = row.user_id in people.user_ids(session, owner_id)
    return messages.owned(view_of(session, line), owner, by, say, is_owner=is_owner)
