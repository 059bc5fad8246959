"""What a line left open about its item: asked, listed, and answered, at once or later."""

from collections.abc import Sequence
from datetime import date

from bot.messages import item_questions as messages
from bot.messages import items as item_messages
from bot.messages.item_questions import MOST, Question
from bot.messages.post import Post, Reply
from bot.rules.dates import Kind
from bot.rules.item_changes import OWNER, due_word, fields_of
from bot.rules.lines import AddLine
from bot.rules.names import Roster, bare, is_known
from bot.rules.owners import without_owner
from bot.services.askers import Asker, require_member
from bot.services.confirmations import require_open
from bot.services.item_changes import change_now, set_due
from bot.services.item_views import view_of
from bot.services.items import check_owners, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items, people, questions
from storage.tables import About, Item, ItemQuestion, Person, PersonState, Side, TaskForce


def roster_of(work: Work, task_force: TaskForce) -> Roster:
    """Whom names in a line may mean."""
    of = task_force.id or 0
    sides = [side.name for side in people.sides(work.session, of)]
    return Roster(people.active(work.session, of), questions.aliases(work.session, of), sides)


def keep(work: Work, asker: Asker, item: Item, line: AddLine, *, has_owners: bool) -> list[Post]:
    """Keep what must be asked about a new item, and give the questions. Without owners, its owner stands in."""
    _, person = require_member(asker)
    rows = [
        _row(work, asker, item, About.OWNER, one.written, [who.id for who in one.candidates[:MOST]])
        for one in line.asked
    ]
    for row in rows:
        row.stand_in_id = None if has_owners else person.id
    if line.due.kind is Kind.QUESTION:
        words = [due_word(one.date, one.time) for one in line.due.readings[:MOST]]
        rows.append(_row(work, asker, item, About.DUE, line.due_text, words))
    work.session.add_all(rows)
    work.session.flush()
    return asked(work, asker, rows)


def asked(work: Work, asker: Asker, rows: Sequence[ItemQuestion]) -> list[Post]:
    """Questions as they are asked."""
    return [messages.asked(_question(work, row), work.now, asker.say) for row in rows]


def about(work: Work, asker: Asker, item: Item) -> list[Post]:
    """What is still open about an item."""
    return asked(work, asker, questions.open_of(work.session, [item.id or 0]))


def notes_for_form(work: Work, asker: Asker, item: Item) -> list[str]:
    """The same as notes over the form that can answer them; escaped."""
    rows = questions.open_of(work.session, [item.id or 0])
    return [messages.in_form(_question(work, row), asker.say) for row in rows]


def choose(work: Work, asker: Asker, item: Item, more: str) -> Reply:
    """Who was meant, or that nothing of what was offered is. `more`: the question's id and the person's, 0 for nobody."""
    task_force, person = require_changer(asker)
    require_open(item)
    question_id, _, person_id = more.partition(":")
    row = _require_open(work, item, int(question_id))
    row.answered_at = work.now
    if person_id == "0":
        return Reply(messages.settled(view_of(work.session, item), asker.say))
    _take(work, asker, item, row, _candidate(work, row, int(person_id)))
    _remember(work, task_force, row, int(person_id), person)
    return Reply(item_messages.changed(view_of(work.session, item), work.now, asker.say))


def pick(work: Work, asker: Asker, item: Item, question_id: int, day: date) -> Reply:
    """A date from the calendar under a question. Another that was set meanwhile stays."""
    require_open(item)
    _require_open(work, item, question_id).answered_at = work.now
    set_due(work, asker, item, due_word(day, None))
    return Reply(item_messages.changed(view_of(work.session, item), work.now, asker.say))


def settle_owners(work: Work, item: Item, wished: Sequence[str]) -> None:
    """Owners were chosen in the form: nobody needs to be asked about them any more."""
    if any(name.startswith(OWNER) for name in wished):
        for row in questions.open_of(work.session, [item.id or 0]):
            if row.about is About.OWNER:
                row.answered_at = work.now


def _row(work: Work, asker: Asker, item: Item, about: About, written: str, choices: Sequence[object]) -> ItemQuestion:
    _, person = require_member(asker)
    return ItemQuestion(
        item_id=item.id or 0,
        person_id=person.id or 0,
        about=about,
        written=written,
        choices=list(choices),
        asked_at=work.now,
    )


def _question(work: Work, row: ItemQuestion) -> Question:
    view = view_of(work.session, work.session.get_one(Item, row.item_id))
    if row.about is About.DUE:
        return Question(row, view)
    meant = [work.session.get_one(Person, person_id) for person_id in row.choices]
    still = [one for one in meant if one.state is PersonState.ACTIVE]
    return Question(row, view, [(one, work.session.get_one(Side, one.side_id)) for one in still])


def _require_open(work: Work, item: Item, question_id: int) -> ItemQuestion:
    row = questions.lock(work.session, question_id)
    if row is None or row.item_id != item.id or row.answered_at:
        raise Refused("question-answered", ref=item_messages.ref(item))
    return row


def _candidate(work: Work, row: ItemQuestion, person_id: int) -> Person:
    """One of those who were offered, if still in the roster."""
    if person_id not in row.choices:
        raise Refused("item-owner-gone")
    return work.session.get_one(Person, person_id)


def _take(work: Work, asker: Asker, item: Item, row: ItemQuestion, chosen: Person) -> None:
    """The chosen one owns the side's part; who only stood in for the answer does not any more."""
    fields = fields_of(item, items.parts(work.session, item.id or 0))
    sides = [side.name for side in people.sides(work.session, item.task_force_id)]
    title = without_owner(item.title, row.written, sides)
    wished = {f"{OWNER}{chosen.side_id}": str(chosen.id), "title": title}
    stand_in = work.session.get(Person, row.stand_in_id) if row.stand_in_id else None
    field = f"{OWNER}{stand_in.side_id}" if stand_in else ""
    if stand_in and fields.get(field) == str(stand_in.id):
        wished = {field: ""} | wished
        del fields[field]
    other = fields.get(f"{OWNER}{chosen.side_id}")
    if other:
        check_owners([work.session.get_one(Person, int(other)), chosen])
    change_now(work, asker, item, wished)
    for one in questions.open_of(work.session, [item.id or 0]):
        one.stand_in_id = None


def _remember(work: Work, task_force: TaskForce, row: ItemQuestion, person_id: int, by: Person) -> None:
    """A name that the roster does not have is an alias from now on: the next time it is not asked about."""
    if not is_known(row.written, roster_of(work, task_force)):
        of = task_force.id or 0
        questions.confirm_alias(work.session, of, bare(row.written), person_id, by.id or 0, work.now)
