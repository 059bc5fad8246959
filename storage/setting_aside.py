"""Queries about what the schedule could not do and leaves alone for a while."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.tables import SetAside
from storage.types import insert_of


def put(session: Session, noun: str, subject: object, error: str, until: datetime) -> None:
    """Note that something could not be done, and until when it is left alone."""
    new = insert_of(session)(SetAside).values(noun=noun, subject=str(subject), failures=1, error=error, until=until)
    again = {"failures": SetAside.failures + 1, "error": new.excluded.error, "until": new.excluded.until}
    session.execute(new.on_conflict_do_update(index_elements=["noun", "subject"], set_=again))


def failures(session: Session, noun: str, subject: object) -> int:
    """How often something could not be done so far."""
    query = select(SetAside.failures).where(SetAside.noun == noun, SetAside.subject == str(subject))
    return session.exec(query).first() or 0


def mended(session: Session, noun: str, subjects: Iterable[object]) -> None:
    """What was set aside works again. Hardly anything ever is, and many are asked about."""
    aside = set(session.exec(select(SetAside.subject).where(SetAside.noun == noun)))
    if found := aside & set(map(str, subjects)):
        session.execute(delete(SetAside).where(col(SetAside.noun) == noun, col(SetAside.subject).in_(found)))


def everything(session: Session, limit: int) -> list[SetAside]:
    """What was set aside, what failed most often first."""
    return list(session.exec(select(SetAside).order_by(col(SetAside.failures).desc(), col(SetAside.id)).limit(limit)))
