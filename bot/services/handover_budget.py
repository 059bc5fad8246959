"""Budget lines in a handover: who owns them, and with them their milestones, reminders and questions."""

from typing import Any

from sqlmodel import Session

from bot.rules.handovers import HANDED_BACK, HANDED_OVER, acts_for, moving
from bot.services.budget import record
from bot.services.budget_changes import write_owner
from bot.services.handover_returns import returns
from bot.services.milestone_reminders import reckon
from bot.services.work import Work
from storage import budget, handovers
from storage.tables import BudgetLine, BudgetOwner, Handover, Person


def find(session: Session, handover: Handover) -> list[Any]:
    """The lines that somebody owns, joint and internal, settled ones too: whoever comes next answers for them."""
    held = handovers.lines_of(session, handover.giver_id)
    moves = moving(held, handover.giver_id, handover.receiver_id, is_return=returns(session, handover))
    return [
        {"line": one.line_id, "side": one.side_id, "owner": one.owner_id, "for": one.acting_for_id} for one in moves
    ]


def move(work: Work, handover: Handover, values: list[Any]) -> None:
    """The receiver owns them from now on, if need be in the giver's place."""
    for value in values:
        line, owner = _locked(work, value)
        if owner is None:
            continue  # taken out meanwhile
        acting_for = acts_for(owner, handover.giver_id, handover.receiver_id, acting=handover.acting)
        write_owner(work, line, value["side"], handover.receiver_id, acting_for)
        _record(work, handover, line, HANDED_OVER, handover.asked_by)


def back(work: Work, handover: Handover, values: list[Any], by: Person) -> None:
    """As before, where the receiver still owns it."""
    for value in values:
        line, owner = _locked(work, value)
        if owner and owner.owner_id == handover.receiver_id:
            write_owner(work, line, value["side"], value["owner"], value["for"])
            _record(work, handover, line, HANDED_BACK, by.id)


def _locked(work: Work, value: dict[str, Any]) -> tuple[BudgetLine, BudgetOwner | None]:
    line = budget.lock(work.session, work.session.get_one(BudgetLine, value["line"]))
    owners = budget.owners(work.session, [value["line"]])
    return line, next((one for one in owners if one.side_id == value["side"]), None)


def _record(work: Work, handover: Handover, line: BudgetLine, act: str, by: int | None) -> None:
    told = {"handover": handover.id, "from": handover.giver_id, "to": handover.receiver_id, "acting": handover.acting}
    record(work, line, act, by, new=told)
    reckon(work, line)
