"""Which messages the bot keeps in Slack, and how an outbox row becomes one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.messages.answers import with_menu_button
from bot.messages.post import Post
from bot.services import (
    budget,
    budget_boards,
    budget_mentions,
    channel_reminders,
    days_off,
    decision_reminders,
    decisions,
    delegations,
    departures,
    exports,
    handovers,
    joining,
    meeting_confirmations,
    meeting_ends,
    meeting_files,
    meeting_finals,
    meeting_late,
    meeting_lines,
    meeting_mentions,
    meeting_news,
    meeting_posts,
    meeting_records,
    meeting_writing,
    meetings,
    members,
    nudges,
    settings,
    setup,
    speakers,
    weekly,
    weekly_files,
)
from bot.services.answers import stored_answer
from bot.services.decision_cards import MENTION as DECISION_MENTION
from bot.services.decision_cards import (
    decision_awaits,
    decision_card,
    decision_mention,
    decision_news,
    decision_review,
)
from bot.services.decision_cards import mention_instead as decision_mention_instead
from bot.services.item_cards import item_assigned, item_card
from bot.services.item_dues import item_moved
from bot.services.item_endings import CANCELLED, item_cancelled
from bot.services.item_mentions import MENTION, item_mention, keeper_mention_instead, mention_instead
from bot.services.item_owners import ASKED, owner_asked
from bot.services.items import ASSIGNED, CARD, MOVED
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.reactions import NUDGE, card_posted
from bot.services.work import Work
from config.words import Say, Words
from storage import people
from storage.tables import Account, OutboxRow, Posting, TaskForce

Render = Callable[[Session, OutboxRow, Say, datetime], Post | None]


@dataclass(frozen=True)
class Kind:
    """A kind of message. `render` reads what is true when it is sent; None: there is nothing to say any more."""

    render: Render
    in_place: bool = False  # one message per channel and subject, updated; else each row is a new message
    seeds: tuple[str, ...] = ()  # reactions that the bot puts on it itself, so that one click is enough
    pinned: bool = False
    with_files: int = 0  # so many files its post may have; none for one that is updated in place
    thread_of: str | None = None  # posted in the thread of this kind's message of the same subject
    under: Callable[[Session, OutboxRow], tuple[str, str] | None] | None = None  # or in that of this kind and subject
    on_posted: Callable[[Work, Posting], None] | None = None  # in the transaction that records the new message
    plainer: str | None = None  # the key in a row's args that asks for the same without what Slack may refuse
    when_unreachable: Callable[[Work, OutboxRow], None] | None = None  # Slack refuses direct messages to this person


def over(session: Session, kind: Kind, row: OutboxRow) -> tuple[str, str] | None:
    """Kind and subject of the message in whose thread a row is posted."""
    if kind.under:
        return kind.under(session, row)
    return (kind.thread_of, row.subject) if kind.thread_of else None


def kinds() -> dict[str, Kind]:
    """Every kind by its name, as it stands in the outbox. A name never changes once released."""
    return {
        "answer": Kind(stored_answer),
        settings.MENU: Kind(setup.render_menu, in_place=True, pinned=True),
        setup.NAMED: Kind(setup.render_named),
        speakers.SILENT: Kind(speakers.render_silent),
        joining.REQUEST: Kind(joining.render_request, in_place=True),
        joining.OUTCOME: Kind(joining.render_outcome),
        members.TOLD: Kind(members.render_told),
        days_off.TOLD: Kind(days_off.render_told),
        CARD: Kind(
            item_card,
            in_place=True,
            under=meeting_records.over_item,
            seeds=("white_check_mark",),
            on_posted=card_posted,
            when_unreachable=mention_instead,
        ),
        ASSIGNED: Kind(item_assigned, when_unreachable=mention_instead),
        MOVED: Kind(item_moved, when_unreachable=mention_instead),
        ASKED: Kind(owner_asked, when_unreachable=keeper_mention_instead),
        CANCELLED: Kind(item_cancelled, when_unreachable=mention_instead),
        handovers.TOLD: Kind(handovers.render_told, with_files=1, when_unreachable=handovers.mention_instead),
        exports.FILE: Kind(exports.render, with_files=1),
        departures.DEPARTED: Kind(departures.render_departed, when_unreachable=departures.tell_instead),
        NUDGE: Kind(
            nudges.render_nudges,
            seeds=("white_check_mark",),
            on_posted=card_posted,
            when_unreachable=nudges.nudges_unreachable,
        ),
        MILESTONE_NUDGE: Kind(
            nudges.render_nudges,
            seeds=("white_check_mark",),
            on_posted=card_posted,
            when_unreachable=nudges.nudges_unreachable,
        ),
        nudges.NUDGES: Kind(nudges.render_nudges, when_unreachable=nudges.nudges_unreachable),
        channel_reminders.CHANNEL_NUDGES: Kind(channel_reminders.render_channel),
        weekly.WEEKLY: Kind(weekly.render_weekly),
        weekly.WEEKLY_COPY: Kind(weekly.render_weekly_copy),
        weekly.PAPER: Kind(weekly_files.render, with_files=1),
        MENTION: Kind(item_mention, thread_of=CARD),
        decisions.CARD: Kind(
            decision_card,
            in_place=True,
            under=meeting_records.over_decision,
            seeds=("white_check_mark",),
            on_posted=card_posted,
        ),
        decisions.NEWS: Kind(decision_news, thread_of=decisions.CARD),
        decisions.AWAITS: Kind(decision_awaits, when_unreachable=decision_mention_instead),
        decision_reminders.REVIEW: Kind(decision_review, thread_of=decisions.CARD),
        DECISION_MENTION: Kind(decision_mention, thread_of=decisions.CARD),
        delegations.TOLD: Kind(delegations.render_told),
        budget.BOARD: Kind(budget_boards.board, in_place=True, plainer=budget_boards.WITHOUT_CHART),
        budget.OWNED: Kind(budget_boards.owned, when_unreachable=budget_mentions.mention_instead),
        budget_mentions.MENTION: Kind(budget_mentions.mention, under=budget_mentions.over),
        budget_mentions.INSTEAD: Kind(budget_mentions.instead),
        meetings.CARD: Kind(meeting_posts.card, in_place=True, on_posted=meeting_lines.card_posted),
        meeting_ends.REVIEW: Kind(meeting_posts.review, in_place=True),
        meeting_records.SUMMARY: Kind(meeting_posts.summary, in_place=True),
        meeting_records.TOLD: Kind(meeting_posts.told, when_unreachable=meeting_mentions.instead),
        meeting_confirmations.NEWS: Kind(meeting_posts.news, thread_of=meeting_records.SUMMARY),
        meeting_confirmations.REWORDED: Kind(meeting_posts.reworded, when_unreachable=meeting_mentions.instead),
        meeting_finals.ADDED: Kind(meeting_posts.addendum, under=meeting_mentions.over_addendum),
        meeting_late.LATE: Kind(meeting_late.render, when_unreachable=meeting_mentions.instead),
        meeting_files.FILE: Kind(meeting_files.render, with_files=4),
        meetings.PAPERS: Kind(meeting_files.render_papers, with_files=2, under=meeting_files.over),
        meeting_news.INVITED: Kind(meeting_news.invited, in_place=True),
        meeting_news.NEWS: Kind(meeting_news.render, thread_of=meeting_news.INVITED),
        meeting_news.AGENDA: Kind(meeting_news.agenda),
        meeting_news.DRAFT: Kind(meeting_news.agenda_draft),
        meeting_news.TOLD: Kind(meeting_news.told),
        meeting_news.CALENDAR: Kind(meeting_news.calendar, with_files=1, thread_of=meeting_news.INVITED),
        meeting_mentions.MENTION: Kind(meeting_mentions.render, thread_of=meeting_records.SUMMARY),
        meeting_writing.WRITTEN: Kind(meeting_writing.render, under=meeting_writing.over),
    }


def voice(session: Session, row: OutboxRow, words: Words) -> Say:
    """A channel's language is its task force's; a person's is their own choice, else Slack's, else their task force's."""
    if row.user_id:
        account = session.get(Account, row.user_id)
        spoken = account.language or account.locale if account else None
        theirs = [] if spoken else people.task_forces_of(session, row.user_id)
        return words.say(spoken or (theirs[0].language if theirs else None))
    channel = people.bound_channel(session, row.channel_id or "")
    task_force = session.get(TaskForce, channel.task_force_id) if channel else None
    return words.say(task_force.language if task_force else None)


def render(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The message of a row as things are at `now` (business time), or None when it is no longer true.

    Every direct message ends with a button that opens the menu.
    """
    post = kinds()[row.kind].render(session, row, say, now)
    return with_menu_button(say, post) if post and row.user_id else post
