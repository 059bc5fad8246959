"""Figures for Prometheus: what waits and what is parked, how much was handled, how long it took."""

import time
from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from slack_bolt import App, BoltRequest, BoltResponse

from storage import queues
from storage.database import Database

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # seconds; Slack waits three
KINDS = ("block_actions", "event_callback", "message_action", "shortcut", "view_submission", "view_closed")


class Metrics:
    """The counts of one process, and the database's at the time of asking."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._handled = Counter("tft_requests", "Requests from Slack", ["kind", "status"], registry=self.registry)
        self._seconds = Histogram(
            "tft_request_seconds", "From dispatch to answer", ["kind"], buckets=BUCKETS, registry=self.registry
        )

    def handled(self, kind: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._handled.labels(kind, str(status)).inc()
        self._seconds.labels(kind).observe(seconds)

    def page(self, database: Database, *, several_processes: bool) -> bytes:
        """Everything in Prometheus's text form; with several processes their counts are added up."""
        registry = CollectorRegistry() if several_processes else self.registry
        if several_processes:
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        asked = CollectorRegistry()
        asked.register(Waiting(database))
        return generate_latest(registry) + generate_latest(asked)


class Waiting(Collector):
    """What waits in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask the database."""
        with self._database.reading() as session:
            counts = queues.counts(session)
        yield GaugeMetricFamily("tft_outbox_waiting", "Posts that are still to be sent", counts.waiting)
        yield GaugeMetricFamily("tft_outbox_parked", "Posts that Slack refused for good", counts.parked_posts)
        yield GaugeMetricFamily("tft_events_parked", "Events that failed on every retry", counts.parked_events)


class MeasuredApp(App):
    """A Bolt app that counts what it handles."""

    def __init__(self, metrics: Metrics, **options: Any) -> None:
        super().__init__(**options)
        self._metrics = metrics

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Handle one request from Slack, however it came in."""
        began = time.monotonic()
        response = super().dispatch(req)
        self._metrics.handled(kind_of(req.body), response.status, time.monotonic() - began)
        return response


def kind_of(body: dict[str, Any]) -> str:
    """What sort of request it was; one of few, so that nobody from outside makes new series."""
    if "command" in body:
        return "command"
    return body["type"] if body.get("type") in KINDS else "other"
