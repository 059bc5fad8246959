"""Whether what stands in Slack after some time is what should: compared with the recomputation, message by message."""

from collections import Counter
from datetime import datetime

from tests.year.expected import Expectation, Told, expected
from tests.year.facts import PEOPLE
from tests.year.playing import HERE, KNOWN, Town

SHOWN = 10  # lines of one message; the rest is behind its button


def problems(town: Town, begun: datetime) -> list[str]:
    """Everything that is not as it must be."""
    return [*differences(*compared(town, begun)), *town.amiss(), *_out_of_hours(town, begun), *_meetings(town)]


def compared(town: Town, begun: datetime) -> tuple[list[Told], list[Told]]:
    """What must have been said, and what was."""
    told = [one.told() for one in town.messages if one.kind in KNOWN]
    others = [(one.at, one.to) for one in told if one.kind == "other"]
    wanted = expected(town.office.facts, town.looks, begun, others)
    return wanted, [one for one in told if one.kind != "other"]


def differences(wanted: list[Told], got: list[Told]) -> list[str]:
    there = {(one.at, one.kind, one.to): one for one in got}
    found = [f"twice: {_named(one)}" for one, count in Counter(got).items() if count > 1]
    for one in wanted:
        message = there.pop((one.at, one.kind, one.to), None)
        if message is None and one.surely:
            found.append(f"missing: {_named(one)}")
        elif message and not _is_about(message, one):
            found.append(f"other: {_named(message)}, not {sorted(one.about)}")
    return found + [f"not wanted: {_named(one)}" for one in there.values()]


def _is_about(message: Told, wanted: Told) -> bool:
    """Nothing but what is wanted, and all of that, as far as a message shows it."""
    shown = min(SHOWN - message.beside, len(wanted.about))
    return message.about <= wanted.about and len(message.about) >= shown


def _named(one: Told) -> str:
    return f"{one.at.astimezone(HERE):%m-%d %a %H:%M} {one.kind} to {one.to} about {sorted(one.about)}"


def _out_of_hours(town: Town, begun: datetime) -> list[str]:
    """No direct message outside of somebody's working hours."""
    state, ahead, found = Expectation(begun), list(town.office.facts), []
    for message in town.messages:
        while ahead and ahead[0].at <= message.at:
            fact = ahead.pop(0)
            if fact.act in ("off", "on"):
                state.learn(fact)
        if message.to in PEOPLE and not state.is_open(PEOPLE[message.to], message.at):
            found.append(
                f"out of hours: {message.kind} to {message.to} at {message.at.astimezone(HERE):%m-%d %a %H:%M}"
            )
    return found


def _meetings(town: Town) -> list[str]:
    """Everybody is reminded of a meeting the day before and the hour before, once each, and never of one that is off."""
    said = Counter((one.subject, one.to) for one in town.messages if one.kind == "meeting-reminded")
    found = [f"reminded {count} times of {subject}: {to}" for (subject, to), count in said.items() if count > 2]
    for message in town.messages:
        meeting = int(message.subject.partition(":")[0]) if message.kind == "meeting-reminded" else 0
        if meeting in town.office.cancelled and message.at > town.office.cancelled[meeting]:
            found.append(f"reminded of a meeting that is off: {message.subject} to {message.to}")
    return found
