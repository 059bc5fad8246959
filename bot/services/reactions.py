"""Reactions on items' cards: ✅ confirms for the own side, taking it away takes that back, 👀 says seen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.messages import items as messages
from bot.messages.answers import refusal
from bot.messages.post import Post
from bot.services import milestone_ticks
from bot.services.answers import tell_directly
from bot.services.confirmations import confirm, withdraw
from bot.services.item_reminders import reckon
from bot.services.item_views import view_of
from bot.services.items import CARD, record, show_card
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.refused import Refused
from bot.services.work import Work
from config import emoji
from config.words import Say
from storage import installations, items, people, reactions
from storage.reactions import Press
from storage.tables import Item, ItemStatus, Part, Person, Posting, Reaction, Side, Source, TaskForce

NUDGE = "nudge"  # a kind of post: the reminder about one item, whose id its subject begins with
TICKED = (CARD, NUDGE, MILESTONE_NUDGE)  # on what reactions count, never on a digest or a list


@dataclass(frozen=True)
class Whisper:
    """Something to say to one person only, where they reacted."""

    user_id: str
    post: Post


def apply_reaction(work: Work, press: Press) -> list[Whisper]:
    """What Slack tells, or a look at the message found: this emoji is (not) there. Gives what to say to whom.

    Safe to call twice, late, and in any order: an older `event_ts` changes nothing. Bots never count.
    """
    press = replace(press, emoji=emoji.bare(press.emoji))
    if emoji.meaning(press.emoji) is None or _is_bot(work, press.user_id):
        return []
    posting = reactions.posting_of(work.session, press.channel_id, press.ts)
    if posting and posting.kind not in TICKED:
        return []
    changed = reactions.keep(work.session, press)
    return judge(work, posting, changed) if posting and changed else []


def card_posted(work: Work, posting: Posting) -> None:
    """A card's message was recorded: what people put on it meanwhile counts now."""
    work.session.flush()
    reactions.await_recorders(work.session, posting.channel_id)
    for reaction in reactions.on(work.session, posting.channel_id, posting.ts):
        say_later(work, posting.installation_id, judge(work, posting, reaction))


def say_later(work: Work, installation_id: int, whispers: Iterable[Whisper]) -> None:
    """Have whispers said as direct messages, where there is no event to answer at once."""
    for one in whispers:
        tell_directly(work, installation_id, one.user_id, one.post)


def judge(work: Work, posting: Posting, reaction: Reaction) -> list[Whisper]:
    """Let a reaction that came or went have its effect on the item of the card, or on the milestone of the reminder."""
    if posting.kind == MILESTONE_NUDGE:
        post = milestone_ticks.judge(work, posting, reaction)
        return [Whisper(reaction.user_id, post)] if post else []
    item = items.lock(work.session, int(posting.subject.partition(":")[0]))
    task_force = work.session.get_one(TaskForce, item.task_force_id)
    person = people.person_of(work.session, task_force, reaction.user_id)
    account = people.account(work.session, reaction.user_id)
    say = work.words.say(account.language or account.locale or task_force.language)
    try:
        post = _effect(work, item, person, reaction, say)
    except Refused as no:
        post = refusal(say, no.key, "", **no.args_of_key)
    return [Whisper(reaction.user_id, post)] if post else []


def seen(work: Work, item: Item, person: Person) -> bool:
    """The owner has seen the item and takes it on; False if somebody else says so, or it was said before."""
    part = _part_of(work, item, person)
    if part is None or part.seen_at:
        return False
    part.seen_at = work.now
    reckon(work, item)
    record(work, item, "seen", person.id)
    show_card(work, item)
    return True


def _effect(work: Work, item: Item, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    if emoji.meaning(reaction.emoji) == emoji.SEEN:
        if person:
            _look(work, item, person, present=reaction.present)
        return None
    if reaction.present:
        return _confirmed(work, item, person, reaction, say)
    return _taken_back(work, item, reaction, say)


def _confirmed(work: Work, item: Item, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    if item.counts_from and float(reaction.event_ts) < item.counts_from.timestamp():
        raise Refused("item-reaction-set-aside", ref=messages.ref(item))
    if item.status is ItemStatus.CANCELLED:
        raise Refused("item-confirm-cancelled", ref=messages.ref(item))
    if person is None:
        raise Refused("item-confirm-stranger", ref=messages.ref(item))
    already = any(one.person_id == person.id for one in items.standing(work.session, item.id or 0))
    part = confirm(work, item, person, Source.REACTION, reaction)
    side = work.session.get_one(Side, part.side_id)
    return None if already else messages.recorded(view_of(work.session, item), side.name, say)


def _taken_back(work: Work, item: Item, reaction: Reaction, say: Say) -> Post | None:
    by_it = [one for one in items.standing(work.session, item.id or 0) if one.reaction_id == reaction.id]
    if not by_it:
        return None
    withdraw(work, item, by_it, by_it[0].person_id)
    side = work.session.get_one(Side, by_it[0].side_id)
    return messages.taken_back(view_of(work.session, item), side.name, work.now, say)


def _look(work: Work, item: Item, person: Person, *, present: bool) -> None:
    if present:
        seen(work, item, person)
        return
    part = _part_of(work, item, person)
    if part and part.seen_at:
        part.seen_at = None
        reckon(work, item)
        record(work, item, "unseen", person.id)
        show_card(work, item)


def _part_of(work: Work, item: Item, person: Person) -> Part | None:
    return next((part for part in items.parts(work.session, item.id or 0) if part.owner_id == person.id), None)


def _is_bot(work: Work, user_id: str) -> bool:
    return people.account(work.session, user_id).is_bot or user_id in installations.bot_users(work.session)
