"""✅ on a reminder about one milestone: it closes what is ours to do; taken away, it opens again what it had closed."""

from sqlmodel import Session

from bot.messages import milestones as messages
from bot.messages.post import Post
from bot.rules.items import local_date
from bot.services.budget_views import sight_of, view_of
from bot.services.milestones import close, open_again
from bot.services.refused import Refused
from bot.services.work import Work
from config import emoji
from config.words import Say
from storage import budget
from storage.tables import Milestone, Outcome, Person, Reaction

MILESTONE_NUDGE = "milestone-nudge"  # a kind of post: the reminder about one milestone; its id begins the subject


def found(session: Session, milestone_id: int) -> Milestone:
    """The milestone; `effect` locks its line and then it, in that order as everybody else."""
    return session.get_one(Milestone, milestone_id)


def effect(work: Work, one: Milestone, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    """Let a ✅ that came or went have its effect; gives what to say to whoever pressed. 👀 says nothing about a milestone."""
    if emoji.meaning(reaction.emoji) == emoji.SEEN:
        return None
    line = budget.by_id(work.session, sight_of(person), one.line_id) if person else None
    if line is None or person is None or one.withdrawn_at:
        raise Refused("budget-gone")
    line, one = budget.lock(work.session, line), budget.lock_milestone(work.session, one)
    if reaction.present and one.outcome is Outcome.DONE and one.ended_by == person.id:
        return None
    if reaction.present:
        close(work, line, one, person)
        note = say("milestone-was-done")
    elif one.outcome is Outcome.DONE and one.ended_by == person.id:
        open_again(work, line, one, person)
        note = say("milestone-was-reopened")
    else:
        return None
    view = view_of(work.session, line)
    return messages.shown(view, one, local_date(work.now, view.task_force), say, note)
