"""Taking one's last act on the budget back, within ten minutes: everything that one command, button or form did at once."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlmodel import delete, select

from bot.messages import budget as messages
from bot.messages import budget_history
from bot.messages.post import Post, Reply
from bot.rules.budget import Figure
from bot.rules.handovers import HANDED_OVER
from bot.rules.milestones import is_open
from bot.services import handovers
from bot.services.askers import Asker, require_member
from bot.services.budget import SUBJECT, lock, make_searchable, record, show_board, tell_owner
from bot.services.budget_cards import card, history_of
from bot.services.budget_changes import plain_shares, shares_of, write_owner, write_shares
from bot.services.budget_views import sight_of
from bot.services.milestone_reminders import reckon
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Money
from storage import budget, history, snoozes
from storage.tables import (
    BudgetLine,
    BudgetLink,
    BudgetNote,
    Change,
    Execution,
    Milestone,
    Origin,
    Outcome,
    Person,
    Stage,
)

WINDOW = timedelta(minutes=10)
UNDONE = "undone"  # an act of the history
Back = Callable[[Work, BudgetLine, Change, Person], None]


def undo(work: Work, asker: Asker, line: BudgetLine | None = None) -> Reply:
    """Take the asker's newest act on this line, or on any, back; what others have changed since is left, and said."""
    acts = last(work, asker, line)
    if not acts:
        raise Refused("budget-undo-nothing")
    if handed := next((one for one in acts if one.act == HANDED_OVER), None):
        return handovers.take_back(work, asker, (handed.new or {})["handover"])
    for one in acts:
        if one.act not in UNDO:
            raise Refused(f"budget-undo-{one.act}", ref=_ref(work, one))
    taken_back = acts[-1].subject_id  # where several lines were touched, the one that was acted on
    for change in acts:
        of, person = lock(work, asker, work.session.get_one(BudgetLine, change.subject_id))
        UNDO[change.act](work, of, change, person)
        _settle(work, of)
    line = work.session.get_one(BudgetLine, taken_back)
    record(work, line, UNDONE, acts[0].person_id, new={"acts": [one.id for one in acts]})
    return _said(work, asker, line, acts)


def last(work: Work, asker: Asker, line: BudgetLine | None = None) -> list[Change]:
    """What the asker's newest act of ten minutes changed, the newest first; without lines that they do not see."""
    task_force, person = require_member(asker)
    since, sight = work.now - WINDOW, sight_of(person)
    acts = history.by_person(work.session, task_force.id or 0, SUBJECT, person.id or 0, since)
    mine = [one for one in acts if line is None or one.subject_id == line.id]
    seen = [one for one in mine if sight.admits(work.session.get_one(BudgetLine, one.subject_id))]
    return [one for one in seen if one.at == seen[0].at]


def _settle(work: Work, line: BudgetLine) -> None:
    """What follows from a line: when something is to be said of it, whether it is found, how the board looks."""
    make_searchable(work, line)
    reckon(work, line)
    show_board(work, line)


def _said(work: Work, asker: Asker, line: BudgetLine, acts: list[Change]) -> Reply:
    if line.withdrawn_at:
        text = asker.say("budget-withdrawn", line=messages.named_line(line))
        return Reply(Post(text))
    shown = history_of(work, line)
    what = "; ".join(budget_history.what(one, shown, asker.say) for one in reversed(acts) if one.subject_id == line.id)
    return card(work, asker, line, messages.taken_back(what, asker.say))


def _fields_back(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    """Stage, amounts, shares and facts as they were, if nobody has changed one of them since."""
    old, new = change.old or {}, change.new or {}
    for name, value in new.items():
        _require(work, change, _field(work, line, name) == value)
    for name in new:
        _write(work, line, name, old[name])
    if Figure.EXECUTED in new:
        told = (Execution.line_id == line.id, Execution.told_at == change.at, Execution.person_id == change.person_id)
        work.session.execute(delete(Execution).where(*told))  # type: ignore[arg-type]


def _field(work: Work, line: BudgetLine, name: str) -> object:
    return plain_shares(shares_of(work, line)) if name == "shares" else getattr(line, name)


def _write(work: Work, line: BudgetLine, name: str, value: object) -> None:
    if name == "shares" and isinstance(value, dict):
        write_shares(work, line, {Origin(origin): part for origin, part in value.items()})
    elif name == "stage":
        line.stage = Stage(str(value))
    elif name == "kind":
        line.kind = Money(str(value))
    else:
        setattr(line, name, value)


def _owner_back(work: Work, line: BudgetLine, change: Change, person: Person) -> None:
    """Whoever owned it for that side does again, and is told."""
    old, new = change.old or {}, change.new or {}
    owners = {one.side_id: one.owner_id for one in budget.owners(work.session, [line.id or 0])}
    _require(work, change, owners.get(new["side"]) == new["owner"])
    write_owner(work, line, new["side"], old["owner"])
    if old["owner"]:
        tell_owner(work, line, work.session.get_one(Person, old["owner"]), person)


def _withdraw(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    """A line that was made is not seen any more, if nothing has come of it since; its number stays taken."""
    later = [one for one in history.of(work.session, (SUBJECT, line.id or 0)) if one.at > change.at]
    _require(work, change, not [one for one in later if one.act != UNDONE])
    line.withdrawn_at, line.ask_due_at = work.now, None
    for one in budget.milestones(work.session, [line.id or 0]):
        one.next_due_at = None


def _as_it_is(_work: Work, _line: BudgetLine, _change: Change, _person: Person) -> None:
    """What a split made is taken back as a line that was made; the one that it came from was not changed."""


def _note_away(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    note = work.session.get(BudgetNote, (change.new or {})["note"])
    _require(work, change, note is not None and note.line_id == line.id)
    work.session.delete(note)


def _tie_back(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    letter, _, number = str((change.new or {})["ref"]).partition("-")
    links = {(one.letter, one.number): one for one in budget.links(work.session, line.id or 0)}
    tied = links.get((letter, int(number)))
    _require(work, change, (tied is not None) == (change.act == "linked"))
    if tied:
        work.session.delete(tied)
    else:
        work.session.add(BudgetLink(line_id=line.id or 0, letter=letter, number=int(number)))


def _step_away(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    one = _step(work, line, change)
    _require(work, change, is_open(one) and not one.moves)
    one.withdrawn_at, one.next_due_at = work.now, None


def _date_back(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    """The date that was agreed before; that it moved is not counted."""
    old, new, one = change.old or {}, change.new or {}, _step(work, line, change)
    _require(work, change, is_open(one) and one.agreed_on == _day(new["agreed"]))
    one.agreed_on, one.was_past, one.moves = _day(old["agreed"]), old["was_past"], old["moves"]


def _open_step(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    one = _step(work, line, change)
    _require(work, change, f"milestone-{one.outcome}" == change.act)
    one.outcome, one.result, one.ended_at, one.ended_by = None, None, None, None


def _end_step(work: Work, line: BudgetLine, change: Change, _person: Person) -> None:
    old, one = change.old or {}, _step(work, line, change)
    _require(work, change, is_open(one))
    one.outcome, one.result, one.ended_by, one.ended_at = Outcome(old["outcome"]), old["amount"], old["by"], work.now


def _wake_step(work: Work, line: BudgetLine, change: Change, person: Person) -> None:
    until = _day(str((change.old or {}).get("until", "")))
    snoozes.put(work.session, _step(work, line, change), person.id or 0, until)


def _step(work: Work, line: BudgetLine, change: Change) -> Milestone:
    number = int(str((change.new or {})["ref"]).rpartition("-")[2])
    query = select(Milestone).where(Milestone.line_id == line.id, Milestone.number == number)
    return budget.lock_milestone(work.session, work.session.exec(query).one())


def _require(work: Work, change: Change, stands: bool) -> None:
    if not stands:
        raise Refused("budget-undo-overtaken", ref=_ref(work, change))


def _ref(work: Work, change: Change) -> str:
    return messages.ref(work.session.get_one(BudgetLine, change.subject_id))


def _day(word: str) -> date | None:
    return date.fromisoformat(word) if word else None


UNDO: dict[str, Back] = {
    "created": _withdraw,
    "split": _as_it_is,
    "stage": _fields_back,
    "amounts": _fields_back,
    "changed": _fields_back,
    "owner": _owner_back,
    "noted": _note_away,
    "linked": _tie_back,
    "unlinked": _tie_back,
    "milestone-added": _step_away,
    "milestone-moved": _date_back,
    "milestone-done": _open_step,
    "milestone-voted": _open_step,
    "milestone-dropped": _open_step,
    "milestone-reopened": _end_step,
    "milestone-snoozed": _wake_step,
}
