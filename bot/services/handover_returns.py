"""Whether a handover gives back to somebody who was away what was held in their place: then that alone goes back."""

from sqlmodel import Session

from bot.rules.handovers import moving
from storage import handovers
from storage.tables import Handover

RSVPS, KEEPING = "rsvps", "keeping"  # words of movers


def returns(session: Session, handover: Handover) -> bool:
    """Whether the giver holds anything in the receiver's place."""
    giver, away = handover.giver_id, handover.receiver_id
    parts, lines = handovers.parts_of(session, giver), handovers.lines_of(session, giver)
    held = len(moving(parts, giver, away, is_return=True)) + len(moving(lines, giver, away, is_return=True))
    if held:
        return True
    expected = {one.id for one in handovers.invitations_of(session, handover.giver_id)}
    kept = {one.id for one in handovers.kept_by(session, handover.giver_id)}
    return bool(expected & lent(session, handover, RSVPS) or kept & lent(session, handover, KEEPING))


def lent(session: Session, handover: Handover, word: str) -> set[int]:
    """The ids of what the giver took over of this kind when they began to act for the receiver."""
    acted = handovers.acted(session, handover.receiver_id, handover.giver_id)
    return {one["id"] for past in acted for one in past.moved.get(word, [])}
