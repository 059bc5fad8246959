"""One tick at a given time, for operators and tests: what it queues, or would queue."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.services import posts, reckoning
from bot.services.work import Work
from handlers import nudges
from handlers.deps import Deps
from storage.tables import Account, OutboxRow


@dataclass(frozen=True)
class Queued:
    """A message that waits to be sent. `recipient`: a Slack user's or channel's id; `name`: the person's, where there is one."""

    kind: str
    subject: str
    recipient: str
    name: str
    text: str


def tick_at(deps: Deps, at: datetime) -> list[Queued]:
    """Do everything that is due at a moment, and give what is to be sent because of it."""
    with deps.database.reading() as session:
        before = _newest(session)
    nudges.tick(replace(deps, clock=lambda: at))
    with deps.database.reading() as session:
        return list(_since(session, before, deps, at))


def rehearse(deps: Deps, at: datetime) -> list[Queued]:
    """What a tick at a moment would send. Nothing is changed: it happens in one transaction that is taken back."""
    with _taken_back(deps) as session:
        before = _newest(session)
        for step in nudges.STEPS:
            while step(Work(session, at, deps.machine_clock(), deps.words)):
                session.flush()
        session.flush()
        return list(_since(session, before, deps, at))


def repair(deps: Deps) -> int:
    """Reckon anew when everything is due; gives how many reminders were not due when they should be."""
    with deps.database.reading() as session:
        wrong = reckoning.misreckoned(session, sys.maxsize)
    with deps.work() as work:
        reckoning.repair(work.session)
    more = True
    while more:
        with deps.work() as work:
            more = reckoning.reckon_some(work)
    return wrong


@contextmanager
def _taken_back(deps: Deps) -> Iterator[Session]:
    with deps.database.transaction() as session:
        try:
            yield session
        finally:
            session.rollback()


def _newest(session: Session) -> int:
    return session.exec(select(func.max(col(OutboxRow.id)))).one() or 0


def _since(session: Session, before: int, deps: Deps, at: datetime) -> Iterator[Queued]:
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.id) > before).order_by(col(OutboxRow.id))).all():
        post = posts.render(session, row, posts.voice(session, row, deps.words), at)
        account = session.get(Account, row.user_id) if row.user_id else None
        if post:
            recipient = row.user_id or row.channel_id or ""
            yield Queued(row.kind, row.subject, recipient, account.name if account else "", post.text)
