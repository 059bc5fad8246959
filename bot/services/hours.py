"""Direct messages that nobody asked for come within the receiver's working hours; what comes sooner waits."""

from datetime import datetime
from typing import Any

from bot.rules.hours import next_opening
from bot.services.receivers import office_of
from bot.services.work import Work
from storage import held, people
from storage.outbox import Lane
from storage.tables import TaskForce

AT_ONCE = 50


def tell(
    work: Work,
    task_force: TaskForce,
    lane: Lane,
    kind: str,
    subject: object,
    args: dict[str, Any] | None = None,
    *,
    is_new: bool = False,
) -> None:
    """Queue a direct message, now or when its receiver works again. Answers to a person's own act need not wait.

    `is_new`: what it is about was made just now, so nothing about it can be waiting.
    """
    at = next_opening(work.now, office_of(work, task_force).user(lane.user_id or ""))
    if at > work.now:
        held.hold(work.session, lane, kind, str(subject), args or {}, at)
        return
    if not is_new:
        held.forget(work.session, lane, kind, str(subject))
    work.queue(lane, kind, subject, args)


def release(work: Work) -> bool:
    """Queue what waited for this hour; False when there is no more. Whose days have changed meanwhile may have to wait on."""
    due = held.due(work.session, work.now, AT_ONCE)
    for post in due:
        if (at := _opening(work, post.user_id)) > work.now:
            post.until = at
            continue
        work.queue(Lane(post.installation_id, user_id=post.user_id), post.kind, post.subject, post.args)
        work.session.delete(post)
    return len(due) == AT_ONCE


def _opening(work: Work, user_id: str) -> datetime:
    """When somebody may be written to, by all of their task forces."""
    mine = people.task_forces_of(work.session, user_id)
    return max((next_opening(work.now, office_of(work, one).user(user_id)) for one in mine), default=work.now)
