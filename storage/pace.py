"""The pace of Web API calls, shared by all processes. Moments are machine time."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.tables import Pace
from storage.types import insert_of


def book(session: Session, key: str, interval: timedelta, burst: int, now: datetime, calls: int = 1) -> datetime | None:
    """Book calls: None if they may be made now, else when to ask again. `burst` calls may be made at once after a rest."""
    pace = _locked(session, key, now)
    allowed_at = pace.booked_until - max(burst - calls, 0) * interval
    if allowed_at > now:
        return allowed_at
    pace.booked_until = max(pace.booked_until, now) + calls * interval
    return None


def hold(session: Session, key: str, until: datetime, interval: timedelta, burst: int, now: datetime) -> None:
    """Slack asked for a pause: no call before `until`."""
    pace = _locked(session, key, now)
    pace.booked_until = max(pace.booked_until, until + (burst - 1) * interval)


def _locked(session: Session, key: str, now: datetime) -> Pace:
    return _find(session, key) or _add(session, key, now)


def _find(session: Session, key: str) -> Pace | None:
    query = select(Pace).where(col(Pace.key) == key).with_for_update()
    return session.exec(query, execution_options={"populate_existing": True}).first()


def _add(session: Session, key: str, now: datetime) -> Pace:
    session.execute(insert_of(session)(Pace).values(key=key, booked_until=now).on_conflict_do_nothing())
    found = _find(session, key)
    if found is None:
        raise LookupError(key)
    return found
