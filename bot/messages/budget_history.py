"""What happened to a budget line, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.messages import dates, ids
from bot.messages.blocks import actions, context, plain_section, section
from bot.messages.budget import line_button, origin_word, ref
from bot.messages.escape import escape, shorten, whole_lines
from bot.messages.money import full
from bot.messages.post import Post
from bot.messages.roster import name_and_title
from bot.rules.budget import Figure, LineView
from config.words import Say
from storage.tables import Change, Origin, Person

PAGE = 25
TEXT_SHOWN = 200


@dataclass(frozen=True)
class HistoryPage:
    """The newest changes of a line, with whoever they name; `total`: how many there are."""

    view: LineView
    changes: Sequence[Change]
    people: Mapping[int, Person]
    total: int


def page(shown: HistoryPage, say: Say) -> Post:
    """Who changed what and when; user text in it stays text."""
    heading = say("budget-history-heading", ref=ref(shown.view.line))
    lines = [line(change, shown, say) for change in shown.changes]
    more = (
        [context(say("budget-history-more", count=str(shown.total - len(lines))))] if shown.total > len(lines) else []
    )
    way = actions(line_button(say("budget-show"), ids.BUDGET_SHOW, shown.view.line))
    return Post(whole_lines([heading, *map(escape, lines)]), [section(heading), *map(plain_section, lines), *more, way])


def last_move(shown: HistoryPage, say: Say) -> str:
    """Who moved the stage last, when and with how much; escaped; nothing: ''."""
    found = next((change for change in shown.changes if change.act == "stage"), None)
    return escape(line(found, shown, say)) if found else ""


def line(change: Change, shown: HistoryPage, say: Say) -> str:
    """One change, not escaped."""
    at = dates.moment(say, change.at, shown.view.task_force.zone)
    who = shown.people.get(change.person_id or 0)
    return " · ".join([at, name_and_title(who) if who else say("the-bot"), what(change, shown, say)])


def what(change: Change, shown: HistoryPage, say: Say) -> str:
    """What was done, without who and when; not escaped."""
    old, new = change.old or {}, change.new or {}
    if change.act.startswith("milestone-"):
        return _milestone(change.act, old, new, shown, say)
    if change.act in ("stage", "amounts", "changed"):
        return "; ".join([_field(name, old.get(name), new[name], shown, say) for name in new])
    if change.act == "owner":
        owner = shown.people.get(int(new["owner"] or 0))
        return say("budget-history-owner", owner=name_and_title(owner) if owner else say("field-empty"))
    if "handover" in new:
        names = [_name(shown.people.get(int(new[key]))) for key in ("from", "to")]
        acting = "-acting" if new["acting"] and change.act == "handed-over" else ""
        return say(f"history-{change.act}{acting}", giver=names[0], receiver=names[1])
    if change.act == "split":
        return say("budget-history-split", ref=str(new["ref"]), amount=_amount(new["amount"], shown, say))
    if change.act in ("linked", "unlinked"):
        return say(f"budget-history-{change.act}", ref=str(new["ref"]))
    if change.act == "noted":
        return say("budget-history-noted", text=shorten(str(new["text"]), TEXT_SHOWN))
    return say(f"budget-history-{change.act}")


def _milestone(act: str, old: Mapping[str, Any], new: Mapping[str, Any], shown: HistoryPage, say: Say) -> str:
    what = f"{new['ref']} {shorten(str(new['name']), TEXT_SHOWN)}"
    told = say(f"budget-history-{act}") if "until" not in new else ""
    more = ""
    if "day" in new:
        more = " → ".join(_day(one["day"], say) for one in (old, new) if "day" in one)
    elif "until" in new:
        more = say("history-snoozed", until=_day(str(new["until"]), say))
    elif new.get("amount") is not None:
        more = _amount(new["amount"], shown, say)
    how = say("history-delegated") if new.get("delegated") else ""
    return " · ".join(part for part in (what, told, how, more) if part)


def _field(name: str, old: Any, new: Any, shown: HistoryPage, say: Say) -> str:
    before, after = (_value(name, value, shown, say) for value in (old, new))
    return say("history-changed", what=say(f"budget-field-{name}"), old=before, new=after)


def _value(name: str, value: Any, shown: HistoryPage, say: Say) -> str:
    if name == "shares":
        return ", ".join(_share(origin, part, shown, say) for origin, part in (value or {}).items()) or say(
            "field-empty"
        )
    if name in ("stage", "kind"):
        return say(f"budget-{name}-{value}")
    if name in list(Figure):
        return _amount(value, shown, say)
    return shorten(str(value), TEXT_SHOWN)


def _share(origin: str, part: int, shown: HistoryPage, say: Say) -> str:
    return f"{origin_word(shown.view, Origin(origin), say)} {_amount(part, shown, say)}"


def _amount(value: int | None, shown: HistoryPage, say: Say) -> str:
    return full(value, shown.view.line.currency, say)


def _name(person: Person | None) -> str:
    return name_and_title(person) if person else ""


def _day(word: str, say: Say) -> str:
    return dates.day(say, date.fromisoformat(word)) if word else say("milestone-no-date")
