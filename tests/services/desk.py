"""The real Bolt app on a test's database, before a Slack on this machine that takes everything and writes it down.

For acts that no honest workspace would let through (forged ids, other people's forms), and for many acts on both engines.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

from slack_bolt import App
from slack_bolt.request import BoltRequest
from sqlalchemy import func, select, update
from sqlmodel import SQLModel, col

from bot.wiring import build_app, build_deps, machine_time
from config.settings import Settings
from handlers.deps import Deps
from handlers.metrics import MeasuredApp
from playground import inputs
from storage.tables import Account, OutboxRow
from tests.services.team import Team, user_of

Json = dict[str, Any]
Dump = dict[str, list[tuple[Any, ...]]]
NUMBERS = count(1)  # no two desks say the same number: rows of one may be restored into another's database
REGISTERING = ("action", "view", "shortcut", "options", "command", "event")


@dataclass
class Slack:
    """What the bot called and was not asked for: method → arguments, in order; `response_url`s are the method "respond"."""

    url: str = ""
    calls: list[tuple[str, Json]] = field(default_factory=list)
    message: str = ""  # the text of whatever message is read


@contextmanager
def listening_slack() -> Iterator[Slack]:
    """A Slack that answers `ok` to every method."""
    slack = Slack()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            args = json.loads(raw) if raw.startswith("{") else {key: one[0] for key, one in parse_qs(raw).items()}
            method = self.path.rpartition("/")[2]
            slack.calls.append((method, args))
            body = json.dumps({"ok": True, **canned(slack, method, args)}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - the base class's names

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    slack.url = f"http://127.0.0.1:{server.server_address[1]}/"
    yield slack
    server.shutdown()
    thread.join()
    server.server_close()


def canned(slack: Slack, method: str, args: Json) -> Json:
    """What some methods answer besides `ok`."""
    found = {"ts": args.get("latest", "1.1"), "text": slack.message}
    answers: dict[str, Json] = {
        "users.info": {"user": {"id": args.get("user"), "profile": {"real_name": "누군가"}}},
        "conversations.members": {"members": []},
        "conversations.history": {"messages": [found]},
        "conversations.replies": {"messages": [found]},
        "chat.getPermalink": {"permalink": "https://x.slack.com/archives/C1/p1"},
        "views.open": {"view": {"id": "V1"}},
    }
    return answers.get(method, {})


@dataclass
class Desk:
    """Acts as Slack hands them over; each gives everything that the person reads, forms included."""

    team: Team
    deps: Deps
    app: App
    slack: Slack
    registered: dict[str, list[Any]]  # "action" → what was registered, ids and patterns
    numbers: Iterator[int] = field(default_factory=lambda: NUMBERS)

    def command(self, handle: str, text: str, channel: str) -> str:
        return self.heard(handle, {**self._where(handle, channel), "command": "/tft", "text": text})

    def mention(self, handle: str, text: str, channel: str) -> str:
        return self.heard(handle, self.event(handle, channel, "app_mention", text=f"<@UBOT> {text}"))

    def direct(self, handle: str, text: str) -> str:
        event = self.event(handle, f"D{user_of(handle)}", "message", text=text, channel_type="im")
        return self.heard(handle, event)

    def reaction(self, handle: str, emoji: str, channel: str, ts: str, item_user: str = "UBOT") -> str:
        item = {"type": "message", "channel": channel, "ts": ts}
        return self.heard(
            handle, self.event(handle, channel, "reaction_added", reaction=emoji, item=item, item_user=item_user)
        )

    def press(self, handle: str, action: Json, channel: str | None, view: Json | None = None) -> str:
        """A button, a select or a calendar; in a message of `channel`, or in `view`."""
        pressed = {"block_id": "b", "type": "button", **action}
        place: Json = (
            {"view": view} if view else {"channel": {"id": channel}, "response_url": f"{self.slack.url}respond"}
        )
        return self.heard(handle, {"type": "block_actions", "actions": [pressed], **self._who(handle), **place})

    def submit(self, handle: str, view: Json, given: Json | None = None) -> str:
        """A form, as it was opened but for what is `given` (by block), where the form asks for it."""
        return self.heard(handle, {"type": "view_submission", "view": filled(view, given or {}), **self._who(handle)})

    def shortcut(self, handle: str, callback_id: str, channel: str = "", text: str = "") -> str:
        kind: Json = {"type": "shortcut"}
        if channel:
            message = {"ts": "1.1", "text": text, "user": "UGOWN"}
            kind = {"type": "message_action", "message": message, "channel": {"id": channel}}
            kind["response_url"] = f"{self.slack.url}respond"
        return self.heard(handle, {**kind, "callback_id": callback_id, **self._who(handle)})

    def suggestions(self, handle: str, action_id: str, view: Json) -> str:
        body = {"type": "block_suggestion", "action_id": action_id, "block_id": "b", "value": "", "view": view}
        return self.heard(handle, {**body, **self._who(handle)})

    def heard(self, handle: str, body: Json) -> str:
        """Hand it to the app; everything that then reaches this person, also as direct messages."""
        before, last = len(self.slack.calls), self._last_row()
        response = self.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert response.status == 200, response.body
        said = [readable(response.body), *(readable(args) for _, args in self.slack.calls[before:])]
        with self.team.database.reading() as session:
            mine = select(OutboxRow).where(col(OutboxRow.id) > last, col(OutboxRow.user_id) == user_of(handle))
            new = session.execute(mine).scalars().all()
        said += [readable([post.text, post.blocks]) for post in map(self.team.rendered, new) if post]
        text = "\n".join(said)
        assert "문의 번호" not in text, text
        assert "your administrator the reference" not in text, text
        return text

    def opened(self) -> Json:
        """The form that was opened, pushed or put in another's place last."""
        shown: Json = unfolded([args["view"] for _, args in self.slack.calls if "view" in args][-1])
        return shown

    def dump(self, *but: str) -> Dump:
        """Every row of every table `but` these."""
        with self.team.database.reading() as session:
            tables = [one for one in SQLModel.metadata.sorted_tables if one.name not in but]
            return {one.name: sorted(map(tuple, session.execute(select(one))), key=repr) for one in tables}

    def _last_row(self) -> int:
        with self.team.database.reading() as session:
            return session.execute(select(func.max(OutboxRow.id))).scalar() or 0

    def _who(self, handle: str) -> Json:
        return {"user": {"id": user_of(handle)}, "team": {"id": "T1"}, "trigger_id": self._unique()}

    def _where(self, handle: str, channel: str) -> Json:
        ids = {"user_id": user_of(handle), "team_id": "T1", "channel_id": channel, "trigger_id": self._unique()}
        return {**ids, "response_url": f"{self.slack.url}respond"}

    def event(self, handle: str, channel: str, kind: str, **more: Any) -> Json:
        ts = f"1795500000.{next(self.numbers):06}"
        event = {"type": kind, "user": user_of(handle), "channel": channel, "ts": ts, "event_ts": ts, **more}
        authorizations = [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}]
        shell = {"type": "event_callback", "team_id": "T1", "event_id": ts, "authorizations": authorizations}
        return {**shell, "event": event}

    def _unique(self) -> str:
        return f"t{next(self.numbers)}"


def filled(view: Json, given: Json) -> Json:
    """A form as Slack sends it: with what it was opened with, but for what is `given` by block."""
    blocks = [{"block_id": f"b{at}", **block} for at, block in enumerate(view["blocks"])]
    actions = {one["block_id"]: one["element"]["action_id"] for one in blocks if "element" in one}
    entered = {name: {actions[name]: value} for name, value in given.items() if name in actions}
    state = {"values": inputs.values(blocks, entered)}
    return {**view, "blocks": blocks, "id": "V1", "root_view_id": "V1", "hash": "h", "state": state}


def readable(value: Any) -> str:
    """What was sent, in letters instead of escapes."""
    return json.dumps(unfolded(value), ensure_ascii=False)


def unfolded(value: Any) -> Any:
    """JSON inside of JSON opened up; a form's `private_metadata` stays the text that it is."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return unfolded(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, dict):
        return {key: one if key == "private_metadata" else unfolded(one) for key, one in value.items()}
    return [unfolded(one) for one in value] if isinstance(value, list) else value


@contextmanager
def desk_of(team: Team) -> Iterator[Desk]:
    """A desk of the team's database, where everybody's profile is known."""
    with team.database.transaction() as session:
        session.execute(update(Account).values(refreshed_at=machine_time()))
    with listening_slack() as slack:
        deps = build_deps(Settings(_env_file=None, SLACK_API_URL=slack.url), team.database, lambda: team.now)
        object.__setattr__(deps, "later", lambda answer: answer())  # in turn, so that the answer is there to be read
        registered: dict[str, list[Any]] = {name: [] for name in REGISTERING}
        with recording(registered):
            app = build_app(deps)
        yield Desk(team, deps, app, slack, registered)
        deps.background.shutdown()


@contextmanager
def recording(registered: dict[str, list[Any]]) -> Iterator[None]:
    """Note what is registered on the app while it is built: Bolt keeps it in closures that nothing can look into."""

    def noting(name: str) -> Any:
        real = getattr(MeasuredApp, name)

        def register(self: App, constraint: Any, *args: Any, **more: Any) -> Any:
            registered[name].append(constraint)
            return real(self, constraint, *args, **more)

        return register

    patches = [patch.object(MeasuredApp, name, noting(name)) for name in REGISTERING]
    for one in patches:
        one.start()
    yield
    for one in patches:
        one.stop()
