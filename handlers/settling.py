"""What came of an errand, written down: in the transaction that ends its lease."""

from datetime import datetime, timedelta

import structlog

from bot.services import meeting_lines, speakers
from bot.services.aside import ADDRESS, PIN, SEED
from bot.services.speakers import AGAIN, ANOTHER_SPEAKER, LOST
from bot.services.work import Work
from config.slack import Fate
from handlers import pace
from handlers.calls import Outcome
from handlers.errands import ASIDE, UNTHREADED, Errand
from handlers.sending import Sent
from storage import channels, outbox, people, postings
from storage.outbox import Lane
from storage.tables import OutboxRow, OutboxState, Posting, Silence

log = structlog.get_logger()
LONGEST_WAIT_S = 300.0
GIVE_UP_AFTER = timedelta(days=1)


def settle(work: Work, errand: Errand, sent: Sent, reconcile: timedelta) -> None:
    """Give the row its next state, by the fate of the last call."""
    row = work.session.get_one(OutboxRow, errand.row.id)
    outcome, now = sent.outcome, work.machine_now
    row.error = outcome.error or None
    if outcome.fate in (Fate.AGAIN, Fate.DOUBTFUL) and now - row.created_at > GIVE_UP_AFTER:
        return park(row, f"given up: {outcome.error}")
    match outcome.fate:
        case Fate.DONE | Fate.FINE:
            _done(work, errand, row, sent, reconcile)
        case Fate.AGAIN:
            _again(work, errand, row, outcome)
        case Fate.DOUBTFUL if outcome.method in ("chat.postMessage", "chat.update"):
            row.not_before = now + max(reconcile, _back_off(row))  # still `SENDING`, so looked for first
        case Fate.DOUBTFUL:
            _again(work, errand, row, outcome)
        case Fate.SILENCED if _fell_silent(work, row, outcome):
            _stays(work, errand, row)
        case Fate.LOST if errand.row.kind in ASIDE:
            row.state, row.sent_at = OutboxState.SENT, now  # nothing is there to put it on
        case Fate.LOST if errand.posting:
            _lost(work, errand.posting, row)
        case Fate.THREADLESS if errand.thread_ts:
            outbox.wait(work.session, row, now)
            row.args = {**row.args, UNTHREADED: True}
        case _:
            _refused(work, errand, row, outcome)
    return None


def _done(work: Work, errand: Errand, row: OutboxRow, sent: Sent, reconcile: timedelta) -> None:
    row.state, row.sent_at = OutboxState.SENT, work.machine_now
    if row.kind == ADDRESS:
        meeting_lines.card_found(work, int(row.subject), sent.outcome.answer["permalink"])
    if row.user_id and sent.channel_id:
        account = people.account(work.session, row.user_id)
        account.dm_channel_id, account.dm_refused_at = sent.channel_id, None
        account.dm_installation_id = errand.row.installation_id
    if errand.doubtful and errand.row.kind not in ASIDE:
        row.look_again_at = work.machine_now + reconcile
    if sent.ts and sent.channel_id and not postings.at(work.session, sent.channel_id, sent.ts):
        record(work, errand, sent.channel_id, sent.ts)
        if sent.bot and sent.bot != errand.installation.bot_user_id:
            _by_another(work, errand, sent.channel_id, sent.ts)


def _by_another(work: Work, errand: Errand, channel_id: str, ts: str) -> None:
    """The speaker before had posted it: what must be kept true is posted again by whoever can change it."""
    posting = postings.at(work.session, channel_id, ts)
    if posting and errand.kind and errand.kind.in_place:
        posting.lost_at = work.now
        lane = Lane(errand.row.installation_id, channel_id, errand.row.user_id)
        work.queue(lane, errand.row.kind, errand.row.subject, {AGAIN: ANOTHER_SPEAKER})


def record(work: Work, errand: Errand, channel_id: str, ts: str, lost_at: datetime | None = None) -> None:
    """Write down that a message stands in Slack, and let what people put on it meanwhile have its effect."""
    posting = Posting(
        installation_id=errand.row.installation_id,
        channel_id=channels.current(work.session, channel_id),
        ts=ts,
        thread_ts=errand.thread_ts,
        kind=errand.row.kind,
        subject=errand.row.subject,
        posted_at=work.now,
        lost_at=lost_at,
    )
    work.session.add(posting)
    work.session.flush()
    if errand.kind and errand.kind.on_posted:
        errand.kind.on_posted(work, posting)
    if errand.kind and lost_at is None:
        aside = Lane(errand.row.installation_id, channel_id, aside=True)
        for emoji in errand.kind.seeds:
            work.queue(aside, SEED, f"{ts}:{emoji}", {"ts": ts, "emoji": emoji})
        if errand.kind.pinned:
            work.queue(aside, PIN, ts, {"ts": ts})


def _again(work: Work, errand: Errand, row: OutboxRow, outcome: Outcome) -> None:
    """Without effect, or with one that does no harm twice: wait as long as Slack says, else longer each time."""
    pause = timedelta(seconds=outcome.retry_after_s) if outcome.retry_after_s is not None else _back_off(row)
    until = work.machine_now + pause
    if outcome.retry_after_s is not None:
        pace.hold(work.session, row.installation_id, outcome.method, until, work.machine_now)
    if errand.doubtful:
        row.not_before = until  # what was in doubt before still is
    else:
        outbox.wait(work.session, row, until)


def _lost(work: Work, posting: Posting, row: OutboxRow) -> None:
    """The message is gone: posted again, with a note."""
    work.session.get_one(Posting, posting.id).lost_at = work.now
    outbox.wait(work.session, row, work.machine_now)
    row.args = {**row.args, AGAIN: LOST}


def _fell_silent(work: Work, row: OutboxRow, outcome: Outcome) -> bool:
    """Whether the row waits for a channel: it has another id by now, or nobody of ours can speak there."""
    if row.channel_id is None:
        return False
    if channels.current(work.session, row.channel_id) != row.channel_id:
        return True
    channel = people.bound_channel(work.session, row.channel_id)
    if channel is None:
        return False
    if channel.speaker_id == row.installation_id:  # else another speaks there by now
        why = Silence.ARCHIVED if outcome.error == "is_archived" else Silence.SPEAKERLESS
        log.warning("channel-silent", channel=row.channel_id, error=outcome.error)
        speakers.fall_silent(work, channel, why)
    return True


def _stays(work: Work, errand: Errand, row: OutboxRow) -> None:
    """It had no effect, this time: delivery finds out where it belongs before it is tried again."""
    if errand.doubtful:
        row.not_before = work.machine_now
    else:
        outbox.wait(work.session, row, work.machine_now)


def _refused(work: Work, errand: Errand, row: OutboxRow, outcome: Outcome) -> None:
    plainer = errand.kind.plainer if errand.kind else None
    if plainer and outcome.error == "invalid_blocks" and plainer not in row.args:
        row.args = {**row.args, plainer: True}
        return outbox.wait(work.session, row, work.machine_now)
    account = people.account(work.session, row.user_id) if row.user_id else None
    if account and account.dm_channel_id and outcome.error == "channel_not_found" and errand.channel_id:
        account.dm_channel_id = None  # it changed when sharing began or ended: open it anew
        return outbox.wait(work.session, row, work.machine_now)
    if account and outcome.fate is Fate.UNREACHABLE:
        account.dm_refused_at = work.machine_now
        if errand.kind and errand.kind.when_unreachable:
            errand.kind.when_unreachable(work, row)
    return park(row, f"{outcome.method}: {outcome.error}")


def park(row: OutboxRow, error: str) -> None:
    """Set a row aside for a person to look at; what comes after it goes on."""
    row.state, row.error = OutboxState.PARKED, error
    log.error("post-parked", row=row.id, kind=row.kind, lane=row.lane, error=error)


def _back_off(row: OutboxRow) -> timedelta:
    return timedelta(seconds=min(LONGEST_WAIT_S, 2.0 ** min(row.attempts - 1, 10)))
