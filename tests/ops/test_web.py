"""The web application: signatures, what a platform asks, and what anybody from outside may send."""

import hashlib
import hmac
import json
import time
import urllib.parse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.wiring import build_apps, build_deps, machine_time
from config.settings import Settings
from handlers.deps import Deps
from handlers.web import LARGEST, Web
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Account, OutboxRow, OutboxState
from tests.ops.wsgi import ask

SECRET = "signing-secret"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def deps(database_url: str) -> Iterator[Deps]:
    database = Database(database_url)
    schema.upgrade(database)
    settings = Settings(_env_file=None, SLACK_SIGNING_SECRET=SECRET, SLACK_API_URL="http://127.0.0.1:9/api/")
    with database.transaction() as session:
        installations.remember(session, Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", ""), Seal(), NOW)
        session.add(Account(user_id="U1", name="김민지", locale="ko-KR", refreshed_at=machine_time()))
    yield build_deps(settings, database)
    database.close()


@pytest.fixture
def web(deps: Deps) -> Web:
    return Web(deps, build_apps(deps))


def signed(body: bytes, secret: str = SECRET, at: float | None = None, kind: str = FORM) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp, "HTTP_X_SLACK_SIGNATURE": f"v0={mac}", "CONTENT_TYPE": kind}


def command(text: str = "help") -> bytes:
    fields = {
        "command": "/tft",
        "text": text,
        "user_id": "U1",
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": f"1.{time.monotonic_ns()}",
        "response_url": "http://127.0.0.1:9/r",
    }
    return urllib.parse.urlencode(fields).encode()


def test_a_signed_command_is_answered(web: Web):
    body = command()
    status, headers, page = ask(web, "POST", "/slack/events", body, **signed(body))
    assert status == "200 OK"
    assert "application/json" in headers["content-type"]
    assert json.loads(page)["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("case", "headers"),
    [
        ("another secret", lambda body: signed(body, "another")),
        ("an empty secret", lambda body: signed(body, "")),
        ("ten minutes old", lambda body: signed(body, at=time.time() - 600)),
        ("signed for another body", lambda body: signed(body + b"&text=done")),
        ("without a signature", lambda _body: {"CONTENT_TYPE": FORM}),
    ],
)
def test_what_slack_did_not_sign_is_refused(case: str, headers: Any, web: Web, capfd: pytest.CaptureFixture[str]):
    body = command("비밀 제목")
    status, _, page = ask(web, "POST", "/slack/events", body, **headers(body))
    assert status == "401 Unauthorized", case
    assert "비밀" not in page.decode() + "".join(capfd.readouterr())


def test_the_challenge_of_the_request_url_is_answered(web: Web):
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    status, _, page = ask(web, "POST", "/slack/events", body, **signed(body, kind="application/json"))
    assert status == "200 OK"
    assert b"abc" in page


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b'{"type": "event_callback"', b"payload=%7B"])
def test_a_body_that_is_none_is_refused_without_a_trace(body: bytes, web: Web):
    kind = FORM if body.startswith(b"payload") else "application/json"
    assert ask(web, "POST", "/slack/events", body, CONTENT_TYPE=kind)[0] in ("400 Bad Request", "401 Unauthorized")


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", "411 Length Required"),
        ("-1", "411 Length Required"),
        ("x", "411 Length Required"),
        ("²", "411 Length Required"),
        (str(LARGEST + 1), "413 Content Too Large"),
    ],
)
def test_a_body_without_a_reasonable_length_is_not_read(length: str, status: str, web: Web):
    assert ask(web, "POST", "/slack/events", CONTENT_LENGTH=length)[0] == status


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/slack/events"), ("GET", "/"), ("POST", "/healthz"), ("GET", "/slack/install")]
)
def test_nothing_else_is_there(method: str, path: str, web: Web):
    assert ask(web, method, path)[0] == "404 Not Found"


def test_it_is_healthy_and_ready(web: Web):
    assert ask(web, "GET", "/healthz")[0] == "200 OK"
    assert ask(web, "GET", "/readyz")[0] == "200 OK"


def test_without_its_database_it_is_healthy_but_not_ready(tmp_path: Any):
    database = Database("postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
    deps = build_deps(Settings(_env_file=None, SLACK_SIGNING_SECRET=SECRET), database)
    web = Web(deps, build_apps(deps))
    assert ask(web, "GET", "/healthz")[0] == "200 OK"
    assert ask(web, "GET", "/readyz")[0] == "503 Service Unavailable"
    database.close()


def test_without_a_signing_secret_there_is_no_web(deps: Deps):
    open_to_all = build_deps(Settings(_env_file=None, SLACK_SIGNING_SECRET=None), deps.database)
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
        Web(open_to_all, build_apps(open_to_all))


def test_figures_say_what_waits_and_what_was_handled(web: Web, deps: Deps):
    with deps.database.transaction() as session:
        installation = installations.standing(session)[0]
        for state in (OutboxState.PENDING, OutboxState.PARKED, OutboxState.SENT):
            session.add(row(installation.id or 0, state))
    body = command()
    ask(web, "POST", "/slack/events", body, **signed(body))

    status, headers, page = ask(web, "GET", "/metrics")

    assert status == "200 OK"
    assert headers["content-type"].startswith("text/plain; version=")
    lines = page.decode().splitlines()
    assert "tft_outbox_waiting 1.0" in lines
    assert "tft_outbox_parked 1.0" in lines
    assert "tft_events_parked 0.0" in lines
    assert 'tft_requests_total{kind="command",status="200"} 1.0' in lines
    assert 'tft_request_seconds_count{kind="command"} 1.0' in lines


def test_strangers_make_no_new_series(web: Web):
    for kind in ("one", "two"):
        body = json.dumps({"type": kind}).encode()
        ask(web, "POST", "/slack/events", body, **signed(body, kind="application/json"))
    page = ask(web, "GET", "/metrics")[2].decode()
    assert 'kind="other"' in page
    assert 'kind="one"' not in page


def row(installation_id: int, state: OutboxState) -> OutboxRow:
    return OutboxRow(
        lane="1:C1",
        installation_id=installation_id,
        channel_id="C1",
        kind="answer",
        subject=state,
        key=state,
        state=state,
        not_before=NOW,
        created_at=NOW,
    )
