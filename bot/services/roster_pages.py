"""The roster as its people see it, with what is to be handed over on a later day."""

from bot.messages import handovers as handover_messages
from bot.messages.post import Post, Reply
from bot.messages.roster import RosterView, roster_page
from bot.rules.roster import keeps_side
from bot.services import handovers
from bot.services.askers import Asker, require_member
from bot.services.roster import number_in
from bot.services.work import Work
from storage import people, roster
from storage.tables import Person, TaskForce

MOST_PLANNED = 5


def show(work: Work, asker: Asker, rest: str) -> Reply:
    """`roster [page]`, for its people only."""
    task_force, person = require_member(asker)
    return Reply(page(work, asker, task_force, person, number_in(rest)))


def page(work: Work, asker: Asker, task_force: TaskForce, viewer: Person, number: int) -> Post:
    """One page of the roster as one of its people sees it; of handovers those of the own side."""
    key, planned = task_force.id or 0, handovers.planned(work, asker)[:MOST_PLANNED]
    view = RosterView(
        name=task_force.name,
        sides=people.sides(work.session, key),
        people=roster.standing(work.session, key),
        reachable=roster.with_slack(work.session, key),
        viewer=viewer,
        refusing=roster.refusing(work.session, viewer.side_id) if keeps_side(viewer) else (),
        planned=[handover_messages.planned(asker.say, one) for one in planned],
    )
    return roster_page(asker.say, view, number)
