"""What a page reads, and who may reach the workspace at all."""

import json
import socket
import threading
from http.client import HTTPConnection

import pytest

from playground import Workspace
from tests.playground.hands import Hands, Json, wait_for


def test_boot_tells_all_there_is(hands):
    boot = hands.get("/client/boot")
    assert boot["name"] == "GIST × County"
    assert {team["id"] for team in boot["teams"]} == {"T0GIST", "T0COUNTY"}
    assert {user["id"]: user["is_bot"] for user in boot["users"]}["U0BOT"] is True
    (app,) = boot["apps"]
    assert (app["bot_user"], app["home"], app["teams"]) == ("U0BOT", True, ["T0GIST"])
    assert [command["command"] for command in app["commands"]] == ["/probe", "/plain"]
    assert boot["emoji"]["white_check_mark"] == "✅"
    assert "xoxb" not in json.dumps(boot)
    assert "xapp" not in json.dumps(boot)


def test_the_sidebar_is_each_persons_own(hands, slack):
    mine = hands.get("/client/sidebar", user="U0MIN")
    assert {c["name"]: c["is_member"] for c in mine["channels"]} == {
        "away": True,
        "home": True,
        "secret": True,
        "tft": True,
    }
    assert mine["app_homes"] == [{"app_id": "A0PROBE", "bot_user": "U0BOT", "name": "Probe"}]
    theirs = hands.get("/client/sidebar", user="U0COUNTY")
    assert [c["name"] for c in theirs["channels"]] == ["tft"]
    assert theirs["app_homes"] == []
    assert [c["name"] for c in hands.get("/client/sidebar", user="U0GUEST")["channels"]] == ["tft"]
    slack.chat_postMessage(channel="U0COUNTY", text="hello")
    (dm,) = hands.get("/client/sidebar", user="U0COUNTY")["dms"]
    assert (dm["user"], dm["unread"]) == ("U0BOT", 1)
    hands.messages("U0COUNTY", dm["id"])
    assert hands.get("/client/sidebar", user="U0COUNTY")["dms"][0]["unread"] == 0


def test_messages_and_threads(hands):
    shown = hands.messages("U0COUNTY")
    assert [m["text"] for m in shown] == ["Hello &amp; welcome", "Next"]
    assert shown[0]["reply_count"] == 1
    assert shown[1]["reactions"] == [{"name": "eyes", "users": ["U0MIN", "U0COUNTY"], "count": 2}]
    thread = hands.messages("U0COUNTY", thread_ts=shown[0]["ts"])
    assert [m["text"] for m in thread] == ["Hello &amp; welcome", "Thanks"]
    channel = hands.get("/client/messages", user="U0MIN", channel="C0TFT")["channel"]
    assert channel["is_shared"] is True
    assert "U0BOT" in channel["members"]


@pytest.mark.parametrize("channel", ["C0SECRET", "C0HOME", "C0NONE"])
def test_what_a_stranger_cannot_see(hands, channel):
    answer = hands.get("/client/messages", user="U0COUNTY", channel=channel)
    assert (answer["ok"], answer["error"]) == (False, "channel_not_found")
    assert answer["message"] == "볼 수 없는 채널입니다."


@pytest.mark.parametrize(
    ("act", "fields", "error"),
    [
        ("post", {"channel": "C0TFT", "text": " "}, "no_text"),
        ("post", {"channel": "C0TFT", "text": "x" * 40_001}, "msg_too_long"),
        ("post", {"channel": "C0HOME", "text": "x"}, "channel_not_found"),
        ("edit", {"channel": "C0TFT", "ts": "1763856000.000100", "text": "x"}, "not_your_message"),
        ("delete", {"channel": "C0TFT", "ts": "1763856000.000100"}, "not_your_message"),
        ("react", {"channel": "C0TFT", "ts": "1763856120.000100", "name": "eyes"}, "already_reacted"),
        ("react", {"channel": "C0TFT", "ts": "1763856120.000100", "name": "none"}, "invalid_name"),
        ("deactivate", {"target": "U0MIN"}, "user_not_found"),
        ("submit", {"view_id": "V0NONE"}, "view_closed"),
    ],
)
def test_refusals_a_person_sees(hands, act, fields, error):
    assert hands.refused("U0COUNTY", act, **fields) == error


def test_a_dm_needs_a_channel_in_common_across_organisations(hands):
    assert hands.refused("U0FAR", "open_dm", **{"with": "U0MIN"}) == "user_not_found"
    assert hands.act("U0COUNTY", "open_dm", **{"with": "U0MIN"})["channel"].startswith("D")


@pytest.mark.parametrize("body", [{"act": "fly", "user": "U0MIN"}, {"act": "post", "user": "U0NOBODY"}, ["no"], "no"])
def test_requests_that_are_wrong_themselves(hands, body):
    assert hands.request("POST", "/client/act", body)[0] == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8900"}, 200),
    ],
)
def test_only_this_machine(hands, headers, status):
    assert hands.request("GET", "/client/boot", headers=headers)[0] == status


def test_the_page_is_served(hands):
    status, page = hands.request("GET", "/")
    assert status == 200
    assert b"<html" in page.lower()
    assert hands.request("GET", "/static/../server.py")[0] in (403, 404)


class Stream:
    """One open page: what it is told."""

    def __init__(self, hands: Hands, user: str) -> None:
        self.news: list[Json] = []
        self._connection = HTTPConnection(hands.url.removeprefix("http://"), timeout=10)
        self._connection.request("GET", f"/client/stream?user={user}")
        self._socket = self._connection.sock
        self._answer = self._connection.getresponse()
        assert self._answer.headers["Content-Type"].startswith("text/event-stream")
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for line in self._answer:
            if line.startswith(b"data: "):
                self.news.append(json.loads(line[6:]))

    def told(self, **news) -> bool:
        return any(news.items() <= one.items() for one in list(self.news))

    def hang_up(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self.join()

    def join(self) -> None:
        self._thread.join(5)
        self._connection.close()


def test_pages_are_told_what_changed(world, tmp_path):
    with Workspace(world) as workspace:
        hands = Hands(workspace.url)
        mine, theirs = Stream(hands, "U0MIN"), Stream(hands, "U0COUNTY")
        ts = hands.post("U0MIN", "hello")
        wait_for(
            lambda: (
                mine.told(type="messages", channel="C0TFT", thread_ts=None)
                and theirs.told(type="messages", channel="C0TFT")
            )
        )
        hands.post("U0MIN", "reply", thread_ts=ts)
        wait_for(lambda: theirs.told(type="messages", thread_ts=ts))
        hands.post("U0MIN", "elsewhere", channel="C0HOME")
        wait_for(lambda: mine.told(type="messages", channel="C0HOME"))
        assert not theirs.told(channel="C0HOME")
        hands.act("U0MIN", "invite", channel="C0TFT", target="U0FAR")
        wait_for(lambda: theirs.told(type="sidebar"))
        hands.request("POST", "/_clock", {"advance_s": 60})
        wait_for(lambda: theirs.told(type="clock", running=True))
    mine.join()
    theirs.join()


def test_a_page_is_told_of_modals_and_ephemerals(world, listener, slack, hands):
    page = Stream(hands, "U0MIN")
    slack.chat_postEphemeral(channel="C0TFT", user="U0MIN", text="psst")
    wait_for(lambda: page.told(type="ephemeral", channel="C0TFT"))
    hands.act("U0MIN", "global_shortcut", app="A0PROBE", callback_id="new")
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    slack.views_open(trigger_id=listener.wait("shortcut")["trigger_id"], view=view)
    wait_for(lambda: page.told(type="modal"))
    slack.views_publish(user_id="U0MIN", view={"type": "home", "blocks": []})
    wait_for(lambda: page.told(type="home", app="A0PROBE"))
    page.hang_up()
