"""Delivery: what was queued reaches Slack, lane by lane, once.

A worker leases a lane and commits, renders and sends outside any transaction, and writes down what came of it in a second
one. Any number of workers and (on PostgreSQL) processes share the lanes; a lease that expires means that its holder is gone.
"""

import queue
import threading
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.services import speakers
from bot.services.work import Work
from handlers import errands, late, pace, sending, settling
from handlers.deps import Deps
from handlers.errands import Errand
from handlers.sending import LeaseLost, Sent
from storage import outbox
from storage.outbox import Lease
from storage.tables import OutboxRow, OutboxState

log = structlog.get_logger()
WORKERS = 4
POLL_S = 0.25
SILENT = timedelta(minutes=1)  # a lane in which nobody can speak is woken; this is for what nobody told us
PAUSE_S = 1.0  # after a failure of our own


class Delivery:
    """The workers of one process.

    `reconcile_s` of the settings is how long a lease lasts, and how long to wait before looking for a message of which
    nobody knows whether it was posted. A call must give up well before that.
    """

    def __init__(self, deps: Deps, *, workers: int = WORKERS, poll_s: float = POLL_S) -> None:
        self._deps = deps
        self._poll_s = poll_s
        self._reconcile = timedelta(seconds=deps.settings.reconcile_s)
        self._stopping = threading.Event()
        self._bell: queue.Queue[None] = queue.Queue(maxsize=workers)
        self._workers = [threading.Thread(target=self._work, name=f"delivery-{n}", daemon=True) for n in range(workers)]

    def start(self) -> None:
        """Take up what waits."""
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """Finish what is being sent, give the lanes back."""
        self._stopping.set()
        for _ in self._workers:
            self.wake()
        for worker in self._workers:
            worker.join()

    def wake(self) -> None:
        """Something was queued: look now, not at the next poll."""
        with suppress(queue.Full):
            self._bell.put_nowait(None)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                did_something = self.step()
            except Exception:  # the database may be away: delivery outlives it
                log.exception("delivery-failed")
                did_something = self._stopping.wait(PAUSE_S)
            if not did_something:
                with suppress(queue.Empty):
                    self._bell.get(timeout=self._poll_s)

    def step(self) -> bool:
        """Do one thing that is due; False if there was nothing."""
        with self._deps.database.reading() as session:
            if not outbox.is_due(session, self._deps.machine_clock()):
                return False
        with self._deps.work() as work:
            lease = outbox.lease(work.session, work.machine_now, work.machine_now + self._reconcile)
            errand = self._begin(work, lease) if lease else None
        if errand:
            self._finish(errand)
        return bool(lease) or late.see_to_one(self._deps, self._reconcile)

    def _begin(self, work: Work, lease: Lease) -> Errand | None:
        """The errand of the lane's first row, if its time has come and the pace allows it; else the lane is given back."""
        row = outbox.first(work.session, lease.lane)
        if row is None or row.not_before > work.machine_now:
            outbox.give_back(work.session, lease)
            return None
        if not self._is_at_home(work, lease, row):
            return None
        if not errands.is_known(row.kind):
            settling.park(row, "no such kind of message")
            outbox.give_back(work.session, lease)
            return None
        errand = errands.prepare(work.session, lease, row)
        if wait := pace.book_all(work.session, row.installation_id, errand.methods, work.machine_now):
            outbox.give_back(work.session, lease, not_before=wait)
            return None
        row.state, row.attempts = OutboxState.SENDING, row.attempts + 1
        row.tried_at = row.tried_at or work.machine_now
        return errand

    def _is_at_home(self, work: Work, lease: Lease, row: OutboxRow) -> bool:
        """Whether the row is in the lane where it belongs; else it waits for somebody who can send it, or goes there."""
        home = speakers.where(work.session, row)
        if home is None:
            outbox.give_back(work.session, lease, not_before=work.machine_now + SILENT)
        elif str(home) != lease.lane:
            outbox.rehome(work.session, row, home, work.machine_now)
            work.session.flush()
            outbox.give_back(work.session, lease)
        return home is not None and str(home) == lease.lane

    def _finish(self, errand: Errand) -> None:
        try:
            sent = sending.send(self._deps, errand, lambda: self._renew(errand.lease))
            self._settle(errand, sent)
        except LeaseLost:
            self._look_soon(errand)
        except DBAPIError:
            raise  # the lease expires, then it is looked for
        except Exception as error:  # a row that cannot be rendered or recorded must not stop the others
            log.exception("post-failed", row=errand.row.id, kind=errand.row.kind)
            self._park(errand, error)

    def _settle(self, errand: Errand, sent: Sent) -> None:
        with self._deps.work() as work:
            settling.settle(work, errand, sent, self._reconcile)
            posted = sent.outcome.method == "chat.postMessage"
            free_at = pace.next_message_at(errand.lease.free_at, work.machine_now) if posted else None
            if not outbox.give_back(work.session, errand.lease, free_at=free_at):
                raise LeaseLost(errand.lease.lane)

    def _park(self, errand: Errand, error: Exception) -> None:
        with self._deps.work() as work:
            if outbox.give_back(work.session, errand.lease):
                settling.park(work.session.get_one(OutboxRow, errand.row.id), f"{type(error).__name__}: {error}")

    def _renew(self, lease: Lease) -> bool:
        with self._deps.work() as work:
            return outbox.keep(work.session, lease, work.machine_now + self._reconcile)

    def _look_soon(self, errand: Errand) -> None:
        """Our answer came after somebody else took the lane: if the row is sent, see whether it was posted twice."""
        log.warning("lease-lost", row=errand.row.id, lane=errand.lease.lane)
        with self._deps.work() as work:
            row = work.session.get_one(OutboxRow, errand.row.id)
            if row.state is OutboxState.SENT:
                row.look_again_at = work.machine_now
