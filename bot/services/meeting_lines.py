"""What is written in a meeting's thread: every line on disk at once, edits and deletions as lines of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.messages import meeting_questions as messages
from bot.messages.item_questions import one_post
from bot.messages.post import Post, Reply
from bot.rules import meeting_off as off
from bot.rules import meetings as rules
from bot.rules.meeting_written import end_parts
from bot.rules.meetings import BOT_NAMES, ordinal
from bot.rules.minutes import LineKind, Unclear, screen
from bot.rules.minutes.commands import calls
from bot.services import meeting_ends, meeting_filing
from bot.services.askers import Asker
from bot.services.meeting_minutes import minutes_of
from bot.services.work import Work
from storage import installations, meetings
from storage.tables import AskedLine, Meeting, MeetingLine, Person, Phase, Posting


@dataclass(frozen=True)
class Said:
    """What Slack tells of a message in a thread. `stamp`: Slack's time of an edit or deletion. `text` was screened."""

    ts: str
    thread_ts: str
    writer: str
    text: str = ""
    kind: LineKind = LineKind.MESSAGE
    stamp: str = ""
    off_record: bool = False
    not_disclosed: bool = False
    ends_off: bool = False  # its last words are off the record

    @property
    def key(self) -> str:
        return self.ts if self.kind is LineKind.MESSAGE else f"{self.ts}:{self.stamp}:{self.kind}"


def hear(work: Work, asker: Asker, meeting_id: int, said: Said) -> Reply:
    """Keep what was said; the answer is for its writer alone. Safe to call twice, late, and in any order."""
    meeting = meetings.lock(work.session, meeting_id)
    is_over = meeting.phase is Phase.ENDED and ordinal(said.ts) > meeting.end_ordinal  # Slack tells in any order
    if meeting.phase not in rules.RUNNING or is_over:
        return Reply()
    if not rules.may_write(asker.person):
        return Reply(_not_kept(work, asker, meeting, said))
    told = [messages.not_disclosed(meeting, asker.say)] if said.not_disclosed else []
    if _keep(work, meeting, said):
        told += understand(work, asker, meeting, said.ts)
    return Reply(one_post(told))


def understand(work: Work, asker: Asker, meeting: Meeting, key: str = "") -> list[Post]:
    """Let the lines have their effect; gives what the asker is to be asked about those of the message `key`."""
    if meeting.phase is Phase.LIVE:
        meeting.next_due_at = work.now + rules.SILENCE
    if not meeting.thread_ts:
        return []  # whether these lines belong here is seen when the card is recorded
    unclear = take_effect(work, meeting, asker.person)
    return meeting_filing.ask(work, asker, meeting, [one for one in unclear if one.place.key == key])


def take_effect(work: Work, meeting: Meeting, person: Person | None) -> tuple[Unclear, ...]:
    """Numbers, marks, the card, and the end if somebody wrote it. The meeting is locked."""
    work.session.flush()
    minutes = minutes_of(work.session, meeting)
    unclear = meeting_filing.file(work, meeting, minutes)
    if meeting.phase is Phase.LIVE and minutes.end is not None:
        written = (line.ordinal for line in meetings.lines(work.session, meeting.id or 0) if end_parts(line.text))
        meeting_ends.close(work, meeting, person, minutes.end, ordinal=max(written, default=0))
    elif meeting.phase is Phase.ENDED:
        meeting_ends.show_review(work, meeting)
    return unclear


def card_posted(work: Work, posting: Posting) -> None:
    """The card stands: its thread is the record, and what was heard there meanwhile has its effect now."""
    meeting = meetings.lock(work.session, int(posting.subject))
    if meeting.thread_ts:
        return  # posted again: the record goes on where it was
    meeting.thread_ts = posting.ts
    heard = meetings.lines(work.session, meeting.id or 0)
    for line in heard:
        if line.thread_ts and line.thread_ts != posting.ts:
            work.session.delete(line)
    if heard:
        take_effect(work, meeting, None)


def happened_at(work: Work, ts: str) -> datetime:
    """When a message was written, in business time: as long ago as Slack's clock says."""
    ago = work.machine_now - datetime.fromtimestamp(float(ts), UTC)
    return work.now - max(ago, timedelta())


def _keep(work: Work, meeting: Meeting, said: Said) -> bool:
    """The new row; False if there is none to be made."""
    is_command = calls([*installations.bot_users(work.session), *BOT_NAMES])
    text = _text(work, meeting, said)
    if said.kind is LineKind.MESSAGE and (not text.strip() or is_command(text)):
        return False
    earlier = meetings.lines_about(work.session, meeting.id or 0, said.ts)
    if said.kind is LineKind.DELETED:
        _blank(earlier, "")
    elif said.off_record:
        _blank(earlier, text)
    is_gone = any(one.kind == LineKind.DELETED for one in earlier)
    line = MeetingLine(
        meeting_id=meeting.id or 0,
        key=said.key,
        ordinal=ordinal(said.stamp or said.ts),
        kind=said.kind,
        text="" if is_gone else text,
        writer=said.writer,
        at=happened_at(work, said.ts),
        about="" if said.kind is LineKind.MESSAGE else said.ts,
        thread_ts="" if meeting.thread_ts else said.thread_ts,
    )
    work.session.flush()
    return meetings.add_line(work.session, line)


def _text(work: Work, meeting: Meeting, said: Said) -> str:
    """The words that may be kept. What goes on with `…` after words off the record is off the record, heard before them or after."""
    text = screen(said.text).text
    around = [one for one in meetings.messages(work.session, meeting.id or 0) if one.key != said.ts]
    if any(off.ends_marked(one.text) for one in _before(around, said)):
        text = off.gone_on(text)
    if said.ends_off:
        _blank_followers(around, said)
        text = off.marked(text)
    return text


def _before(around: list[MeetingLine], said: Said) -> list[MeetingLine]:
    """The message before this one, and the writer's own last one."""
    earlier = [one for one in around if one.ordinal < ordinal(said.ts)]
    own = [one for one in earlier if one.writer == said.writer]
    return [*earlier[-1:], *own[-1:]]


def _blank_followers(around: list[MeetingLine], said: Said) -> None:
    """Messages that go on with this one and were heard first."""
    later = [one for one in around if one.ordinal > ordinal(said.ts)]
    own = [one for one in later if one.writer == said.writer]
    for one in [*later[:1], *own[:1]]:
        one.text = off.gone_on(one.text)


def _blank(earlier: list[MeetingLine], text: str) -> None:
    """Take out of what was kept before what its writer has now deleted, or put off the record."""
    now = text.splitlines()
    for line in earlier:
        before = line.text.splitlines()
        line.text = "\n".join(one if at < len(now) and now[at] else "" for at, one in enumerate(before))


def _not_kept(work: Work, asker: Asker, meeting: Meeting, said: Said) -> Post | None:
    """Who may not write in the record is told so, once in a meeting."""
    asked = meetings.asked(work.session, meeting.id or 0)
    if said.kind is not LineKind.MESSAGE or ("", 0, "not-kept", said.writer) in asked:
        return None
    work.session.add(AskedLine(meeting_id=meeting.id or 0, key="", why="not-kept", written=said.writer))
    return messages.not_kept(meeting, asker.say)
