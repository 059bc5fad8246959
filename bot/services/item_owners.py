"""Who owns a side's part: another owner is put in, or asked for."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import item_owners as messages
from bot.messages import items as item_messages
from bot.messages.post import Post, Reply
from bot.rules import roster, slack_text
from bot.rules.item_changes import OWNER
from bot.rules.lines import without_label
from bot.rules.names import names_in
from bot.services.askers import Asker, require_member
from bot.services.confirmations import require_open
from bot.services.hours import tell
from bot.services.item_changes import change_now
from bot.services.item_forms import edit_form
from bot.services.item_internals import addressed, may_see
from bot.services.item_questions import roster_of
from bot.services.item_views import view_of
from bot.services.item_words import ask_for_words, tidied
from bot.services.items import check_owners, lock, record, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import items, people
from storage.outbox import Lane
from storage.tables import Item, OutboxRow, Person, TaskForce

ASKED = "item-owner-asked"  # a kind of post


def assign(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Make the named people the owners of their sides' parts; a side's confirmation stays. Without names the form opens."""
    task_force, _ = require_changer(asker)
    require_open(item)
    if not words:
        return Reply(view=edit_form(work, asker, item))
    owners = people_in(work, task_force, words)
    check_owners(owners)
    wished = change_now(work, asker, item, {f"{OWNER}{one.side_id}": str(one.id) for one in owners})
    view = view_of(work.session, item)
    if not wished:
        return Reply(item_messages.unchanged(view, asker.say))
    return Reply(item_messages.changed(view, work.now, asker.say))


def people_in(work: Work, task_force: TaskForce, words: str) -> list[Person]:
    """The active people that a line names by mention or by roster name; who is not found for sure is refused by name."""
    found = []
    for user_id in slack_text.mentioned(words):
        person = people.person_of(work.session, task_force, user_id)
        if person is None:
            raise Refused("item-owner-not-in-roster", name=people.account(work.session, user_id).name or user_id)
        found.append(person)
    named, strange = names_in(slack_text.plain(slack_text.TOKEN.sub(" ", words)), roster_of(work, task_force))
    for word in strange:
        raise Refused("item-owner-not-in-roster", name=word)
    for one in named:
        if len(one.candidates) != 1:
            raise Refused("item-owner-name-unclear", name=one.written)
        found.append(one.candidates[0])
    if not found:
        raise Refused("item-owner-not-in-roster", name=slack_text.plain(words))
    return list({one.id: one for one in found}.values())


def ask_another(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """An owner asks, with a reason, that somebody else take the part: those who look after the side are told."""
    task_force, person = require_member(asker)
    item = lock(work, asker, item)
    require_open(item)
    if not any(part.owner_id == person.id for part in items.parts(work.session, item.id or 0)):
        raise Refused("item-not-yours", ref=item_messages.ref(item))
    reason = tidied(work, asker, without_label(words))
    if not reason:
        return Reply(view=ask_for_words(asker, "item-ask-owner", item))
    record(work, item, "owner-asked", person.id, new={"text": reason})
    told = _keepers(work, item, person)
    speaker = items.channel_of(work.session, item).speaker_id
    for keeper in told:
        for user_id in people.user_ids(work.session, keeper.id or 0)[:1]:
            subject = f"{item.id}:{person.id}"
            tell(work, task_force, Lane(speaker, user_id=user_id), ASKED, subject, {"reason": reason})
    return Reply(messages.asked(view_of(work.session, item), told, asker.say))


def owner_asked(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To who looks after the side. Not if the item has another owner or is done by the time it is sent."""
    item = addressed(session, row)
    if item is None:
        return None
    view, owner_id = view_of(session, item), int(row.subject.partition(":")[2])
    share = next((share for share in view.shares if share.owner.id == owner_id), None)
    if share is None or not view.is_open:
        return None
    return messages.owner_asked(view, share.owner, row.args["reason"], say)


def _keepers(work: Work, item: Item, person: Person) -> list[Person]:
    """Who can give the part to somebody else: those who look after the side, and who made the item."""
    everybody = people.active(work.session, item.task_force_id)
    keepers = [one for one in everybody if one.side_id == person.side_id and roster.keeps_side(one)]
    maker = [one for one in everybody if one.id == item.created_by and may_see(one, item)]
    others = {one.id: one for one in [*keepers, *maker] if one.id != person.id}
    return [one for one in others.values() if people.user_ids(work.session, one.id or 0)]
