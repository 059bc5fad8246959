"""A channel gets its task force."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.messages import settings as setting_messages
from bot.messages import setup as messages
from bot.messages.post import Post, Reply
from bot.rules.roster import Right, may
from bot.rules.setup import ChannelPeople, SetupAnswers, SideAnswer, problems, tidy
from bot.services.askers import Asker, Surface
from bot.services.hours import tell
from bot.services.refused import Misfilled, Refused
from bot.services.settings import MENU, may_change_settings, mine_to_set, open_hub
from bot.services.work import Work
from config.words import Say
from storage import history, people
from storage.outbox import Lane
from storage.tables import Account, BoundChannel, OutboxRow, Person, PersonAccount, Side, TaskForce

NAMED = "named"


def open_setup(work: Work, asker: Asker, _rest: str) -> Reply:
    """The form; in a channel that has its task force, the settings; in a direct message the question which is meant."""
    if asker.task_force and (asker.channel or asker.who.task_force_id):
        return _settings(work, asker, asker.task_force)
    channel_id = asker.who.channel_id
    if not channel_id or asker.who.surface is Surface.DIRECT or channel_id.startswith("D"):
        return Reply(setting_messages.choose(asker.say, mine_to_set(work, asker), messages.choose_channel(asker.say)))
    first = SideAnswer(name=asker.who.installation.team_name)
    return Reply(
        view=messages.form(asker.say, SetupAnswers(sides=(first, SideAnswer())), channel_id, secrets.token_urlsafe(9))
    )


def set_up(work: Work, asker: Asker, channel_id: str, answers: SetupAnswers, who_is_here: ChannelPeople) -> Reply:
    """Make the task force of a channel. `Misfilled` names every field to mend; a second task force is refused."""
    answers = tidy(answers)
    if asker.channel and asker.task_force:
        return Reply(_already(work, asker, asker.task_force))
    if wrong := problems(answers, who_is_here):
        raise Misfilled([Refused(one.key, field=one.block, **one.args) for one in wrong])
    task_force = _task_force(work, asker, answers)
    channel = _bind(work, asker, task_force, channel_id)
    named = [_add_side(work, asker, task_force, side, position) for position, side in enumerate(answers.sides)]
    work.queue(Lane(channel.speaker_id, channel_id), MENU, channel.id)
    for user_id, person_id in sorted(named):  # the channel first, then people in one order: lanes stay locked
        if user_id != asker.who.user_id:
            tell(work, task_force, Lane(channel.speaker_id, user_id=user_id), NAMED, person_id)
    return Reply(messages.done(asker.say, task_force))


def _settings(work: Work, asker: Asker, task_force: TaskForce) -> Reply:
    """The settings for those who may change them; all others learn who may."""
    if asker.person and may(asker.person.role, Right.CHANGE_SETTINGS):
        return Reply(view=open_hub(work, asker))
    return Reply(_already(work, asker, task_force))


def render_menu(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The pinned menu message of a bound channel."""
    channel = session.get(BoundChannel, int(row.subject))
    return messages.channel_menu(say, session.get_one(TaskForce, channel.task_force_id)) if channel else None


def render_named(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To a side's first lead or secretary."""
    person = session.get_one(Person, int(row.subject))
    side = session.get_one(Side, person.side_id)
    return messages.named(say, session.get_one(TaskForce, person.task_force_id), side.name, person.role)


def _already(work: Work, asker: Asker, task_force: TaskForce) -> Post:
    who_may = may_change_settings(work.session, task_force.id or 0) if asker.person else []
    return messages.already(asker.say, task_force, who_may)


def _task_force(work: Work, asker: Asker, answers: SetupAnswers) -> TaskForce:
    task_force = TaskForce(
        name=answers.name, language=asker.say.language, weekly_weekday=answers.weekday, created_at=work.now
    )
    work.session.add(task_force)
    work.session.flush()
    return task_force


def _bind(work: Work, asker: Asker, task_force: TaskForce, channel_id: str) -> BoundChannel:
    channel = BoundChannel(
        channel_id=channel_id,
        task_force_id=task_force.id or 0,
        speaker_id=asker.who.installation.id or 0,
        bound_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(channel)
    except IntegrityError:  # somebody else's form was ahead by a moment
        raise Refused("setup-ahead") from None
    return channel


def _add_side(work: Work, asker: Asker, task_force: TaskForce, answer: SideAnswer, position: int) -> tuple[str, int]:
    """Gives the first person's account and id."""
    side = Side(task_force_id=task_force.id or 0, name=answer.name, position=position)
    work.session.add(side)
    work.session.flush()
    account = people.account(work.session, answer.user_id)
    person = _first_person(work, side, answer, account)
    _record(work, asker, task_force, side, person)
    return answer.user_id, person.id or 0


def _first_person(work: Work, side: Side, answer: SideAnswer, account: Account) -> Person:
    person = Person(
        task_force_id=side.task_force_id,
        side_id=side.id or 0,
        role=answer.role,
        name=account.name,
        job_title=account.title,
        joined_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    work.session.add(PersonAccount(task_force_id=side.task_force_id, user_id=answer.user_id, person_id=person.id or 0))
    return person


def _record(work: Work, asker: Asker, task_force: TaskForce, side: Side, person: Person) -> None:
    # Whoever fills in the form is nobody in the task force unless named: the user id is what is known of them.
    new = {"name": task_force.name, "by": asker.who.user_id}
    if side.position == 0:
        subject = ("task_force", task_force.id or 0)
        history.record(
            work.session, subject, "set-up", task_force_id=task_force.id or 0, at=work.now, person_id=None, new=new
        )
    named = {"side": side.name, "role": person.role, "name": person.name, "by": asker.who.user_id}
    history.record(
        work.session,
        ("person", person.id or 0),
        "named",
        task_force_id=task_force.id or 0,
        at=work.now,
        person_id=None,
        new=named,
    )
