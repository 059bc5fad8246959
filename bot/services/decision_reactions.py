"""Reactions on decisions' cards: ✅ confirms for the own side, taking it away takes that back while that still can be."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import decisions as messages
from bot.messages.post import Post
from bot.rules import decisions as rules
from bot.services.decision_views import view_of
from bot.services.decision_votes import cast, withdraw
from bot.services.decisions import ref
from bot.services.refused import Refused
from bot.services.work import Work
from config import emoji
from config.words import Say
from storage import decisions, postings
from storage.tables import Choice, Decision, Person, Posting, Reaction, Side


def effect(work: Work, decision: Decision, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    """What a reaction that came or went does, and what is said to who reacted. The decision is locked. 👀 says nothing."""
    if emoji.meaning(reaction.emoji) == emoji.SEEN:
        return None
    if reaction.present:
        return _confirmed(work, decision, person, reaction, say)
    return _taken_back(work, decision, reaction, say)


def _confirmed(work: Work, decision: Decision, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    if decision.counts_from and float(reaction.event_ts) < decision.counts_from.timestamp():
        raise Refused("decision-reaction-set-aside", ref=ref(decision))
    standing = decisions.standing(work.session, decision)
    already = any(one.choice is Choice.CONFIRM for one in standing if person and one.person_id == person.id)
    vote = cast(work, decision, person, Choice.CONFIRM, reaction=reaction)
    side = work.session.get_one(Side, vote.side_id)
    return None if already else messages.confirmed(view_of(work.session, decision), side.name, say)


def _taken_back(work: Work, decision: Decision, reaction: Reaction, say: Say) -> Post | None:
    by_it = [one for one in decisions.standing(work.session, decision) if one.reaction_id == reaction.id]
    if not by_it:
        return None
    if decision.status not in rules.OPEN:
        raise Refused("decision-stays", ref=ref(decision))
    withdraw(work, decision, by_it)
    side = work.session.get_one(Side, by_it[0].side_id)
    return messages.taken_back(view_of(work.session, decision), side.name, say)


def is_open(session: Session, decision_id: int) -> bool:
    """Whether the card is posted again when it is lost."""
    return session.get_one(Decision, decision_id).status in rules.OPEN


def cards(session: Session, kind: str, _closed_since: datetime) -> list[Posting]:
    """The cards on which reactions still change something."""
    return postings.of_decisions(session, kind)
