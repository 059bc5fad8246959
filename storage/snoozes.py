"""Queries about reminders that rest for one person: about an item, or about a milestone of the budget."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.tables import Item, Milestone, Snooze
from storage.types import among

Rests = dict[int, dict[int, date]]  # by item or milestone: a person's id → from when on there are reminders again


def of_items(session: Session, item_ids: Iterable[int | None]) -> Rests:
    """For whom reminders about these items rest."""
    return _rests(session, Snooze.item_id, item_ids)


def of_milestones(session: Session, milestone_ids: Iterable[int | None]) -> Rests:
    """The same of milestones."""
    return _rests(session, Snooze.milestone_id, milestone_ids)


def until(session: Session, of: Item | Milestone, person_id: int) -> date | None:
    """Until when reminders about it rest for somebody."""
    found = _kept(session, of, person_id)
    return found.until if found else None


def put(session: Session, of: Item | Milestone, person_id: int, until: date | None) -> None:
    """Let them rest until a day, or (None) no longer."""
    kept = _kept(session, of, person_id)
    if until is None:
        if kept:
            session.delete(kept)
    else:
        kept = kept or Snooze(**_key(of), person_id=person_id, until=until)
        kept.until = until
        session.add(kept)
    session.flush()


def _kept(session: Session, of: Item | Milestone, person_id: int) -> Snooze | None:
    return session.exec(select(Snooze).filter_by(**_key(of), person_id=person_id)).first()


def _key(of: Item | Milestone) -> dict[str, int | None]:
    return {"item_id" if isinstance(of, Item) else "milestone_id": of.id}


def _rests(session: Session, column: Any, ids: Iterable[int | None]) -> Rests:
    found: Rests = {}
    query = columns(column, col(Snooze.person_id), col(Snooze.until)).where(among(session, column, ids))
    for of, person_id, day in session.execute(query):
        found.setdefault(of, {})[person_id] = day
    return found
