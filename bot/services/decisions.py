"""Decisions: proposed, found, shown, told to who may confirm them, and settled by what the sides say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules import decisions as rules
from bot.rules.decision_lines import TEXT_LIMIT
from bot.rules.item_search import folded
from bot.rules.items import local_date
from bot.rules.lines import STREAM_LIMIT, says_nothing
from bot.services import awaited
from bot.services.askers import Asker, require_member
from bot.services.decision_reminders import reckon
from bot.services.hours import tell
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions, history, items, people
from storage.outbox import Lane
from storage.tables import BoundChannel, Decision, DecisionStatus, Delegation, Person, Role, TaskForce

# Kinds of posts. `NEWS` is a line in the card's thread.
CARD, NEWS, AWAITS = "decision-card", "decision-news", "decision-awaits"


@dataclass(frozen=True)
class Draft:
    """What a decision is to say. `decided_on` and `review_on` are local to the task force's zone."""

    text: str
    decided_on: date
    stream: str = ""
    review_on: date | None = None
    link: str = ""
    quote: str = ""


def propose(work: Work, asker: Asker, draft: Draft, replaces: Decision | None = None) -> Decision:
    """Put a decision before the sides, perhaps one that is to replace another that is in force."""
    task_force, person = require_changer(asker)
    check(work, task_force, draft)
    if replaces:
        replaces = decisions.lock(work.session, replaces.id or 0)
        require_replaceable(work, replaces)
    channel = asker.channel or people.main_channel(work.session, task_force.id or 0)
    if channel is None:
        raise Refused("no-task-force-here")
    return record(work, channel, person, draft, replaces=replaces)


def require_replaceable(work: Work, decision: Decision) -> None:
    """Only a decision in force is replaced, and by one at a time."""
    if decision.status in rules.OPEN:
        raise Refused("decision-replace-open", ref=ref(decision))
    if decision.status is DecisionStatus.WITHDRAWN:
        raise Refused("decision-over", ref=ref(decision))
    if successor := decisions.successor(work.session, decision):
        raise Refused("decision-replaced-already", ref=ref(decision), by=ref(successor))


def reserve_number(work: Work, task_force_id: int) -> int:
    """A number that no other decision of the task force will have; who else asks waits until this transaction ends."""
    task_force = items.lock_numbers(work.session, task_force_id)
    task_force.last_decision_number += 1
    return task_force.last_decision_number


def record(
    work: Work,
    channel: BoundChannel,
    person: Person,
    draft: Draft,
    *,
    number: int | None = None,
    meeting_id: int | None = None,
    replaces: Decision | None = None,
    tell: bool = True,
) -> Decision:
    """Keep a proposed decision and show its card in the channel; `draft` was checked, `replaces` is locked.

    `number`: reserved before. `tell`: whether those who may confirm hear of it one by one; a meeting tells them itself.
    """
    number = number or reserve_number(work, channel.task_force_id)
    decision = Decision(
        task_force_id=channel.task_force_id,
        number=number,
        text=draft.text,
        stream=draft.stream,
        decided_on=draft.decided_on,
        recorded_at=work.now,
        recorded_by=person.id or 0,
        channel_id=channel.id or 0,
        review_on=draft.review_on,
        replaces_id=replaces.id if replaces else None,
        meeting_id=meeting_id,
        link=draft.link,
        quote=draft.quote,
    )
    work.session.add(decision)
    work.session.flush()
    make_searchable(work, decision)
    reckon(work, decision)
    note(work, decision, "proposed", person.id, new={"text": draft.text, "decided_on": str(draft.decided_on)})
    if replaces:
        show_card(work, replaces)
    show_card(work, decision)
    if tell:
        tell_awaiting(work, decision, by=person)
    return decision


def check(work: Work, task_force: TaskForce, draft: Draft) -> None:
    """Whether it can be kept as it is; the refusal names the field."""
    today = local_date(work.now, task_force)
    if says_nothing(draft.text):
        raise Refused("decision-text-missing", field="text")
    if len(draft.text) > TEXT_LIMIT:
        raise Refused("decision-text-long", field="text", limit=str(TEXT_LIMIT), length=str(len(draft.text)))
    if len(draft.stream) > STREAM_LIMIT:
        raise Refused("item-stream-long", field="stream", limit=str(STREAM_LIMIT))
    if draft.decided_on > today:
        raise Refused("decision-decided-later", field="decided")
    if draft.review_on and draft.review_on <= today:
        raise Refused("decision-review-past", field="review")


def find(work: Work, asker: Asker, number: int) -> Decision:
    """The decision with this number in the asker's task force; another task force's is as if it were not there."""
    task_force, _ = require_member(asker)
    decision = decisions.by_number(work.session, task_force.id or 0, number)
    if decision is None:
        raise Refused("decision-not-found", ref=f"R-{number}", name=task_force.name)
    return decision


def find_by_id(work: Work, asker: Asker, decision_id: int) -> Decision:
    """The decision of a button, if it belongs to the asker's task force; a forged or foreign one shows nothing."""
    task_force, _ = require_member(asker)
    decision = work.session.get(Decision, decision_id)
    if decision is None or decision.task_force_id != task_force.id:
        raise Refused("decision-gone")
    return decision


def ref(decision: Decision) -> str:
    """`R-7`."""
    return f"R-{decision.number}"


def settle(work: Work, decision: Decision, person_id: int | None) -> None:
    """Derive from the votes how an open decision stands, and show it. It is locked, and what it replaces too."""
    work.session.flush()
    sides = frozenset(side.id or 0 for side in people.sides(work.session, decision.task_force_id))
    status = rules.STATUS[rules.outcome(decisions.votes(work.session, decision), sides)]
    changed, decision.status = status is not decision.status, status
    if status is DecisionStatus.IN_FORCE:
        decision.in_force_at = work.now
        note(work, decision, "in-force", person_id)
        _replace(work, decision, person_id)
    reckon(work, decision)
    show_card(work, decision)
    if changed and status is not DecisionStatus.PROPOSED:
        show_news(work, decision)


def _replace(work: Work, decision: Decision, person_id: int | None) -> None:
    """A decision has come into force: the one that it replaces has had its time."""
    old = work.session.get(Decision, decision.replaces_id) if decision.replaces_id else None
    if old is None:
        return
    old.status = DecisionStatus.SUPERSEDED
    note(work, old, "superseded", person_id, new={"by": decision.number})
    reckon(work, old)
    show_card(work, old)
    show_news(work, old)


def show_card(work: Work, decision: Decision) -> None:
    """Have the decision's card made true in its channel."""
    channel = decisions.channel_of(work.session, decision)
    work.queue(Lane(channel.speaker_id, channel.channel_id), CARD, decision.id)


def show_news(work: Work, decision: Decision) -> None:
    """Have a line said in the thread of the card about how the decision stands now."""
    channel = decisions.channel_of(work.session, decision)
    work.queue(Lane(channel.speaker_id, channel.channel_id), NEWS, decision.id)


def tell_awaiting(work: Work, decision: Decision, by: Person) -> None:
    """Tell deputies and delegates, but for who knows, that a decision awaits their side. Without Slack, the secretaries hear it.

    Leads hear of it when it is due, and in the weekly summary: `bot.services.decision_reminders`.
    """
    task_force = work.session.get_one(TaskForce, decision.task_force_id)
    speaker = decisions.channel_of(work.session, decision).speaker_id
    for person in speakers(work, decision.task_force_id):
        is_left_to_the_schedule = person.role is Role.LEAD and people.user_ids(work.session, person.id or 0)
        if person.id != by.id and not is_left_to_the_schedule:
            for user_id in people.reached_through(work.session, person):
                tell(work, task_force, Lane(speaker, user_id=user_id), AWAITS, f"{decision.id}:{person.id}")


def speakers(work: Work, task_force_id: int, side_id: int | None = None) -> list[Person]:
    """Who may confirm decisions, by role or by a delegation that is good today; of all sides or of one."""
    everybody = people.active(work.session, task_force_id)
    mine = [one for one in everybody if side_id in (None, one.side_id)]
    return [one for one in mine if rules.may_confirm(one) or delegation_of(work, one)]


def delegation_of(work: Work, person: Person) -> Delegation | None:
    """The delegation by which somebody may confirm today."""
    task_force = work.session.get_one(TaskForce, person.task_force_id)
    return awaited.delegation_of(work.session, person, local_date(work.now, task_force))


def make_searchable(work: Work, decision: Decision) -> None:
    """Let a search find a decision by what it says now; to be called whenever that changes."""
    notes = [one.text for one in decisions.notes(work.session, decision.id or 0)]
    decision.searchable = folded("\n".join([decision.text, decision.stream, *notes]))


def note(
    work: Work,
    decision: Decision,
    act: str,
    person_id: int | None,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """One line in the decision's history."""
    subject = ("decision", decision.id or 0)
    of, at = decision.task_force_id, work.now
    history.record(work.session, subject, act, task_force_id=of, at=at, person_id=person_id, old=old, new=new)
