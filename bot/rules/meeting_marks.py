"""📌 and 📝 on messages of a record: who has marked what, as its raw lines tell."""

from collections.abc import Iterable

from bot.rules.meetings import ordinal
from bot.rules.minutes import LineKind, Marker
from storage.tables import Meeting, MeetingLine, Phase


def mark_key(ts: str, user_id: str, marker: Marker, event_ts: str) -> str:
    """What tells the raw line of one press from all others."""
    return f"{ts}:{user_id}:{marker}:{event_ts}"


def standing_marks(lines: Iterable[MeetingLine], ts: str) -> set[tuple[str, Marker]]:
    """Who (by Slack user) has which mark on this message, by the latest of what was put and taken away."""
    state: dict[tuple[str, str], bool] = {}
    presses = [line for line in lines if line.kind == LineKind.MARK and line.about == ts]
    for line in sorted(presses, key=lambda one: one.ordinal):
        _, user_id, marker, *more = line.key.split(":")
        if line.key == ":".join((ts, user_id, marker, *more)) and user_id == line.writer:
            state[user_id, marker] = bool(line.text)
    return {(user_id, Marker(marker)) for (user_id, marker), is_put in state.items() if is_put}


def ts_of(moment: int) -> str:
    """A moment in microseconds as Slack writes it; `ordinal` reads it back."""
    return f"{moment // 1_000_000}.{moment % 1_000_000:06d}"


def in_time(meeting: Meeting, event_ts: str) -> bool:
    """Whether something happened before the meeting ended."""
    return meeting.phase is Phase.LIVE or ordinal(event_ts) <= meeting.end_ordinal


def offer_key(ts: str, user_id: str, marker: Marker) -> tuple[str, int, str, str]:
    """How it is kept that somebody was offered to put a message into the record: as a question that was asked."""
    return ts, 0, "offer", f"{user_id}:{marker}"
