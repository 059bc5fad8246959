"""Reactions on the cards of whatever takes them: kept as state, judged by the card's own noun."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from bot.messages.answers import refusal
from bot.messages.post import Post
from bot.services import decision_reactions, decisions, item_reactions, items, milestone_ticks
from bot.services.answers import tell_directly
from bot.services.refused import Refused
from bot.services.settings import done_emoji, says_done
from bot.services.work import Work
from config import emoji
from config.words import Say
from storage import channels, installations, people, postings, reactions
from storage import decisions as storage_decisions
from storage import items as storage_items
from storage.reactions import Press
from storage.tables import Person, Posting, Reaction, TaskForce

NUDGE = "nudge"  # a kind of post: the reminder about one item, whose id its subject begins with


@dataclass(frozen=True)
class Whisper:
    """Something to say to one person only, where they reacted."""

    user_id: str
    post: Post


class Subject(Protocol):
    """What a card shows."""

    task_force_id: int


@dataclass(frozen=True)
class Taker:
    """How the messages of one kind take reactions: cards, and reminders about one thing; never a digest or a list."""

    lock: Callable[[Session, int], Subject]
    effect: Callable[[Work, Any, Person | None, Reaction, Say], Post | None]  # on what `lock` gave
    cards: Callable[
        [Session, str, datetime], list[Posting]
    ]  # of this kind, on which reactions count, or did until then
    is_open: Callable[[Session, int], bool]  # then its card is posted again when it is lost


TAKERS: dict[str, Taker] = {
    items.CARD: Taker(storage_items.lock, item_reactions.on_card, postings.of_items, item_reactions.is_open),
    NUDGE: Taker(storage_items.lock, item_reactions.effect, postings.lately, lambda _session, _item_id: False),
    milestone_ticks.MILESTONE_NUDGE: Taker(
        milestone_ticks.found, milestone_ticks.effect, postings.lately, lambda _session, _milestone_id: False
    ),
    decisions.CARD: Taker(
        storage_decisions.lock, decision_reactions.effect, decision_reactions.cards, decision_reactions.is_open
    ),
}


def subject_id(posting: Posting) -> int:
    """The id of what a message shows; of a reminder it stands before a colon."""
    return int(posting.subject.partition(":")[0])


def apply_reaction(work: Work, press: Press) -> list[Whisper]:
    """What Slack tells, or a look at the message found: this emoji is (not) there. Gives what to say to whom.

    Safe to call twice, late, and in any order: an older `event_ts` changes nothing. Bots never count.
    """
    channel_id = channels.current(work.session, press.channel_id)
    press = replace(press, emoji=emoji.bare(press.emoji), channel_id=channel_id)
    if not means_something(work.session, press) or _is_bot(work, press.user_id):
        return []
    posting = reactions.posting_of(work.session, press)
    if posting and posting.kind not in TAKERS:
        return []
    changed = reactions.keep(work.session, press)
    return judge(work, posting, changed) if posting and changed else []


def means_something(session: Session, press: Press) -> bool:
    """By the file, by the task force's own settings; and what counted once is heard when it is taken away."""
    if emoji.meaning(press.emoji):
        return True
    press = replace(press, emoji=emoji.bare(press.emoji))
    return press.emoji in done_emoji(session, press.channel_id, press.user_id) or (
        not press.present and reactions.is_kept(session, press)
    )


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
    """Let a reaction that came or went have its effect on what the card shows."""
    taker = TAKERS[posting.kind]
    subject = taker.lock(work.session, subject_id(posting))
    task_force = work.session.get_one(TaskForce, subject.task_force_id)
    if reaction.present and not (emoji.meaning(reaction.emoji) or says_done(task_force, reaction.emoji)):
        return []  # it counts in another task force of the reader's
    person = people.person_of(work.session, task_force, reaction.user_id)
    account = people.account(work.session, reaction.user_id)
    say = work.words.say(account.language or account.locale or task_force.language)
    try:
        post = taker.effect(work, subject, person, reaction, say)
    except Refused as no:
        post = refusal(say, no.key, "", **no.args_of_key)
    return [Whisper(reaction.user_id, post)] if post else []


def _is_bot(work: Work, user_id: str) -> bool:
    return people.account(work.session, user_id).is_bot or user_id in installations.bot_users(work.session)
