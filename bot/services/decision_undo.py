"""Taking one's last act back without naming it: the newest, whether it was about an item, a decision or the budget."""

from bot.messages.post import Reply
from bot.services import budget_undo, item_undo
from bot.services.askers import Asker, require_member
from bot.services.decision_acts import take_it_back
from bot.services.decision_changes import give_up
from bot.services.refused import Refused
from bot.services.work import Work
from storage import history
from storage.tables import Change, Decision


def undo_last(work: Work, asker: Asker) -> Reply:
    """Take the asker's last act of ten minutes back; an older one about an item is not taken for it."""
    last, of_item = _newest(work, asker, "decision"), _newest(work, asker, "item")
    of_budget = budget_undo.last(work, asker)
    if of_budget and all(one is None or of_budget[0].at > one.at for one in (last, of_item)):
        return budget_undo.undo(work, asker)
    if last is None or (of_item and (of_item.at, of_item.id or 0) > (last.at, last.id or 0)):
        return item_undo.undo(work, asker)
    decision = work.session.get_one(Decision, last.subject_id)
    match last.act:
        case "confirmed" | "objected" | "in-force":
            return take_it_back(work, asker, decision, "")
        case "proposed":
            return give_up(work, asker, decision, asker.say("undone-reason"))
    raise Refused("undo-not-this")


def _newest(work: Work, asker: Asker, kind: str) -> Change | None:
    task_force, person = require_member(asker)
    since = work.now - item_undo.WINDOW
    mine = history.by_person(work.session, task_force.id or 0, kind, person.id or 0, since)
    return next((one for one in mine if one.act != "superseded"), None)
