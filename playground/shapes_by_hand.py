"""Shapes that Slack's own log does not cover, written by hand from Slack's pages."""

EVERY_ANSWER = [
    "ok",
    "error",
    "warning",
    "response_metadata",
    "response_metadata.messages",
    "response_metadata.warnings",
]
"""What any Web API answer may carry (https://docs.slack.dev/apis/web-api/#responses)."""

_USER = ["user", "user.id", "user.name", "user.username", "user.team_id"]
_TEAM = ["team", "team.id", "team.domain", "enterprise", "is_enterprise_install"]

BY_HAND: dict[str, list[str]] = {
    # https://docs.slack.dev/reference/methods/api.test
    "api/api.test": [*EVERY_ANSWER, "args"],
    # https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
    "app-backend/BlockSuggestionPayload": [
        "type",
        "token",
        "api_app_id",
        "action_id",
        "block_id",
        "value",
        "view",
        "container",
        "container.type",
        "container.view_id",
        "container.message_ts",
        "container.channel_id",
        "container.is_ephemeral",
        "channel",
        "channel.id",
        "channel.name",
        "message",
        *_USER,
        *_TEAM,
    ],
    # https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    "app-backend/GlobalShortcutPayload": ["type", "token", "action_ts", "callback_id", "trigger_id", *_USER, *_TEAM],
    # https://docs.slack.dev/apis/events-api/using-socket-mode
    "socket/hello": [
        "type",
        "num_connections",
        "connection_info",
        "connection_info.app_id",
        "debug_info",
        "debug_info.host",
        "debug_info.started",
        "debug_info.build_number",
        "debug_info.approximate_connection_time",
    ],
    "socket/disconnect": ["type", "reason", "debug_info", "debug_info.host"],
    "socket/envelope": ["envelope_id", "type", "payload", "accepts_response_payload", "retry_attempt", "retry_reason"],
    # https://docs.slack.dev/reference/events/url_verification
    "events/UrlVerificationPayload": ["token", "challenge", "type"],
}

EXTRA: dict[str, list[str]] = {
    # https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    "app-backend/interactive-components/BlockActionPayload": ["view.blocks"],
    # https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    "app-backend/views/ViewClosedPayload": ["view.blocks"],
    # https://docs.slack.dev/reference/events/app_home_opened
    "events/AppHomeOpenedPayload": ["event.view.blocks"],
    # https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    "app-backend/views/ViewSubmissionPayload": [
        "view.blocks",
        "response_urls",
        "response_urls[].block_id",
        "response_urls[].action_id",
        "response_urls[].channel_id",
        "response_urls[].response_url",
    ],
    # https://docs.slack.dev/reference/methods/auth.revoke
    "api/auth.revoke": ["revoked"],
    # https://docs.slack.dev/reference/methods/conversations.leave
    "api/conversations.leave": ["not_in_channel"],
    # https://docs.slack.dev/reference/methods/pins.list
    "api/pins.list": ["items[].channel", "items[].message"],
}
