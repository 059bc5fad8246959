"""What a side's people say to a decision: confirmed, objected to, taken back."""

from collections.abc import Iterable

from bot.messages.roster import name_and_title
from bot.rules import decisions as rules
from bot.services.askers import Asker, require_member
from bot.services.decisions import delegation_of, note, ref, settle, speakers
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions
from storage.tables import Choice, Decision, DecisionStatus, Person, Reaction, Source, Vote


class Reworded(Exception):  # it is an answer to a person, not an error of the program
    """The decision has another wording than the one that was confirmed or objected to; nothing was changed."""


def confirm(work: Work, asker: Asker, decision: Decision, wording: int | None = None) -> Vote:
    """Confirm by a button or a command for the asker's side; `Reworded` if that was another wording."""
    _, person = require_member(asker)
    decision = decisions.lock(work.session, decision.id or 0)
    require_wording(decision, wording)
    return cast(work, decision, person, Choice.CONFIRM)


def object_to(work: Work, asker: Asker, decision: Decision, reason: str, wording: int | None = None) -> Vote:
    """Object for the asker's side, with a reason that everybody sees."""
    _, person = require_member(asker)
    decision = decisions.lock(work.session, decision.id or 0)
    require_wording(decision, wording)
    return cast(work, decision, person, Choice.OBJECT, reason=reason)


def require_wording(decision: Decision, wording: int | None) -> None:
    """What somebody saw is what they speak to."""
    if wording not in (None, decision.wording):
        raise Reworded


def cast(
    work: Work,
    decision: Decision,
    person: Person | None,
    choice: Choice,
    *,
    reaction: Reaction | None = None,
    reason: str = "",
) -> Vote:
    """Record what a person says for the own side, in place of the opposite said before. The decision is locked."""
    require_open(decision)
    person = require_speaker(work, decision, person)
    mine = [vote for vote in decisions.standing(work.session, decision) if vote.person_id == person.id]
    for vote in mine:
        if vote.choice is not choice:
            vote.withdrawn_at = work.now
    delegation = None if rules.may_confirm(person) else delegation_of(work, person)
    vote = Vote(
        decision_id=decision.id or 0,
        wording=decision.wording,
        side_id=person.side_id,
        person_id=person.id or 0,
        choice=choice,
        reason=reason,
        source=Source.REACTION if reaction else Source.BUTTON,
        reaction_id=reaction.id if reaction else None,
        delegation_id=delegation.id if delegation else None,
        cast_at=work.now,
    )
    work.session.add(vote)
    if not any(one.choice is Choice.CONFIRM is choice for one in mine):
        said = {"side": person.side_id, "by": vote.source, "delegated": bool(delegation), "reason": reason}
        note(work, decision, "confirmed" if choice is Choice.CONFIRM else "objected", person.id, new=said)
    settle(work, decision, person.id)
    return vote


def require_open(decision: Decision) -> None:
    """Only what is proposed, or objected to, is voted on."""
    if decision.status is DecisionStatus.IN_FORCE:
        raise Refused("decision-in-force-already", ref=ref(decision))
    if decision.status not in rules.OPEN:
        raise Refused("decision-over", ref=ref(decision))


def require_speaker(work: Work, decision: Decision, person: Person | None) -> Person:
    """The person, if they may speak for the own side; the refusal says who may."""
    delegation = delegation_of(work, person) if person else None
    no = rules.why_not_vote(person, delegation, decisions.votes(work.session, decision))
    if person is None or no:
        who = speakers(work, decision.task_force_id, person.side_id) if person else []
        names = ", ".join(map(name_and_title, who)) or "-"
        raise Refused(no or rules.CannotVote.STRANGER, ref=ref(decision), names=names)
    return person


def take_back(work: Work, asker: Asker, decision: Decision) -> Vote:
    """Take back what the asker said, a confirmation or an objection; not when the decision is in force. Gives what was said."""
    _, person = require_member(asker)
    decision = decisions.lock(work.session, decision.id or 0)
    mine = [vote for vote in decisions.standing(work.session, decision) if vote.person_id == person.id]
    if not mine:
        raise Refused("decision-nothing-to-take-back", ref=ref(decision))
    if decision.status not in rules.OPEN:
        raise Refused("decision-stays", ref=ref(decision))
    withdraw(work, decision, mine)
    return mine[-1]


def withdraw(work: Work, decision: Decision, votes: Iterable[Vote]) -> None:
    """Take one person's votes back. The decision is locked and open."""
    taken = list(votes)
    for vote in taken:
        vote.withdrawn_at = work.now
    work.session.flush()
    last = taken[-1]
    if not any(one.person_id == last.person_id for one in decisions.standing(work.session, decision)):
        act = "unconfirmed" if last.choice is Choice.CONFIRM else "objection-withdrawn"
        note(work, decision, act, last.person_id, old={"side": last.side_id})
    settle(work, decision, last.person_id)


def confirm_many(work: Work, person: Person, decision_ids: Iterable[int]) -> list[Decision]:
    """Confirm several decisions for the person's side at once, as confirming minutes does; gives those that this confirmed.

    What is in force, replaced or given up by then is left alone, and so is what the person has confirmed.
    """
    confirmed = []
    for decision in decisions.lock_all(work.session, decision_ids):
        if decision.task_force_id != person.task_force_id:
            raise Refused("decision-gone")
        said = rules.latest(decisions.votes(work.session, decision)).get(person.side_id)
        is_mine = said is not None and (said.person_id, said.choice) == (person.id, Choice.CONFIRM)
        if decision.status in rules.OPEN and not is_mine:
            cast(work, decision, person, Choice.CONFIRM)
            confirmed.append(decision)
    return confirmed
