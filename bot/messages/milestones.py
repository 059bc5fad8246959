"""How milestones look: a row on a line's card, one of them alone, and the questions that they raise."""

from datetime import date

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, section
from bot.messages.escape import escape_within
from bot.messages.money import full
from bot.messages.post import Block, Post
from bot.rules.budget import LineView
from bot.rules.milestones import due_of, is_alive, is_overdue
from config.presets import Act, presets
from config.words import Say
from storage.tables import Milestone, Outcome

MOST_SHOWN = 20  # rows on a card: it has 50 blocks at most
NAME_SHOWN = 200  # characters, escaped


def ref(view: LineView, one: Milestone) -> str:
    """`B-2-1`."""
    return f"B-{view.line.number}-{one.number}"


def row(view: LineView, one: Milestone, today: date, say: Say) -> Block:
    """Name, date and state, with a button that shows it."""
    text = f"{named(view, one, say)}\n{when(one, say)} · {state(view, one, today, say)}"
    return section(text, accessory=milestone_button(say("milestone-show"), ids.MILESTONE_SHOW, one))


def named(view: LineView, one: Milestone, say: Say) -> str:
    """Number and name, escaped."""
    return f"*{ref(view, one)}* {escape_within(name_of(one, say), NAME_SHOWN)}"


def name_of(one: Milestone, say: Say) -> str:
    """What it is called: a date of the budget year in the reader's language, any other as it was written; not escaped."""
    row = next((row for row in presets() if row.key == one.preset), None)
    return row.name(say.language) if row else one.name


def when(one: Milestone, say: Say) -> str:
    """The date that counts, and the legal one where it differs."""
    due = due_of(one)
    shown = dates.day(say, due) if due else say("milestone-no-date")
    if one.legal_on and one.legal_on != due:
        shown += " · " + say("milestone-legal", day=dates.day(say, one.legal_on))
    return shown


def state(view: LineView, one: Milestone, today: date, say: Say) -> str:
    """What became of it, or what it waits for."""
    due = due_of(one)
    if ended := outcome(view, one, say):
        return ended
    if due and not is_alive(one):
        return say("preset-past")
    if is_overdue(one, today) and due:
        return say("milestone-overdue", days=(today - due).days)
    if one.act is Act.EVENT and due and due > today:
        return say("milestone-coming")
    return say(f"milestone-open-{one.act}")


def outcome(view: LineView, one: Milestone, say: Say) -> str:
    """What became of it; '' while it is open."""
    if one.outcome is Outcome.VOTED:
        return say("milestone-voted", amount=full(one.result, view.line.currency, say))
    return say(f"milestone-{one.outcome}") if one.outcome else ""


def shown(view: LineView, one: Milestone, today: date, say: Say, *notes: str) -> Post:
    """One milestone for one person: its line, dates, rule and source, and what can be done with it."""
    whose = next((side.name for side, _ in view.owners if side.id == one.side_id), "")
    lines = [
        f"{named(view, one, say)} · {say(f'milestone-{one.act}')}",
        f"{escape_within(view.line.name, NAME_SHOWN)}",
        f"{when(one, say)} · {state(view, one, today, say)}",
    ]
    if whose:
        lines.append(say("milestone-of", side=escape_within(whose, 80)))
    if one.moves:
        lines.append(say("milestone-moves", count=one.moves))
    if source := next((row.source for row in presets() if row.key == one.preset), ""):
        lines.append(say("milestone-source", source=escape_within(source, NAME_SHOWN)))
    lines += notes
    text = "\n".join(lines)
    return Post(text, [section(text), actions(*buttons(one, say))])


def buttons(one: Milestone, say: Say) -> list[Block]:
    """What can be done with it; of an event others decide, so its result is asked for."""
    ways = [milestone_button(say("milestone-history"), ids.MILESTONE_LINE, one)]
    if one.outcome:
        return [milestone_button(say("milestone-reopen"), ids.MILESTONE_REOPEN, one), *ways]
    later = milestone_button(say("nudge-snooze"), ids.MILESTONE_SNOOZE, one)
    if one.act is Act.EVENT:
        return [*result_buttons(one, say), later, *ways]
    done = milestone_button(say("milestone-mark-done"), ids.MILESTONE_DONE, one, style="primary")
    move = milestone_button(say("milestone-move"), ids.MILESTONE_MOVE, one)
    drop = milestone_button(say("milestone-drop"), ids.MILESTONE_DROP, one)
    return [done, later, move, drop, *ways]


def result_buttons(one: Milestone, say: Say) -> list[Block]:
    """The question that an event's day asks: [의결 → 금액] [미의결 → 새 날짜] [해당 없음]."""
    return [
        milestone_button(say("milestone-mark-voted"), ids.MILESTONE_VOTED, one, style="primary"),
        milestone_button(say("milestone-not-voted"), ids.MILESTONE_MOVE, one),
        milestone_button(say("milestone-drop"), ids.MILESTONE_DROP, one),
    ]


def result_asked(view: LineView, one: Milestone, say: Say, *, again: bool = False) -> Post:
    """To an owner on the day of an event, or once more three working days later."""
    ask = say("milestone-ask-again" if again else "milestone-ask")
    text = f"*{when(one, say)}* · {named(view, one, say)} ({escape_within(view.line.name, NAME_SHOWN)})\n{ask}"
    return Post(text, [section(text), actions(*result_buttons(one, say))])


def late_asked(view: LineView, one: Milestone, agreed: date, legal: date, say: Say) -> Post:
    """An agreed date after the legal limit is not stored before somebody says that it is meant."""
    text = say(
        "milestone-too-late",
        ref=ref(view, one),
        agreed=dates.day(say, agreed),
        legal=dates.day(say, legal),
        name=escape_within(name_of(one, say), NAME_SHOWN),
    )
    value = ids.item_value(one.task_force_id, one.id or 0, agreed.isoformat())
    anyway = button(say("milestone-anyway"), ids.MILESTONE_ANYWAY, value)
    return Post(
        text, [section(text), actions(anyway, milestone_button(say("milestone-move"), ids.MILESTONE_MOVE, one))]
    )


def which_date(view: LineView, one: Milestone, written: str, why: str, days: list[date], say: Say) -> Post:
    """A date that can be read in several ways, or not at all: a button for each reading, and the form."""
    text = say("milestone-date-which", ref=ref(view, one), written=written, why=why)
    picks = [
        button(
            dates.day(say, day),
            f"{ids.MILESTONE_PICK}-{at}",
            ids.item_value(one.task_force_id, one.id or 0, day.isoformat()),
        )
        for at, day in enumerate(days)
    ]
    return Post(
        text, [section(text), actions(*picks, milestone_button(say("milestone-move"), ids.MILESTONE_MOVE, one))]
    )


def milestone_button(label: str, action_id: str, one: Milestone, *, style: str | None = None) -> Block:
    """A button about one milestone: task force and milestone are believed only of who may see its line."""
    return button(label, action_id, ids.item_value(one.task_force_id, one.id or 0), style=style)
