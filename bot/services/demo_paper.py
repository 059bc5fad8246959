"""The demo's outbox: what would be sent to Slack is written down as the messages that the workspace then shows."""

import secrets
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.messages.post import Post
from bot.services import meeting_lines, meeting_news, meetings, posts
from bot.services.aside import ADDRESS, SEED, UNSEED
from bot.services.hours import release
from bot.services.work import Work
from config.demo.world import dm
from storage import postings
from storage.outbox import Lane
from storage.tables import Installation, OutboxRow, OutboxState, Posting

Message = dict[str, Any]
FILES = {
    meeting_news.CALENDAR,
    meetings.PAPERS,
}  # a world has no files: what only brings some is left out (its button brings them)


class Paper:
    """Writes down the messages that would have been sent."""

    def __init__(self, installation: Installation, domain: str) -> None:
        self._installation, self._domain = installation, domain
        self._by_ts: dict[str, Message] = {}
        self.channels: dict[str, list[Message]] = {}

    def write(self, work: Work, channel_id: str, user_id: str, text: str, thread_ts: str = "") -> Message:
        """A message of somebody, perhaps in a thread."""
        message = {"user": user_id, "text": text, "ts": self._free_ts(work.machine_now)}
        if thread_ts:
            message["thread_ts"] = thread_ts
        self._by_ts[message["ts"]] = message
        self.channels.setdefault(channel_id, []).append(message)
        return message

    def react(self, ts: str, user_id: str, emoji: str, *, is_put: bool) -> None:
        """An emoji comes to a message or goes."""
        reactions = self._by_ts[ts].setdefault("reactions", [])
        found = next((reaction for reaction in reactions if reaction["name"] == emoji), None)
        if found is None:
            found = {"name": emoji, "users": []}
            reactions.append(found)
        found["users"] = [user for user in found["users"] if user != user_id] + [user_id] * is_put
        self._by_ts[ts]["reactions"] = [reaction for reaction in reactions if reaction["users"]]

    def deliver(self, work: Work) -> None:
        """Show all that waits in the outbox, and what waited for the receivers' mornings until now."""
        while release(work):
            continue
        pending = select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING, col(OutboxRow.kind).not_in(FILES))
        for row in work.session.exec(pending.order_by(col(OutboxRow.id))).all():
            if row.kind in (SEED, UNSEED):
                is_put = row.kind == SEED
                self.react(row.args["ts"], self._installation.bot_user_id, row.args["emoji"], is_put=is_put)
                work.session.delete(row)
                continue
            if row.kind == ADDRESS:
                meeting_lines.card_found(work, int(row.subject), self._address(row.channel_id or "", row.args["ts"]))
                work.session.delete(row)
                continue
            post = posts.render(work.session, row, posts.voice(work.session, row, work.words), work.now)
            if post:
                self._show(work, row, post)
            work.session.delete(row)
        work.session.flush()

    def refresh(self, work: Work) -> None:
        """Show once more what is updated in place: days have passed since."""
        for posting in work.session.exec(select(Posting)).all():
            if posts.kinds()[posting.kind].in_place:
                lane = Lane(posting.installation_id, posting.channel_id)
                work.queue(lane, posting.kind, posting.subject)
        self.deliver(work)

    def posting(self, session: Session, channel_id: str, kind: str, subject: str) -> Posting:
        """Where something is shown."""
        query = select(Posting).where(
            Posting.channel_id == channel_id, Posting.kind == kind, Posting.subject == subject
        )
        return session.exec(query).one()

    def _show(self, work: Work, row: OutboxRow, post: Post) -> None:
        kind, channel_id = posts.kinds()[row.kind], row.channel_id or dm(row.user_id or "")
        where = select(Posting).where(
            Posting.channel_id == channel_id, Posting.kind == row.kind, Posting.subject == row.subject
        )
        before = work.session.exec(where).first() if kind.in_place else None
        if before:
            self._by_ts[before.ts] |= _body(post)
            return
        thread_ts = self._thread(work.session, row, kind, channel_id)
        message = self.write(work, channel_id, self._installation.bot_user_id, post.text, thread_ts)
        message |= _body(post) | {"bot_id": self._installation.bot_id, "app_id": self._installation.app_id}
        if kind.pinned:
            message["pinned"] = True
        for emoji in kind.seeds:
            self.react(message["ts"], self._installation.bot_user_id, emoji, is_put=True)
        posting = Posting(
            installation_id=row.installation_id,
            channel_id=channel_id,
            ts=message["ts"],
            thread_ts=thread_ts or None,
            kind=row.kind,
            subject=row.subject,
            posted_at=work.now,
        )
        work.session.add(posting)
        if kind.on_posted:
            kind.on_posted(work, posting)

    def _thread(self, session: Session, row: OutboxRow, kind: posts.Kind, channel_id: str) -> str:
        """In which thread it stands; "" for none."""
        over = posts.over(session, kind, row)
        parent = postings.standing(session, channel_id, *over) if over else None
        return (parent.thread_ts or parent.ts) if parent else ""

    def _address(self, channel_id: str, ts: str) -> str:
        return f"https://{self._domain}.slack.com/archives/{channel_id}/p{ts.replace('.', '')}"

    def _free_ts(self, at: datetime) -> str:
        ts = f"{at.timestamp():.6f}"
        while ts in self._by_ts:
            ts = f"{float(ts) + 0.000001:.6f}"
        return ts


def _body(post: Post) -> Message:
    blocks = [{"block_id": secrets.token_urlsafe(4), **block} for block in post.blocks]
    return {"text": post.text, "blocks": blocks}
