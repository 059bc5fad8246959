"""Socket Mode against the local workspace: cuts, refreshes, and ending while something is being handled."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from handlers.sockets import Sockets
from playground import Workspace
from tests import cast
from tests.delivery.asking import ask
from tests.windows import Window, eventually

APP, TOKEN = "A0TFT", "xapp-1-A0TFT-1-test"
OWNER = cast.PEOPLE["gist owner"][0]


@dataclass
class Ear:
    """A small app that hears mentions and one slow command."""

    workspace: Workspace
    heard: list[str] = field(default_factory=list)
    connected: list[float] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)

    def app(self) -> App:
        def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id=cast.GIST, bot_token="xoxb-test", bot_user_id=cast.BOT)

        app = App(signing_secret="s", authorize=authorize, process_before_response=True)

        @app.event("app_mention")
        def mentioned(event: dict[str, Any]) -> None:
            self.heard.append(event["ts"])

        @app.event("message")
        def message() -> None:
            pass

        @app.command("/tft")
        def command(ack: Any) -> None:
            self.begun.set()
            time.sleep(0.5)
            ack("done")

        return app

    def sockets(self, token: str = TOKEN) -> Sockets:
        return Sockets(self.app(), token, self.workspace.api_url, lambda: self.connected.append(time.monotonic()))

    def window(self) -> Window:
        return Window(self.workspace.url, OWNER, APP, cast.BOT, cast.CHANNEL)

    def disconnect(self, **how: Any) -> None:
        ask(self.workspace.url + "/_sockets/disconnect", {"app": APP, **how})


@pytest.fixture
def ear() -> Iterator[Ear]:
    with Workspace(cast.world(cast.manifest_file())) as workspace:
        yield Ear(workspace)


@pytest.mark.parametrize("how", [{"cut": True}, {"reason": "refresh_requested"}, {"reason": "warning"}])
def test_after_a_connection_ends_what_was_said_meanwhile_is_heard(ear: Ear, how: dict[str, Any]):
    sockets, window = ear.sockets(), ear.window()
    sockets.start()
    eventually(lambda: ear.connected or None)

    ear.disconnect(**how)
    said = [window.mention(f"hello {number}") for number in range(3)]

    eventually(lambda: set(said) <= set(ear.heard) or None)
    eventually(lambda: len(ear.connected) > 1 or None)
    busy = time.process_time()
    time.sleep(1)
    assert time.process_time() - busy < 0.5, "nothing happens, so nothing is to be done"
    sockets.stop()


def test_what_is_being_handled_at_the_end_is_acknowledged(ear: Ear):
    sockets, window = ear.sockets(), ear.window()
    sockets.start()
    eventually(lambda: sockets.is_connected or None)
    answers: list[dict[str, Any]] = []
    asking = threading.Thread(target=lambda: answers.append(window.command("/tft help")))
    asking.start()
    assert ear.begun.wait(10)

    began = time.monotonic()
    sockets.stop()
    asking.join()

    assert answers[0]["ok"], answers
    assert time.monotonic() - began < 3
    assert not sockets.is_connected


def test_a_refused_token_is_said_at_once(ear: Ear):
    with pytest.raises(SlackApiError, match="invalid_auth"):
        ear.sockets("xapp-1-wrong").start()


def test_slack_that_is_away_at_the_start_is_waited_for(ear: Ear):
    ear.workspace.fault(method="apps.connections.open", kind="http_500")
    sockets = ear.sockets()
    sockets.start()
    eventually(lambda: ear.connected or None)
    sockets.stop()
