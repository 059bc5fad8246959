"""New items from what people type."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.messages import item_forms, items
from bot.messages import item_pasted as pasted
from bot.messages.escape import escape, shorten
from bot.messages.item_questions import one_post
from bot.messages.post import Post, Reply, View
from bot.rules.dates import Kind
from bot.rules.item_changes import due_word
from bot.rules.item_internals import looks_marked, on_side
from bot.rules.lines import AddLine, read_add, says_nothing
from bot.rules.roster import inside
from bot.services import item_questions
from bot.services.answers import tell_directly
from bot.services.askers import Asker, Surface
from bot.services.calendars import calendar_of
from bot.services.item_changes import check_title
from bot.services.item_forms import new_form
from bot.services.item_questions import roster_of
from bot.services.item_views import view_of
from bot.services.items import Draft, SameTitle, create, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people, questions
from storage.tables import Item, ItemSource, PastedList, Person, TaskForce

NO_DUE = ("", "no-date", "unmarked")  # nothing in the line looked like a due date


def add(work: Work, asker: Asker, rest: str, *, again: bool = False) -> Reply:
    """Make the item that a line describes. Without a title the form opens with what was given."""
    task_force, _ = require_changer(asker)
    line = understood(work, asker, task_force, rest)
    owners = owners_of(work, task_force, line)
    if says_nothing(line.title):
        return Reply(view=_form(work, asker, line, owners))
    check_title(line.title)
    try:
        item = create(work, asker, draft_of(asker, line, owners), again=again)
    except SameTitle as same:
        return Reply(_same_title(work, asker, same.item, rest))
    return Reply(_made(work, asker, item, line, has_owners=bool(owners)))


def understood(work: Work, asker: Asker, task_force: TaskForce, rest: str) -> AddLine:
    """The line's parts, or a refusal of a date that no calendar has. Of what is internal, only the own side is asked about."""
    now = work.now.astimezone(ZoneInfo(task_force.zone))
    line = read_add(
        rest,
        now,
        calendar_of(work.session, task_force),
        asker.who.installation.bot_user_id,
        roster_of(work, task_force),
        end_of_day=task_force.day_ends_at,
    )
    if line.due.key == "no-such-date":
        raise Refused("item-date-impossible")
    side_id = scope_of(asker, line)
    return replace(line, asked=on_side(line.asked, line.title, side_id)) if side_id else line


def draft_of(asker: Asker, line: AddLine, owners: tuple[Person, ...]) -> Draft:
    """The item that a line describes; a due date that must be asked about is left out."""
    due = line.due.reading if line.due.kind is Kind.DATE else None
    on, at = (due.date, due.time) if due else (None, None)
    return Draft(line.title, owners, on, at, line.stream, internal_to=scope_of(asker, line))


def scope_of(asker: Asker, line: AddLine) -> int | None:
    """The side whose alone the line's item is to be."""
    return inside(asker.person) if line.internal else None


def owners_of(work: Work, task_force: TaskForce, line: AddLine) -> tuple[Person, ...]:
    """Whom the line names for sure; who is mentioned and not in the roster is refused."""
    found = [*(_mentioned(work, task_force, user_id) for user_id in line.owners), *line.people]
    return tuple({one.id: one for one in found}.values())


def _mentioned(work: Work, task_force: TaskForce, user_id: str) -> Person:
    person = people.person_of(work.session, task_force, user_id)
    if person is None:
        raise Refused("item-owner-not-in-roster", name=people.account(work.session, user_id).name or user_id)
    return person


def _form(work: Work, asker: Asker, line: AddLine, owners: tuple[Person, ...]) -> View:
    """The form with what the line gave; and the line itself, if it said something that is no title."""
    due = line.due.reading if line.due.kind is Kind.DATE else None
    word = due_word(due.date, due.time) if due else ""
    fields = item_forms.draft_fields("", owners, word, line.stream, scope_of(asker, line))
    notes = (
        [asker.say("item-title-missing"), asker.say("typed", text=escape(shorten(asker.who.typed, 500)))]
        if line.title
        else []
    )
    return new_form(work, asker, fields, notes)


def keep(work: Work, asker: Asker, lines: list[str]) -> PastedList:
    """Keep lines until their writer says whether they are to be made."""
    task_force, person = require_changer(asker)
    kept = PastedList(task_force_id=task_force.id or 0, person_id=person.id or 0, lines=lines, written_at=work.now)
    if known := questions.same_list(work.session, kept):
        return known
    work.session.add(kept)
    work.session.flush()
    return kept


def _same_title(work: Work, asker: Asker, twin: Item, rest: str) -> Post:
    """What was made a minute ago, and a button that makes it once more all the same; the line is kept meanwhile."""
    kept = keep(work, asker, [rest])
    return pasted.same_title_asked(view_of(work.session, twin), kept.id or 0, work.now, asker.say)


def _made(work: Work, asker: Asker, item: Item, line: AddLine, *, has_owners: bool) -> Post:
    """What was made, and what must be asked of it: that also as a direct message, since a private answer may vanish."""
    say = asker.say
    if line.link:
        work.session.add(ItemSource(item_id=item.id or 0, permalink=line.link))
    asks = item_questions.keep(work, asker, item, line, has_owners=has_owners)
    if asker.who.surface is not Surface.DIRECT:
        for ask in asks:
            tell_directly(work, asker.who.installation.id or 0, asker.who.user_id, ask)
    notes = [] if has_owners else [say("item-owner-is-you-meanwhile" if line.asked else "item-owner-is-you")]
    notes += [say(key) for key in _about_scope(asker, line)]
    if line.due.kind is Kind.DATE and line.due.key:
        notes.append(say(f"dates-why-{line.due.key}"))
    if line.due.kind is Kind.NONE and line.due.key not in NO_DUE:
        notes.append(say("item-due-not-read", why=say(f"dates-why-{line.due.key}")))
    return items.added(view_of(work.session, item), work.now, say, *notes, question=one_post(asks))


def _about_scope(asker: Asker, line: AddLine) -> list[str]:
    """A mark that others could read where it was typed, and a word that may have been meant as one."""
    if line.internal and asker.who.surface is Surface.MENTION:
        return ["internal-typed-openly"]
    return ["internal-maybe-meant"] if not line.internal and looks_marked(line.title) else []
