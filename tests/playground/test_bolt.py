"""Any Slack app: a small Bolt app lives in the workspace, over Socket Mode and over signed HTTP, without knowing it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from playground import Workspace
from tests.playground.conftest import hang_up
from tests.playground.hands import Hands, wait_for
from tests.playground.worlds import APP, button, field, modal, section

Json = dict[str, Any]


def notes_app(url: str) -> App:
    """A command opens a form, the form posts a note, a ✅ closes it, its button does too."""
    app = App(
        client=WebClient("xoxb-gist", base_url=url),
        signing_secret=APP["signing_secret"],
        token_verification_enabled=True,
    )

    @app.command("/probe")
    def ask(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        view = modal(field("title", "note"), callback_id="note", private_metadata=body["channel_id"])
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("note")
    def write(ack: Ack, view: Json, client: WebClient) -> None:
        title = view["state"]["values"]["note"]["title"]["value"]
        if title == "no":
            ack(response_action="errors", errors={"note": "Think again"})
            return
        ack()
        actions = {"type": "actions", "block_id": "acts", "elements": [button("close")]}
        client.chat_postMessage(channel=view["private_metadata"], text=title, blocks=[section(title), actions])

    def close(client: WebClient, channel: str, ts: str) -> None:
        client.chat_update(channel=channel, ts=ts, text="closed", blocks=[section("closed")])

    @app.event("reaction_added")
    def by_reaction(event: Json, client: WebClient) -> None:
        close(client, event["item"]["channel"], event["item"]["ts"])

    @app.action("close")
    def by_button(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        close(client, body["channel"]["id"], body["message"]["ts"])

    @app.event("app_mention")
    def answer(event: Json, say: Callable[..., Any]) -> None:
        say(f"Hello <@{event['user']}>", thread_ts=event["ts"])

    @app.event("message")
    def heard() -> None:
        """Nothing to do, but acknowledged."""

    return app


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=["socket", "http"])
def workspace(request: pytest.FixtureRequest, world: Json) -> Iterator[Workspace]:
    """The workspace with the app in it."""
    if request.param == "socket":
        with Workspace(world) as running:
            web = WebClient(base_url=running.api_url)
            handler = SocketModeHandler(notes_app(running.api_url), "xapp-1-probe", web_client=web, ping_interval=0.2)
            handler.connect()
            yield running
            hang_up(handler.client)
            assert running.violations == []
        return
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    app = world["apps"][0]
    app["request_url"] = f"http://127.0.0.1:{server.server_port}/slack/events"
    app["manifest"] = {**app["manifest"], "settings": {**app["manifest"]["settings"], "socket_mode_enabled": False}}
    with Workspace(world) as running:
        server.set_app(SlackRequestHandler(notes_app(running.api_url)))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield running
        running.settle()
        server.shutdown()
        thread.join()
        server.server_close()
        assert running.violations == []


def note(hands: Hands, title: str) -> Json:
    """Write a note by the form; gives its message."""
    hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
    view = hands.open_modal("U0MIN")
    hands.act("U0MIN", "submit", view_id=view["id"], state={"note": {"title": title}})
    wait_for(lambda: any(m["text"] == title for m in hands.messages("U0COUNTY")))
    return next(m for m in hands.messages("U0COUNTY") if m["text"] == title)


def test_a_form_a_note_a_reaction(hands, workspace):
    ts = note(hands, "plan")["ts"]
    hands.act("U0COUNTY", "react", channel="C0TFT", ts=ts, name="white_check_mark")
    wait_for(lambda: hands.message("U0COUNTY", ts)["text"] == "closed")


def test_a_button_pressed_by_a_stranger(hands, workspace):
    ts = note(hands, "plan")["ts"]
    where = {"type": "message", "channel": "C0TFT", "ts": ts}
    hands.act("U0COUNTY", "click", app="A0PROBE", container=where, block_id="acts", action_id="close")
    wait_for(lambda: hands.message("U0COUNTY", ts)["text"] == "closed")


def test_errors_in_the_form(hands, workspace):
    hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
    view = hands.open_modal("U0MIN")
    refused = hands.try_act("U0MIN", "submit", view_id=view["id"], state={"note": {"title": "no"}})
    assert refused["errors"] == {"note": "Think again"}


def test_a_mention_is_answered_in_its_thread(hands, workspace):
    ts = hands.post("U0COUNTY", "<@U0BOT> hi")
    wait_for(lambda: len(hands.messages("U0COUNTY", thread_ts=ts)) == 2)
    assert hands.messages("U0COUNTY", thread_ts=ts)[1]["text"] == "Hello <@U0COUNTY>"
