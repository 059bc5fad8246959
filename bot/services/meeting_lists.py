"""Meetings in a list, and what can be done where none is held."""

from bot.messages import meeting_lists as messages
from bot.messages.post import Post
from bot.services.askers import Asker, require_member
from bot.services.meeting_views import view_of
from bot.services.work import Work
from storage import meetings
from storage.tables import Phase

PAGE = 10


def list_page(work: Work, asker: Asker, page: int) -> Post:
    """A task force's meetings, the newest first."""
    task_force, _ = require_member(asker)
    of = task_force.id or 0
    count = meetings.count(work.session, of)
    page = max(0, min(page, (count - 1) // PAGE)) if count else 0
    found = [view_of(work.session, one) for one in meetings.page(work.session, of, page * PAGE, PAGE)]
    return messages.list_page(task_force, found, page, pages=-(-count // PAGE), say=asker.say)


def overview(work: Work, asker: Asker) -> Post:
    """The meeting that is held here with what can be done in it; else the next one, and how to begin."""
    task_force, _ = require_member(asker)
    here = meetings.live_in(work.session, asker.channel.channel_id) if asker.channel else None
    live = here or next(iter(meetings.page(work.session, task_force.id or 0, 0, 1, [Phase.LIVE])), None)
    planned = meetings.page(work.session, task_force.id or 0, 0, 5, [Phase.PLANNED])
    coming = sorted((one for one in planned if one.planned_for), key=lambda one: one.planned_for or work.now)
    views = [view_of(work.session, one) for one in ([live] if live else coming[:1])]
    return messages.overview(task_force, views[0] if views else None, asker.say)
