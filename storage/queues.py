"""What waits, and what waits for a person: figures for operators."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from storage.tables import Account, OutboxRow, OutboxState, Parked


@dataclass(frozen=True)
class Counts:
    """How many posts wait to be sent, how many Slack refused for good, and how many events failed on every retry."""

    waiting: int
    parked_posts: int
    parked_events: int


def counts(session: Session) -> Counts:
    """The present figures."""
    waiting = [OutboxState.PENDING, OutboxState.SENDING]
    return Counts(
        session.exec(select(func.count()).where(col(OutboxRow.state).in_(waiting))).one(),
        session.exec(select(func.count()).where(OutboxRow.state == OutboxState.PARKED)).one(),
        session.exec(select(func.count()).select_from(Parked)).one(),
    )


def parked_posts(session: Session, limit: int) -> list[OutboxRow]:
    """The oldest posts that Slack refused for good."""
    query = select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED).order_by(col(OutboxRow.id)).limit(limit)
    return list(session.exec(query))


def parked_events(session: Session, limit: int) -> list[Parked]:
    """The oldest events that failed on every retry."""
    return list(session.exec(select(Parked).order_by(col(Parked.id)).limit(limit)))


def forget_event(session: Session, event_id: int) -> None:
    """It had its effect after all."""
    session.delete(session.get_one(Parked, event_id))


def unreachable(session: Session) -> list[Account]:
    """People whose direct messages Slack refuses."""
    query = select(Account).where(col(Account.dm_refused_at).is_not(None)).order_by(Account.user_id)
    return list(session.exec(query))
