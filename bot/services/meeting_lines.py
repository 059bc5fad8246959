"""What is written in a meeting's thread has its effect: numbers, marks, the card, private questions, and the end."""

from datetime import datetime

from bot.messages import meeting_questions as messages
from bot.messages.item_questions import one_post
from bot.messages.post import Post, Reply
from bot.rules import meetings as rules
from bot.rules.meeting_written import end_parts
from bot.rules.meetings import ordinal
from bot.rules.minutes import LineKind, Minutes
from bot.services import meeting_ends, meeting_filing, meeting_late
from bot.services.aside import ADDRESS
from bot.services.askers import Asker
from bot.services.meeting_keeping import Said, happened_at, keep
from bot.services.meeting_minutes import minutes_of
from bot.services.work import Work
from storage import meetings
from storage.outbox import Lane
from storage.tables import AskedLine, Meeting, Person, Phase, Posting


def hear(work: Work, asker: Asker, meeting_id: int, said: Said) -> Reply:
    """Keep what was said; the answer is for its writer alone. Safe to call twice, late, and in any order."""
    meeting = meetings.lock(work.session, meeting_id)
    if meeting.phase in rules.RECORDED:
        return meeting_late.hear(work, asker, meeting, said)
    is_over = meeting.phase is Phase.ENDED and ordinal(said.ts) > meeting.end_ordinal  # Slack tells in any order
    if meeting.phase not in rules.RUNNING or is_over:
        return Reply()
    if not rules.may_write(asker.person):
        return Reply(_not_kept(work, asker, meeting, said))
    told = [messages.not_disclosed(meeting, asker.say)] if said.not_disclosed else []
    if keep(work, meeting, said):
        told += understand(work, asker, meeting, said.ts, happened_at(work, said.stamp or said.ts))
    return Reply(one_post(told))


def understand(work: Work, asker: Asker, meeting: Meeting, key: str = "", at: datetime | None = None) -> list[Post]:
    """Let the lines have their effect; gives what the asker is to be asked about those of the message `key`.

    `at`: when that happened, if it was not now.
    """
    if meeting.phase is Phase.LIVE:
        silent_at = (at or work.now) + rules.SILENCE
        meeting.next_due_at = max(meeting.next_due_at or silent_at, silent_at)
    if not meeting.thread_ts:
        return []  # whether these lines belong here is seen when the card is recorded
    return meeting_filing.ask(work, asker, meeting, take_effect(work, meeting, asker.person), key)


def take_effect(work: Work, meeting: Meeting, person: Person | None) -> Minutes:
    """Numbers, marks, the card, and the end if somebody wrote it; gives what the lines say. The meeting is locked."""
    work.session.flush()
    minutes = minutes_of(work.session, meeting)
    meeting_filing.file(work, meeting, minutes)
    if meeting.phase is Phase.LIVE and minutes.end is not None:
        written = (line.ordinal for line in meetings.lines(work.session, meeting.id or 0) if end_parts(line.text))
        meeting_ends.close(work, meeting, person, minutes.end, ordinal=max(written, default=0))
    elif meeting.phase is Phase.ENDED:
        meeting_ends.show_review(work, meeting)
    return minutes


def card_posted(work: Work, posting: Posting) -> None:
    """The card stands: its thread is the record, and what was heard there meanwhile has its effect now."""
    meeting = meetings.lock(work.session, int(posting.subject))
    if meeting.thread_ts:
        return  # posted again: the record goes on where it was
    meeting.thread_ts = posting.ts
    aside = Lane(posting.installation_id, posting.channel_id, aside=True)
    work.queue(aside, ADDRESS, meeting.id, {"ts": posting.ts})
    heard = meetings.lines(work.session, meeting.id or 0)
    for line in heard:
        if line.thread_ts and line.thread_ts != posting.ts:
            work.session.delete(line)
    if heard:
        take_effect(work, meeting, None)


def card_found(work: Work, meeting_id: int, permalink: str) -> None:
    """Where people find the card: what is said in its thread, and what is made of it, lead there."""
    meetings.lock(work.session, meeting_id).permalink = permalink


def _not_kept(work: Work, asker: Asker, meeting: Meeting, said: Said) -> Post | None:
    """Who may not write in the record is told so, once in a meeting."""
    asked = meetings.asked(work.session, meeting.id or 0)
    if said.kind is not LineKind.MESSAGE or ("", 0, "not-kept", said.writer) in asked:
        return None
    work.session.add(AskedLine(meeting_id=meeting.id or 0, key="", why="not-kept", written=said.writer))
    return messages.not_kept(meeting, asker.say)
