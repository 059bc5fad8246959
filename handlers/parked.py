"""What was parked is tried again, once an operator has mended what stood in its way."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt import App
from slack_bolt.request import BoltRequest

from handlers.deps import Deps
from storage import outbox, queues
from storage.tables import Parked

MOST = 10_000


@dataclass(frozen=True)
class Retried:
    """How many posts are queued anew, how many events had their effect, how many failed again."""

    posts: int
    events: int
    failed: int


def retry(deps: Deps, apps: Mapping[str, App]) -> Retried:
    """Queue parked posts anew, and let parked events have their effect; one that fails stays parked."""
    with deps.work() as work:
        posts = queues.parked_posts(work.session, MOST)
        for row in posts:
            outbox.retry_parked(work.session, row.id or 0, work.machine_now)
    with deps.database.reading() as session:
        events = queues.parked_events(session, MOST)
    done = [event.id for event in events if _is_handled(apps, event)]
    with deps.database.transaction() as session:
        for event_id in done:
            queues.forget_event(session, event_id or 0)
    return Retried(len(posts), len(done), len(events) - len(done))


def _is_handled(apps: Mapping[str, App], event: Parked) -> bool:
    """By the app that heard it; by any if it is not known which."""
    app = apps.get(event.app_name or "") or next(iter(apps.values()))
    return app.dispatch(BoltRequest(body=event.body, mode="socket_mode")).status == 200
