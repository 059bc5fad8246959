"""Which of our installations speaks in a channel, and what happens when it cannot any more.

What is queued waits. As soon as another installation is found in the channel, that one is the speaker: it posts again what
the earlier one kept there, with a note, and then says what waits.
"""

from datetime import datetime

from sqlmodel import Session

from bot.messages import speakers as messages
from bot.messages.post import Post
from bot.rules.roster import Right, may
from bot.services.reactions import TAKERS, subject_id
from bot.services.settings import MENU
from bot.services.work import Work
from config.words import Say
from storage import channels, installations, outbox, people, postings
from storage.outbox import Lane
from storage.tables import BoundChannel, Installation, OutboxRow, Posting, Silence, TaskForce

AGAIN = "_again"  # in a row's args: the message is posted a second time, and says why
LOST, ANOTHER_SPEAKER = "lost", "another-speaker"  # why
SILENT = "channel-silent"  # a kind of post


def installed(work: Work, installation: Installation) -> None:
    """The app came into a workspace, or came back: what waits for it goes out. Silent channels are looked at by a tick."""
    for lane in {row.lane for row in channels.letters_of(work.session, installation.id or 0)}:
        outbox.wake(work.session, lane, work.machine_now)


def uninstalled(work: Work, gone: Installation) -> None:
    """The app was taken out of a workspace: its channels wait for another speaker, its letters go another way."""
    installations.remove(work.session, gone, work.machine_now)
    for channel in channels.spoken_in_by(work.session, gone.id or 0):
        fall_silent(work, channel, Silence.SPEAKERLESS)
    for row in channels.letters_of(work.session, gone.id or 0):
        lane = installations.route(work.session, Lane(row.installation_id, user_id=row.user_id))
        if lane.installation_id != gone.id:
            outbox.rehome(work.session, row, lane, work.machine_now)


def fall_silent(work: Work, channel: BoundChannel, why: Silence) -> None:
    """Nobody can speak there now; what is queued waits."""
    channel = channels.lock(work.session, channel.id or 0)
    channel.silent_since, channel.silent_why = channel.silent_since or work.machine_now, why


def left(work: Work, bot_user: str, channel_id: str) -> None:
    """One of our bots was taken out of a channel."""
    channel = people.bound_channel(work.session, channel_id)
    if channel and work.session.get_one(Installation, channel.speaker_id).bot_user_id == bot_user:
        fall_silent(work, channel, Silence.SPEAKERLESS)


def arrived(work: Work, installation: Installation, channel_id: str) -> None:
    """One of our bots came into a channel: where nobody speaks, it does."""
    channel = people.bound_channel(work.session, channel_id)
    if channel and channel.silent_why is Silence.SPEAKERLESS:
        break_silence(work, channel.id or 0, installation, is_archived=False)


def archived(work: Work, channel_id: str, *, is_archived: bool) -> None:
    """A channel was archived, or is open again."""
    channel = people.bound_channel(work.session, channel_id)
    if channel is None:
        return
    if is_archived:
        fall_silent(work, channel, Silence.ARCHIVED)
    elif channel.silent_why is Silence.ARCHIVED:
        break_silence(work, channel.id or 0, work.session.get_one(Installation, channel.speaker_id), is_archived=False)


def break_silence(work: Work, key: int, speaker: Installation | None, *, is_archived: bool) -> None:
    """What a look at Slack showed of a silent channel: who is in it (None: none of ours), and whether it is archived."""
    channel = channels.lock(work.session, key)
    if channel.silent_since is None:
        return
    if is_archived:
        channel.silent_why = Silence.ARCHIVED
    elif speaker is None:
        channel.silent_why = Silence.SPEAKERLESS
        _tell_leads(work, channel)
    else:
        channel.silent_since = channel.silent_why = channel.silence_told_at = None
        if speaker.id != channel.speaker_id:
            _hand_over(work, channel, speaker)
        for aside in (False, True):
            outbox.wake(work.session, str(Lane(channel.speaker_id, channel.channel_id, aside=aside)), work.machine_now)


def where(session: Session, row: OutboxRow) -> Lane | None:
    """The lane in which a row belongs by now; None while nobody can send it."""
    if row.channel_id is None:
        lane = installations.route(session, Lane(row.installation_id, user_id=row.user_id))
        kept = Lane(row.installation_id, user_id=row.user_id)
        here = session.get_one(Installation, row.installation_id)
        return kept if here.removed_at is None else lane if lane != kept else None
    channel_id = channels.current(session, row.channel_id)
    channel = people.bound_channel(session, channel_id)
    if channel and channel.silent_since:
        return None
    return Lane(channel.speaker_id if channel else row.installation_id, channel_id, aside=outbox.is_aside(row))


def render_silent(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To leads: nobody can speak in the channel. Not if somebody can by the time it is sent."""
    channel = session.get_one(BoundChannel, int(row.subject.partition(":")[0]))
    if channel.silent_why is not Silence.SPEAKERLESS:
        return None
    return messages.silent(say, session.get_one(TaskForce, channel.task_force_id), channel.channel_id)


def _hand_over(work: Work, channel: BoundChannel, speaker: Installation) -> None:
    """Another installation speaks from now on: first what must stand there, then what waited, in its order."""
    before, session = channel.speaker_id, work.session
    rows = channels.waiting_rows(session, channel.channel_id, before)
    outbox.lock_lanes(session, {row.lane for row in rows})
    channel.speaker_id = speaker.id or 0
    lane = Lane(channel.speaker_id, channel.channel_id)
    again = {AGAIN: ANOTHER_SPEAKER}
    for posting in postings.retire(session, channel.channel_id, before, work.now):
        if _must_stand(session, posting):
            work.queue(lane, posting.kind, posting.subject, again)
    for row in rows:
        if outbox.is_aside(row):
            session.delete(row)  # it was to be put on a message of the earlier speaker
        else:
            outbox.requeue(
                session, row, lane, work.machine_now, again if row.kind in TAKERS or row.kind == MENU else None
            )


def _must_stand(session: Session, posting: Posting) -> bool:
    """Whether a channel must have this message from whoever speaks there."""
    taker = TAKERS.get(posting.kind)
    return taker.is_open(session, subject_id(posting)) if taker else posting.kind == MENU


def _tell_leads(work: Work, channel: BoundChannel) -> None:
    """Who looks after a side, once, through whichever installation is left."""
    if channel.silence_told_at or not installations.standing(work.session):
        return
    channel.silence_told_at = work.machine_now
    who = [one for one in people.active(work.session, channel.task_force_id) if may(one.role, Right.CHANGE_ROSTER)]
    users = {user_id for one in who for user_id in people.user_ids(work.session, one.id or 0)[:1]}
    for user_id in sorted(users):
        subject = f"{channel.id}:{work.machine_now.timestamp()}"
        work.queue(Lane(channel.speaker_id, user_id=user_id), SILENT, subject)
