"""Who may do what, and what may be done to a roster."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.fields import Problem, length_problems, name_problems, one_line
from storage.tables import Person, PersonState, Role


class Right(StrEnum):
    """What a role allows. Everything but SEE_JOINT is about the person's own side or about joint things."""

    SEE_JOINT = "see-joint"
    SEE_INTERNAL = "see-internal"
    CHANGE_ITEMS = "change-items"
    WRITE_IN_MEETINGS = "write-in-meetings"
    CONFIRM_OWN_ITEMS = "confirm-own-items"
    CONFIRM_ITEMS = "confirm-items"  # every item of the side, its owner or not
    CONFIRM_RECORDS = "confirm-records"  # decisions and minutes, for the side
    CHANGE_ROSTER = "change-roster"  # people and roles of the own side, and who joins it
    CHANGE_SETTINGS = "change-settings"


_MEMBER = frozenset(
    {Right.SEE_JOINT, Right.SEE_INTERNAL, Right.CHANGE_ITEMS, Right.WRITE_IN_MEETINGS, Right.CONFIRM_OWN_ITEMS}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEAD: frozenset(Right),
    Role.DEPUTY: frozenset(Right),
    Role.SECRETARY: _MEMBER | {Right.CHANGE_ROSTER, Right.CHANGE_SETTINGS},
    Role.MEMBER: _MEMBER,
    Role.OBSERVER: frozenset({Right.SEE_JOINT}),
}


class No(StrEnum):
    """Why not: each is the key of the sentence that says so."""

    NO_RIGHT = "roster-no-right"
    OTHER_SIDE = "roster-other-side"
    LAST_KEEPER = "roster-last-keeper"
    OWNS_ITEMS = "roster-owns-items"
    ALREADY_DECIDED = "join-already-decided"


def may(role: Role, right: Right) -> bool:
    """Whether the role has the right."""
    return right in RIGHTS[role]


def inside(person: Person | None) -> int | None:
    """The side whose internal things somebody sees: the own one; None for an observer, a stranger and who has left."""
    if person is None or person.state is not PersonState.ACTIVE or not may(person.role, Right.SEE_INTERNAL):
        return None
    return person.side_id


def counts_for(person: Person, side_id: int, owner_id: int | None) -> bool:
    """Whether the person confirms an item for a side: as its owner there, or as that side's lead or deputy."""
    if person.state is not PersonState.ACTIVE or person.side_id != side_id:
        return False
    return may(person.role, Right.CONFIRM_ITEMS) or (
        person.id == owner_id and may(person.role, Right.CONFIRM_OWN_ITEMS)
    )


def change_roster(by: Person, side_id: int) -> No | None:
    """A side's people and roles are changed by that side alone."""
    if by.side_id != side_id:
        return No.OTHER_SIDE
    return None if may(by.role, Right.CHANGE_ROSTER) else No.NO_RIGHT


def decide_joining(by: Person, person: Person) -> No | None:
    """Whoever may change the side's roster decides, once."""
    if no := change_roster(by, person.side_id):
        return no
    return None if person.state is PersonState.PENDING else No.ALREADY_DECIDED


def keeps_side(person: Person) -> bool:
    """Whether the person can look after the side's roster."""
    return person.state is PersonState.ACTIVE and may(person.role, Right.CHANGE_ROSTER)


def take_on_role(person: Person, role: Role, other_keepers: Iterable[Person], open_items: int) -> No | None:
    """A side never loses its last person who may change its roster, and nobody who owns something open becomes an observer.

    `other_keepers`: people of the side who can be reached.
    """
    if keeps_side(person) and not may(role, Right.CHANGE_ROSTER) and not any(map(keeps_side, other_keepers)):
        return No.LAST_KEEPER
    return No.OWNS_ITEMS if open_items and not may(role, Right.CONFIRM_OWN_ITEMS) else None


def leave(person: Person, other_keepers: Iterable[Person], open_items: int) -> No | None:
    """Somebody leaves the roster only when the side still has a keeper and nothing open is left without its owner."""
    if keeps_side(person) and not any(map(keeps_side, other_keepers)):
        return No.LAST_KEEPER
    return No.OWNS_ITEMS if open_items else None


NAME_LIMIT = 60
DEPARTMENT_LIMIT = 80
TITLE_LIMIT = 60


@dataclass(frozen=True)
class Details:
    """What the roster says of a person besides side and role. `language` empty: as Slack says."""

    name: str = ""
    department: str = ""
    job_title: str = ""
    language: str = ""


def tidy(details: Details) -> Details:
    """Each in one spelling, without spaces around it."""
    return Details(one_line(details.name), one_line(details.department), one_line(details.job_title), details.language)


def details_problems(details: Details) -> list[Problem]:
    """What must be mended; `details` are tidied."""
    return [
        *name_problems("name", details.name, NAME_LIMIT),
        *length_problems("department", details.department, DEPARTMENT_LIMIT),
        *length_problems("job-title", details.job_title, TITLE_LIMIT),
    ]
