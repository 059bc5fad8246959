"""Events as an app hears them: derived from what people and bots did."""

import pytest

from playground import Workspace
from tests.playground.conftest import Listener
from tests.playground.hands import Hands, wait_for

OLD = "1763856000.000100"


def test_a_message_and_its_envelope(listener, hands):
    ts = hands.post("U0COUNTY", "a &amp; b *bold* https://x.org/y")
    event = listener.wait("message")
    assert event["text"] == "a &amp; b *bold* <https://x.org/y>"
    assert event["ts"] == event["event_ts"] == ts
    assert event["channel_type"] == "channel"
    assert event["team"] == "T0COUNTY"
    elements = event["blocks"][0]["elements"][0]["elements"]
    assert {"type": "text", "text": "bold", "style": {"bold": True}} in elements
    assert {"type": "link", "url": "https://x.org/y"} in elements
    body = listener.got[-1].payload
    assert body["is_ext_shared_channel"] is True
    assert body["authorizations"] == [
        {"enterprise_id": None, "team_id": "T0GIST", "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}
    ]
    assert body["event_id"].startswith("Ev")
    assert body["api_app_id"] == "A0PROBE"


def test_message_subtypes(listener, hands, slack):
    ts = hands.post("U0MIN", "first")
    hands.act("U0MIN", "edit", channel="C0TFT", ts=ts, text="second")
    changed = listener.wait("message_changed")
    assert changed["message"]["text"] == "second"
    assert changed["message"]["edited"]["user"] == "U0MIN"
    assert changed["previous_message"]["text"] == "first"
    hands.act("U0MIN", "delete", channel="C0TFT", ts=ts)
    assert listener.wait("message_deleted")["deleted_ts"] == ts
    parent = hands.post("U0MIN", "parent")
    hands.post("U0JUN", "loud", thread_ts=parent, broadcast=True)
    assert listener.wait("thread_broadcast")["root"]["ts"] == parent
    hands.post("U0JUN", "reply", thread_ts=parent)
    wait_for(lambda: [e for e in listener.events("message") if e.get("text") == "reply"])
    assert [e["parent_user_id"] for e in listener.events("message") if e.get("text") == "reply"] == ["U0MIN"]
    slack.chat_postMessage(channel="C0TFT", text="I am a bot", username="Other")
    assert listener.wait("bot_message")["username"] == "Other"
    hands.act("U0MIN", "upload", channel="C0TFT", name="a.txt", content="aGk=")
    assert listener.wait("file_share")["files"][0]["name"] == "a.txt"


def test_a_bots_own_message_comes_without_subtype(listener, slack):
    slack.chat_postMessage(channel="C0TFT", text="mine")
    event = listener.wait("message")
    assert event["bot_id"] == "B0BOT"
    assert "subtype" not in event


def test_mentions(listener, hands):
    hands.post("U0MIN", "<@U0BOT> hello")
    assert listener.wait("app_mention")["text"] == "<@U0BOT> hello"
    ts = hands.post("U0MIN", "hello")
    hands.act("U0MIN", "edit", channel="C0TFT", ts=ts, text="hello <@U0BOT>")
    assert listener.wait("app_mention", 2)["ts"] == ts
    assert "edited" in listener.wait("app_mention", 2)


def test_no_mention_in_a_dm_nor_of_ones_own_message(listener, hands, slack):
    dm = hands.act("U0MIN", "open_dm", **{"with": "U0BOT"})["channel"]
    hands.post("U0MIN", "<@U0BOT> hi", channel=dm)
    assert listener.wait("message")["channel_type"] == "im"
    slack.chat_postMessage(channel="C0TFT", text="I am <@U0BOT>")
    listener.wait("message", 2)
    assert listener.quiet("app_mention")


def test_reactions(listener, hands, slack):
    ts = slack.chat_postMessage(channel="C0TFT", text="card")["ts"]
    hands.act("U0COUNTY", "react", channel="C0TFT", ts=ts, name="+1::skin-tone-4")
    event = listener.wait("reaction_added")
    assert event["reaction"] == "+1::skin-tone-4"
    assert event["item"] == {"type": "message", "channel": "C0TFT", "ts": ts}
    assert event["item_user"] == "U0BOT"
    assert "team" not in event
    hands.act("U0COUNTY", "unreact", channel="C0TFT", ts=ts, name="+1::skin-tone-4")
    gone = listener.wait("reaction_removed")
    assert gone["event_ts"] > event["event_ts"]
    assert hands.refused("U0COUNTY", "unreact", channel="C0TFT", ts=ts, name="eyes") == "no_reaction"
    assert hands.refused("U0COUNTY", "react", channel="C0TFT", ts="1.000001", name="eyes") == "message_not_found"


def test_membership(listener, hands):
    hands.act("U0MIN", "invite", channel="C0TFT", target="U0FAR")
    joined = listener.wait("member_joined_channel")
    assert (joined["user"], joined["team"], joined["inviter"], joined["channel_type"]) == (
        "U0FAR",
        "T0COUNTY",
        "U0MIN",
        "C",
    )
    assert listener.wait("channel_join")["text"] == "<@U0FAR> has joined the channel"
    hands.act("U0MIN", "kick", channel="C0TFT", target="U0FAR")
    assert listener.wait("member_left_channel")["user"] == "U0FAR"
    assert listener.wait("channel_leave")["user"] == "U0FAR"
    hands.act("U0MIN", "invite", channel="C0AWAY", target="U0BOT")
    assert listener.wait("member_joined_channel", 2)["user"] == "U0BOT"
    hands.act("U0MIN", "kick", channel="C0AWAY", target="U0BOT")
    left = listener.wait("channel_left")
    assert (left["channel"], left["actor_id"]) == ("C0AWAY", "U0MIN")


def test_the_home_tab(listener, hands, slack):
    hands.act("U0MIN", "open_home", app="A0PROBE")
    opened = listener.wait("app_home_opened")
    assert (opened["tab"], opened["user"]) == ("home", "U0MIN")
    assert "view" not in opened
    slack.views_publish(user_id="U0MIN", view={"type": "home", "blocks": [{"type": "divider"}]})
    view = hands.get("/client/home", user="U0MIN", app="A0PROBE")["view"]
    assert view["blocks"][0]["type"] == "divider"
    assert listener.wait("app_home_opened", 2)["view"]["type"] == "home"
    assert hands.refused("U0COUNTY", "open_home", app="A0PROBE") == "app_not_installed"


def test_channels_as_a_whole(listener, hands):
    hands.act("U0MIN", "rename", channel="C0TFT", name="new-name")
    assert listener.wait("channel_rename")["channel"]["name"] == "new-name"
    assert listener.wait("channel_name")["old_name"] == "tft"
    hands.act("U0MIN", "archive", channel="C0TFT")
    assert listener.wait("channel_archive")["user"] == "U0MIN"
    wait_for(lambda: len(listener.events("channel_archive")) == 2)
    hands.act("U0MIN", "unarchive", channel="C0TFT")
    wait_for(lambda: len(listener.events("channel_unarchive")) == 2)
    hands.act("U0MIN", "pin", channel="C0TFT", ts=OLD)
    assert listener.wait("pin_added")["item"]["message"]["ts"] == OLD
    hands.act("U0MIN", "unpin", channel="C0TFT", ts=OLD)
    assert listener.wait("pin_removed")["has_pins"] is False
    hands.act("U0MIN", "create_channel", name="brand-new")
    assert listener.wait("channel_created")["channel"]["name"] == "brand-new"


def test_a_share_ends_and_begins_and_the_id_changes(listener, hands, slack):
    alone = hands.act("U0MIN", "unshare", channel="C0TFT", team="T0COUNTY")["channel"]
    changed = listener.wait("channel_id_changed")
    assert (changed["old_channel_id"], changed["new_channel_id"]) == ("C0TFT", alone)
    assert listener.wait("channel_unshared")["previously_connected_team_id"] == "T0COUNTY"
    assert "U0COUNTY" not in slack.conversations_members(channel=alone)["members"]
    assert slack.conversations_info(channel=alone)["channel"]["is_ext_shared"] is False
    assert slack.conversations_history(channel=alone)["messages"][-1]["ts"] == OLD
    assert hands.refused("U0MIN", "post", channel="C0TFT", text="x") == "channel_not_found"
    together = hands.act("U0MIN", "share", channel=alone, team="T0COUNTY")["channel"]
    assert listener.wait("channel_shared")["connected_team_id"] == "T0COUNTY"
    assert listener.wait("channel_id_changed", 2)["new_channel_id"] == together


def test_people_leave(listener, hands, slack):
    hands.act("U0MIN", "deactivate", target="U0JUN")
    assert listener.wait("user_change")["user"]["deleted"] is True
    assert slack.users_info(user="U0JUN")["user"]["deleted"] is True
    assert hands.refused("U0JUN", "post", channel="C0TFT", text="x") == "user_deactivated"


def test_files_and_new_people(listener, hands):
    file = hands.act("U0COUNTY", "upload", channel="C0TFT", name="a.pdf", content="aGk=", text="see")["file"]
    shared = listener.wait("file_shared")
    assert (shared["file_id"], shared["user_id"], shared["channel_id"]) == (file, "U0COUNTY", "C0TFT")
    person = hands.act("U0MIN", "add_person", name="new.kim", real_name="New Kim", locale="ko-KR")["person"]
    assert listener.wait("team_join")["user"]["id"] == person
    hands.act("U0MIN", "invite", channel="C0TFT", target=person)
    assert listener.wait("member_joined_channel")["user"] == person


def test_uninstalling_is_told(listener, hands):
    hands.act("U0MIN", "uninstall", app="A0PROBE")
    assert listener.wait("app_uninstalled")
    assert listener.wait("tokens_revoked")["tokens"]["bot"] == ["U0BOT"]


@pytest.mark.parametrize("missing", ["scope", "subscription", "membership"])
def test_what_an_app_does_not_hear(world, missing):
    app = world["apps"][0]
    if missing == "scope":
        app["installs"][0]["scopes"] = ["channels:history"]
    if missing == "subscription":
        app["manifest"] = {
            **app["manifest"],
            "settings": {**app["manifest"]["settings"], "event_subscriptions": {"bot_events": ["message.channels"]}},
        }
    channel = "C0AWAY" if missing == "membership" else "C0TFT"
    with Workspace(world) as workspace:
        hands, listener = Hands(workspace.url), Listener(workspace.url)
        ts = hands.post("U0MIN", "hello", channel=channel)
        hands.act("U0MIN", "react", channel=channel, ts=ts, name="eyes")
        if missing != "membership":
            listener.wait("message")
        assert listener.quiet("reaction_added")
        assert len(listener.events("message")) == (missing != "membership")
        listener.close()


def test_two_apps_and_two_installations_hear_it_once_each(world):
    """T3 and T4 in one: a second installation of the same app gives no second event, a second app gives its own."""
    first = world["apps"][0]
    first["installs"].append(
        {
            "team": "T0COUNTY",
            "bot_token": "xoxb-county",
            "bot_user": "U0BOT2",
            "bot_id": "B0BOT2",
            "channels": ["C0TFT"],
        }
    )
    second = {**first, "id": "A0OTHER", "app_token": "xapp-1-other", "client_id": "3.4"}
    second["installs"] = [
        {"team": "T0COUNTY", "bot_token": "xoxb-other", "bot_user": "U0BOT3", "bot_id": "B0BOT3", "channels": ["C0TFT"]}
    ]
    world["apps"].append(second)
    with Workspace(world) as workspace:
        hands, one, two = Hands(workspace.url), Listener(workspace.url), Listener(workspace.url, "xapp-1-other")
        hands.post("U0COUNTY", "hello")
        two.wait("message")
        one.wait("message")
        assert one.got[-1].payload["authorizations"][0]["team_id"] == "T0COUNTY"
        assert one.got[-1].payload["api_app_id"] == "A0PROBE"
        assert two.got[-1].payload["api_app_id"] == "A0OTHER"
        assert len(one.events("message")) == len(two.events("message")) == 1
        hands.act("U0COUNTY", "command", channel="C0TFT", command="/probe", text="")
        assert two.payloads("slash_commands")
        assert not one.payloads("slash_commands"), "commands have no name space: the last app installed wins"
        one.close()
        two.close()
