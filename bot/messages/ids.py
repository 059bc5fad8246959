"""Ids that a block and its listener share. A value never changes once released: old messages keep their buttons."""

import re

# Buttons of the menu, and the button that opens a form where a mention or a direct message cannot.
MENU = "menu"
OPEN_FORM = "open-form"
RUN = "run"  # value: a line that is run as if it had been typed; one action id per button: RUN-<verb>
RUN_PATTERN = re.compile(rf"^{RUN}(-(?!in-)\w+)?$")
RUN_IN = "run-in"  # value: a task force's id and a line; one action id per button: RUN_IN-<id>, RUN_IN-<id>-<which>
RUN_IN_PATTERN = re.compile(rf"^{RUN_IN}-\d+(-\w+)?$")

# Setting up a task force.
SETUP = "setup"  # the form
SETUP_CHANNEL = "setup-channel"  # in a direct message: which channel is meant
SETUP_PERSON = "setup-person"
SETUP_MORE_SIDES = "setup-more-sides"
SETUP_FEWER_SIDES = "setup-fewer-sides"

# Buttons about one item; their value is `item_value`, sometimes with more behind it.
ITEM_DONE = "item-done"
ITEM_EDIT = "item-edit"
ITEM_DETAILS = "item-details"
ITEM_UNDO = "item-undo"
ITEM_REOPEN = "item-reopen"
ITEM_SEEN = "item-seen"
ITEM_ASK_OWNER = "item-ask-owner"
ITEM_POSTPONE = "item-postpone"
ITEM_SNOOZE = "item-snooze"  # value: `item_value` with the date; one action id per button: ITEM_SNOOZE-<n>
ITEM_SNOOZE_PICK = "item-snooze-pick"  # a calendar; its block's id: `item-snooze-pick:`, then `item_value`
ITEM_CANCEL = "item-cancel"
ITEM_NOTE = "item-note"
ITEM_WORDS = "item-words"  # the form that asks for a reason or a note
ITEM_ACT_PATTERN = re.compile(
    r"^item-(done|edit|details|undo|reopen|seen|ask-owner|postpone|cancel|note|(history|snooze)(-\d+)?)$"
)
ITEM_HISTORY = "item-history"  # value: `item_value` with the page; to other pages: ITEM_HISTORY-<page>

NUDGE_MENU = "nudge-menu"  # at the end of a reminder's line; the chosen value: `item_value` with the act

# Pages of a list: `item_value` with the page instead of an item, and what the list was asked for.
LIST_BEFORE = "list-before"
LIST_AFTER = "list-after"
LIST_PATTERN = re.compile(r"^list-(before|after)$")

# Searching: the form, and pages of what was found, likewise.
SEARCH = "search"
SEARCH_BEFORE = "search-before"
SEARCH_AFTER = "search-after"
SEARCH_PATTERN = re.compile(r"^search-(before|after)$")

# Adding and changing by a form.
ITEM_FORM = "item-form"
ITEM_DUE = "item-due"  # value: `item_value` with the due date; one action id per button: ITEM_DUE-<n>
ITEM_DUE_PATTERN = re.compile(rf"^{ITEM_DUE}-\d+$")

ITEM_ANSWER = "item-answer"  # value: `item_value` with a question's id and a person's (`7:12`, `7:0`); ITEM_ANSWER-<n>
ITEM_ANSWER_PATTERN = re.compile(rf"^{ITEM_ANSWER}-\d+$")
ITEM_PICK = "item-pick"  # a calendar; its block's id: `item-pick:`, then `item_value` with a question's id

ITEM_OF_MESSAGE = "item-of-message"  # value: `item_value` without an item, with `channel:ts`
ITEM_FORM_IN = "item-form-in"  # in a form; value: a task force's id; one action id per button: ITEM_FORM_IN-<id>
ITEM_FORM_IN_PATTERN = re.compile(rf"^{ITEM_FORM_IN}-\d+$")

ITEM_PASTED = "item-pasted"  # value: `item_value` without an item, with a list's id; ITEM_PASTED-make, -drop, -page-<n>
ITEM_PASTED_PATTERN = re.compile(rf"^{ITEM_PASTED}-(make|drop|page-\d+)$")

# Buttons about one decision; their value is `item_value` with the wording that was shown (of history: the page).
DECISION_CONFIRM = "decision-confirm"
DECISION_OBJECT = "decision-object"
DECISION_TAKE_BACK = "decision-take-back"  # a confirmation
DECISION_WITHDRAW = "decision-withdraw"  # an objection
DECISION_EDIT = "decision-edit"
DECISION_SUPERSEDE = "decision-supersede"
DECISION_GIVE_UP = "decision-give-up"
DECISION_NOTE = "decision-note"
DECISION_DETAILS = "decision-details"
DECISION_LINKED = "decision-linked"  # the details of the decision that it replaces, or that replaces it; -<n>
DECISION_HISTORY = "decision-history"  # to other pages: DECISION_HISTORY-<page>
DECISION_ACT_PATTERN = re.compile(
    r"^decision-(confirm|object|take-back|withdraw|edit|supersede|give-up|note|details|(linked|history)(-\d+)?)$"
)
DECISION_MENU = "decision-menu"  # of a line in a digest; the chosen option's value: `item_value` with `act:wording`
DECISION_FORM = "decision-form"  # proposing, rewording, replacing
DECISION_WORDS = "decision-words"  # the form that asks for a reason or a note
DECISION_FORM_IN = "decision-form-in"  # in a form; value: a task force's id; one action id per button: -<id>
DECISION_FORM_IN_PATTERN = re.compile(rf"^{DECISION_FORM_IN}-\d+$")
DECISION_OF_MESSAGE = "decision-of-message"  # value: `item_value` without a decision, with `channel:ts`
DECISIONS_BEFORE = "decisions-before"  # pages of a list, as of items
DECISIONS_AFTER = "decisions-after"
DECISIONS_PATTERN = re.compile(r"^decisions-(before|after)$")

# Confirming by delegation.
DELEGATION_FORM = "delegation-form"
DELEGATION_NEW = "delegation-new"  # value: `item_value` without a delegation
DELEGATION_END = "delegation-end"  # value: `item_value` with a delegation instead of an item; DELEGATION_END-<n>
DELEGATION_PATTERN = re.compile(r"^delegation-(new|end-\d+)$")

# Handing over: the form, its next page, and buttons; their value is `item_value` with a person, a handover or a wish.
HANDOVER = "handover"
HANDOVER_SURE = "handover-sure"
HANDOVER_OPEN = "handover-open"  # the form, from this person
HANDOVER_CHANGE = "handover-change"  # the form, from this wish
HANDOVER_GO = "handover-go"
HANDOVER_CANCEL = "handover-cancel"
HANDOVER_UNDO = "handover-undo"
HANDOVER_PATTERN = re.compile(r"^handover-(open|change|go|cancel|undo)$")
# Meetings. A button's value: `item_value` with the meeting's id, sometimes with more behind it.
MEETING_START = "meeting-start"
MEETING_WRITE = "meeting-write"  # value: with a kind of line; one action id per button: MEETING_WRITE-<n>
MEETING_TOPIC = "meeting-topic"  # value: with the next topic of the agenda
MEETING_END = "meeting-end"
MEETING_RECORD = "meeting-record"  # 등록
MEETING_RESUME = "meeting-resume"
MEETING_LINES = "meeting-lines"  # value: with a page; one action id per button: MEETING_LINES-<n>
MEETING_LINE = "meeting-line"  # value: with a line's anchor; one action id per button: MEETING_LINE-<n>
MEETING_ANSWER = "meeting-answer"  # value: with what is answered; one action id per button: MEETING_ANSWER-<n>
MEETING_CONFIRM = "meeting-confirm"  # value: with the wording
MEETING_OBJECT = "meeting-object"  # likewise
MEETING_TAKE_BACK = "meeting-take-back"
MEETING_READ = "meeting-read"
MEETING_FACTS = "meeting-facts"
MEETING_ADDENDUM = "meeting-addendum"
MEETING_NUMBER = "meeting-number"
MEETING_FILES = "meeting-files"
MEETING_RSVP = "meeting-rsvp"  # value: with an answer; one action id per button: MEETING_RSVP-<n>
MEETING_PROXY = "meeting-proxy"
MEETING_AGENDA = "meeting-agenda"
MEETING_AGENDA_ADD = "meeting-agenda-add"
MEETING_AGENDA_DROP = "meeting-agenda-drop"  # value: with a topic's id; one action id per button
MEETING_RESCHEDULE = "meeting-reschedule"
MEETING_CANCEL = "meeting-cancel"
MEETING_OMIT = "meeting-omit"  # value: with a line's anchor
MEETING_LATE = "meeting-late"  # value: with a message's ts: heard too late, and yet into the draft
MEETING_TAKE = "meeting-take"  # value: with `channel:ts`: this message into the minutes; MEETING_TAKE-<n>
MEETINGS = "meetings"  # a page of the list: `item_value` with the page; one action id per button: MEETINGS-<n>
MEETING_TAKE_PATTERN = re.compile(rf"^{MEETING_TAKE}-\d+$")
MEETINGS_PATTERN = re.compile(rf"^{MEETINGS}-\d+$")
MEETING_PATTERN = re.compile(r"^meeting-(?!form|menu|take-\d)[a-z-]+(-\d+)?$")
MEETING_MENU = "meeting-menu"  # of a line in a digest; the chosen option's value: `item_value` with `action:more`
MEETING_FORM = "meeting-form"  # the forms: MEETING_FORM-<what>
MEETING_FORM_PATTERN = re.compile(rf"^{MEETING_FORM}-[a-z]+$")

# Budget lines and their milestones; value: `item_value` with a line's or a milestone's id instead of an item's.
BUDGET_SHOW = "budget-show"
BUDGET_STAGE = "budget-stage"
BUDGET_AMOUNT = "budget-amount"
BUDGET_PRESET = "budget-preset"
BUDGET_MILESTONE = "budget-milestone"
BUDGET_EDIT = "budget-edit"
BUDGET_NOTE = "budget-note"
BUDGET_HISTORY = "budget-history"
BUDGET_LINK = "budget-link"
BUDGET_SPLIT = "budget-split"
BUDGET_EXECUTION = "budget-execution"
BUDGET_ACT_PATTERN = re.compile(r"^budget-(show|stage|amount|preset|milestone|edit|note|history|link|split|execution)$")
BUDGET_BEFORE = "budget-before"  # pages of the board: the page instead of a line, and what was asked for
BUDGET_AFTER = "budget-after"
BUDGET_PAGE_PATTERN = re.compile(r"^budget-(before|after)$")
BUDGET_FORM = "budget-form"  # every form about a line or a milestone; its memory says which
MILESTONE_SHOW = "milestone-show"
MILESTONE_LINE = "milestone-line"
MILESTONE_DONE = "milestone-done"
MILESTONE_MOVE = "milestone-move"
MILESTONE_DROP = "milestone-drop"
MILESTONE_VOTED = "milestone-voted"
MILESTONE_REOPEN = "milestone-reopen"
MILESTONE_ANYWAY = "milestone-anyway"  # value: with the agreed date that lies after the legal one
MILESTONE_PICK = "milestone-pick"  # value: with a date; one action id per button: MILESTONE_PICK-<n>
MILESTONE_SNOOZE = "milestone-snooze"  # value: with the date; one action id per button: MILESTONE_SNOOZE-<n>
MILESTONE_SNOOZE_PICK = (
    "milestone-snooze-pick"  # a calendar; its block's id: `milestone-snooze-pick:`, then `item_value`
)
MILESTONE_MENU = "milestone-menu"  # of a line in a digest; the chosen option's value: with what is to be done
MILESTONE_ACT_PATTERN = re.compile(r"^milestone-(show|line|done|move|drop|voted|reopen|anyway|pick-\d+|snooze(-\d+)?)$")
PRESET_KIND = "preset-kind"  # selects in the form of presets, which show other rows at once
PRESET_YEAR = "preset-year"
PRESET_PATTERN = re.compile(r"^preset-(kind|year)$")

WINDOW = "window"  # an answer as a window of its own


def without_number(action_id: str) -> str:
    """The id that several buttons of one kind share: `item-due-2` is an `item-due`."""
    return action_id.rstrip("0123456789").rstrip("-")


def item_value(task_force_id: int, item_id: int, more: str = "") -> str:
    """What a button about an item carries."""
    return f"{task_force_id}:{item_id}:{more}"


def read_item_value(value: str) -> tuple[int, int, str]:
    """Task force, item, and what else the button carries; a value that is not ours is a `ValueError`."""
    task_force_id, item_id, more = value.split(":", 2)
    return int(task_force_id), int(item_id), more


# The roster, and joining it.
JOIN = "join"  # the form
JOIN_SIDE = "join-side"  # value: a side's id; one action id per button: JOIN_SIDE-<id>
JOIN_SIDE_PATTERN = re.compile(rf"^{JOIN_SIDE}-\d+$")
JOIN_APPROVE = "join-approve"  # value: a person's id
JOIN_REJECT = "join-reject"
MEMBER = "member"  # the form
MEMBER_EDIT = "member-edit"  # a select of people; value: a person's id
MEMBER_REMOVE = "member-remove"  # in the form
# Settings of a task force, and one's own.
SETTINGS = "settings"  # the form of one page
SETTINGS_HUB = "settings-hub"  # the window with the pages
SETTINGS_PAGE = "settings-page"  # in it; value: a page; one action id per button: SETTINGS_PAGE-<page>
SETTINGS_PAGE_PATTERN = re.compile(rf"^{SETTINGS_PAGE}-\w+$")
SETTINGS_COUNTRY = "settings-country"  # selects whose options are asked for
SETTINGS_ZONE = "settings-zone"
OWN_SETTINGS = "own-settings"  # the form
OWN_ZONE = "own-zone"

DAYS_OFF = "days-off"  # the form about days off
DAYS_OFF_REMOVE = "days-off-remove"  # value: `item_value` with the days off instead of an item
LANGUAGE = "language"  # value: a language; one action id per button: LANGUAGE-<tag>
LANGUAGE_PATTERN = re.compile(rf"^{LANGUAGE}-\w+$")
