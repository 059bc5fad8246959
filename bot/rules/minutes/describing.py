"""Minutes as JSON, for programs: names as strings, moments ISO, everything in the order of the record."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.minutes.tree import Action, Attendee, Decision, Line, Minutes, Proposal, Topic, Unclear, Votes, Who

_TOLD = {
    "topics": ("title", "lines"),
    "decisions": ("text", "outcome", "topic", "by"),
    "actions": ("text", "owners", "due", "topic"),
}


def tell(minutes: Minutes, zone: str) -> dict[str, Any]:
    """What `tft minutes --format json` prints: what is promised, each with these keys and no other, then the rest in full.

    `topics[] {title, lines[]}`, `decisions[] {text, outcome, topic, by}`, `actions[] {text, owners[], due, topic}`,
    `attendees[]`, `regrets[]`, `chairs[]`, `start`, `end`; beside them `title`, `outline[]`, `people[]`, `proposals[]`,
    `votes[]`, `record[]`, `unclear[]`.
    """
    full = describe(minutes, zone)
    told = {name: [{key: one[key] for key in keys} for one in full[name]] for name, keys in _TOLD.items()}
    plain = {name: full[name] for name in ("attendees", "regrets", "chairs", "start", "end", "title")}
    outline = [{"title": one["title"], "level": one["level"]} for one in full["topics"]]
    votes = [
        {"text": one["text"], "topic": one["topic"], **one["votes"]} for one in full["decisions"] if "votes" in one
    ]
    rest = {name: full[name] for name in ("people", "proposals", "record", "unclear")}
    return {**told, **plain, "outline": outline, "votes": votes, **rest}


def describe(minutes: Minutes, zone: str) -> dict[str, Any]:
    """All of them, as the fingerprint of minutes covers it that were final before their text was kept; `zone` is that of the meeting's start and end."""
    return {
        "title": minutes.title,
        "start": _moment(minutes.start, zone),
        "end": _moment(minutes.end, zone),
        "chairs": [who.name for who in minutes.chairs],
        "attendees": [one.who.name for one in minutes.attendees if one.who not in minutes.regrets],
        "regrets": [who.name for who in minutes.regrets],
        "topics": [_topic(topic) for topic in minutes.topics],
        "decisions": [_decision(one) for one in minutes.decisions],
        "proposals": [_proposal(one) for one in minutes.proposals],
        "actions": [_action(one) for one in minutes.actions],
        "people": [_person(one) for one in minutes.attendees],
        "record": [_line(line, topic, zone) for topic in minutes.topics for line in topic.lines],
        "unclear": [_unclear(one) for one in minutes.unclear],
    }


def _moment(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat() if at else None


def _name(who: Who | None) -> str | None:
    return who.name if who else None


def _topic(topic: Topic) -> dict[str, Any]:
    lines = [f"{line.speaker.name}: {line.text}" if line.speaker else line.text for line in topic.lines]
    return {"title": topic.title, "level": topic.level, "lines": lines}


def _decision(one: Decision) -> dict[str, Any]:
    plain = {"text": one.text, "outcome": one.outcome.value, "topic": one.topic, "by": _name(one.by)}
    return {**plain, "votes": _votes(one.votes)} if one.votes else plain


def _votes(votes: Votes) -> dict[str, Any]:
    return {
        "sides": [
            {"side": tally.side, "yes": tally.yes, "no": tally.no, "abstained": tally.abstained}
            for tally in votes.tallies
        ],
        "by_name": [{"name": who.name, "vote": choice.value} for who, choice in votes.voters],
        "consent": votes.consent.value if votes.consent else None,
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    decided = one.decided.anchor if one.decided else None
    return {"text": one.text, "topic": one.topic, "by": _name(one.by), "decided": decided}


def _action(one: Action) -> dict[str, Any]:
    owners = [who.name for who in one.owners]
    return {
        "text": one.text,
        "owners": owners,
        "due": _due(one.due, one.due_time),
        "topic": one.topic,
        "by": _name(one.by),
    }


def _due(on: date | None, at: time | None) -> str | None:
    return None if on is None else f"{on.isoformat()}T{at:%H:%M}" if at else on.isoformat()


def _person(one: Attendee) -> dict[str, Any]:
    who = one.who
    told = {"name": who.name, "title": who.title, "department": who.department, "side": who.side}
    return {**told, "presence": one.presence.value, "note": one.note, "for": one.for_whom}


def _line(line: Line, topic: Topic, zone: str) -> dict[str, Any]:
    told = {"key": line.place.anchor, "kind": line.marker.value, "topic": topic.title, "speaker": _name(line.speaker)}
    return {**told, "text": line.text, "at": _moment(line.at, zone), "link": line.link or None}


def _unclear(one: Unclear) -> dict[str, Any]:
    candidates = [who.full for who in one.candidates]
    reason = one.due.reason if one.due else ""
    return {
        "key": one.place.anchor,
        "why": one.why.value,
        "written": one.written,
        "candidates": candidates,
        "reason": reason,
    }
