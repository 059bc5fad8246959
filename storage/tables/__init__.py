"""Tables: columns only. No `Relationship`, so that reading an attribute never runs SQL."""

from storage.tables.days_off import DaysOff
from storage.tables.decisions import Choice, Decision, DecisionNote, DecisionStatus, Delegation, Vote
from storage.tables.handovers import Departure, Handover, HandoverState
from storage.tables.history import Change, Parked, Receipt
from storage.tables.installations import Installation, OAuthState
from storage.tables.items import Confirmation, Item, ItemStatus, Note, Part, Reaction, Snooze, Source
from storage.tables.nudges import Digest, HeldPost, Nudge, SetAside, Weekly
from storage.tables.outbox import OutboxLane, OutboxRow, OutboxState, Pace, Posting
from storage.tables.people import (
    Account,
    BoundChannel,
    ChannelMove,
    ClosingRule,
    Person,
    PersonAccount,
    PersonState,
    Role,
    Side,
    Silence,
    TaskForce,
)
from storage.tables.questions import About, Alias, ItemQuestion, ItemSource, PastedList

__all__ = [
    "About",
    "Account",
    "Alias",
    "BoundChannel",
    "Change",
    "ChannelMove",
    "Choice",
    "ClosingRule",
    "Confirmation",
    "DaysOff",
    "Decision",
    "DecisionNote",
    "DecisionStatus",
    "Delegation",
    "Departure",
    "Digest",
    "Handover",
    "HandoverState",
    "HeldPost",
    "Installation",
    "Item",
    "ItemQuestion",
    "ItemSource",
    "ItemStatus",
    "Note",
    "Nudge",
    "OAuthState",
    "OutboxLane",
    "OutboxRow",
    "OutboxState",
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
    "Silence",
    "Snooze",
    "Source",
    "TaskForce",
    "Vote",
    "Weekly",
]
