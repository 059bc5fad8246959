"""What is to be talked about: what the bot finds open, what comes back, and what people add."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import col, select

from bot.messages import meeting_agendas as messages
from bot.messages.post import Post
from bot.rules.items import local_date
from bot.rules.lines import says_nothing
from bot.rules.meeting_agenda import Open, Reason, proposed
from bot.rules.milestones import due_of, is_alive
from bot.services.askers import Asker
from bot.services.meeting_views import agenda_of, view_of
from bot.services.meetings import lane_of, require_writer, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import budget_dues, decisions, item_lists, meetings
from storage.item_lists import Wanted
from storage.tables import AgendaTopic, DecisionStatus, ItemStatus, Meeting, Phase, TaskForce

INVITED, AGENDA = "meeting-invited", "meeting-agenda"  # kinds of posts
TOPIC_LIMIT = 200
MOST = 100  # of each kind that are looked at
BUDGET_AHEAD = timedelta(days=30)


def write_itself(work: Work, meeting: Meeting) -> list[AgendaTopic]:
    """Put what is open on the agenda of a meeting, each thing once, and take off what it wrote before and is settled now.

    What waited for any meeting comes to this one.
    """
    take_up(work, meeting)
    things = list(open_things(work, meeting))
    _take_off_settled(work, meeting, {one.subject for one in things})
    known = [topic.subject for topic in agenda_of(work.session, meeting.id or 0) if topic.subject]
    say = work.words.say(work.session.get_one(TaskForce, meeting.task_force_id).language)
    for one in proposed(things, known):
        topic = AgendaTopic(
            task_force_id=meeting.task_force_id,
            meeting_id=meeting.id,
            title=messages.title(one, say)[:TOPIC_LIMIT],
            subject=one.subject,
            added_at=work.now,
        )
        work.session.add(topic)
    work.session.flush()
    return agenda_of(work.session, meeting.id or 0)


def take_up(work: Work, meeting: Meeting) -> None:
    """What was added for whichever meeting comes next, or came back from one, is this one's."""
    query = select(AgendaTopic).where(
        AgendaTopic.task_force_id == meeting.task_force_id,
        col(AgendaTopic.meeting_id).is_(None),
        col(AgendaTopic.removed_at).is_(None),
    )
    for topic in work.session.exec(query.order_by(col(AgendaTopic.id))):
        topic.meeting_id = meeting.id
    work.session.flush()


def _take_off_settled(work: Work, meeting: Meeting, open_now: set[str]) -> None:
    """What a person added, or what comes back from another meeting, stays."""
    for topic in agenda_of(work.session, meeting.id or 0):
        is_own = topic.added_by is None and topic.carried_from is None and topic.subject
        if is_own and topic.subject not in open_now:
            topic.removed_at = work.now
    work.session.flush()


def open_things(work: Work, meeting: Meeting) -> Iterable[Open]:
    """Decisions not confirmed, items overdue or half done, budget dates that come: joint ones only."""
    of = meeting.task_force_id
    task_force = work.session.get_one(TaskForce, of)
    waiting = (DecisionStatus.PROPOSED, DecisionStatus.OBJECTED)
    for decision in decisions.page(work.session, decisions.Wanted(of, waiting), 0, MOST):
        yield Open(Reason.DECISION, f"R-{decision.number}", decision.text)
    today = local_date(work.now, task_force)
    late = Wanted(of, status=ItemStatus.OPEN, due_before=today)
    half = Wanted(of, status=ItemStatus.OPEN, half_done=True)
    for reason, wanted in ((Reason.OVERDUE, late), (Reason.HALF_DONE, half)):
        for item in item_lists.page(work.session, [wanted], 0, MOST):
            yield Open(reason, f"A-{item.number}", item.title)
    yield from _budget_dates(work, of, today)


def _budget_dates(work: Work, of: int, today: date) -> Iterable[Open]:
    """The open milestones of joint lines within the next thirty days, the earliest first."""
    found = [(due_of(one), one, line) for one, line in budget_dues.in_channel(work.session, of) if is_alive(one)]
    coming = [(on, one, line) for on, one, line in found if on and today <= on <= today + BUDGET_AHEAD]
    for on, one, line in sorted(coming, key=lambda dated: (dated[0], dated[2].number, dated[1].number)):
        yield Open(Reason.BUDGET, f"B-{line.number}-{one.number}", f"{one.name} ({line.name})", on)


def add(work: Work, asker: Asker, title: str, meeting: Meeting | None = None) -> AgendaTopic:
    """Somebody adds a topic: to this meeting, else to the one that is held or planned next, else to whichever comes."""
    person = require_writer(asker)
    title = " ".join(title.split())
    if says_nothing(title):
        raise Refused("meeting-words-missing", field="words")
    if len(title) > TOPIC_LIMIT:
        raise Refused("meeting-words-long", field="words", limit=str(TOPIC_LIMIT))
    meeting = meeting or next_meeting(work, person.task_force_id)
    topic = AgendaTopic(
        task_force_id=person.task_force_id,
        meeting_id=meeting.id if meeting else None,
        title=title,
        added_by=person.id,
        added_at=work.now,
    )
    work.session.add(topic)
    work.session.flush()
    if meeting:
        show(work, meeting)
    return topic


def drop(work: Work, asker: Asker, meeting: Meeting, topic_id: int) -> None:
    """Take a topic off the agenda: not for this meeting, and not for another."""
    person = require_writer(asker)
    topic = work.session.get(AgendaTopic, topic_id)
    if topic is None or topic.meeting_id != meeting.id or topic.task_force_id != person.task_force_id:
        raise Refused("meeting-topic-gone")
    topic.removed_at = work.now
    work.session.flush()
    show(work, meeting)


def show(work: Work, meeting: Meeting) -> None:
    """Have the agenda made true wherever it stands."""
    if meeting.phase is Phase.PLANNED:
        work.queue(lane_of(work.session, meeting), INVITED, meeting.id)
    elif meeting.phase is Phase.LIVE:
        show_card(work, meeting)


def next_meeting(work: Work, task_force_id: int) -> Meeting | None:
    """The meeting that is held, else the next one that is planned."""
    live = meetings.page(work.session, task_force_id, 0, 1, [Phase.LIVE])
    planned = [one for one in meetings.page(work.session, task_force_id, 0, 20, [Phase.PLANNED]) if one.planned_for]
    coming = sorted(planned, key=lambda one: one.planned_for or work.now)
    return next(iter([*live, *coming]), None)


def overview(work: Work, asker: Asker) -> Post:
    """The agenda of the next meeting, or what waits for one; with buttons to add and to take off."""
    person = require_writer(asker)
    meeting = next_meeting(work, person.task_force_id)
    if meeting:
        return messages.agenda(view_of(work.session, meeting), asker.say)
    query = select(AgendaTopic).where(
        AgendaTopic.task_force_id == person.task_force_id,
        col(AgendaTopic.meeting_id).is_(None),
        col(AgendaTopic.removed_at).is_(None),
    )
    return messages.waiting(list(work.session.exec(query.order_by(col(AgendaTopic.id)))), asker.say)
