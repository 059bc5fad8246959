"""Reminders of milestones, and asks how much was spent: when they are due, planned, and whether they still stand.

Who hears of a line is derived from its owners' sides alone, so that an internal line is heard of on its own side only.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.messages.budget_nudges import BudgetReminder
from bot.rules.budget import LineView
from bot.rules.executions import told_since
from bot.rules.milestone_reminders import (
    Hearers,
    asks,
    due_now,
    is_true,
    keeps_only,
    next_due_at,
    said_as,
    timeline,
)
from bot.rules.nudges import Due, end_of_day, first_after, latest, nearest
from bot.services.brought_forward import Moved, say_brought_forward
from bot.services.budget_views import sight_of_user, views_of
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import guarded
from bot.services.work import Work
from storage import budget_dues as dues
from storage import nudges
from storage.budget_dues import EXECUTION, MILESTONE
from storage.nudges import Reminded
from storage.tables import BudgetLine, Milestone, Role, TaskForce

AT_ONCE = 100


def reckon(work: Work, line: BudgetLine) -> None:
    """Say of a line and of its milestones when there is something to say next. Called by each change, in its transaction."""
    work.session.flush()
    reckon_view(office_of(work, work.session.get_one(TaskForce, line.task_force_id)), views_of(work.session, [line])[0])


def reckon_view(office: Office, view: LineView) -> None:
    """The same for a line that was read with everything."""
    view.line.ask_due_at = _next_ask(office, view, _asked_until(view))
    for one in view.milestones:
        one.next_due_at = next_due_at(one, hearers(office, view, one), _heard_until(office, one))


def hearers(office: Office, view: LineView, one: Milestone | None = None) -> list[Hearers]:
    """Whom each owning side has to hear of a line, or of one of its milestones; never a side it is hidden from."""
    found, rests = [], view.rests.get(one.id or 0, {}) if one else {}
    side_id = one.side_id if one else None
    for side, owner in view.owners:
        if side_id in (None, side.id) and view.line.internal_to in (None, side.id):
            mine = office.by_side.get(side.id or 0, ())
            watch = office.watch(side.id or 0, owner.id or 0, rests)
            leads = tuple(one for one in mine if one.role is Role.LEAD)
            found.append(Hearers(watch.owners, leads, watch.secretaries, watch.deputies, rests))
    return found


def plan_milestones(work: Work) -> bool:
    """Write down what is due of some milestones, and when they are due next; False when there are no more."""
    due = dues.due_milestones(work.session, work.now, AT_ONCE)
    views = {
        view.line.id: view for line in _distinct(line for _, line in due) for view in views_of(work.session, [line])
    }
    for one, line in due:
        again = guarded(work, MILESTONE, one.id, lambda one=one, line=line: _plan(work, one, views[line.id]))  # type: ignore[misc]
        one.next_due_at = again or one.next_due_at
    return len(due) == AT_ONCE


def plan_asks(work: Work) -> bool:
    """Ask the owners of some lines how much was spent; False when there are no more."""
    due = dues.due_lines(work.session, work.now, AT_ONCE)
    for line in due:
        again = guarded(work, EXECUTION, line.id, lambda line=line: _ask(work, views_of(work.session, [line])[0]))  # type: ignore[misc]
        line.ask_due_at = again or line.ask_due_at
    return len(due) == AT_ONCE


def reckon_all(work: Work, former: Office | None, office: Office) -> None:
    """Everything of a task force, after its people, days off or settings have changed; and what that brings forward."""
    _, lines = dues.all_of(work.session, office.key)
    views = views_of(work.session, lines)
    for view in views:
        reckon_view(office, view)
    if former:
        say_brought_forward(work, office, EXECUTION, _moved_asks(former, office, views))
        say_brought_forward(work, office, MILESTONE, _moved(former, office, views))


def _moved(former: Office, office: Office, views: Iterable[LineView]) -> Iterator[Moved]:
    for view in views:
        for one in view.milestones:
            was, now = (timeline(one, hearers(by, view, one)) for by in (former, office))
            yield Moved(one.id or 0, was, now, _heard_until(office, one))


def _moved_asks(former: Office, office: Office, views: Iterable[LineView]) -> Iterator[Moved]:
    for view in views:
        was, now = (asks(view, hearers(by, view)) for by in (former, office))
        yield Moved(view.line.id or 0, was, now, _asked_until(view))


def coming(session: Session, office: Office) -> Iterator[tuple[Due, BudgetReminder]]:
    """What is said next of each milestone and line to each of those who hear of it."""
    _, lines = dues.all_of(session, office.task_force.id or 0)
    for view in views_of(session, lines):
        for due in nearest(asks(view, hearers(office, view)), _asked_until(view)):
            yield due, BudgetReminder(view, None, due.rung.name)
        for one in view.milestones:
            sides = hearers(office, view, one)
            for due in nearest(timeline(one, sides), _heard_until(office, one)):
                rung, of_side = said_as(one, due.rung.name, due.rung.anchor), keeps_only(sides, due.receiver.person_id)
                yield due, BudgetReminder(view, one, rung, of_side, due.receiver.side_id)


def misreckoned(session: Session, office: Office, aside: Container[str]) -> int:
    """How many of a task force's open milestones and lines are due at another time than they should be; not those set aside."""
    _, lines = dues.all_of(session, office.task_force.id or 0)
    views = views_of(session, lines)
    wrong = sum(view.line.ask_due_at != _next_ask(office, view, _asked_until(view)) for view in views)
    return wrong + sum(
        one.next_due_at != next_due_at(one, hearers(office, view, one), _heard_until(office, one))
        for view in views
        for one in view.milestones
        if str(one.id) not in aside
    )


def standing(session: Session, said: Sequence[Reminded]) -> list[tuple[Reminded, BudgetReminder]]:
    """What is still true of reminders and asks, as it is told; of two about one thing the later."""
    milestones, lines = dues.milestones_of(session, said), dues.lines_of(session, said)
    found: dict[tuple[str, int], tuple[Reminded, BudgetReminder]] = {}
    for nudge in said:
        line = lines.get(nudge.subject_id) if nudge.subject_kind == EXECUTION else None
        one, line = milestones.get(nudge.subject_id, (None, line)) if nudge.subject_kind == MILESTONE else (None, line)
        told = _standing(session, nudge, line, one) if line else None
        if told:
            found[nudge.subject_kind, nudge.subject_id] = (nudge, told)
    return list(found.values())


def _standing(session: Session, nudge: Reminded, line: BudgetLine, one: Milestone | None) -> BudgetReminder | None:
    sight = sight_of_user(session, line.task_force_id, nudge.user_id)
    if sight is None or not sight.admits(line):
        return None
    view, office = views_of(session, [line])[0], read_office(session, session.get_one(TaskForce, line.task_force_id))
    if one is None:
        is_open = not told_since(view, nudge.anchor) and bool(_asks_of(office, view, nudge))
        return BudgetReminder(view, None, nudge.rung) if is_open else None
    sides = hearers(office, view, one)
    if not is_true(one, sides, nudge.rung, nudge.anchor, nudge.person_id):
        return None
    of_side = keeps_only(sides, nudge.person_id)
    return BudgetReminder(
        view, one, said_as(one, nudge.rung, nudge.anchor), of_side, office.user(nudge.user_id).side_id
    )


def _asks_of(office: Office, view: LineView, nudge: Reminded) -> list[Due]:
    return [due for due in asks(view, hearers(office, view)) if due.receiver.person_id == nudge.person_id]


def _plan(work: Work, one: Milestone, view: LineView) -> None:
    office = office_of(work, view.task_force)
    sides, heard = hearers(office, view, one), _heard_until(office, one)
    nudges.say_once(work.session, office.said(MILESTONE, one.id or 0, due_now(one, sides, heard, work.now), work.now))
    one.heard_until = max(heard, work.now)
    one.next_due_at = next_due_at(one, sides, one.heard_until)


def _ask(work: Work, view: LineView) -> None:
    office, line = office_of(work, view.task_force), view.line
    heard = _asked_until(view)
    due = latest(asks(view, hearers(office, view)), heard, work.now)
    nudges.say_once(work.session, office.said(EXECUTION, line.id or 0, due, work.now))
    line.asked_until = max(heard, work.now)
    line.ask_due_at = _next_ask(office, view, line.asked_until)


def _next_ask(office: Office, view: LineView, heard_until: datetime) -> datetime | None:
    return first_after(asks(view, hearers(office, view)), heard_until)


def _heard_until(office: Office, one: Milestone) -> datetime:
    return one.heard_until or end_of_day(one.created_at, office.task_force.zone)


def _asked_until(view: LineView) -> datetime:
    return view.line.asked_until or view.line.created_at


def _distinct(lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    return list({line.id: line for line in lines}.values())
