"""What tests of delivery have: the local workspace, a database, and kinds of messages whose truth a test sets."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlmodel import Session, col, or_, select

from bot import wiring
from bot.messages.blocks import section
from bot.messages.post import File, Post
from bot.services import posts
from bot.services.posts import Kind
from bot.services.work import Work
from config.settings import Settings
from config.slack import rules
from config.words import Say
from handlers import pace
from handlers.delivery import Delivery
from handlers.deps import Deps
from playground import Workspace
from storage.database import Database
from storage.outbox import WAITING, Lane
from storage.tables import Installation, OutboxRow, OutboxState, Posting
from tests import cast
from tests.windows import eventually

PATIENT_S, RECONCILE_S = 20.0, 1.5
GIVES_UP_S = RECONCILE_S / 3  # when a hurried call is not waited for any more
UNPACED = replace(
    rules(), per_minute=dict.fromkeys(rules().per_minute, 1_000_000), channel_interval_s=0.0, channel_burst=1
)
HERE = cast.CHANNEL
OWNER, STRANGER = cast.PEOPLE["gist owner"][0], cast.PEOPLE["stranger"][0]


@dataclass
class Office:
    """A bot that only delivers."""

    workspace: Workspace
    deps: Deps
    board: dict[str, str | None] = field(default_factory=dict)  # what is true of each subject; None: nothing to say
    posted: list[Posting] = field(default_factory=list)  # what the kinds were told of
    paper: bytes = "목록".encode()  # the file of the kind "paper"
    shift: timedelta = timedelta()  # of business time
    workers: list[Delivery] = field(default_factory=list)

    # doing

    def say(self, subject: str, text: str | None, *, kind: str = "line", to: str = HERE, **args: Any) -> None:
        """Make something true and have it shown, in one transaction."""
        lane = Lane(1, user_id=to) if to.startswith("U") else Lane(1, to)
        with self.deps.work() as work:
            self.board[subject] = text
            work.queue(lane, kind, subject, args)

    def deliver(self, workers: int = 2) -> Delivery:
        """Start workers in this process."""
        delivery = Delivery(self.deps, workers=workers, poll_s=0.05)
        self.workers.append(delivery)
        delivery.start()
        return delivery

    def wake(self) -> None:
        for worker in self.workers:
            worker.wake()

    def stop(self) -> None:
        """Stop all workers."""
        while self.workers:
            self.workers.pop().stop()

    def done(self, patience_s: float = 20.0) -> None:
        """Wait until nothing is to be sent and nothing to be looked at any more."""
        deadline = time.monotonic() + patience_s
        while self.waiting():
            assert time.monotonic() < deadline, [
                (r.kind, r.subject, r.state, r.error, r.attempts) for r in self.waiting()
            ]
            time.sleep(0.05)

    # seeing

    def rows(self) -> list[OutboxRow]:
        with self.deps.database.reading() as session:
            return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    def waiting(self) -> list[OutboxRow]:
        open_still = or_(col(OutboxRow.state).in_(WAITING), col(OutboxRow.look_again_at).is_not(None))
        with self.deps.database.reading() as session:
            return list(session.exec(select(OutboxRow).where(open_still).limit(5)))

    def parked(self) -> list[tuple[str, str | None]]:
        return [(row.subject, row.error) for row in self.rows() if row.state is OutboxState.PARKED]

    def postings(self) -> list[Posting]:
        with self.deps.database.reading() as session:
            return list(session.exec(select(Posting).order_by(col(Posting.id))))

    def messages(self, channel: str = HERE, thread: str | None = None) -> list[dict[str, Any]]:
        """Our messages that stand in a channel (or thread), oldest first, as Slack tells them."""
        client = WebClient(self.workspace.hub.given["apps"][0]["installs"][0]["bot_token"], self.workspace.api_url)
        if thread:
            found = client.conversations_replies(channel=channel, ts=thread, limit=999)["messages"][1:]
        else:
            found = client.conversations_history(channel=channel, limit=999)["messages"][::-1]
        return [message for message in found if message.get("user") == cast.BOT and "subtype" not in message]

    def texts(self, channel: str = HERE) -> list[str]:
        return [str(message["text"]) for message in self.messages(channel)]

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [call for call in self.workspace.calls if call["method"] == method]

    def delete(self, ts: str, channel: str = HERE) -> None:
        """The message is gone, as by retention."""
        client = WebClient(self.workspace.hub.given["apps"][0]["installs"][0]["bot_token"], self.workspace.api_url)
        client.chat_delete(channel=channel, ts=ts)


def kinds(office: Office) -> dict[str, Kind]:
    """Kinds of messages that show what the test's board says."""

    def shown(_session: Session, row: OutboxRow, _say: Say, _now: datetime) -> Post | None:
        text = office.board[row.subject]
        return Post(text, [section(text)]) if text else None

    def told(_work: Work, posting: Posting) -> None:
        office.posted.append(posting)

    def unreachable(work: Work, row: OutboxRow) -> None:
        office.board[row.subject] = f"<@{row.user_id}>"
        work.queue(Lane(row.installation_id, HERE), "line", row.subject)

    def with_paper(*row: Any) -> Post | None:
        files = (File("목록.txt", office.paper),)
        return replace(post, files=files) if (post := shown(*row)) else None

    def with_papers(*row: Any) -> Post | None:
        files = tuple(File(f"회의록.{end}", end.encode()) for end in ("hwpx", "pdf"))
        return replace(post, files=files) if (post := shown(*row)) else None

    return {
        "paper": Kind(with_paper, with_files=1),
        "papers": Kind(with_papers, with_files=2),
        "line": Kind(shown, on_posted=told),
        "card": Kind(shown, in_place=True, seeds=("white_check_mark",), on_posted=told),
        "menu": Kind(shown, in_place=True, pinned=True),
        "reply": Kind(shown, thread_of="card"),
        "direct": Kind(shown, when_unreachable=unreachable),
    }


def settings(api_url: str, database_url: str, reconcile_s: float) -> Settings:
    given: dict[str, Any] = {"SLACK_API_URL": api_url, "DATABASE_URL": database_url, "TFT_RECONCILE_S": reconcile_s}
    return Settings(_env_file=None, **given)


def install(database: Database) -> None:
    """Where the app is installed, in a database with tables."""
    with database.transaction() as session:
        now = wiring.machine_time()
        session.add(Installation(team_id=cast.GIST, bot_user_id=cast.BOT, bot_token="xoxb-test", installed_at=now))


@contextmanager
def opened(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    reconcile_s: float = PATIENT_S,
    limits: bool = False,
    channels: int = 0,
) -> Iterator[Office]:
    """An office on a workspace of its own, with so many further channels: `C1`, `C2` and so on."""
    world = cast.world(cast.manifest_file()) | {"enforce_limits": limits}
    for number in range(1, channels + 1):
        world["channels"].append({"id": f"C{number}", "name": f"c{number}", "team": cast.GIST, "members": [OWNER]})
        world["apps"][0]["installs"][0]["channels"].append(f"C{number}")
    with Workspace(world) as workspace:
        database = Database(database_url)
        install(database)
        office = Office(workspace, None)  # type: ignore[arg-type]  # in the next line
        office.deps = wiring.build_deps(
            settings(workspace.api_url, database_url, reconcile_s),
            database,
            clock=lambda: wiring.machine_time() + office.shift,
            wake_delivery=office.wake,
        )
        shown = kinds(office)
        monkeypatch.setattr(posts, "kinds", lambda: shown)
        if not limits:
            monkeypatch.setattr(pace, "rules", lambda: UNPACED)
        yield office
        office.stop()
        office.deps.background.shutdown()
        database.close()
    assert workspace.violations == []


def together(*acts: Callable[[], None]) -> None:
    """Do several things at once."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


__all__ = [
    "GIVES_UP_S",
    "HERE",
    "OWNER",
    "RECONCILE_S",
    "STRANGER",
    "Office",
    "eventually",
    "install",
    "kinds",
    "opened",
    "settings",
    "together",
]
