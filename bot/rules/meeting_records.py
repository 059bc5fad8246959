"""From minutes to what is put on record: who owns an action of the meeting, and what its item says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.rules import roster
from bot.rules.minutes import Action, Who
from storage.tables import Person


@dataclass(frozen=True)
class Owners:
    """Each side's owner, and who was named besides: a second one of a side, an observer, somebody outside the roster."""

    people: tuple[Person, ...]
    others: tuple[Who, ...]


def owners_of(action: Action, people: Mapping[str, Person]) -> Owners:
    """The first of each side who may own; `people` by the key that minutes name them by."""
    owners: dict[int, Person] = {}
    others: list[Who] = []
    for who in action.owners:
        person = people.get(who.key)
        if person and roster.may(person.role, roster.Right.CONFIRM_OWN_ITEMS) and person.side_id not in owners:
            owners[person.side_id] = person
        elif person is None or owners.get(person.side_id) is not person:
            others.append(who)
    return Owners(tuple(owners.values()), tuple(others))


def too_long(texts: Iterable[tuple[str, str]], limits: Mapping[str, int]) -> Sequence[str]:
    """Numbers of lines that say more than an item or a decision can; `texts`: number and text."""
    return [ref for ref, text in texts if len(text) > limits[ref[0]]]
