"""What a service works with: one transaction, its two clocks, and the words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from config.words import Words
from storage import installations, outbox
from storage.outbox import Lane

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

    def hold(self, lane: Lane) -> None:
        """Lock a lane before others, in the order that everybody keeps."""
        outbox.hold(self.session, lane, self.machine_now)
