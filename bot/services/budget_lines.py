"""What people type after `budget`: each act does its work if everything was given, else opens the form with what was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import budget as messages
from bot.messages import milestones as milestone_messages
from bot.messages.budget_forms import AMOUNT, FIGURE, NAME, STAGE
from bot.messages.escape import escape_within
from bot.messages.milestone_forms import ACT
from bot.messages.post import Reply
from bot.rules.budget import FIGURE_OF, figure
from bot.rules.budget_lines import Asked, BudgetAct, is_event, read_asked, read_figure, read_new, read_stage
from bot.rules.calendars import Calendar
from bot.rules.dates import Due, Kind, find_due, offered_days, understand
from bot.rules.item_dues import takes_away
from bot.rules.milestones import is_open
from bot.services import (
    budget_boards,
    budget_changes,
    budget_forms,
    budget_presets,
    budget_undo,
    milestone_forms,
    milestone_snoozes,
)
from bot.services import milestones as milestone_services
from bot.services.askers import Asker, Surface, require_member
from bot.services.budget import Draft, create, find
from bot.services.budget_cards import card, changed, milestone, past
from bot.services.budget_money import amount_in
from bot.services.budget_views import sight_of, view_of
from bot.services.calendars import calendar_of
from bot.services.item_words import tidied
from bot.services.milestones import AfterLimit, NewMilestone, find_step
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Act
from storage import budget
from storage.tables import BudgetLine, Milestone, Side

Run = Callable[[Work, Asker, Asked], Reply]
OnLine = Callable[[Work, Asker, BudgetLine, Asked], Reply]
MOST_READINGS = 5


def run(work: Work, asker: Asker, rest: str) -> Reply:
    """`budget [act] [B-2] …`; what is not understood is said with what can be typed."""
    asked = read_asked(rest)
    if asked.act is None:
        raise Refused("budget-not-understood")
    with said_plainly():
        return ACTS[asked.act](work, asker, asked)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Where there is no form, a refusal is about no field."""
    try:
        yield
    except Refused as no:
        no.field = None
        raise


def add(work: Work, asker: Asker, asked: Asked) -> Reply:
    """Make the line that was described; if name, year or kind are missing or the amount is not certain, the form opens."""
    new = read_new(asked.rest)
    if not (new.name and new.year and new.kind):
        return Reply(view=budget_forms.new_form(work, asker, new))
    try:
        amount = amount_in(new.amount, "KRW")
    except Refused as no:
        return Reply(view=budget_forms.new_form(work, asker, new, [asker.say(no.key, **_escaped(no))]))
    _, person = require_member(asker)
    internal = work.session.get_one(Side, person.side_id) if new.is_internal else None
    line = create(work, asker, Draft(new.name, new.year, new.kind, internal_to=internal, requested=amount))
    openly = internal is not None and asker.who.surface is Surface.MENTION
    notes = [asker.say("budget-typed-openly")] if openly else []
    return Reply(messages.made(view_of(work.session, line), asker.say, *notes))


def board(work: Work, asker: Asker, asked: Asked) -> Reply:
    """`budget list [2027]`."""
    return Reply(budget_boards.page(work, asker, asked.rest))


def on_line(act: OnLine) -> Run:
    """An act about one line; if none was named, the only one there is, else the board to choose from."""

    def run_on(work: Work, asker: Asker, asked: Asked) -> Reply:
        if asked.number is not None:
            return act(work, asker, find(work, asker, asked.number), asked)
        _, person = require_member(asker)
        lines = budget.lines(work.session, sight_of(person))
        if len(lines) == 1:
            return act(work, asker, lines[0], asked)
        if asked.rest:
            raise Refused("budget-which")
        return Reply(budget_boards.page(work, asker, ""))

    return run_on


def show(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """The line, or one of its milestones, in full."""
    if asked.step is None:
        return card(work, asker, line)
    return milestone(work, asker, *find_step(work, asker, line.number, asked.step))


def stage(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`stage B-2 의결 3억`."""
    to, text = read_stage(asked.rest)
    if to is None:
        given = {AMOUNT: text} if text else {}
        return Reply(view=budget_forms.stage_form(work, asker, line, given))
    if text:
        budget_changes.set_stage(work, asker, line, to, amount_in(text, line.currency))
        return changed(work, asker, line)
    if (which := FIGURE_OF.get(to)) and figure(
        line, which
    ) is None:  # the stage settles an amount that nobody knows yet
        return Reply(view=budget_forms.stage_form(work, asker, line, {STAGE: to}))
    budget_changes.set_stage(work, asker, line, to)
    return changed(work, asker, line)


def amount(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`amount B-2 집행 1억 2천만원`."""
    which, text = read_figure(asked.rest)
    if which is None and text:
        raise Refused("budget-which-amount")
    if which is None or not text:
        return Reply(view=budget_forms.amounts_form(work, asker, line))
    value = amount_in(text, line.currency)
    try:
        budget_changes.set_amounts(work, asker, line, {which: value})
    except Refused as no:  # the shares no longer add up: the form has both
        note = asker.say(no.key, **_escaped(no))
        return Reply(view=budget_forms.amounts_form(work, asker, line, {f"{FIGURE}{which}": text}, [note]))
    return changed(work, asker, line)


def done(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`done B-2-1`; of an event the result is asked for. Without a milestone's number the line is shown to choose from."""
    if asked.step is None:
        return card(work, asker, line)
    _, one = find_step(work, asker, line.number, asked.step)
    return finish(work, asker, line, one)


def finish(work: Work, asker: Asker, line: BudgetLine, one: Milestone) -> Reply:
    """Close a task; ask for an event's result."""
    if one.act is Act.EVENT and is_open(one):
        return Reply(view=milestone_forms.voted_form(work, asker, line, one))
    milestone_services.done(work, asker, one)
    return milestone(work, asker, line, one, asker.say("milestone-was-done"))


def presets(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """The budget year's dates to choose from."""
    return Reply(view=budget_presets.form(work, asker, line))


def add_milestone(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`milestone B-2 군의회 의결 12월 21일`; without a name or a certain date the form opens."""
    due, name = _dated_name(asked.rest, *_now(work, asker))
    act = Act.EVENT if is_event(name) else Act.TASK
    if not name or due.kind is not Kind.DATE:
        given = {NAME: name, ACT: act} if name else {}
        why = [asker.say(f"dates-why-{due.key}")] if due.kind is Kind.QUESTION and due.key else []
        return Reply(view=milestone_forms.milestone_form(work, asker, line, given, why))
    one = milestone_services.add(work, asker, line, NewMilestone(name, act, due.reading.date))
    return milestone(work, asker, line, one, asker.say("milestone-made"))


def move(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`move B-2-1 12월 11일`; what can be read in two ways is asked about."""
    if asked.step is None:
        return card(work, asker, line)
    _, one = find_step(work, asker, line.number, asked.step)
    if not asked.rest:
        return Reply(view=milestone_forms.move_form(work, asker, line, one))
    if takes_away(asked.rest):
        return move_to(work, asker, line, one, None)
    due = understand(asked.rest, *_now(work, asker))
    if due.kind is Kind.DATE:
        return move_to(work, asker, line, one, due.reading.date)
    why = asker.say(f"dates-why-{due.key or 'unsure'}")
    days = offered_days(due.readings, MOST_READINGS)
    written = escape_within(asked.rest, 200)
    return Reply(milestone_messages.which_date(view_of(work.session, line), one, written, why, days, asker.say))


def move_to(
    work: Work, asker: Asker, line: BudgetLine, one: Milestone, agreed: date | None, *, anyway: bool = False
) -> Reply:
    """Move a milestone; a date after the legal limit is asked about first."""
    try:
        milestone_services.move(work, asker, one, agreed, anyway=anyway)
    except AfterLimit as late:
        return milestone_forms.milestone_late(work, asker, line, one, late)
    return milestone(work, asker, line, one, asker.say("milestone-was-moved"))


def snooze(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`snooze B-2-1 next week`: reminders about it rest for the asker. Without a milestone's number the line is shown."""
    if asked.step is None:
        return card(work, asker, line)
    return milestone_snoozes.snooze(work, asker, *find_step(work, asker, line.number, asked.step), asked.rest)


def edit(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """The form that changes a line."""
    return Reply(view=budget_forms.edit_form(work, asker, line))


def note(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`note B-2 …`."""
    text = tidied(work, asker, asked.rest)
    if not text:
        return Reply(view=budget_forms.note_form(work, asker, line))
    budget_changes.note(work, asker, line, text)
    return card(work, asker, line)


def link(work: Work, asker: Asker, line: BudgetLine, asked: Asked) -> Reply:
    """`link B-2 A-12`, `link B-2 R-7`; a second time unties it. Without either the form opens."""
    if not asked.rest:
        return Reply(view=budget_forms.link_form(work, asker, line))
    return budget_forms.tied(work, asker, line, asked.rest)


def split(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """What goes over to the next year becomes a line of its own."""
    rest = budget_changes.split(work, asker, line)
    return changed(work, asker, rest, asker.say("budget-was-split", ref=f"B-{line.number}"))


def history(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """Who changed what and when."""
    return past(work, asker, line)


def undo(work: Work, asker: Asker, asked: Asked) -> Reply:
    """`undo`, `undo B-2`: the asker's last act on the budget."""
    return budget_undo.undo(work, asker, find(work, asker, asked.number) if asked.number is not None else None)


def _dated_name(text: str, now: datetime, calendar: Calendar) -> tuple[Due, str]:
    """The date in a text and the name that is left; here a bare `12/4` at the end is a date as well."""
    due, name = find_due(text, now, calendar)
    before, _, last = text.rpartition(" ")
    if due.key == "unmarked" and (at_end := understand(last, now, calendar)).kind is not Kind.NONE:
        return at_end, before.strip()
    return due, " ".join(name.split())


def _now(work: Work, asker: Asker) -> tuple[datetime, Calendar]:
    task_force, _ = require_member(asker)
    return work.now.astimezone(ZoneInfo(task_force.zone)), calendar_of(work.session, task_force)


def _escaped(no: Refused) -> dict[str, str | int]:
    return {
        name: escape_within(value, 200) if isinstance(value, str) else value for name, value in no.args_of_key.items()
    }


ACTS: dict[BudgetAct, Run] = {
    BudgetAct.ADD: add,
    BudgetAct.LIST: board,
    BudgetAct.SHOW: on_line(show),
    BudgetAct.STAGE: on_line(stage),
    BudgetAct.AMOUNT: on_line(amount),
    BudgetAct.DONE: on_line(done),
    BudgetAct.PRESET: on_line(presets),
    BudgetAct.MILESTONE: on_line(add_milestone),
    BudgetAct.MOVE: on_line(move),
    BudgetAct.SNOOZE: on_line(snooze),
    BudgetAct.EDIT: on_line(edit),
    BudgetAct.NOTE: on_line(note),
    BudgetAct.LINK: on_line(link),
    BudgetAct.SPLIT: on_line(split),
    BudgetAct.HISTORY: on_line(history),
    BudgetAct.UNDO: undo,
}
