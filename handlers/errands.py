"""An errand: one outbox row on its way to Slack, with all that is needed to call Slack outside any transaction."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.services import posts
from bot.services.aside import ADDRESS, PIN, SEED, UNSEED
from bot.services.posts import Kind
from bot.services.speakers import AGAIN, ANOTHER_SPEAKER
from storage import installations, postings
from storage.outbox import Lease
from storage.tables import Account, Installation, OutboxRow, Posting

ASIDE = {
    SEED: "reactions.add",
    UNSEED: "reactions.remove",
    PIN: "pins.add",
    ADDRESS: "chat.getPermalink",
}  # what is done about messages, and by which method
FILE_METHODS = ("files.getUploadURLExternal", "files.completeUploadExternal")  # once a file, once for all
UNTHREADED = "_unthreaded"  # in a row's args: the thread is gone


@dataclass(frozen=True)
class Errand:
    """A leased row. `doubtful`: an earlier attempt may have had its effect, so look before sending."""

    lease: Lease
    row: OutboxRow
    installation: Installation
    kind: Kind | None  # None for the kinds of `ASIDE`
    channel_id: str | None  # None: a direct message that was never opened
    thread_ts: str | None
    posting: Posting | None  # the message to update
    doubtful: bool
    bots: frozenset[str] = frozenset()  # our bots: whoever of them posted it, it is ours

    @property
    def looks_by(self) -> str:
        """The method that finds the message if it stands there already; replies are not in a channel's history."""
        return "conversations.replies" if self.thread_ts else "conversations.history"

    @property
    def methods(self) -> list[str]:
        """The methods that will be called, unless what is found makes some needless."""
        if self.row.kind in ASIDE:
            return [ASIDE[self.row.kind]]
        if self.posting:
            return ["chat.update"]
        opens = [] if self.channel_id else ["conversations.open"]
        count = self.kind.with_files if self.kind else 0
        files = [FILE_METHODS[0]] * count + [FILE_METHODS[1]] * bool(count)
        return [*opens, *([self.looks_by] if self.doubtful else []), *files, "chat.postMessage"]


def is_known(kind: str) -> bool:
    """Whether this version can send rows of a kind."""
    return kind in ASIDE or kind in posts.kinds()


def prepare(session: Session, lease: Lease, row: OutboxRow) -> Errand:
    """Read what is needed to send a row."""
    installation = session.get_one(Installation, row.installation_id)
    channel_id = row.channel_id or direct_channel(session, row)
    kind = None if row.kind in ASIDE else posts.kinds()[row.kind]
    posting = _posting(session, channel_id, row.kind, row) if kind and kind.in_place else None
    if posting and posting.installation_id != row.installation_id:  # another bot's message cannot be changed
        posting, row.args = None, {**row.args, AGAIN: ANOTHER_SPEAKER}
    parent = None
    if kind and channel_id and UNTHREADED not in row.args and (over := posts.over(session, kind, row)):
        parent = postings.standing(session, channel_id, *over)
    thread_ts = parent.thread_ts or parent.ts if parent else None  # Slack has no threads in threads
    bots = frozenset(installations.bot_users(session))
    doubtful = row.tried_at is not None
    return Errand(lease, row, installation, kind, channel_id, thread_ts, posting, doubtful, bots)


def direct_channel(session: Session, row: OutboxRow) -> str | None:
    """The channel of a direct message, if this installation's bot ever opened it."""
    account = session.get(Account, row.user_id)
    return account.dm_channel_id if account and account.dm_installation_id == row.installation_id else None


def _posting(session: Session, channel_id: str | None, kind: str, row: OutboxRow) -> Posting | None:
    return postings.standing(session, channel_id, kind, row.subject) if channel_id else None
