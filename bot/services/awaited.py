"""Who may give a side's word, and which of them can be reminded that it is awaited."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from bot.rules import roster
from bot.rules.awaited import Speaker
from bot.rules.decisions import is_good, may_confirm
from bot.services.receivers import Office
from storage import decisions, people
from storage.tables import Delegation, Person, Role

Speakers = Mapping[int, tuple[Speaker, ...]]


def speakers(session: Session, office: Office) -> Speakers:
    """For each side who may confirm and is on Slack; where nobody is, the side's secretaries."""
    sides = [side.id or 0 for side in people.sides(session, office.task_force.id or 0)]
    return {side_id: _of_side(session, office, side_id) for side_id in sides}


def may_speak(session: Session, person: Person, today: date) -> bool:
    """Whether somebody may confirm for the own side, by role or by a delegation that is good today."""
    return may_confirm(person) or delegation_of(session, person, today) is not None


def delegation_of(session: Session, person: Person, today: date) -> Delegation | None:
    """The delegation by which somebody may confirm: only secretaries have one."""
    if person.role is not Role.SECRETARY:
        return None
    return next((one for one in decisions.delegations(session, person.side_id) if is_good(one, person, today)), None)


def _of_side(session: Session, office: Office, side_id: int) -> tuple[Speaker, ...]:
    mine = office.by_side.get(side_id, ())
    by_role = [Speaker(one) for one in mine if roster.may(one.role, roster.Right.CONFIRM_RECORDS)]
    secretaries = {one.person_id: one for one in mine if one.role is Role.SECRETARY}
    given = [one for one in decisions.delegations(session, side_id) if one.person_id in secretaries]
    delegated = [Speaker(secretaries[one.person_id], one.until) for one in given]
    return (*by_role, *delegated) or tuple(map(Speaker, secretaries.values()))
