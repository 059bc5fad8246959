"""What the schedule would send next, and to whom: one's own, and for who looks after a side that side's."""

from collections.abc import Callable, Iterator

from sqlmodel import Session

from bot.messages import previews as messages
from bot.messages.nudges import Reminder, Told
from bot.messages.post import Reply
from bot.messages.previews import Coming, Preview
from bot.rules.channel_reminders import channel_after
from bot.rules.hours import say_at
from bot.rules.items import local_date
from bot.rules.nudges import Due, keeps_only, nearest, timeline
from bot.rules.roster import keeps_side
from bot.rules.weekly import NUDGES, WEEKLY
from bot.services import decision_reminders, meeting_reminders, milestone_reminders, weekly
from bot.services.askers import Asker, require_member
from bot.services.channel_reminders import dates_for, due_for
from bot.services.item_reminders import pending
from bot.services.item_views import views_of
from bot.services.receivers import Office, office_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import part_dues, snoozes, weeklies
from storage.part_dues import watched
from storage.tables import Person

PARTS = 500  # that are looked at


def preview(work: Work, asker: Asker, rest: str) -> Reply:
    """`preview weekly` or `preview nudges`."""
    word = rest.strip().casefold()
    if word in WEEKLY:
        return _weekly(work, asker)
    if word in NUDGES:
        return _nudges(work, asker)
    raise Refused("preview-which")


def _weekly(work: Work, asker: Asker) -> Reply:
    """The summary as the asker would get it, and when it comes."""
    task_force, person = require_member(asker)
    last = weeklies.last(work.session, task_force.id or 0)
    shown = weekly.facts(work.session, task_force, person, last.made_at if last else None, work.now)
    return Reply(
        messages.weekly(shown, task_force.weekly_due_at, is_reader=person.role in weekly.READERS, say=asker.say)
    )


def _nudges(work: Work, asker: Asker) -> Reply:
    """The next message of each person of whom the asker may know, and the channel's next reminder."""
    task_force, person = require_member(asker)
    office = office_of(work, task_force)
    coming: dict[int, list[Coming]] = {}
    for one in _coming(work, office):
        receiver = office.people[one.person.id or 0]
        if one.person.id == person.id or (keeps_side(person) and receiver.side_id == person.side_id):
            coming.setdefault(receiver.person_id, []).append(one)
    first = {of: min(one.at for one in found) for of, found in coming.items()}
    shown = [one for of, found in coming.items() for one in found if one.at == first[of]]
    channel = channel_after(work.now, task_force, office.calendar)
    day = local_date(channel, task_force)
    heard = len(due_for(work.session, office, day)), len(dates_for(work.session, office, day))
    return Reply(messages.nudges(Preview(task_force, shown, channel, *heard), asker.say))


def _coming(work: Work, office: Office) -> Iterator[Coming]:
    """What each thing says next to each of its receivers."""
    for coming in (_parts, *COMING):
        for due, told in coming(work.session, office):
            at = say_at(max(due.at, work.now), due.receiver)
            yield Coming(at, work.session.get_one(Person, due.receiver.person_id), told)


COMING: tuple[Callable[[Session, Office], Iterator[tuple[Due, Told]]], ...] = (
    milestone_reminders.coming,
    decision_reminders.coming,
    meeting_reminders.coming,
)


def _parts(session: Session, office: Office) -> Iterator[tuple[Due, Told]]:
    found = part_dues.coming(session, office.task_force.id or 0, PARTS)
    views = {view.item.id: view for view in views_of(session, {item.id: item for _, item in found}.values())}
    rests = snoozes.of_items(session, views)
    for part, item in found:
        share = next(share for share in views[item.id].shares if share.part.id == part.id)
        facts = pending(office, watched(part, item))
        watch = office.watch(part.side_id, part.owner_id, rests.get(item.id or 0, {}))
        for due in nearest(timeline(facts, watch), facts.heard_until):
            of_side = keeps_only(watch, due.rung.name, due.receiver.person_id)
            yield due, Reminder(views[item.id], share, due.rung.name, of_side)
