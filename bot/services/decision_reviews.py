"""A decision's review date has come: a line in the card's thread, and a word to who made and who looks after it."""

from bot.services.decisions import REVIEW, derive_review
from bot.services.work import Work
from storage import decisions, people
from storage.outbox import Lane
from storage.tables import Decision, Role

AT_ONCE = 20


def tell_reviews(work: Work) -> bool:
    """See to some decisions; False when there are no more whose review is due."""
    due = decisions.review_due(work.session, work.now, AT_ONCE)
    for decision in due:
        decision.review_told_for = decision.review_on
        derive_review(work, decision)
        _tell(work, decision)
    return len(due) == AT_ONCE


def _tell(work: Work, decision: Decision) -> None:
    """The maker and the sides' secretaries; leads and deputies have the weekly message."""
    channel = decisions.channel_of(work.session, decision)
    work.queue(Lane(channel.speaker_id, channel.channel_id), REVIEW, decision.id)
    everybody = people.active(work.session, decision.task_force_id)
    keepers = [one for one in everybody if one.id == decision.recorded_by or one.role is Role.SECRETARY]
    reached = {user_id: None for one in keepers for user_id in people.reached_through(work.session, one)}
    for user_id in reached:
        work.queue(Lane(channel.speaker_id, user_id=user_id), REVIEW, decision.id)
