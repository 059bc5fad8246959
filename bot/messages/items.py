"""How an action item looks: its card, what is said about it, and the marks it carries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import clean, escape, escape_within
from bot.messages.post import Block, Post
from bot.messages.roster import name_and_title
from bot.rules.dates import Reading, echo
from bot.rules.items import ItemView, Share, local_date, overdue_days, turn_day
from bot.rules.lines import is_permalink
from config.words import Say
from storage.tables import Item, ItemStatus, Person

TITLE_SHOWN = (
    600  # characters of a title, escaped: Fluent takes no argument over 2,500, and the card has the whole title
)
REASON_SHOWN = 300
NAME_SHOWN = 80  # characters of a name, escaped: with six sides a text still fits into its block


def ref(item: Item) -> str:
    """`A-12`."""
    return f"A-{item.number}"


def named(person: Person) -> str:
    """A person as the roster names them, escaped: `김철수 교수`."""
    return escape_within(name_and_title(person), NAME_SHOWN)


def owners(view: ItemView) -> str:
    """All owners with their organisations, escaped."""
    return " / ".join(map(with_side, view.shares))


def with_side(share: Share) -> str:
    """An owner with their organisation, escaped: `GIST 김철수 교수`."""
    return f"{_side(share)} {named(share.owner)}"


def card(view: ItemView, now: datetime, say: Say) -> Post:
    """The item as it is: the card in the channel. People are named, never pinged."""
    blocks = [title(view.item), section(facts(view, say)), section(state(view, now, say))]
    if view.is_open:
        blocks.append(context(say("item-card-again" if view.item.reopened_at else "item-card-how")))
    return Post(summary(view, now, say), [*blocks, card_buttons(view, say)])


def summary(view: ItemView, now: datetime, say: Say) -> str:
    """The item in one line, escaped: what notifications and screen readers say."""
    due = dates.due(say, view.item.due_on, view.item.due_at)
    return f"{named_item(view)} · {due} · {state(view, now, say)}"


def named_item(view: ItemView) -> str:
    """Number and title, escaped."""
    return f"{ref(view.item)} {escape_within(view.item.title, TITLE_SHOWN)}"


def title(item: Item) -> Block:
    """Number and title, as they were typed: nothing in a rich text's words is read as markup, link or mention."""
    words = [{"type": "text", "text": f"{ref(item)}  {clean(item.title)}", "style": {"bold": True}}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}


def facts(view: ItemView, say: Say) -> str:
    """Owners with their marks, due date and workstream, a line each; escaped."""
    lines = [
        say("item-owner", side=_side(share), owner=_owner(share, say)) + own_part(share, say) for share in view.shares
    ]
    due = dates.due(say, view.item.due_on, view.item.due_at)
    lines.append(say("item-due", due=due) if view.item.due_on else due)
    if view.item.due_moves:
        lines[-1] += " · " + say("item-due-moves", count=str(view.item.due_moves))
    if view.item.stream:
        lines.append(say("item-stream", stream=escape(view.item.stream)))
    if view.item.internal_to:
        lines.append(internal_mark(view, say))
    if view.item.link:
        lines.append(_address(view.item.link, say))
    return "\n".join(lines)


def _address(link: str, say: Say) -> str:
    """Where it is from; the address of a message in Slack says nothing to a reader."""
    return f"<{escape(link)}|{say('item-source')}>" if is_permalink(link) else f"<{escape(link)}>"


def internal_mark(view: ItemView, say: Say) -> str:
    """Whose alone it is, escaped."""
    side = next((_side(share) for share in view.shares if share.side.id == view.item.internal_to), "")
    return say("internal-mark", side=side)


def own_part(share: Share, say: Say) -> str:
    """What of the item is this side's own, and by when, behind the owner's name; escaped."""
    task, due_on = share.part.task, share.part.due_on
    parts = [escape_within(task, REASON_SHOWN)] if task else []
    if due_on:
        parts.append(say("dates-until", due=dates.day(say, due_on)))
    return "".join(f" · {one}" for one in parts)


def state(view: ItemView, now: datetime, say: Say) -> str:
    """Who still has to confirm, or that it is done; escaped."""
    if view.item.status is ItemStatus.CANCELLED:
        return say("item-cancelled", reason=escape_within(view.item.cancel_reason, REASON_SHOWN))
    if view.item.status is ItemStatus.CLOSED and view.item.closed_at:
        return say("item-closed", at=dates.moment(say, view.item.closed_at, view.task_force.zone))
    if view.is_half_done:
        return say(
            "item-half-done",
            done=_sides(view.done),
            turn=_sides(view.waiting),
            days=str(turn_day(view, local_date(now, view.task_force))),
        )
    late = overdue_days(view, local_date(now, view.task_force))
    if late:
        return say("item-overdue-turn", turn=_sides(view.waiting), days=str(late))
    return say("item-open", waiting=", ".join(map(with_side, view.waiting)))


def state_short(view: ItemView, now: datetime, say: Say) -> str:
    """The state beside the owners' names: who is waited for only where that is not everybody; escaped."""
    late = overdue_days(view, local_date(now, view.task_force))
    return state(view, now, say) if late or view.done or not view.is_open else say("item-open-short")


def card_buttons(view: ItemView, say: Say) -> Block:
    """What can be done with an item from its card."""
    details = item_button(say("item-details"), ids.ITEM_DETAILS, view.item)
    if not view.is_open:
        return actions(item_button(say("item-reopen"), ids.ITEM_REOPEN, view.item), details)
    done = item_button(say("item-done"), ids.ITEM_DONE, view.item, style="primary")
    return actions(done, item_button(say("item-edit"), ids.ITEM_EDIT, view.item), details)


def item_button(label: str, action_id: str, item: Item, *, style: str | None = None) -> Block:
    """A button about one item: it carries task force and item, which are believed only of the task force's people."""
    return button(label, action_id, ids.item_value(item.task_force_id, item.id or 0), style=style)


def added(view: ItemView, now: datetime, say: Say, *notes: str, question: Post | None = None) -> Post:
    """To who added it: the number, what was understood (a due date with what lies before it), and a button to change it."""
    lines = [say("item-added", item=named_item(view)), *_told(view, now, say), *notes]
    said = section("\n".join(lines))
    if question:
        return Post("\n".join([*lines, question.text]), [said, *question.blocks])
    return Post("\n".join(lines), [said, _ways(view, say)])


def changed(view: ItemView, now: datetime, say: Say, *notes: str) -> Post:
    """To who changed it: how it is now."""
    text = "\n".join([say("item-changed", item=named_item(view)), *_told(view, now, say), *notes])
    return Post(text, [section(text), _ways(view, say)])


def unchanged(view: ItemView, say: Say) -> Post:
    """To who sent a form without changing anything."""
    text = say("item-unchanged", ref=ref(view.item))
    return Post(text, [section(text), _ways(view, say)])


def same_title(view: ItemView, now: datetime, say: Say) -> str:
    """The question whether an item is to be made twice, escaped."""
    return say("item-same-title", item=summary(view, now, say))


def recorded(view: ItemView, side: str, say: Say) -> Post:
    """To who confirmed: for which side it was recorded, a way back, and 👀 for who only meant "read"."""
    lines = [say("item-recorded", ref=ref(view.item), side=escape(side))]
    if not view.is_open:
        lines.append(say("item-recorded-closed", ref=ref(view.item)))
    text = "\n".join(lines)
    return Post(text, [section(text), actions(item_button(say("item-undo"), ids.ITEM_UNDO, view.item))])


def taken_back(view: ItemView, side: str, now: datetime, say: Say, *, tick_stays: bool = False) -> Post:
    """To who took a confirmation back: how the item stands now; after a button or command their ✅ may still be on the card."""
    text = say("item-taken-back", ref=ref(view.item), side=escape(side), state=state(view, now, say))
    if tick_stays:
        text += "\n" + say("item-tick-stays")
    return Post(text, [section(text)])


def assigned(view: ItemView, owner: Person, by: Person | None, say: Say, *, is_owner: bool) -> Post:
    """To a new owner, or (for an owner without Slack) to who looks after the side: the item is theirs now."""
    args = {"by": named(by) if by else say("the-bot"), "owner": named(owner)}
    opening = say("item-assigned", **args) if is_owner else say("item-assigned-for", **args)
    seen = [
        item_button(say("item-seen"), ids.ITEM_SEEN, view.item, style="primary"),
        item_button(say("item-ask-owner"), ids.ITEM_ASK_OWNER, view.item),
    ][: 2 * is_owner]
    buttons = [*seen, item_button(say("item-done"), ids.ITEM_DONE, view.item)]
    details = item_button(say("item-details"), ids.ITEM_DETAILS, view.item)
    text = f"{opening}\n{ref(view.item)} {escape(view.item.title)}"
    return Post(text, [section(opening), title(view.item), section(facts(view, say)), actions(*buttons, details)])


def _told(view: ItemView, now: datetime, say: Say) -> list[str]:
    """What was understood, to be looked over: owners, workstream, the due date with what lies before it; escaped."""
    stream = [say("item-stream", stream=escape(view.item.stream))] if view.item.stream else []
    scope = [internal_mark(view, say)] if view.item.internal_to else []
    return [*scope, owners(view), *stream, *_due_told(view, now, say)]


def _due_told(view: ItemView, now: datetime, say: Say) -> list[str]:
    """The due date, how many working days are left, and what the day is off for; escaped."""
    on, local = view.item.due_on, now.astimezone(ZoneInfo(view.task_force.zone))
    due = dates.due(say, on, view.item.due_at)
    if on is None or on < local.date():
        return [due]
    seen = echo(Reading(on), local, view.calendar(), say.language)
    lines = [say("item-due-in", due=due, days=str(seen.working_days_left))]
    if seen.rolls_to:
        name = escape(seen.holiday) if seen.holiday else say("weekend")
        lines.append(say("item-due-day-off", name=name, next=dates.day(say, seen.rolls_to)))
    return lines


def _ways(view: ItemView, say: Say) -> Block:
    """The buttons under an answer about an item."""
    edit = item_button(say("item-edit"), ids.ITEM_EDIT, view.item)
    return actions(edit, item_button(say("item-details"), ids.ITEM_DETAILS, view.item))


def _owner(share: Share, say: Say) -> str:
    owner = named(share.owner)
    if share.acting_for:
        owner = say("item-owner-acting", owner=owner, absent=named(share.acting_for))
    if share.part.confirmed_at:
        return say("item-owner-done", owner=owner)
    return say("item-owner-seen", owner=owner) if share.part.seen_at else owner


def _sides(shares: list[Share]) -> str:
    return ", ".join(map(_side, shares))


def _side(share: Share) -> str:
    return escape_within(share.side.name, NAME_SHOWN)
