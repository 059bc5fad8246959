"""Files for whoever asks: what they see of their task force, as a sheet, a list to print, or a calendar."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import export_events, export_listing, exports, sheets
from bot.messages.calendars_ics import ics
from bot.messages.post import File, Post, Reply
from bot.messages.printing import Order
from bot.rules.exports import Copy, Past, Shape, last_words, read_shape
from bot.rules.items import local_date
from bot.rules.roster import inside
from bot.services.askers import Asker, Surface, require_member
from bot.services.budget_views import views_of as lines_of
from bot.services.decision_views import view_of
from bot.services.item_views import views_of
from bot.services.meeting_news import event_of
from bot.services.printing import printed
from bot.services.refused import Refused
from bot.services.roster import lane_to
from bot.services.work import Work
from config.fonts import NoKoreanFont, find
from config.words import Say
from storage import budget, decisions, item_lists, meetings, people
from storage import exports as stored
from storage.budget import Sight
from storage.tables import OutboxRow, Person, PersonState, TaskForce

FILE = "export-file"  # a kind of post
ALL = 1_000_000
AT_ONCE = 1_000  # items in one query


def export(work: Work, asker: Asker, rest: str) -> Reply:
    """The file is made when it is sent, and comes as a direct message to the asker."""
    task_force, person = require_member(asker)
    shape = read_shape(rest)
    if shape is None:
        raise Refused("export-which", word=rest)
    if shape is Shape.PDF:
        check_fonts()
    return bring(work, asker, task_force, FILE, f"{person.id}:{shape}")


def bring(work: Work, asker: Asker, task_force: TaskForce, kind: str, subject: str) -> Reply:
    """Have a file sent to the asker by direct message, and say that it comes."""
    if asker.account.dm_refused_at and asker.who.surface is not Surface.DIRECT:
        raise Refused("export-no-dm")
    work.queue(lane_to(work, task_force.id or 0, asker.account.user_id), kind, subject)
    return Reply(exports.comes(asker.say))


def check_fonts() -> None:
    """A PDF needs a Korean font where the bot runs; said now, not when the file should come."""
    try:
        find()
    except NoKoreanFont as missing:
        raise Refused("export-no-font") from missing


def render(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The file with what the person sees now; nothing for somebody who has left meanwhile."""
    person_id, _, shape = row.subject.partition(":")
    person = session.get_one(Person, int(person_id))
    if person.state is not PersonState.ACTIVE:
        return None
    copy = copy_of(session, session.get_one(TaskForce, person.task_force_id), inside(person))
    post = exports.brought(copy, Shape(shape), say)
    return Post(post.text, post.blocks, (file_of(session, copy, Shape(shape), now, say),))


def copy_of(session: Session, task_force: TaskForce, side_id: int | None) -> Copy:
    """Joint things, and those internal to the side; of observers and strangers' side None: joint things alone."""
    of, sides = task_force.id or 0, people.sides(session, task_force.id or 0)
    found = sorted(
        item_lists.page(session, [item_lists.Wanted(of, inside=side_id)], 0, ALL), key=lambda one: one.number
    )
    decided = sorted(decisions.page(session, decisions.Wanted(of), 0, ALL), key=lambda one: one.number)
    return Copy(
        task_force,
        next((side for side in sides if side.id == side_id), None),
        sides,
        stored.everyone(session, of),
        [view for at in range(0, len(found), AT_ONCE) for view in views_of(session, found[at : at + AT_ONCE])],
        [view_of(session, one) for one in decided],
        stored.notes(session, of, side_id),
        stored.remarks(session, of),
        lines_of(session, budget.lines(session, Sight(of, side_id))),
    )


def file_of(session: Session, copy: Copy, shape: Shape, now: datetime, say: Say) -> File:
    """The file in its shape, named by the day."""
    word = say("export-file-ics" if shape is Shape.ICS else "export-file-list")
    name = sheets.file_name(local_date(now, copy.task_force), word, copy.task_force.name, ending=shape)
    if shape is Shape.ICS:
        return File(name, calendar(session, copy, now, say))
    if shape is Shape.PDF:
        order = Order((shape,), now.isoformat(), listing=export_listing.listing(copy, now, say))
        return File(name, printed(order)[shape])
    return File(name, sheets.xlsx(exports.all_sheets(copy, say)))


def calendar(session: Session, copy: Copy, now: datetime, say: Say) -> bytes:
    """All dates of the task force that the copy has, and its meetings under the names that their own files give them."""
    of = copy.task_force.id or 0
    past = Past(stored.changes_of(session, of), last_words(stored.history_of(session, of)))
    planned = [event_of(session, meeting, now) for meeting in meetings.planned(session, of)]
    held = [one for one in planned if not one.is_cancelled or one.changed_at > now - export_events.GONE_FOR]
    return ics(copy.task_force.name, [*export_events.events(copy, past, now, say), *held], now)
