"""What a service works with: one transaction, its two clocks, and the words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from config.words import Words
from storage import installations, outbox
from storage.outbox import Lane, Queued

if TYPE_CHECKING:
    from bot.services.receivers import Office


@dataclass(frozen=True)
class Work:
    """One transaction. `now` is business time (the demo moves it); `machine_now` is the wall clock, for leases and pace."""

    session: Session
    now: datetime
    machine_now: datetime
    words: Words
    offices: "dict[int, Office]" = field(default_factory=dict, init=False)  # by task force, as `receivers` read them

    def queue(self, lane: Lane, kind: str, subject: object, args: dict[str, Any] | None = None) -> None:
        """Have something shown in Slack once this transaction is committed; to a person by whoever reaches them best."""
        lane = installations.route(self.session, lane)
        outbox.queue(self.session, lane, kind, subject, self.machine_now, args)

    def queue_all(self, wanted: Iterable[Queued]) -> None:
        """The same for several people at once."""
        rows = list(wanted)
        lanes = installations.routes(self.session, [one.lane for one in rows])
        routed = [replace(one, lane=lane) for one, lane in zip(rows, lanes, strict=True)]
        outbox.queue_all(self.session, routed, self.machine_now)

    def hold(self, lane: Lane) -> None:
        """Lock a lane before others, in the order that everybody keeps."""
        outbox.hold(self.session, lane, self.machine_now)
