"""The world of these tests: GIST has the app, the county shares its channel."""

from typing import Any

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Probe"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Probe", "always_online": True},
        "shortcuts": [
            {"name": "New", "type": "global", "callback_id": "new", "description": "Make one"},
            {"name": "From this", "type": "message", "callback_id": "from", "description": "Make one of this"},
        ],
        "slash_commands": [
            {"command": "/probe", "description": "Try", "usage_hint": "[anything]", "should_escape": True},
            {"command": "/plain", "description": "Try without escaping", "should_escape": False},
        ],
    },
    "oauth_config": {
        "redirect_urls": ["http://127.0.0.1/back"],
        "scopes": {
            "bot": (
                "app_mentions:read channels:history channels:join channels:manage channels:read chat:write chat:write.customize commands "
                "emoji:read files:read files:write groups:history groups:read groups:write im:history im:read im:write mpim:history mpim:read "
                "mpim:write pins:read pins:write reactions:read reactions:write team:read users.profile:read users:read users:read.email"
            ).split()
        },
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": (
                "app_home_opened app_mention app_uninstalled channel_archive channel_created channel_id_changed channel_left channel_rename channel_shared "
                "channel_unarchive channel_unshared file_shared member_joined_channel member_left_channel message.channels message.groups "
                "message.im message.mpim pin_added pin_removed reaction_added reaction_removed team_join tokens_revoked user_change"
            ).split()
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

APP: Json = {
    "id": "A0PROBE",
    "manifest": MANIFEST,
    "app_token": "xapp-1-probe",
    "signing_secret": "8f742231b10e8888abcd99yyyzzz85a5",
    "client_id": "111.222",
    "client_secret": "shh",
    "installs": [
        {
            "team": "T0GIST",
            "bot_token": "xoxb-gist",
            "bot_user": "U0BOT",
            "bot_id": "B0BOT",
            "channels": ["C0TFT", "C0HOME"],
        }
    ],
}

WORLD: Json = {
    "name": "GIST × County",
    "teams": [
        {"id": "T0GIST", "name": "GIST", "domain": "gist"},
        {"id": "T0COUNTY", "name": "County", "domain": "county"},
    ],
    "users": [
        {
            "id": "U0MIN",
            "team": "T0GIST",
            "name": "minji.kim",
            "real_name": "김 민지",
            "title": "교수",
            "locale": "ko-KR",
            "tz": "Asia/Seoul",
            "email": "minji@example.org",
        },
        {
            "id": "U0JUN",
            "team": "T0GIST",
            "name": "jun.park",
            "real_name": "Jun Park",
            "locale": "en-US",
            "tz": "Asia/Seoul",
        },
        {"id": "U0GUEST", "team": "T0GIST", "name": "guest", "real_name": "A Guest", "locale": "en-US", "guest": True},
        {
            "id": "U0COUNTY",
            "team": "T0COUNTY",
            "name": "suho.lee",
            "real_name": "이 수호",
            "locale": "ko-KR",
            "tz": "Asia/Seoul",
        },
        {"id": "U0FAR", "team": "T0COUNTY", "name": "far.away", "real_name": "Far Away"},
    ],
    "channels": [
        {
            "id": "C0TFT",
            "name": "tft",
            "team": "T0GIST",
            "shared_with": ["T0COUNTY"],
            "members": ["U0MIN", "U0JUN", "U0COUNTY", "U0GUEST"],
            "messages": [
                {"user": "U0MIN", "text": "Hello & welcome", "ts": "1763856000.000100"},
                {"user": "U0COUNTY", "text": "Thanks", "ts": "1763856060.000100", "thread_ts": "1763856000.000100"},
                {
                    "user": "U0JUN",
                    "text": "Next",
                    "ts": "1763856120.000100",
                    "reactions": [{"name": "eyes", "users": ["U0MIN", "U0COUNTY"]}],
                },
            ],
        },
        {"id": "C0HOME", "name": "home", "team": "T0GIST", "members": ["U0MIN", "U0JUN"]},
        {"id": "C0AWAY", "name": "away", "team": "T0GIST", "members": ["U0MIN"]},
        {"id": "C0SECRET", "name": "secret", "team": "T0GIST", "private": True, "members": ["U0MIN"]},
    ],
    "apps": [APP],
    "clock": "2026-11-23T09:00:00+09:00",
    "retry_scale": 0.002,
}


def world_of() -> Json:
    return WORLD


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "go", **more: Any) -> Json:
    return {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": "Go"},
        "value": "1",
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Title"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks) or [section()],
        **more,
    }


def field(action_id: str = "text", block_id: str = "b", **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": "Say"},
        "element": {"type": "plain_text_input", "action_id": action_id},
        **more,
    }
