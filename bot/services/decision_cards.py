"""What the outbox shows of decisions, as things are when it is sent."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import decisions as messages
from bot.messages.post import Post
from bot.rules import decisions as rules
from bot.services.decision_views import view_of
from bot.services.work import Work
from config.words import Say
from storage import decisions, people
from storage.outbox import Lane
from storage.tables import Account, Decision, DecisionStatus, OutboxRow, Person

MENTION = "decision-mention"


def decision_card(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The decision's card in the channel."""
    decision = session.get(Decision, int(row.subject))
    return messages.card(view_of(session, decision), say) if decision else None


def decision_news(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """In the thread: how the decision stands. Not if it only waits (again) by the time it is sent."""
    view = view_of(session, session.get_one(Decision, int(row.subject)))
    return None if view.decision.status is DecisionStatus.PROPOSED else messages.news(view, say)


def decision_awaits(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To who may confirm. Not if the side has spoken, or nothing is to be said any more, by the time it is sent."""
    decision_id, person_id = map(int, row.subject.split(":"))
    view, person = view_of(session, session.get_one(Decision, decision_id)), session.get_one(Person, person_id)
    word = next(one for one in view.words if one.side.id == person.side_id)
    if not view.is_open or word.vote:
        return None
    is_own = row.user_id in people.user_ids(session, person_id)
    return messages.awaits(view, person, word.side.name, say, is_own=is_own)


def decision_review(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The review date has come: in the thread, and to who looks after the decision. Not if it was replaced meanwhile."""
    view = view_of(session, session.get_one(Decision, int(row.subject)))
    return messages.review(view, say) if view.decision.status is DecisionStatus.IN_FORCE else None


def mention_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message about a decision, whose id its subject begins with. Several waiting are one mention."""
    mention(work, int(row.subject.partition(":")[0]))


def mention(work: Work, decision_id: int) -> None:
    """Have those mentioned in the card's thread who may confirm and cannot be written to."""
    decision = work.session.get_one(Decision, decision_id)
    channel = decisions.channel_of(work.session, decision)
    work.queue(Lane(channel.speaker_id, channel.channel_id), MENTION, decision.id)


def decision_mention(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To those who may confirm by their role and whom Slack lets nobody write to."""
    decision = session.get_one(Decision, int(row.subject))
    leads = [one for one in people.active(session, decision.task_force_id) if rules.may_confirm(one)]
    told = dict.fromkeys(user_id for one in leads for user_id in people.reached_through(session, one))
    unreachable = [user_id for user_id in told if session.get_one(Account, user_id).dm_refused_at]
    return messages.mention(decision, unreachable, say) if unreachable else None
