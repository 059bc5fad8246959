"""One file, one transaction per act; a restart goes on where it stood; many workspaces run at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from slack_sdk import WebClient

from playground import Workspace
from playground.errors import SlackError
from playground.state import Store
from tests.playground.conftest import Listener
from tests.playground.hands import Hands, wait_for
from tests.playground.worlds import button, modal


@pytest.fixture
def state(tmp_path) -> Path:
    return Path(tmp_path) / "workspace.db"


def test_everything_is_there_after_a_restart(world, state):
    with Workspace(world, state=state) as workspace:
        hands, slack, listener = (
            Hands(workspace.url),
            WebClient("xoxb-gist", base_url=workspace.api_url),
            Listener(workspace.url),
        )
        key = {"event_type": "t", "event_payload": {"k": "v"}}
        ts = slack.chat_postMessage(channel="C0TFT", text="card", metadata=key)["ts"]
        hands.act("U0COUNTY", "react", channel="C0TFT", ts=ts, name="white_check_mark")
        slack.chat_postEphemeral(channel="C0TFT", user="U0MIN", text="psst")
        slack.pins_add(channel="C0TFT", timestamp=ts)
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        slack.views_open(trigger_id=listener.wait("slash_commands")["trigger_id"], view=modal(callback_id="open"))
        slack.views_publish(user_id="U0MIN", view={"type": "home", "blocks": [{"type": "divider"}]})
        listener.close()
    with Workspace(world, state=state) as workspace:
        hands, slack = Hands(workspace.url), WebClient("xoxb-gist", base_url=workspace.api_url)
        card = hands.message("U0COUNTY", ts)
        assert card["reactions"] == [{"name": "white_check_mark", "users": ["U0COUNTY"], "count": 1}]
        assert card["pinned"] is True
        assert (
            slack.conversations_history(channel="C0TFT", limit=1, include_all_metadata=True)["messages"][0]["metadata"]
            == key
        )
        assert hands.messages("U0MIN")[-1]["text"] == "psst"
        assert hands.open_modal("U0MIN")["callback_id"] == "open"
        assert hands.get("/client/home", user="U0MIN", app="A0PROBE")["view"]["blocks"][0]["type"] == "divider"
        assert len(hands.messages("U0COUNTY")) == 3, "the world is not seeded again"
        assert slack.chat_postMessage(channel="C0TFT", text="next")["ts"] > ts


def test_an_event_that_nobody_acknowledged_survives_the_restart(world, state):
    world["retry_scale"] = 1.0
    with Workspace(world, state=state) as workspace:
        Hands(workspace.url).post("U0MIN", "hear me")
    with Workspace(world, state=state) as workspace:
        listener = Listener(workspace.url)
        assert listener.wait("message")["text"] == "hear me"
        listener.close()
        workspace.settle()


def test_apps_change_between_two_starts(world, state):
    """What a developer changed in the manifest counts at the next start; people's world stays."""
    with Workspace(world, state=state) as workspace:
        ts = Hands(workspace.url).post("U0MIN", "kept")
    features = world["apps"][0]["manifest"]["features"]
    features["slash_commands"] = [{"command": "/renamed", "description": "d"}]
    world["apps"][0]["manifest"]["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    world["apps"][0]["manifest"]["settings"]["event_subscriptions"]["bot_events"] = ["app_home_opened"]
    world["apps"].append({"id": "A0NEW", "manifest": {"display_information": {"name": "New"}}, "app_token": "xapp-2"})
    world["banner"] = {"en": "New banner"}
    with Workspace(world, state=state) as workspace:
        hands = Hands(workspace.url)
        assert hands.message("U0MIN", ts)["text"] == "kept"
        assert [c["command"] for c in hands.get("/client/commands", user="U0MIN", channel="C0TFT")["commands"]] == [
            "/renamed"
        ]
        assert len(hands.get("/client/boot")["apps"]) == 2
        assert hands.get("/client/boot")["banner"] == {"en": "New banner"}
        answer = WebClient("xoxb-gist", base_url=workspace.api_url).auth_test()
        assert answer.headers["X-OAuth-Scopes"] == "commands,chat:write"


def test_the_past_of_an_app(world):
    """Seeded messages of a bot are as if it had posted them: its name is on them, its buttons work."""
    card = {"user": "U0BOT", "bot_id": "B0BOT", "text": "card", "ts": "1763856200.000100", "pinned": True}
    card["blocks"] = [{"type": "actions", "elements": [button()]}]
    card["metadata"] = {"event_type": "t", "event_payload": {"k": "v"}}
    reply = {"user": "U0BOT", "bot_id": "B0BOT", "text": "reply", "thread_ts": "1763856200.000100"}
    world["channels"][0]["messages"] += [card, reply]
    with Workspace(world) as workspace:
        hands, listener = Hands(workspace.url), Listener(workspace.url)
        seen = hands.message("U0MIN", "1763856200.000100")
        assert (seen["app_id"], seen["pinned"], seen["reply_count"]) == ("A0PROBE", True, 1)
        block = seen["blocks"][0]["block_id"]
        where = {"type": "message", "channel": "C0TFT", "ts": seen["ts"]}
        hands.act("U0MIN", "click", app="A0PROBE", container=where, block_id=block, action_id="go")
        assert listener.wait("block_actions")["message"]["bot_profile"]["name"] == "Probe"
        slack = WebClient("xoxb-gist", base_url=workspace.api_url)
        slack.chat_update(channel="C0TFT", ts=seen["ts"], text="changed")
        assert all(c["unread"] == 0 for c in hands.get("/client/sidebar", user="U0COUNTY")["channels"])
        assert workspace.violations == []
        listener.close()


def test_settling(workspace, hands, listener):
    hands.post("U0MIN", "hello")
    workspace.settle()
    assert listener.events("message")
    workspace.fault(event="message", kind="hold")
    hands.post("U0MIN", "held")
    assert workspace.pending == 1
    with pytest.raises(TimeoutError):
        workspace.settle(0.05)
    workspace.clear_faults()
    workspace.settle()


def test_an_act_is_done_wholly_or_not_at_all(tmp_path):
    store = Store(tmp_path / "s.db")

    def fails() -> None:
        with store.transaction():
            store.set_fact("a", 1)
            with store.transaction():
                store.set_fact("b", 2)
            raise SlackError("no")

    told: list[str] = []
    with pytest.raises(SlackError):
        fails()
    assert store.fact("a") is store.fact("b") is None
    with store.transaction():
        store.after_commit(lambda: told.append("told"))
        assert told == []
    assert told == ["told"]
    store.close()


def test_a_start_is_fast_and_a_long_past_too(world, state):
    messages = [{"user": "U0MIN", "text": f"message {i} & more"} for i in range(5000)]
    world["channels"][1]["messages"] = messages
    started = time.process_time()
    with Workspace(world, state=state) as workspace:
        assert time.process_time() - started < 2
        first = WebClient("xoxb-gist", base_url=workspace.api_url).conversations_history(channel="C0HOME", limit=1)
        assert first["messages"][0]["text"] == "message 4999 &amp; more"
    started = time.process_time()
    with Workspace(world, state=state):
        assert time.process_time() - started < 0.3


def test_many_at_once(world):
    first, second = Workspace(world), Workspace(world)
    with first, second:
        Hands(first.url).post("U0MIN", "only here")
        assert len(Hands(first.url).messages("U0MIN")) == 3
        assert len(Hands(second.url).messages("U0MIN")) == 2


def test_a_failure_inside_is_not_swallowed(world):
    del world["teams"]
    with pytest.raises(KeyError, match="teams"), Workspace(world):
        pass


def run(world: Path, state: Path) -> tuple[subprocess.Popen[str], Hands]:
    command = [sys.executable, "-m", "playground", "--world", str(world), "--state", str(state), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    return process, Hands(process.stdout.readline().strip())


def test_the_command_line_and_a_kill(world, state, tmp_path):
    file = tmp_path / "world.json"
    file.write_text(json.dumps(world, ensure_ascii=False), "utf-8")
    process, hands = run(file, state)
    ts = hands.post("U0MIN", "survive")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    process, hands = run(file, state)
    assert hands.message("U0MIN", ts)["text"] == "survive"
    process.send_signal(signal.SIGTERM)
    wait_for(lambda: process.poll() is not None)
    process.communicate()
    assert process.returncode == 0
