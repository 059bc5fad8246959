"""An item in full, and its history in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, plain_section, section
from bot.messages.budget import tied_rows
from bot.messages.escape import escape, shorten, whole_lines
from bot.messages.items import facts, item_button, named, ref, state, summary, title
from bot.messages.post import Block, Post
from bot.messages.roster import name_and_title
from bot.rules.budget import LineView
from bot.rules.item_changes import OF_SIDE, OWN_DUE, OWNER, SCOPE, read_due_word
from bot.rules.items import ItemView
from bot.rules.lines import is_permalink
from config.words import Say
from storage.tables import Change, Item, ItemSource, Note, Person, Side, TaskForce

PAGE = 15
NOTES = 5  # that the item in full shows; all of them are in its history
NOTE_SHOWN = 400  # characters
QUOTE_SHOWN = 1000


@dataclass(frozen=True)
class Progress:
    """How an item goes on: the newest notes, oldest first; until when reminders rest for the asker; what is asked."""

    notes: Sequence[tuple[Note, Person]] = ()
    rests_until: date | None = None
    source: ItemSource | None = None
    questions: Sequence[Post] = ()
    lines: Sequence[LineView] = ()  # of the budget, that it has to do with


NOTHING = Progress()


def details(view: ItemView, creator: Person, now: datetime, say: Say, progress: Progress = NOTHING) -> Post:
    """The item for one person alone: everything that is known of it, and everything that can be done with it."""
    item = view.item
    made = say("item-made", at=dates.moment(say, item.created_at, view.task_force.zone), by=named(creator))
    blocks = [
        title(item),
        section(facts(view, say)),
        *([plain_section(item.description)] if item.description else []),
        section(state(view, now, say)),
        context(made, *_confirmed(view, say)),
        *_source(progress.source, say),
        *(plain_section(_noted(note, by, view, say)) for note, by in progress.notes),
        *tied_rows(progress.lines, say),
    ]
    if progress.rests_until:
        blocks.append(context(say("item-rests", until=dates.day(say, progress.rests_until))))
    if view.is_open:
        buttons = [
            item_button(say("item-done"), ids.ITEM_DONE, item, style="primary"),
            item_button(say("item-edit"), ids.ITEM_EDIT, item),
        ]
        if view.done:
            buttons.append(item_button(say("item-undo"), ids.ITEM_UNDO, item))
        buttons += [
            item_button(say("item-note"), ids.ITEM_NOTE, item),
            item_button(say("item-postpone"), ids.ITEM_POSTPONE, item),
            item_button(say("item-cancel"), ids.ITEM_CANCEL, item),
        ]
    else:
        buttons = [item_button(say("item-reopen"), ids.ITEM_REOPEN, item)]
    history = button(say("item-history"), ids.ITEM_HISTORY, ids.item_value(item.task_force_id, item.id or 0, "0"))
    asked = [block for question in progress.questions for block in question.blocks]
    return Post(summary(view, now, say), [*blocks, *asked, actions(*buttons, history)])


def _source(source: ItemSource | None, say: Say) -> list[Block]:
    """The message that the item was made from: a link to it, and its words as they were."""
    if source is None:
        return []
    link = f"<{escape(source.permalink)}|{say('item-source')}>" if is_permalink(source.permalink) else ""
    quote = [plain_section(shorten(source.quote, QUOTE_SHOWN))] if source.quote else []
    return [context(link or say("item-source")), *quote]


def already_closed(view: ItemView, now: datetime, say: Say) -> Post:
    """To who pressed a button that came too late: nothing was changed, and how it can be opened again."""
    text = say("item-not-open", ref=ref(view.item), state=state(view, now, say))
    buttons = actions(
        item_button(say("item-reopen"), ids.ITEM_REOPEN, view.item),
        item_button(say("item-details"), ids.ITEM_DETAILS, view.item),
    )
    return Post(text, [section(text), buttons])


@dataclass(frozen=True)
class History:
    """A page of an item's history, the newest first, with whoever and whatever it names."""

    item: Item
    task_force: TaskForce
    changes: Sequence[Change]
    people: Mapping[int, Person]
    sides: Mapping[int, Side]
    number: int  # from 0
    pages: int


def history(page: History, say: Say) -> Post:
    """Who changed what and when, in words; user text in it stays text."""
    heading = say("history-heading", ref=ref(page.item), page=str(page.number + 1), pages=str(page.pages))
    lines = [_line(change, page, say) for change in page.changes]
    ways: list[Block] = [item_button(say("item-details"), ids.ITEM_DETAILS, page.item)]
    for label, where in (("list-before", page.number - 1), ("list-after", page.number + 1)):
        if 0 <= where < page.pages:
            value = ids.item_value(page.item.task_force_id, page.item.id or 0, str(where))
            ways.append(button(say(label), f"{ids.ITEM_HISTORY}-{where}", value))
    return Post(
        whole_lines([heading, *map(escape, lines)]), [section(heading), *map(plain_section, lines), actions(*ways)]
    )


def _noted(note: Note, by: Person, view: ItemView, say: Say) -> str:
    """A note, not escaped."""
    at = dates.moment(say, note.written_at, view.task_force.zone)
    return shorten(f"{at} · {name_and_title(by)}: {note.text}", NOTE_SHOWN)


def _confirmed(view: ItemView, say: Say) -> list[str]:
    return [
        say(
            "item-confirmed",
            side=escape(share.side.name),
            at=dates.moment(say, share.part.confirmed_at, view.task_force.zone),
        )
        for share in view.done
        if share.part.confirmed_at
    ]


def _line(change: Change, page: History, say: Say) -> str:
    """One change, not escaped: `2026. 11. 23.(월) 10:02 · 정하늘 교수 · 제목: 초안 → 최종안`."""
    at = dates.moment(say, change.at, page.task_force.zone)
    who = page.people.get(change.person_id or 0)
    return " · ".join([at, name_and_title(who) if who else say("the-bot"), _what(change, page, say)])


def _what(change: Change, page: History, say: Say) -> str:
    old, new = change.old or {}, change.new or {}
    if change.act == "changed":
        return "; ".join(_changed(name, str(old[name]), str(new[name]), page, say) for name in new)
    if "handover" in new:
        names = [_name(page.people, int(new[key])) for key in ("from", "to")]
        acting = "-acting" if new["acting"] and change.act == "handed-over" else ""
        return say(f"history-{change.act}{acting}", giver=names[0], receiver=names[1])
    side = page.sides.get(int((new or old).get("side") or 0))
    if change.act == "created":
        return say("history-created", title=str(new["title"]))
    if change.act == "confirmed":
        how = [say(f"history-by-{new['by']}"), *([say("history-delegated")] if new.get("delegated") else [])]
        return say("history-confirmed", side=side.name if side else "", how=", ".join(how))
    if change.act == "unconfirmed":
        return say("history-unconfirmed", side=side.name if side else "")
    if change.act == "snoozed":
        return say("history-snoozed", until=dates.day(say, date.fromisoformat(str(new["until"]))))
    if "text" in new:
        return say(f"history-{change.act}", text=shorten(str(new["text"]), 300))
    return say(f"history-{change.act}")


def _name(people: Mapping[int, Person], person_id: int) -> str:
    person = people.get(person_id)
    return name_and_title(person) if person else str(person_id)


def _changed(name: str, old: str, new: str, page: History, say: Say) -> str:
    shown = [shorten(field_words(name, value, page.people, page.sides, say), 300) for value in (old, new)]
    return say("history-changed", what=field_label(name, page.sides, say), old=shown[0], new=shown[1])


def field_label(name: str, sides: Mapping[int, Side], say: Say) -> str:
    """What a field is called, not escaped."""
    if name.startswith(OF_SIDE):
        prefix, _, side_id = name.rpartition("-")
        side = sides.get(int(side_id))
        return say(f"field-{prefix}", side=side.name if side else "")
    return say(f"field-{name}")


def field_words(name: str, value: str, people: Mapping[int, Person], sides: Mapping[int, Side], say: Say) -> str:
    """A field's value in words, not escaped."""
    if name == SCOPE:
        side = sides.get(int(value)) if value else None
        return say("scope-internal", side=side.name if side else "") if value else say("scope-joint")
    if name == "due" or name.startswith(OWN_DUE):
        return dates.due(say, *read_due_word(value))
    if name.startswith(OWNER) and value:
        person = people.get(int(value))
        return name_and_title(person) if person else value
    return value or say("field-empty")
