"""How a handover looks: the form, what will move, what has moved, and who has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, field_input, modal, option, section
from bot.messages.budget import facts, named_line
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.forms import ANSWER, Values, chosen, memory, select
from bot.messages.items import named, ref
from bot.messages.post import Block, Post, View
from bot.messages.roster import name_and_title, role_word
from bot.rules.budget import LineView
from bot.rules.handovers import Wish
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Handover, HandoverState, Meeting, Person, Role, Side

MOST = 100  # options of a select
LIST_LIMIT = 2600  # characters of a list in a section of 3,000
TITLE_SHOWN = 120
SUCCESSOR, ACTING, YES, NO = "successor", "acting", "yes", "no"


@dataclass(frozen=True)
class Shown:
    """A handover with whoever and whatever it is about."""

    handover: Handover
    giver: Person
    receiver: Person
    views: Sequence[ItemView] = ()
    questions: int = 0
    role: Role | None = None  # the receiver's new one
    is_return: bool = False  # to somebody who was away, of what was held in their place
    lines: Sequence[LineView] = ()  # of the budget
    expected: Sequence[Meeting] = ()  # at which the receiver is expected instead of the giver
    kept: Sequence[Meeting] = ()  # of which the receiver takes the minutes
    zone: str = "Asia/Seoul"  # where the task force works
    sides: Sequence[Side] = ()


@dataclass(frozen=True)
class HandoverForm:
    """What the form shows. `givers`, `receivers`: people of one side; `with_role`: whether a role can be passed on."""

    givers: Sequence[Person]
    receivers: Sequence[Person]
    giver_id: int | None
    receiver_id: int | None = None
    acting: bool = False
    starts_on: date | None = None
    with_role: bool = False
    planned: Sequence[Shown] = ()
    notes: Sequence[str] = ()  # escaped


def form(say: Say, shown: HandoverForm, kept: dict[str, object]) -> View:
    """From whom, to whom, as what, from which day on; what is planned already stands above, and can be cancelled."""
    kinds = [option(say(f"handover-as-{kind}"), kind) for kind in (SUCCESSOR, ACTING)]
    day: Block = {"type": "datepicker", "action_id": ANSWER}
    if shown.starts_on:
        day["initial_date"] = shown.starts_on.isoformat()
    blocks = [
        *map(section, shown.notes),
        *(block for one in shown.planned[:5] for block in planned(say, one).blocks),
        field_input(say("handover-from"), "giver", _people(shown.givers, shown.giver_id)),
        field_input(say("handover-to"), "receiver", _people(shown.receivers, shown.receiver_id)),
        field_input(say("handover-as"), "as", select(kinds, ACTING if shown.acting else SUCCESSOR)),
        field_input(say("handover-day"), "day", day, hint=say("handover-day-hint"), optional=True),
    ]
    if shown.with_role:
        answers = [option(say("handover-role-no"), NO), option(say("handover-role-yes"), YES)]
        blocks.append(field_input(say("handover-role"), "role", select(answers, NO), hint=say("handover-role-hint")))
    return modal(ids.HANDOVER, say("handover-title"), say("handover-look"), say("close"), blocks, memory(**kept))


def read_form(values: Values) -> Wish:
    """What was chosen."""
    day = values.get("day", {}).get(ANSWER, {}).get("selected_date")
    giver, receiver = (int(chosen(values, block_id)[0] or 0) for block_id in ("giver", "receiver"))
    starts_on = date.fromisoformat(day) if day else None
    return Wish(giver, receiver, chosen(values, "as")[0] == ACTING, chosen(values, "role")[0] == YES, starts_on)


def preview(say: Say, shown: Shown, wish: Wish) -> Post:
    """What will move, before it does; the buttons do it, or change what is asked for."""
    text = "\n".join(_preview_lines(say, shown))
    of = shown.giver.task_force_id
    go = button(say("handover-go"), ids.HANDOVER_GO, ids.item_value(of, 0, wish.packed()), style="primary")
    change = button(say("handover-change"), ids.HANDOVER_CHANGE, ids.item_value(of, 0, wish.packed()))
    return Post(text, [section(text), actions(go, change)])


def preview_form(say: Say, shown: Shown, kept: dict[str, object]) -> View:
    """The same as the next page of the form."""
    blocks = [section("\n".join(_preview_lines(say, shown)))]
    return modal(ids.HANDOVER_SURE, say("handover-title"), say("handover-go"), say("close"), blocks, memory(**kept))


def planned(say: Say, shown: Shown) -> Post:
    """A handover that waits for its day, and the button that takes it off."""
    text = say("handover-waiting", **_who(shown), day=dates.day(say, shown.handover.starts_on))
    return Post(text, [section(text, _cancel(say, shown.handover))])


def done(say: Say, shown: Shown) -> Post:
    """To who asked for it: what has moved, that it was told, and the way back."""
    text = "\n".join([_opening(say, shown), *_counts(say, shown), say("handover-done-told")])
    back = button(say("handover-undo"), ids.HANDOVER_UNDO, _value(shown.handover))
    return Post(text, [section(text), actions(back)])


def waits(say: Say, shown: Shown) -> Post:
    """To who asked for a later day."""
    text = say("handover-planned", **_who(shown), day=dates.day(say, shown.handover.starts_on))
    return Post(text, [section(text), actions(_cancel(say, shown.handover))])


def called_off(say: Say, shown: Shown) -> Post:
    return _said(say("handover-cancelled", **_who(shown)))


def taken_back(say: Say, shown: Shown) -> Post:
    return _said("\n".join([say("handover-undone", **_who(shown)), *_counts(say, shown)]))


def told(say: Say, shown: Shown, reader: Person, by: Person) -> Post:
    """To whoever it concerns: once for all items."""
    state, day = shown.handover.state, dates.day(say, shown.handover.starts_on)
    if state is HandoverState.WAITING:
        text = say("handover-planned-by", **_who(shown), day=day, by=named(by))
        return Post(text, [section(text), actions(_cancel(say, shown.handover))])
    if state is HandoverState.FAILED:
        why = dict(shown.handover.reason)
        reason = say(why.pop("key"), **{key: escape(str(value)) for key, value in why.items()})
        return _said(say("handover-failed", **_who(shown), day=day, why=reason))
    if state is HandoverState.CANCELLED:
        return called_off(say, shown)
    if state is HandoverState.UNDONE:
        return taken_back(say, shown)
    yours = say("handover-yours") if reader.id == shown.receiver.id else ""
    lines = [_opening(say, shown), *([yours] if yours else []), say("handover-by", by=named(by)), *_counts(say, shown)]
    text = whole_lines([*lines, *_list(shown, say)], LIST_LIMIT)
    mine = button(say("menu-mine"), f"{ids.RUN}-mine", "mine")
    return Post(text, [section(text), *([actions(mine)] if yours else [])])


def departed(
    say: Say,
    person: Person,
    views: Sequence[ItemView],
    *,
    keeps: bool,
    orphaned: bool,
    lines: Sequence[LineView] = (),
) -> Post:
    """To who looks after the side (`orphaned`: to its members, as nobody does any more): who has left, and what is open."""
    told = [say("departed", who=named(person), count=str(len(views)))]
    if lines:
        told.append(say("departed-lines", count=str(len(lines))))
    if keeps:
        told.append(say("departed-role", role=role_word(say, person.role)))
    if orphaned:
        told.append(say("departed-orphaned"))
    rows = [*(_item(one, say) for one in views), *(f"• {named_line(one.line)} · {facts(one, say)}" for one in lines)]
    text = whole_lines([*told, *rows], LIST_LIMIT)
    value = ids.item_value(person.task_force_id, person.id or 0)
    return Post(text, [section(text), actions(button(say("handover-open"), ids.HANDOVER_OPEN, value, style="primary"))])


def _preview_lines(say: Say, shown: Shown) -> list[str]:
    at_once = shown.handover.due_at is None
    when = (
        say("handover-at-once") if at_once else say("handover-from-day", day=dates.day(say, shown.handover.starts_on))
    )
    lines = [say("handover-preview"), _from_to(say, shown), when]
    if shown.is_return:
        lines.append(say("handover-return"))
    lines += _counts(say, shown)
    lines.append(say("handover-stays"))
    return [whole_lines([*lines, *_list(shown, say)], LIST_LIMIT)]


def _opening(say: Say, shown: Shown) -> str:
    return say("handover-done") + "\n" + _from_to(say, shown)


def _from_to(say: Say, shown: Shown) -> str:
    key = "handover-who-acting" if shown.handover.acting else "handover-who"
    return say(key, **_who(shown))


def _counts(say: Say, shown: Shown) -> list[str]:
    counted = (("lines", shown.lines), ("expected", shown.expected), ("kept", shown.kept))
    lines = [say("handover-items", count=str(len(shown.views)))]
    lines += [say(f"handover-{name}", count=str(len(found))) for name, found in counted if found]
    if shown.questions:
        lines.append(say("handover-questions", count=str(shown.questions)))
    if shown.role:
        lines.append(say("handover-role-moves", receiver=named(shown.receiver), role=role_word(say, shown.role)))
    return lines


def _list(shown: Shown, say: Say) -> list[str]:
    return [
        *(_item(view, say) for view in shown.views),
        *(f"• {named_line(view.line)} · {facts(view, say)}" for view in shown.lines),
        *(_meeting(one, shown, say) for one in shown.expected),
        *(
            f"• M-{one.number} {escape_within(one.title, TITLE_SHOWN)} · {say('handover-minutes')}"
            for one in shown.kept
        ),
    ]


def _item(view: ItemView, say: Say) -> str:
    """`• A-12 제목 · 2026. 12. 5.(토)`."""
    due = dates.due(say, view.item.due_on, view.item.due_at)
    return f"• {ref(view.item)} {escape_within(view.item.title, TITLE_SHOWN)} · {due}"


def _meeting(meeting: Meeting, shown: Shown, say: Say) -> str:
    """`• M-3 실무회의 · 2026. 12. 3.(목) 14:00 · 참석 여부를 알려 주세요`."""
    at = dates.moment(say, meeting.planned_for, shown.zone) if meeting.planned_for else ""
    asked = say("handover-rsvp")
    return " · ".join(
        part for part in (f"• M-{meeting.number} {escape_within(meeting.title, TITLE_SHOWN)}", at, asked) if part
    )


def _people(people: Sequence[Person], wanted: int | None) -> Block:
    """The wanted one is always among the options."""
    first = sorted(people, key=lambda one: one.id != wanted)[:MOST]
    return select([option(name_and_title(one), one.id) for one in people if one in first], wanted)


def _who(shown: Shown) -> dict[str, str]:
    return {"giver": named(shown.giver), "receiver": named(shown.receiver)}


def _cancel(say: Say, handover: Handover) -> Block:
    return button(say("handover-cancel"), ids.HANDOVER_CANCEL, _value(handover))


def _value(handover: Handover) -> str:
    return ids.item_value(handover.task_force_id, handover.id or 0)


def _said(text: str) -> Post:
    return Post(text, [section(text)])
