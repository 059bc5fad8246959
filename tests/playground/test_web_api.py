"""The Web API as Slack's own client meets it: what is answered, and how each mistake is refused."""

from http.client import HTTPConnection
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import Workspace
from playground.webapi import checked_methods
from tests.playground.hands import Hands
from tests.playground.worlds import button, section

Json = dict[str, Any]


def error(call: Any, **arguments: Any) -> Json:
    """The refusal of a call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    data = caught.value.response.data
    assert isinstance(data, dict)
    assert data["ok"] is False
    return data


def name(call: Any, **arguments: Any) -> str:
    return str(error(call, **arguments)["error"])


def test_auth_test_names_team_bot_and_scopes(slack):
    answer = slack.auth_test()
    assert answer["team_id"] == "T0GIST"
    assert answer["user_id"] == "U0BOT"
    assert answer["bot_id"] == "B0BOT"
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(("token", "expected"), [(None, "not_authed"), ("xoxb-nobody", "invalid_auth")])
def test_tokens_are_checked(workspace, token, expected):
    assert name(WebClient(token, base_url=workspace.api_url).auth_test) == expected


def test_a_token_may_come_as_an_argument(workspace):
    client = WebClient(base_url=workspace.api_url)
    assert client.auth_test(token="xoxb-gist")["user_id"] == "U0BOT"


def test_an_app_token_opens_connections_and_nothing_else(workspace):
    client = WebClient("xapp-1-probe", base_url=workspace.api_url)
    assert client.apps_connections_open(app_token="xapp-1-probe")["url"].startswith("ws://127.0.0.1:")
    assert name(client.conversations_list) == "not_allowed_token_type"
    assert (
        name(WebClient(base_url=workspace.api_url).apps_connections_open, app_token="xoxb-gist")
        == "not_allowed_token_type"
    )


def test_an_unknown_method(slack):
    assert name(slack.api_call, api_method="chat.shout") == "unknown_method"


def test_api_test_gives_back_arguments_and_errors(slack):
    assert slack.api_test(foo="bar")["args"]["foo"] == "bar"
    assert name(slack.api_test, error="my_error") == "my_error"


def test_a_missing_scope_says_what_is_needed_and_what_there_is(world):
    world["apps"][0]["installs"][0]["scopes"] = ["chat:write", "channels:read"]
    with Workspace(world) as workspace:
        client = WebClient("xoxb-gist", base_url=workspace.api_url)
        refused = error(client.reactions_add, channel="C0TFT", timestamp="1763856000.000100", name="eyes")
        assert refused["error"] == "missing_scope"
        assert refused["needed"] == "reactions:write"
        assert refused["provided"] == "chat:write,channels:read"
        assert name(client.conversations_list, types="public_channel,private_channel") == "missing_scope"
        assert name(client.conversations_history, channel="C0TFT") == "missing_scope"
        assert {refusal["error"] for refusal in workspace.refusals} == {"missing_scope"}


class TestPosting:
    def test_text_is_stored_as_slack_stores_it(self, slack):
        answer = slack.chat_postMessage(
            channel="C0TFT", text="a & b <c> <@U0MIN> <https://x.org|x> https://y.org/z?a=1&amp;b=2."
        )
        assert answer["message"]["text"] == (
            "a &amp; b &lt;c&gt; <@U0MIN> <https://x.org|x> <https://y.org/z?a=1&amp;b=2>."
        )
        assert answer["message"]["bot_id"] == "B0BOT"
        assert "subtype" not in answer["message"]

    def test_blocks_get_ids_and_a_fallback_text(self, slack):
        answer = slack.api_call("chat.postMessage", json={"channel": "C0TFT", "blocks": [section()]})
        assert answer["message"]["blocks"][0]["block_id"]
        assert answer["message"]["text"] == "This content can't be displayed."

    def test_channels_by_name_and_people_by_id(self, slack, hands):
        assert slack.chat_postMessage(channel="#tft", text="x")["channel"] == "C0TFT"
        dm = slack.chat_postMessage(channel="U0COUNTY", text="x")["channel"]
        assert dm.startswith("D")
        assert hands.messages("U0COUNTY", dm)[0]["text"] == "x"

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
            ({"channel": "C0SECRET", "text": "x"}, "channel_not_found"),
            ({"channel": "C0AWAY", "text": "x"}, "not_in_channel"),
            ({"channel": "C0TFT"}, "no_text"),
            ({"channel": "C0TFT", "text": "  "}, "no_text"),
            ({"channel": "C0TFT", "text": "x" * 40_001}, "msg_too_long"),
            ({"channel": "C0TFT", "text": "x", "blocks": '{"no": "list"}'}, "invalid_blocks_format"),
            ({"channel": "C0TFT", "text": "x", "blocks": "no json"}, "invalid_blocks_format"),
            ({"channel": "C0TFT", "text": "x", "metadata": {"event_type": 3}}, "invalid_metadata_format"),
            (
                {
                    "channel": "C0TFT",
                    "text": "x",
                    "metadata": {"event_type": "t", "event_payload": {"k": "x" * 17_000}},
                },
                "metadata_too_large",
            ),
            ({"channel": "C0TFT", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
            ({"channel": "U0BOT", "text": "x"}, "cannot_dm_bot"),
            ({"channel": "U0FAR", "text": "x"}, "user_not_found"),
        ],
    )
    def test_refusals(self, slack, arguments, expected):
        assert name(slack.api_call, api_method="chat.postMessage", json=arguments) == expected

    def test_an_archived_channel(self, slack, hands):
        hands.act("U0MIN", "archive", channel="C0TFT")
        assert name(slack.chat_postMessage, channel="C0TFT", text="x") == "is_archived"
        assert name(slack.reactions_add, channel="C0TFT", timestamp="1763856000.000100", name="eyes") == "is_archived"

    def test_a_deactivated_person_and_a_closed_messages_tab(self, world, slack, hands, workspace):
        hands.act("U0MIN", "deactivate", target="U0JUN")
        assert name(slack.chat_postMessage, channel="U0JUN", text="x") == "user_disabled"
        assert name(slack.conversations_open, users="U0JUN") == "user_disabled"
        world["apps"][0]["manifest"]["features"]["app_home"]["messages_tab_enabled"] = False
        with Workspace(world) as closed:
            client = WebClient("xoxb-gist", base_url=closed.api_url)
            assert name(client.chat_postMessage, channel="U0MIN", text="x") == "messages_tab_disabled"

    def test_metadata_comes_back_only_when_asked_for(self, slack):
        key = {"event_type": "posted", "event_payload": {"key": "abc"}}
        ts = slack.chat_postMessage(channel="C0TFT", text="x", metadata=key)["ts"]
        plain = slack.conversations_history(channel="C0TFT", limit=1)["messages"][0]
        asked = slack.conversations_history(channel="C0TFT", limit=1, include_all_metadata=True)["messages"][0]
        assert plain["ts"] == asked["ts"] == ts
        assert "metadata" not in plain
        assert asked["metadata"] == key
        slack.chat_update(channel="C0TFT", ts=ts, text="y")
        assert (
            slack.conversations_history(channel="C0TFT", limit=1, include_all_metadata=True)["messages"][0]["metadata"]
            == key
        )

    def test_update_and_delete_are_for_ones_own_messages(self, slack, hands):
        ts = slack.chat_postMessage(channel="C0TFT", text="x", blocks=[section("old")])["ts"]
        answer = slack.chat_update(channel="C0TFT", ts=ts, text="y", blocks=[section("new")])
        assert answer["message"]["edited"]["user"] == "U0BOT"
        shown = hands.message("U0MIN", ts)
        assert shown["text"] == "y"
        assert shown["blocks"][0]["text"]["text"] == "new"
        assert name(slack.chat_update, channel="C0TFT", ts="1763856000.000100", text="mine") == "cant_update_message"
        assert name(slack.chat_update, channel="C0TFT", ts="1.000001", text="x") == "message_not_found"
        assert name(slack.chat_update, channel="C0TFT", ts=ts, text="x" * 4001) == "msg_too_long"
        assert name(slack.chat_delete, channel="C0TFT", ts="1763856000.000100") == "cant_delete_message"
        slack.chat_delete(channel="C0TFT", ts=ts)
        assert ts not in [m["ts"] for m in hands.messages("U0MIN")]
        assert name(slack.chat_delete, channel="C0TFT", ts=ts) == "message_not_found"

    def test_an_update_keeps_blocks_unless_it_gives_some(self, slack, hands):
        ts = slack.chat_postMessage(channel="C0TFT", text="x", blocks=[section("kept")])["ts"]
        slack.chat_update(channel="C0TFT", ts=ts, text="y")
        assert hands.message("U0MIN", ts)["blocks"][0]["text"]["text"] == "kept"
        slack.chat_update(channel="C0TFT", ts=ts, text="z", blocks=[])
        assert hands.message("U0MIN", ts)["blocks"] == []

    def test_elements_get_the_ids_the_app_left_out(self, slack, hands, listener):
        bare = {key: value for key, value in button().items() if key != "action_id"}
        inside = {
            "type": "container",
            "title": {"type": "plain_text", "text": "t"},
            "child_blocks": [{"type": "actions", "elements": [bare]}],
        }
        ts = slack.chat_postMessage(channel="C0TFT", text="x", blocks=[inside])["ts"]
        (child,) = hands.message("U0MIN", ts)["blocks"][0]["child_blocks"]
        where = {"type": "message", "channel": "C0TFT", "ts": ts}
        action = child["elements"][0]["action_id"]
        hands.act("U0MIN", "click", app="A0PROBE", container=where, block_id=child["block_id"], action_id=action)
        assert listener.wait("block_actions")["actions"][0]["action_id"] == action

    def test_attachments_are_kept(self, slack, listener):
        answer = slack.chat_postMessage(channel="C0TFT", text="x", attachments=[{"text": "old style"}])
        assert answer["message"]["attachments"] == [{"text": "old style"}]
        assert listener.wait("message")["attachments"] == [{"text": "old style"}]

    def test_ephemerals_are_seen_by_one_and_kept_nowhere(self, slack, hands):
        ts = slack.chat_postEphemeral(channel="C0TFT", user="U0COUNTY", text="psst")["message_ts"]
        assert hands.message("U0COUNTY", ts)["ephemeral"] is True
        assert ts not in [m["ts"] for m in hands.messages("U0MIN")]
        assert ts not in [m["ts"] for m in slack.conversations_history(channel="C0TFT")["messages"]]
        assert name(slack.chat_postEphemeral, channel="C0TFT", user="U0FAR", text="x") == "user_not_in_channel"
        assert name(slack.chat_update, channel="C0TFT", ts=ts, text="y") == "message_not_found"

    def test_threads_and_broadcasts(self, slack, hands):
        parent = slack.chat_postMessage(channel="C0TFT", text="parent")["ts"]
        reply = slack.chat_postMessage(channel="C0TFT", text="reply", thread_ts=parent)["ts"]
        loud = slack.chat_postMessage(channel="C0TFT", text="loud", thread_ts=parent, reply_broadcast=True)["ts"]
        history = {m["ts"]: m for m in slack.conversations_history(channel="C0TFT")["messages"]}
        assert reply not in history
        assert history[loud]["subtype"] == "thread_broadcast"
        assert history[parent]["reply_count"] == 2
        assert history[parent]["reply_users"] == ["U0BOT"]
        replies = slack.conversations_replies(channel="C0TFT", ts=parent)["messages"]
        assert [m["ts"] for m in replies] == [parent, reply, loud]
        assert name(slack.conversations_replies, channel="C0TFT", ts="1.000001") == "thread_not_found"
        assert name(slack.chat_postMessage, channel="C0TFT", text="x", thread_ts=reply) == "thread_not_found"
        slack.chat_delete(channel="C0TFT", ts=parent)
        assert hands.message("U0MIN", parent)["deleted"] is True
        assert name(slack.reactions_add, channel="C0TFT", timestamp=parent, name="eyes") == "not_reactable"

    def test_permalinks(self, slack):
        link = slack.chat_getPermalink(channel="C0TFT", message_ts="1763856060.000100")["permalink"]
        assert link == "https://gist.slack.com/archives/C0TFT/p1763856060000100?thread_ts=1763856000.000100&cid=C0TFT"
        assert name(slack.chat_getPermalink, channel="C0TFT", message_ts="1.000001") == "message_not_found"

    def test_another_name_needs_its_scope_and_makes_a_bot_message(self, slack, world):
        assert (
            slack.chat_postMessage(channel="C0TFT", text="x", username="Other")["message"]["subtype"] == "bot_message"
        )


class TestReactions:
    def test_add_get_list_remove(self, slack):
        ts = slack.chat_postMessage(channel="C0TFT", text="x")["ts"]
        slack.reactions_add(channel="C0TFT", timestamp=ts, name="white_check_mark")
        found = slack.reactions_get(channel="C0TFT", timestamp=ts)["message"]
        assert found["reactions"] == [{"name": "white_check_mark", "users": ["U0BOT"], "count": 1}]
        assert [item["message"]["ts"] for item in slack.reactions_list(user="U0BOT")["items"]] == [ts]
        slack.reactions_remove(channel="C0TFT", timestamp=ts, name="white_check_mark")
        assert "reactions" not in slack.reactions_get(channel="C0TFT", timestamp=ts)["message"]

    def test_refusals(self, slack):
        there = {"channel": "C0TFT", "timestamp": "1763856120.000100"}
        slack.reactions_add(**there, name="+1::skin-tone-3")
        assert name(slack.reactions_add, **there, name="+1::skin-tone-3") == "already_reacted"
        assert name(slack.reactions_add, **there, name="no_such_emoji") == "invalid_name"
        assert name(slack.reactions_add, **there, name="eyes::skin-tone-3") == "invalid_name"
        assert name(slack.reactions_remove, **there, name="eyes") == "no_reaction"
        assert name(slack.reactions_add, channel="C0TFT", timestamp="1.000001", name="eyes") == "message_not_found"
        assert name(slack.reactions_add, channel="C0AWAY", timestamp="1.000001", name="eyes") == "not_in_channel"
        assert name(slack.reactions_get, channel="C0TFT", timestamp="1.000001") == "message_not_found"
        assert (
            name(slack.api_call, api_method="reactions.add", json={"channel": "C0TFT", "name": "eyes"})
            == "no_item_specified"
        )


class TestPins:
    def test_add_list_remove(self, slack):
        slack.pins_add(channel="C0TFT", timestamp="1763856000.000100")
        assert name(slack.pins_add, channel="C0TFT", timestamp="1763856000.000100") == "already_pinned"
        assert [item["message"]["ts"] for item in slack.pins_list(channel="C0TFT")["items"]] == ["1763856000.000100"]
        slack.pins_remove(channel="C0TFT", timestamp="1763856000.000100")
        assert name(slack.pins_remove, channel="C0TFT", timestamp="1763856000.000100") == "no_pin"
        assert name(slack.pins_add, channel="C0TFT", timestamp="1.000001") == "message_not_found"


class TestConversations:
    def test_info_of_a_shared_channel(self, slack):
        channel = slack.conversations_info(channel="C0TFT", include_num_members=True)["channel"]
        assert channel["is_ext_shared"] is True
        assert channel["shared_team_ids"] == ["T0COUNTY", "T0GIST"]
        assert channel["num_members"] == 5
        assert name(slack.conversations_info, channel="C0SECRET") == "channel_not_found"

    def test_list_pages_with_a_cursor(self, slack):
        first = slack.conversations_list(limit=2)
        second = slack.conversations_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
        found = [c["id"] for c in [*first["channels"], *second["channels"]]]
        assert sorted(found) == ["C0AWAY", "C0HOME", "C0TFT"]
        assert second["response_metadata"]["next_cursor"] == ""
        assert name(slack.conversations_list, cursor="nonsense") == "invalid_cursor"
        assert name(slack.conversations_list, types="group_chat") == "invalid_types"
        assert name(slack.conversations_list, limit="-1") == "invalid_limit"

    def test_history_pages_newest_first(self, slack):
        posted = [slack.chat_postMessage(channel="C0HOME", text=str(i))["ts"] for i in range(4)]
        first = slack.conversations_history(channel="C0HOME", limit=3)
        assert [m["ts"] for m in first["messages"]] == posted[:0:-1]
        assert first["has_more"] is True
        second = slack.conversations_history(
            channel="C0HOME", limit=3, cursor=first["response_metadata"]["next_cursor"]
        )
        assert [m["ts"] for m in second["messages"]] == posted[:1]
        assert second["has_more"] is False
        between = slack.conversations_history(channel="C0HOME", oldest=posted[0], latest=posted[2])["messages"]
        assert [m["ts"] for m in between] == posted[1:2]
        inclusive = slack.conversations_history(channel="C0HOME", oldest=posted[0], latest=posted[2], inclusive=True)[
            "messages"
        ]
        assert [m["ts"] for m in inclusive] == posted[2::-1]
        assert name(slack.conversations_history, channel="C0AWAY") == "not_in_channel"

    def test_open_is_the_same_dm_again(self, slack):
        first = slack.conversations_open(users="U0MIN")
        again = slack.conversations_open(users="U0MIN", return_im=True)
        assert first["channel"]["id"] == again["channel"]["id"]
        assert again["already_open"] is True
        assert again["channel"]["user"] == "U0MIN"
        assert name(slack.conversations_open, users="U0NOBODY") == "user_not_found"
        assert name(slack.conversations_open, users="") == "users_list_not_supplied"
        group = slack.conversations_open(users=["U0MIN", "U0JUN"])["channel"]["id"]
        assert slack.conversations_open(users=["U0JUN", "U0MIN"])["channel"]["id"] == group

    def test_members_join_leave_invite(self, slack):
        assert slack.conversations_members(channel="C0TFT")["members"] == [
            "U0BOT",
            "U0COUNTY",
            "U0GUEST",
            "U0JUN",
            "U0MIN",
        ]
        slack.conversations_join(channel="C0AWAY")
        assert slack.conversations_join(channel="C0AWAY")["warning"] == "already_in_channel"
        slack.conversations_invite(channel="C0AWAY", users="U0JUN")
        assert name(slack.conversations_invite, channel="C0AWAY", users="U0JUN") == "already_in_channel"
        assert name(slack.conversations_invite, channel="C0AWAY", users="U0BOT") == "cant_invite_self"
        assert (
            error(slack.conversations_invite, channel="C0AWAY", users="U0FAR")["errors"][0]["error"] == "user_not_found"
        )
        slack.conversations_leave(channel="C0AWAY")
        assert slack.conversations_leave(channel="C0AWAY")["not_in_channel"] is True

    def test_create_topic_archive(self, slack):
        id = slack.conversations_create(name="new-one")["channel"]["id"]
        assert name(slack.conversations_create, name="new-one") == "name_taken"
        assert name(slack.conversations_create, name="New One") == "invalid_name_specials"
        assert slack.conversations_setTopic(channel=id, topic="Topic")["channel"]["topic"]["value"] == "Topic"
        slack.conversations_archive(channel=id)
        assert name(slack.conversations_archive, channel=id) == "is_archived"

    def test_neighbours(self, slack, hands):
        assert slack.conversations_setPurpose(channel="C0HOME", purpose="Why")["channel"]["purpose"]["value"] == "Why"
        assert slack.conversations_rename(channel="C0HOME", name="at-home")["channel"]["previous_names"] == ["home"]
        assert name(slack.conversations_rename, channel="C0HOME", name="tft") == "name_taken"
        assert name(slack.conversations_rename, channel="C0HOME", name="At Home") == "invalid_name_specials"
        slack.conversations_kick(channel="C0HOME", user="U0JUN")
        assert name(slack.conversations_kick, channel="C0HOME", user="U0JUN") == "not_in_channel"
        assert name(slack.conversations_kick, channel="C0HOME", user="U0BOT") == "cant_kick_self"
        assert name(slack.conversations_unarchive, channel="C0HOME") == "not_archived"
        slack.conversations_archive(channel="C0HOME")
        slack.conversations_unarchive(channel="C0HOME")
        slack.conversations_mark(channel="C0HOME", ts="1.000001")
        dm = slack.conversations_open(users="U0MIN")["channel"]["id"]
        assert slack.conversations_close(channel=dm)["already_closed"] is True
        assert name(slack.conversations_close, channel="C0HOME") == "method_not_supported_for_channel_type"

    def test_users_conversations(self, slack):
        assert [c["id"] for c in slack.users_conversations()["channels"]] == ["C0HOME", "C0TFT"]
        assert [c["id"] for c in slack.users_conversations(user="U0COUNTY")["channels"]] == ["C0TFT"]


class TestPeople:
    def test_ones_own_people_show_a_locale_when_asked(self, slack):
        assert "locale" not in slack.users_info(user="U0MIN")["user"]
        user = slack.users_info(user="U0MIN", include_locale=True)["user"]
        assert user["locale"] == "ko-KR"
        assert user["tz_offset"] == 9 * 3600
        assert user["profile"]["email"] == "minji@example.org"

    def test_strangers_hide_it(self, slack):
        user = slack.users_info(user="U0COUNTY", include_locale=True)["user"]
        assert user["is_stranger"] is True
        assert user["team_id"] == "T0COUNTY"
        assert "locale" not in user
        assert "email" not in user["profile"]
        assert name(slack.users_info, user="U0FAR") == "user_not_found"

    def test_list_has_the_teams_own(self, slack):
        assert [u["id"] for u in slack.users_list()["members"]] == ["U0BOT", "U0GUEST", "U0JUN", "U0MIN"]
        assert [u["id"] for page in slack.users_list(limit=3) for u in page["members"]] == [
            "U0BOT",
            "U0GUEST",
            "U0JUN",
            "U0MIN",
        ]

    def test_neighbours(self, slack):
        assert slack.users_lookupByEmail(email="minji@example.org")["user"]["id"] == "U0MIN"
        assert name(slack.users_lookupByEmail, email="no@example.org") == "users_not_found"
        assert slack.users_profile_get(user="U0MIN")["profile"]["title"] == "교수"
        assert slack.bots_info(bot="B0BOT")["bot"]["user_id"] == "U0BOT"
        assert name(slack.bots_info, bot="B0NONE") == "bot_not_found"
        assert slack.team_info()["team"]["domain"] == "gist"
        assert slack.team_info(team="T0COUNTY")["team"]["name"] == "County"
        assert slack.emoji_list()["emoji"] == {}


class TestFiles:
    def test_the_upload_flow_shares_a_file(self, slack, hands):
        answer = slack.files_upload_v2(
            channel="C0TFT", filename="minutes.txt", content="회의록", title="Minutes", initial_comment="Here"
        )
        id = answer["files"][0]["id"]
        shared = next(m for m in hands.messages("U0MIN") if m["files"])
        assert shared["text"] == "Here"
        assert shared["files"][0]["title"] == "Minutes"
        info = slack.files_info(file=id)["file"]
        assert info["channels"] == ["C0TFT"]
        status, content = hands.request("GET", info["url_private"].removeprefix(hands.url))
        assert (status, content.decode()) == (200, "회의록")

    def test_without_a_channel_it_stays_the_apps_own(self, slack):
        answer = slack.files_upload_v2(filename="a.txt", content="x")
        assert slack.files_info(file=answer["files"][0]["id"])["file"]["is_public"] is False

    def test_a_message_of_the_app_that_has_its_address_shares_it(self, slack, hands):
        link = slack.files_upload_v2(filename="list.txt", content="목록")["files"][0]["permalink"]
        path = link.removeprefix(hands.url)
        assert hands.request("GET", path)[0] == 404

        slack.chat_postMessage(channel="C0TFT", text=f"<{link}|list.txt>")

        assert next(m for m in hands.messages("U0MIN") if m["files"])["files"][0]["name"] == "list.txt"
        assert hands.request("GET", path)[0] == 200

    def test_the_address_in_somebody_elses_message_shares_nothing(self, slack, hands):
        link = slack.files_upload_v2(filename="list.txt", content="목록")["files"][0]["permalink"]

        hands.act("U0MIN", "post", channel="C0TFT", text=link)

        assert hands.request("GET", link.removeprefix(hands.url))[0] == 404

    def test_refusals(self, slack):
        given = slack.files_getUploadURLExternal(filename="a.txt", length=3)
        assert name(slack.files_completeUploadExternal, files=[{"id": given["file_id"]}]) == "file_not_found"
        assert name(slack.files_completeUploadExternal, files=[{"id": "F0NONE"}]) == "file_not_found"
        assert name(slack.files_info, file="F0NONE") == "file_not_found"
        assert (
            name(slack.api_call, api_method="files.getUploadURLExternal", json={"filename": "a.txt"})
            == "invalid_arguments"
        )


def until_refused(call, most: int, **arguments) -> SlackApiError:
    """Call on and on until Slack has enough."""
    with pytest.raises(SlackApiError) as caught:
        [call(**arguments) for _ in range(most)]
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    return caught.value


class TestLimits:
    def test_a_channel_takes_one_message_a_second(self, slack):
        refused = until_refused(slack.chat_postMessage, 50, channel="C0TFT", text="x")
        assert refused.response.headers["Retry-After"] == "1"
        slack.chat_postMessage(channel="C0HOME", text="another channel has its own pace")

    def test_a_method_has_the_tier_slack_gives_it(self, slack):
        refused = until_refused(slack.reactions_list, 25)
        assert 1 <= int(refused.response.headers["Retry-After"]) <= 60

    def test_they_can_be_switched_off(self, world):
        world["enforce_limits"] = False
        with Workspace(world) as workspace:
            client = WebClient("xoxb-gist", base_url=workspace.api_url)
            for _ in range(20):
                client.chat_postMessage(channel="C0TFT", text="x")


def test_tokens_that_ended(slack, workspace, hands: Hands):
    slack.auth_revoke()
    assert name(slack.auth_test) == "token_revoked"


def test_uninstalling_ends_the_account(slack, hands):
    slack.apps_uninstall(client_id="111.222", client_secret="shh")
    assert name(slack.auth_test) == "account_inactive"
    assert hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="") == "no_such_command"


def test_installing_by_oauth(workspace, slack, hands):
    """The second organisation installs the app: a bot and a token of its own."""
    query = "client_id=111.222&scope=chat:write,commands&redirect_uri=http://127.0.0.1/back&state=s1"
    status, page = hands.request("GET", f"/oauth/v2/authorize?{query}")
    assert status == 200
    assert "이 수호" in page.decode()
    connection = HTTPConnection(workspace.url.removeprefix("http://"))
    connection.request("GET", f"/oauth/v2/authorize?{query}&allow=U0COUNTY")
    target = connection.getresponse().headers["Location"]
    connection.close()
    assert target.startswith("http://127.0.0.1/back?code=")
    assert target.endswith("state=s1")
    code = target.split("code=")[1].split("&")[0]
    client = WebClient(base_url=workspace.api_url)
    given = client.oauth_v2_access(
        client_id="111.222", client_secret="shh", code=code, redirect_uri="http://127.0.0.1/back"
    )
    assert given["team"]["id"] == "T0COUNTY"
    assert WebClient(given["access_token"], base_url=workspace.api_url).auth_test()["user_id"] == given["bot_user_id"]
    assert name(client.oauth_v2_access, client_id="111.222", client_secret="shh", code=code) == "invalid_code"
    assert "shh" not in str(workspace.calls) + str(workspace.refusals)
    assert hands.request("GET", "/oauth/v2/authorize?client_id=111.222&scope=admin&allow=U0MIN")[0] == 400


def test_every_method_has_a_shape():
    assert len(checked_methods()) > 40


def test_a_button_needs_its_text(slack):
    refused = error(
        slack.chat_postMessage, channel="C0TFT", text="x", blocks=[{"type": "actions", "elements": [button(text=None)]}]
    )
    assert refused["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/elements/0" in refused["errors"][0]
    assert refused["response_metadata"]["messages"][0] == "[ERROR] " + refused["errors"][0]


def test_tokens_that_rotate(world):
    """Twelve hours by default; here none: the access token expires at once, the refresh token has one use."""
    world["apps"][0]["manifest"]["settings"]["token_rotation_enabled"] = True
    with Workspace({**world, "token_life_s": 0}) as workspace:
        mine = {"client_id": "111.222", "client_secret": "shh"}
        client = WebClient(base_url=workspace.api_url)
        connection = HTTPConnection(workspace.url.removeprefix("http://"))
        query = "client_id=111.222&scope=chat:write&redirect_uri=http://127.0.0.1/back&allow=U0COUNTY"
        connection.request("GET", f"/oauth/v2/authorize?{query}")
        code = connection.getresponse().headers["Location"].split("code=")[1].split("&")[0]
        connection.close()

        given = client.oauth_v2_access(**mine, code=code)
        assert (given["expires_in"], given["token_type"]) == (0, "bot")
        assert name(WebClient(given["access_token"], base_url=workspace.api_url).auth_test) == "token_expired"

        workspace.hub.given["token_life_s"] = 43_200
        renew = {**mine, "grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
        anew = client.oauth_v2_access(**renew)
        assert (
            WebClient(anew["access_token"], base_url=workspace.api_url).auth_test()["user_id"] == given["bot_user_id"]
        )
        assert name(client.oauth_v2_access, **renew) == "invalid_refresh_token"
        assert given["refresh_token"] not in str(workspace.calls) + str(workspace.refusals)
        assert workspace.violations == []
