"""Items made from messages, and from nowhere: the form with what is known, and the offer of it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import item_sources as messages
from bot.messages.item_forms import draft_fields
from bot.messages.post import Reply
from bot.rules import roster, slack_text
from bot.rules.dates import Kind
from bot.rules.item_changes import due_word
from bot.rules.lines import TITLE_LIMIT, AddLine, is_permalink, read_add
from bot.services.askers import Asker, require_member
from bot.services.calendars import calendar_of
from bot.services.item_forms import new_form
from bot.services.item_lines import scope_of
from bot.services.item_questions import roster_of
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import installations, people
from storage.tables import Account, BoundChannel, Person, TaskForce

QUOTE_LIMIT = 500  # characters: what a form can remember beside the rest


@dataclass(frozen=True)
class Written:
    """A message that somebody points at: its text as Slack hands it over, and its address ("" if Slack tells none)."""

    text: str = ""
    permalink: str = ""
    writer: str = ""  # a Slack user's id, where it is asked for


NOTHING = Written()


def form(work: Work, asker: Asker, written: Written = NOTHING) -> Reply:
    """The form for a new item, filled in from the message; who is in several task forces chooses one first."""
    if asker.choices:
        kept = {"text": written.text[:QUOTE_LIMIT], "permalink": written.permalink}
        return Reply(view=messages.which_task_force(asker.choices, kept, asker.say))
    task_force, _ = require_changer(asker)
    if not written.text and not written.permalink:
        return Reply(view=new_form(work, asker, {}))
    first = next((line for line in written.text.splitlines() if line.strip()), "")
    line = read_add(
        first,
        work.now.astimezone(ZoneInfo(task_force.zone)),
        calendar_of(work.session, task_force),
        asker.who.installation.bot_user_id,
        roster_of(work, task_force),
        end_of_day=task_force.day_ends_at,
    )
    source = source_in(work, written)
    notes = [messages.quoted(source["quote"], asker.say)] if source["quote"] else []
    return Reply(
        view=new_form(work, asker, _fields(work, task_force, line, scope_of(asker, line)), notes, source=source)
    )


def offered(work: Work, asker: Asker, ts: str, writer: str | None) -> Reply:
    """Offer to make an item of a message: to people of its channel's task force who may, and not of a bot's message."""
    channel = may_offer(work, asker, writer)
    return Reply(messages.offer(channel.task_force_id, channel.channel_id, ts, asker.say) if channel else None)


def may_offer(work: Work, asker: Asker, writer: str | None) -> BoundChannel | None:
    """The channel of a message that something may be made of by the asker; None if it may not, or a bot wrote it."""
    channel, person = asker.channel, asker.person
    if channel is None or person is None or not roster.may(person.role, roster.Right.CHANGE_ITEMS):
        return None
    return None if writer in installations.bot_users(work.session) else channel


def check_channel(work: Work, asker: Asker, channel_id: str) -> None:
    """The message is in a channel of the asker's own task force; then it may be read for them."""
    require_changer(asker)
    task_force, _ = require_member(asker)
    channel = people.bound_channel(work.session, channel_id)
    if channel is None or channel.task_force_id != task_force.id:
        raise Refused("item-source-elsewhere")


def source_in(work: Work, written: Written) -> dict[str, Any]:
    """What is kept of a message: its address, and its words with the names of who is mentioned."""
    known = [work.session.get(Account, user_id) for user_id in slack_text.mentioned(written.text)]
    quote = slack_text.plain(written.text, {one.user_id: one.name for one in known if one and one.name}).strip()
    permalink = written.permalink if is_permalink(written.permalink) else ""
    return {"permalink": permalink, "quote": quote[:QUOTE_LIMIT]}


def _fields(work: Work, task_force: TaskForce, line: AddLine, internal_to: int | None) -> dict[str, str]:
    """What the message's first line says; who is not in the roster, and a second one of a side, is left out."""
    mentioned = [people.person_of(work.session, task_force, user_id) for user_id in line.owners]
    owners: dict[int, Person] = {}
    for one in [*mentioned, *line.people]:
        if one and roster.may(one.role, roster.Right.CONFIRM_OWN_ITEMS):
            owners.setdefault(one.side_id, one)
    due = line.due.reading if line.due.kind is Kind.DATE else None
    word = due_word(due.date, due.time) if due else ""
    return draft_fields(line.title[:TITLE_LIMIT], list(owners.values()), word, line.stream, internal_to)
