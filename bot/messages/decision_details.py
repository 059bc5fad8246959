"""A decision in full, and its history in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, plain_section, section
from bot.messages.budget import tied_rows
from bot.messages.decisions import buttons, decision_button, details_button, ref, state, summary, told
from bot.messages.escape import escape, shorten, whole_lines
from bot.messages.post import Block, Post
from bot.messages.roster import name_and_title
from bot.rules.budget import LineView
from bot.rules.decisions import DecisionView
from bot.rules.lines import is_permalink
from config.words import Say
from storage.tables import Change, Decision, DecisionNote, DecisionStatus, Person, Side, TaskForce

PAGE = 15
NOTES = 5  # that the decision in full shows; all of them are in its history
NOTE_SHOWN = 400  # characters


def details(
    view: DecisionView,
    notes: Sequence[tuple[DecisionNote, Person]],
    say: Say,
    *,
    is_mine: bool,
    lines: Sequence[LineView] = (),
) -> Post:
    """The decision for one person alone: all that is known of it and can be done with it.

    `is_mine`: they have a vote on it; `lines`: those of the budget that it has to do with.
    """
    decision = view.decision
    noted = [plain_section(_noted(note, by, view, say)) for note, by in notes[-NOTES:]]
    blocks = [*told(view, say), section(state(view, say)), *_source(decision, say), *noted, *tied_rows(lines, say)]
    more = [decision_button(say("decision-note"), ids.DECISION_NOTE, decision)]
    if view.is_open and is_mine:
        more.append(decision_button(say("decision-take-back"), ids.DECISION_TAKE_BACK, decision))
    if view.is_open:
        more.append(decision_button(say("decision-give-up"), ids.DECISION_GIVE_UP, decision))
    if decision.status is DecisionStatus.IN_FORCE:
        more.append(decision_button(say("decision-set-review"), ids.DECISION_EDIT, decision))
    history = ids.item_value(decision.task_force_id, decision.id or 0, "0")
    more.append(button(say("item-history"), ids.DECISION_HISTORY, history))
    own = [one for one in buttons(view, say)["elements"] if one["action_id"] != ids.DECISION_DETAILS]
    return Post(summary(view, say), [*blocks, *([actions(*own)] if own else []), actions(*more)])


def _source(decision: Decision, say: Say) -> list[Block]:
    """The message that it was recorded from: a link to it, and its words as they were."""
    if not (decision.link or decision.quote):
        return []
    label = say("decision-source")
    link = f"<{escape(decision.link)}|{label}>" if is_permalink(decision.link) else label
    return [context(link), *([plain_section(decision.quote)] if decision.quote else [])]


def _noted(note: DecisionNote, by: Person, view: DecisionView, say: Say) -> str:
    """A note, not escaped."""
    at = dates.moment(say, note.written_at, view.task_force.zone)
    return shorten(f"{at} · {name_and_title(by)}: {note.text}", NOTE_SHOWN)


@dataclass(frozen=True)
class History:
    """A page of a decision's history, the newest first, with whoever and whatever it names."""

    decision: Decision
    task_force: TaskForce
    changes: Sequence[Change]
    people: Mapping[int, Person]
    sides: Mapping[int, Side]
    number: int  # from 0
    pages: int


def history(page: History, say: Say) -> Post:
    """Who said and changed what and when, in words; user text in it stays text."""
    heading = say("history-heading", ref=ref(page.decision), page=str(page.number + 1), pages=str(page.pages))
    lines = [_line(change, page, say) for change in page.changes]
    ways: list[Block] = [details_button(page.decision, say)]
    for label, where in (("list-before", page.number - 1), ("list-after", page.number + 1)):
        if 0 <= where < page.pages:
            value = ids.item_value(page.decision.task_force_id, page.decision.id or 0, str(where))
            ways.append(button(say(label), f"{ids.DECISION_HISTORY}-{where}", value))
    blocks = [section(heading), *map(plain_section, lines), actions(*ways)]
    return Post(whole_lines([heading, *map(escape, lines)]), blocks)


def _line(change: Change, page: History, say: Say) -> str:
    """One change, not escaped."""
    at = dates.moment(say, change.at, page.task_force.zone)
    who = page.people.get(change.person_id or 0)
    return " · ".join([at, name_and_title(who) if who else say("the-bot"), *_what(change, page, say)])


def _what(change: Change, page: History, say: Say) -> list[str]:
    old, new = change.old or {}, change.new or {}
    side = page.sides.get(int((new or old).get("side") or 0))
    of = side.name if side else ""
    match change.act:
        case "confirmed" | "objected":
            how = [say("decision-history-delegated")] if new["delegated"] else []
            reason = [shorten(str(new["reason"]), 300)] if new["reason"] else []
            return [say(f"decision-history-{change.act}", side=of, how=say(f"history-by-{new['by']}")), *how, *reason]
        case "unconfirmed" | "objection-withdrawn":
            return [say(f"decision-history-{change.act}", side=of)]
        case "changed":
            return [_changed(name, str(old[name]), str(new[name]), say) for name in new]
        case "superseded":
            return [say("decision-superseded", ref=ref(page.decision), by=f"R-{new['by']}")]
        case _ if "text" in new:
            return [say(f"decision-history-{change.act}", text=shorten(str(new["text"]), 300))]
    return [say(f"decision-history-{change.act}")]


def _changed(name: str, old: str, new: str, say: Say) -> str:
    none = say("field-empty")
    shown = [shorten(value, 300) or none for value in (old, new)]
    return say("history-changed", what=say(f"decision-field-{name}"), old=shown[0], new=shown[1])
