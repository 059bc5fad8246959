"""A task force's settings: shown to and changed by its leads, deputies and secretaries."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from bot.messages import settings as messages
from bot.messages.post import Reply, View
from bot.messages.roster import name_and_title
from bot.messages.settings import Hub
from bot.rules import roster
from bot.rules import settings as rules
from bot.rules.item_changes import Fields, changes, conflicts, unpacked
from bot.rules.settings import PAGES, Page
from bot.services import meeting_reminders
from bot.services.askers import Asker, require_member
from bot.services.item_changes import Overtaken
from bot.services.reckoning import reckon_later
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from config import emoji
from storage import history, people, turns
from storage import settings as storage
from storage.outbox import Lane
from storage.tables import Person, Side, TaskForce

LATELY = 5  # changes that the window shows
MENU = "menu"  # the kind of post that shows the task force's name
RECOUNTED = {"country", "zone", "closing_rule"}  # cards are shown anew when one of these changes


def may_change_settings(session: Session, task_force_id: int) -> list[Person]:
    """The people who may, by sides."""
    return [one for one in people.active(session, task_force_id) if roster.may(one.role, roster.Right.CHANGE_SETTINGS)]


def mine_to_set(work: Work, asker: Asker) -> list[TaskForce]:
    """The task forces whose settings the asker may change."""
    found = []
    for task_force in people.task_forces_of(work.session, asker.account.user_id):
        person = people.person_of(work.session, task_force, asker.account.user_id)
        if person and roster.may(person.role, roster.Right.CHANGE_SETTINGS):
            found.append(task_force)
    return found


def require_settings(work: Work, asker: Asker) -> tuple[TaskForce, Person]:
    """The task force and the person, or a refusal that says who may."""
    task_force, person = require_member(asker)
    if not roster.may(person.role, roster.Right.CHANGE_SETTINGS):
        who_may = may_change_settings(work.session, task_force.id or 0)
        raise Refused("settings-no-right", names=", ".join(map(name_and_title, who_may)))
    return task_force, person


def open_hub(work: Work, asker: Asker, saved: str = "") -> View:
    """The window with everything that is set. `saved`: what was just changed; escaped."""
    task_force, person = require_settings(work, asker)
    side = work.session.get_one(Side, person.side_id)
    lately = [
        change
        for change in history.of(work.session, ("task_force", task_force.id or 0))[::-1]
        if change.act == "settings"
    ]
    made = [(one, work.session.get(Person, one.person_id) if one.person_id else None) for one in lately[:LATELY]]
    kept = {"task_force": task_force.id, "channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}
    return messages.hub(Hub(task_force, rules.fields_of(task_force, side), made, saved), kept, asker.say)


def open_page(work: Work, asker: Asker, page: Page) -> Reply:
    """The form of one page, as things stand."""
    task_force, person = require_settings(work, asker)
    fields = rules.fields_of(task_force, work.session.get_one(Side, person.side_id))
    return Reply(view=_form(work, asker, page, fields, fields))


def save(work: Work, asker: Asker, memory: Mapping[str, Any], wanted: Fields) -> Reply:
    """A page was sent: gives the window with what was saved, or the form again where others were ahead."""
    task_force, person = require_settings(work, asker)
    page = Page(memory["page"])
    wanted = rules.tidy({name: word for name, word in wanted.items() if name in PAGES[page]})
    task_force, side = storage.lock(work.session, task_force.id or 0, person.side_id)
    current = rules.fields_of(task_force, side)
    base = unpacked(memory["base"], wanted, current)
    wrong = rules.problems(changes(base, wanted), _taken_emoji())
    if wrong:
        raise Misfilled([Refused(one.key, field=one.block, **one.args) for one in wrong])
    if meanwhile := conflicts(base, wanted, current):
        raise Overtaken(meanwhile)
    wished = {name: word for name, word in changes(base, wanted).items() if word != current[name]}
    if wished:
        _write(work, task_force, side, current, wished, person)
    return Reply(
        view=open_hub(work, asker, messages.saved(asker.say, wished, current, soon=bool(RECOUNTED & set(wished))))
    )


def again(work: Work, asker: Asker, memory: Mapping[str, Any], wanted: Fields, other: Overtaken) -> View:
    """The form once more with what was typed, and above it what others made of the same fields."""
    notes = [asker.say("form-overtaken")]
    notes += [messages.stands_at(asker.say, name, word) for name, word in other.fields.items()]
    task_force, person = require_settings(work, asker)
    current = rules.fields_of(task_force, work.session.get_one(Side, person.side_id))
    return _form(work, asker, Page(memory["page"]), current, {**current, **rules.tidy(wanted)}, notes)


def done_emoji(session: Session, channel_id: str, user_id: str = "") -> list[str]:
    """The further emoji that may count as ✅: in a channel its task force's, in direct messages those of all that the reader is in.

    `user_id` is the reader, where that is known: the account may not know its channel yet.
    """
    channel = people.bound_channel(session, channel_id)
    if channel:
        return rules.emoji_names(session.get_one(TaskForce, channel.task_force_id).done_emoji)
    reader = (user_id or people.reader_of(session, channel_id)) if channel_id.startswith("D") else ""
    mine = people.task_forces_of(session, reader) if reader else []
    return [name for one in mine for name in rules.emoji_names(one.done_emoji)]


def says_done(task_force: TaskForce, name: str) -> bool:
    """Whether an emoji (without skin tone) counts as ✅ in a task force."""
    return emoji.meaning(name) == emoji.CONFIRM or name in rules.emoji_names(task_force.done_emoji)


def _taken_emoji() -> set[str]:
    """Emoji with another meaning: they cannot say that something is done."""
    return {name for name, meant in emoji.meanings().items() if meant != emoji.CONFIRM} | emoji.NOTE


def _write(
    work: Work, task_force: TaskForce, side: Side, current: Fields, wished: dict[str, str], person: Person
) -> None:
    for name, value in rules.values_of(wished).items():
        setattr(task_force, name, value)
    side.role_labels = rules.labels_of({**current, **wished}) or None
    work.session.add_all([task_force, side])
    work.session.flush()
    key = task_force.id or 0
    old = {name: current[name] for name in wished}
    history.record(
        work.session,
        ("task_force", key),
        "settings",
        task_force_id=key,
        at=work.now,
        person_id=person.id,
        old=old,
        new=wished,
    )
    reckon_later(task_force)
    if wished.get("silence_is_consent") == rules.YES:
        meeting_reminders.keep_asking(work, key)
    if RECOUNTED & set(wished):
        turns.recount(work.session, key)
    channel = people.main_channel(work.session, key)
    if channel and {"name", "language"} & set(wished):
        work.queue(Lane(channel.speaker_id, channel.channel_id), MENU, channel.id)


def _form(work: Work, asker: Asker, page: Page, base: Fields, shown: Fields, notes: list[str] | None = None) -> View:
    task_force, person = require_settings(work, asker)
    kept = {
        "task_force": task_force.id,
        "channel": asker.who.channel_id,
        "nonce": secrets.token_urlsafe(9),
        "base": messages.remembered(base, page),
    }
    side = work.session.get_one(Side, person.side_id)
    return messages.form(page, shown, kept, notes or [], side.name, asker.say)
