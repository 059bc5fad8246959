"""Decisions with their sides and what these say, read together."""

from sqlmodel import Session

from bot.rules import decisions as rules
from storage import decisions, people
from storage.tables import Decision, Delegation, Person, TaskForce


def view_of(session: Session, decision: Decision) -> rules.DecisionView:
    """A decision with everything that is told about it."""
    sides = people.sides(session, decision.task_force_id)
    words = {}
    for side_id, vote in rules.latest(decisions.votes(session, decision)).items():
        side = next(one for one in sides if one.id == side_id)
        delegation = session.get_one(Delegation, vote.delegation_id) if vote.delegation_id else None
        by = session.get_one(Person, delegation.granted_by) if delegation else None
        words[side_id] = rules.Word(side, vote, session.get_one(Person, vote.person_id), by)
    return rules.DecisionView(
        decision,
        session.get_one(TaskForce, decision.task_force_id),
        session.get_one(Person, decision.recorded_by),
        rules.ordered(words, sides),
        session.get_one(Decision, decision.replaces_id) if decision.replaces_id else None,
        decisions.successor(session, decision),
    )
