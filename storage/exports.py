"""Everything that is kept of a task force, or of a person, as plain rows for programs."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, and_, col, func, or_, select

from storage.items import seen_from
from storage.tables import (
    Account,
    Addendum,
    AgendaTopic,
    Alias,
    AskedLine,
    BoundChannel,
    BudgetLine,
    BudgetLink,
    BudgetNote,
    BudgetOwner,
    BudgetShare,
    Change,
    Confirmation,
    DaysOff,
    Decision,
    DecisionNote,
    Delegation,
    Departure,
    DocumentNumber,
    Execution,
    Handover,
    Invitation,
    Item,
    ItemQuestion,
    ItemSource,
    KeptMinutes,
    LineMark,
    Meeting,
    MeetingLine,
    Milestone,
    MinutesWord,
    Note,
    Nudge,
    Part,
    PastedList,
    Person,
    PersonAccount,
    Reaction,
    ReservedNumber,
    Side,
    Snooze,
    TaskForce,
    Vote,
)

Rows = dict[str, list[dict[str, Any]]]
_DERIVED = {"searchable"}  # made from other columns
_OF_MEETING = (
    MeetingLine,
    KeptMinutes,
    ReservedNumber,
    LineMark,
    AskedLine,
    Invitation,
    MinutesWord,
    Addendum,
    DocumentNumber,
)
_OF_PERSON = (
    Addendum,
    BudgetNote,
    Confirmation,
    DaysOff,
    DecisionNote,
    Departure,
    DocumentNumber,
    Execution,
    Invitation,
    ItemQuestion,
    MinutesWord,
    Note,
    Nudge,
    PastedList,
    Snooze,
    Vote,
)


def changes_of(session: Session, task_force_id: int) -> dict[tuple[str, int], tuple[int, datetime]]:
    """How often each record was changed, and when last, by kind and id."""
    query = select(Change.subject_kind, Change.subject_id, func.count(col(Change.id)), func.max(col(Change.at)))
    query = query.where(Change.task_force_id == task_force_id).group_by(
        col(Change.subject_kind), col(Change.subject_id)
    )
    return {(kind, key): (count, last) for kind, key, count, last in session.exec(query)}


def history_of(session: Session, task_force_id: int) -> list[Change]:
    """What was changed, oldest first."""
    query = select(Change).where(Change.task_force_id == task_force_id)
    return list(session.exec(query.order_by(col(Change.at), col(Change.id))))


def notes(session: Session, task_force_id: int, inside: int | None) -> list[Note]:
    """What was written about a task force's items, `seen_from` inside, and not taken back."""
    seen = select(Item.id).where(Item.task_force_id == task_force_id, seen_from(inside))
    query = select(Note).where(col(Note.item_id).in_(seen), col(Note.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(Note.written_at), col(Note.id))))


def remarks(session: Session, task_force_id: int) -> list[DecisionNote]:
    """What was written about its decisions."""
    query = select(DecisionNote).join(Decision, col(Decision.id) == col(DecisionNote.decision_id))
    query = query.where(Decision.task_force_id == task_force_id)
    return list(session.exec(query.order_by(col(DecisionNote.written_at), col(DecisionNote.id))))


def everyone(session: Session, task_force_id: int) -> list[Person]:
    """The roster with who has left and who waits, by sides."""
    query = select(Person).join(Side, col(Side.id) == col(Person.side_id)).where(Person.task_force_id == task_force_id)
    return list(session.exec(query.order_by(col(Side.position), col(Person.id))))


def of_task_force(session: Session, task_force_id: int, inside: int | None) -> Rows:
    """All rows of a task force: what is joint, and what is internal to the side `inside`. Nothing of another side's own."""
    items = select(Item.id).where(Item.task_force_id == task_force_id, seen_from(inside))
    decisions = select(Decision.id).where(Decision.task_force_id == task_force_id)
    meetings = select(Meeting.id).where(Meeting.task_force_id == task_force_id)
    lines = select(BudgetLine.id).where(
        BudgetLine.task_force_id == task_force_id,
        or_(col(BudgetLine.internal_to).is_(None), col(BudgetLine.internal_to) == inside),
    )
    own = select(Person.id).where(Person.side_id == inside)
    here: dict[type[SQLModel], Any] = {
        TaskForce: TaskForce.id == task_force_id,
        Side: Side.task_force_id == task_force_id,
        BoundChannel: BoundChannel.task_force_id == task_force_id,
        Person: Person.task_force_id == task_force_id,
        Alias: Alias.task_force_id == task_force_id,
        Item: col(Item.id).in_(items),
        **{table: col(table.item_id).in_(items) for table in (Part, Confirmation, Note, ItemSource)},
        Decision: Decision.task_force_id == task_force_id,
        **{table: col(table.decision_id).in_(decisions) for table in (Vote, DecisionNote)},
        BudgetLine: col(BudgetLine.id).in_(lines),
        **{
            table: col(table.line_id).in_(lines)
            for table in (BudgetShare, BudgetOwner, BudgetLink, BudgetNote, Execution, Milestone)
        },
        Meeting: Meeting.task_force_id == task_force_id,
        AgendaTopic: AgendaTopic.task_force_id == task_force_id,
        **{table: col(table.meeting_id).in_(meetings) for table in _OF_MEETING},
        Delegation: Delegation.task_force_id == task_force_id,
        DaysOff: and_(
            DaysOff.task_force_id == task_force_id, or_(col(DaysOff.side_id).is_(None), DaysOff.side_id == inside)
        ),
        Handover: and_(Handover.task_force_id == task_force_id, col(Handover.giver_id).in_(own)),
        Change: and_(Change.task_force_id == task_force_id, _shown_history(items, lines)),
    }
    return _rows(session, here)


def _shown_history(items: Any, lines: Any) -> Any:
    """The history of what is shown: of kinds that are joint, of the items, and of the budget lines."""
    kinds = ("decision", "meeting", "task_force", "person")
    of_items = and_(Change.subject_kind == "item", col(Change.subject_id).in_(items))
    of_lines = and_(Change.subject_kind == "budget", col(Change.subject_id).in_(lines))
    return or_(col(Change.subject_kind).in_(kinds), of_items, of_lines)


def of_person(session: Session, person: Person) -> Rows:
    """All rows about somebody, for themselves: what they are, have, said and did, in this task force."""
    of = person.id
    accounts = select(PersonAccount.user_id).where(PersonAccount.person_id == of)
    about: dict[type[SQLModel], Any] = {
        Person: Person.id == of,
        PersonAccount: PersonAccount.person_id == of,
        Account: col(Account.user_id).in_(accounts),
        Alias: Alias.person_id == of,
        Part: or_(Part.owner_id == of, Part.confirmed_by == of),
        Item: and_(Item.created_by == of, seen_from(person.side_id)),  # it may have become the other side's own
        BudgetOwner: BudgetOwner.owner_id == of,
        **{table: table.person_id == of for table in _OF_PERSON},
        Decision: Decision.recorded_by == of,
        Delegation: or_(Delegation.person_id == of, Delegation.granted_by == of),
        Handover: or_(Handover.giver_id == of, Handover.receiver_id == of),
        Reaction: col(Reaction.user_id).in_(accounts),
        Change: or_(Change.person_id == of, and_(Change.subject_kind == "person", Change.subject_id == of)),
    }
    return _rows(session, about)


def _rows(session: Session, wanted: dict[type[SQLModel], Any]) -> Rows:
    """The rows of each table by its name, in the order of their keys."""
    return {
        str(table.__tablename__): [
            row.model_dump(mode="json", exclude=_DERIVED)
            for row in session.exec(select(table).where(which).order_by(*table.__table__.primary_key))  # type: ignore[attr-defined]
        ]
        for table, which in wanted.items()
    }
