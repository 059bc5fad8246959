"""The raw lines of a meeting: every message on disk at once, edits and deletions as lines of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rules import meeting_off as off
from bot.rules.meetings import BOT_NAMES, ordinal
from bot.rules.minutes import LineKind, screen
from bot.rules.minutes.commands import calls
from bot.services.work import Work
from storage import installations, meetings
from storage.tables import Meeting, MeetingLine


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


def happened_at(work: Work, ts: str) -> datetime:
    """When a message was written, in business time: as long ago as Slack's clock says."""
    ago = work.machine_now - datetime.fromtimestamp(float(ts), UTC)
    return work.now - max(ago, timedelta())


def keep(work: Work, meeting: Meeting, said: Said) -> bool:
    """Keep what was said; False if there is nothing new to be kept. The meeting is locked."""
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
