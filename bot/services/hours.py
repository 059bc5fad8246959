"""Direct messages that nobody asked for come within the receiver's working hours; what comes sooner waits."""

from typing import Any

from bot.rules.hours import next_opening
from bot.services.receivers import office_of
from bot.services.work import Work
from storage import held
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
    """Queue what waited for this hour; False when there is no more."""
    due = held.due(work.session, work.now, AT_ONCE)
    for post in due:
        work.queue(Lane(post.installation_id, user_id=post.user_id), post.kind, post.subject, post.args)
        work.session.delete(post)
    return len(due) == AT_ONCE
