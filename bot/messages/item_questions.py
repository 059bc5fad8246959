"""What is asked of the line of a new item: which date, and who is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, plain, section
from bot.messages.escape import escape, escape_within
from bot.messages.items import NAME_SHOWN, item_button, ref
from bot.messages.post import Block, Post
from bot.messages.roster import name_and_title
from bot.rules.dates import Reading, echo, offered, why_asked
from bot.rules.item_changes import due_word, read_due_word
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import About, ItemQuestion, Person, Side

MOST = 5  # readings, and people, that are offered


@dataclass(frozen=True)
class Question:
    """A question with what it is about; `people`: whom the words may mean, with their sides."""

    row: ItemQuestion
    view: ItemView
    people: Sequence[tuple[Person, Side]] = ()


def asked(question: Question, now: datetime, say: Say) -> Post:
    """The question with a button for each answer, for another answer, and for none."""
    return _which_due(question, now, say) if question.row.about is About.DUE else _who(question, say)


def in_form(question: Question, say: Say) -> str:
    """The same in a form that can answer it; escaped."""
    written = escape_within(question.row.written or question.view.item.title, NAME_SHOWN)
    if question.row.about is About.OWNER:
        names = " / ".join(escape(name_and_title(one)) for one, _ in question.people)
        return say("question-open-owner", written=written, names=names or "-")
    readings = " / ".join(dates.due(say, one.date, one.time) for one in _readings(question.row))
    return say("question-open-due", written=written, readings=readings or "-", why=_why(question, say))


def settled(view: ItemView, say: Say) -> Post:
    """To who answered that none of it is meant: how the item stays."""
    text = say("question-settled", ref=ref(view.item))
    return Post(text, [section(text), actions(item_button(say("item-edit"), ids.ITEM_EDIT, view.item))])


def one_post(posts: Sequence[Post]) -> Post | None:
    """Several questions as one message."""
    if not posts:
        return None
    return Post("\n".join(post.text for post in posts), [block for post in posts for block in post.blocks])


def _which_due(question: Question, now: datetime, say: Say) -> Post:
    view, row = question.view, question.row
    written, words = escape_within(row.written, NAME_SHOWN), "some" if row.written else "none"
    asks = say("item-due-question", item=_item(view), words=words, written=written, why=_why(question, say))
    readings = _readings(row)
    local, calendar = now.astimezone(ZoneInfo(view.task_force.zone)), view.calendar()
    echoes = [escape(dates.echoed(say, echo(one, local, calendar, say.language))) for one in readings]
    text = "\n".join([asks, *(f"· {one}" for one in echoes)])
    of = view.item.task_force_id, view.item.id or 0
    buttons = [
        button(
            dates.due(say, one.date, one.time), f"{ids.ITEM_DUE}-{n}", ids.item_value(*of, due_word(one.date, one.time))
        )
        for n, one in enumerate(readings)
    ]
    picker = {
        "type": "datepicker",
        "action_id": ids.ITEM_PICK,
        "placeholder": plain(say("question-pick-date"), 150),
    }
    block_id = f"{ids.ITEM_PICK}:{ids.item_value(*of, str(row.id))}"
    return Post(text, [section(text), actions(*buttons, picker, _none_of_it(question, say), block_id=block_id)])


def _readings(row: ItemQuestion) -> list[Reading]:
    """The dates that a question offers, as they are shown."""
    moments = map(read_due_word, row.choices)
    return offered((Reading(on, at) for on, at in moments if on), MOST)


def _why(question: Question, say: Say) -> str:
    """Why the date is not taken as it is."""
    row, view = question.row, question.view
    asked_at, choices = row.asked_at.astimezone(ZoneInfo(view.task_force.zone)), len(row.choices)
    return say(f"dates-why-{why_asked(row.written, view.item.title, choices, asked_at, view.calendar())}")


def _who(question: Question, say: Say) -> Post:
    view, row = question.view, question.row
    key = "question-owner" if question.people else "question-owner-unknown"
    text = say(key, item=_item(view), written=escape_within(row.written, NAME_SHOWN))
    of = view.item.task_force_id, view.item.id or 0
    buttons = [
        button(
            f"{side.name} {name_and_title(one)}", f"{ids.ITEM_ANSWER}-{n}", ids.item_value(*of, f"{row.id}:{one.id}")
        )
        for n, (one, side) in enumerate(question.people)
    ]
    edit = item_button(say("item-edit"), ids.ITEM_EDIT, view.item)
    return Post(text, [section(text), actions(*buttons, edit, _none_of_it(question, say))])


def _item(view: ItemView) -> str:
    """Number and title, escaped: the question stands by itself under the menu and on the Home."""
    return f"*{ref(view.item)}* {escape_within(view.item.title, NAME_SHOWN)}"


def _none_of_it(question: Question, say: Say) -> Block:
    view, row = question.view, question.row
    label = say("question-no-date") if row.about is About.DUE else say("question-nobody")
    value = ids.item_value(view.item.task_force_id, view.item.id or 0, f"{row.id}:0")
    return button(label, f"{ids.ITEM_ANSWER}-{MOST}", value)
