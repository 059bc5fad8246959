"""The app's manifest: what Slack must know of the app, from the one place that the code, the tests and `manifest.json` share."""

import json
from typing import Any

from config.apps import SlackApp
from config.words import Say
from handlers.commands import COMMAND
from handlers.decision_shortcuts import RECORD_DECISION
from handlers.item_shortcuts import ADD_ITEM, MAKE_ITEM
from handlers.meetings import ADD_TO_MINUTES

# What the bot may do; `tft manifest` gives the reasons, `tft doctor` compares with what a workspace granted.
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "users:read",
)
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
    "user_change",
)


def manifest(
    say: Say, request_url: str | None = None, app: SlackApp | None = None, *, rotation: bool = False
) -> dict[str, Any]:
    """The manifest of an app (by default the only one) in one language.

    With `request_url` (https, up to the path) Slack sends by HTTP and people come back there from installing, else Slack
    sends by Socket Mode. `rotation`: tokens expire.
    """
    app, base = app or SlackApp(), request_url.rstrip("/") if request_url else None
    url = base + app.path("events") if base else None
    redirects = [base + app.path("oauth_redirect")] if base else None
    command = {
        "command": COMMAND,
        "url": url,
        "description": say("manifest-command"),
        "usage_hint": say("manifest-usage"),
        "should_escape": True,  # mentions arrive as ids
    }
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": say("manifest-name"),
            "description": say("manifest-description"),
            "background_color": "#1d4f7c",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": say("manifest-name"), "always_online": True},
            "slash_commands": [_without_none(command)],
            "shortcuts": shortcuts(say),
        },
        "oauth_config": _without_none({"redirect_urls": redirects, "scopes": {"bot": list(SCOPES)}}),
        "settings": {
            "event_subscriptions": _without_none({"request_url": url, "bot_events": list(EVENTS)}),
            "interactivity": _without_none({"is_enabled": True, "request_url": url, "message_menu_options_url": url}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": rotation,
        },
    }


def shortcuts(say: Say) -> list[dict[str, str]]:
    """What Slack offers under a message, and from anywhere."""
    return [
        {
            "name": say("manifest-make-item"),
            "type": "message",
            "callback_id": MAKE_ITEM,
            "description": say("manifest-make-item-what"),
        },
        {
            "name": say("manifest-add-item"),
            "type": "global",
            "callback_id": ADD_ITEM,
            "description": say("manifest-add-item-what"),
        },
        {
            "name": say("manifest-record-decision"),
            "type": "message",
            "callback_id": RECORD_DECISION,
            "description": say("manifest-record-decision-what"),
        },
        {
            "name": say("manifest-add-to-minutes"),
            "type": "message",
            "callback_id": ADD_TO_MINUTES,
            "description": say("manifest-add-to-minutes-what"),
        },
    ]


def reasons(say: Say) -> dict[str, str]:
    """Why each scope is needed."""
    return {scope: say(f"scope-{scope.replace(':', '-').replace('_', '-')}") for scope in SCOPES}


def written(made: dict[str, Any]) -> str:
    """A manifest as it stands in a file."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _without_none(section: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in section.items() if value is not None}
