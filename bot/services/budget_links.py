"""What budget lines have to do with: items and decisions, tied from the line and shown from both ends to who may see both."""

from bot.messages import budget as messages
from bot.rules.budget import LineView
from bot.services import decisions, items
from bot.services.askers import Asker, require_member
from bot.services.budget import lock, record
from bot.services.budget_views import sight_of, views_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import budget
from storage.tables import BudgetLine, BudgetLink

ITEM, DECISION = "A", "R"


def tie(work: Work, asker: Asker, line: BudgetLine, letter: str, number: int) -> bool:
    """Tie a line to an item or a decision of the task force, or untie it; whether it is tied now."""
    line, person = lock(work, asker, line)
    _title(work, asker, letter, number)
    links = budget.links(work.session, line.id or 0)
    tied = next((one for one in links if (one.letter, one.number) == (letter, number)), None)
    if tied:
        work.session.delete(tied)
    else:
        work.session.add(BudgetLink(line_id=line.id or 0, letter=letter, number=number))
    record(work, line, "unlinked" if tied else "linked", person.id, new={"ref": f"{letter}-{number}"})
    return tied is None


def of_line(work: Work, asker: Asker, line: BudgetLine) -> list[str]:
    """What a line is tied to, by number and name; what the asker may not see is not there."""
    found = []
    for one in budget.links(work.session, line.id or 0):
        try:
            found.append(messages.linked(one, _title(work, asker, one.letter, one.number), asker.say))
        except Refused:
            continue  # an item that is the other side's alone
    return found


def tied_to(work: Work, asker: Asker, letter: str, number: int) -> list[LineView]:
    """The lines that an item or a decision has to do with, as far as the asker may see them."""
    _, person = require_member(asker)
    return views_of(work.session, budget.tied_to(work.session, sight_of(person), letter, number))


def _title(work: Work, asker: Asker, letter: str, number: int) -> str:
    if letter == ITEM:
        return items.find(work, asker, number).title
    if letter == DECISION:
        return decisions.find(work, asker, number).text
    raise Refused("budget-link-unknown", ref=f"{letter}-{number}")
