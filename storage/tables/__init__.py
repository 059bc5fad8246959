"""Tables: columns only. No `Relationship`, so that reading an attribute never runs SQL."""

from storage.tables.budget import (
    BudgetLine,
    BudgetLink,
    BudgetNote,
    BudgetOwner,
    BudgetShare,
    Execution,
    Milestone,
    Origin,
    Outcome,
    Stage,
)
from storage.tables.days_off import DaysOff
from storage.tables.history import Change, Parked, Receipt
from storage.tables.installations import Installation
from storage.tables.items import Confirmation, Item, ItemStatus, Note, Part, Reaction, Snooze, Source
from storage.tables.nudges import Digest, HeldPost, Nudge, SetAside, Weekly
from storage.tables.outbox import OutboxLane, OutboxRow, OutboxState, Pace, Posting
from storage.tables.people import (
    Account,
    BoundChannel,
    ClosingRule,
    Person,
    PersonAccount,
    PersonState,
    Role,
    Side,
    TaskForce,
)
from storage.tables.questions import About, Alias, ItemQuestion, ItemSource, PastedList

__all__ = [
    "About",
    "Account",
    "Alias",
    "BoundChannel",
    "BudgetLine",
    "BudgetLink",
    "BudgetNote",
    "BudgetOwner",
    "BudgetShare",
    "Change",
    "ClosingRule",
    "Confirmation",
    "DaysOff",
    "Digest",
    "Execution",
    "HeldPost",
    "Installation",
    "Item",
    "ItemQuestion",
    "ItemSource",
    "ItemStatus",
    "Milestone",
    "Note",
    "Nudge",
    "Origin",
    "OutboxLane",
    "OutboxRow",
    "OutboxState",
    "Outcome",
    "Pace",
    "Parked",
    "Part",
    "PastedList",
    "Person",
    "PersonAccount",
    "PersonState",
    "Posting",
    "Reaction",
    "Receipt",
    "Role",
    "SetAside",
    "Side",
    "Snooze",
    "Source",
    "Stage",
    "TaskForce",
    "Weekly",
]
