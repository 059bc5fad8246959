"""Looking in Slack for messages of ours by the key in their metadata."""

from datetime import timedelta
from typing import Any, NamedTuple

from slack_sdk.web import SlackResponse

from handlers.calls import Outcome, attempt
from handlers.errands import Errand
from handlers.slack import Client

CLOCKS_DIFFER = timedelta(minutes=5)  # Slack's stamps and our clock
PAGE = 200


class Found(NamedTuple):
    """A message that carries the row's key, and which of our bots wrote it."""

    ts: str
    bot: str


def find(client: Client, errand: Errand) -> tuple[Outcome, list[Found]]:
    """The messages that carry the row's key, oldest first; none if the outcome is not done."""
    found: list[Found] = []
    cursor: str | None = None
    while True:
        outcome = _page(client, errand, cursor)
        if not outcome.is_done:
            return outcome, []
        found += [Found(one["ts"], one["user"]) for one in outcome.answer["messages"] if _is_ours(one, errand)]
        cursor = (outcome.answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return outcome, sorted(set(found))


def _page(client: Client, errand: Errand, cursor: str | None) -> Outcome:
    since = (errand.row.tried_at or errand.row.created_at) - CLOCKS_DIFFER
    options: dict[str, Any] = {
        "channel": errand.channel_id,
        "oldest": f"{since.timestamp():.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
        "cursor": cursor,
    }

    def call() -> SlackResponse:
        if errand.thread_ts:
            return client.conversations_replies(ts=errand.thread_ts, **options)
        return client.conversations_history(**options)

    return attempt(errand.looks_by, call)


def _is_ours(message: dict[str, Any], errand: Errand) -> bool:
    """Metadata can be read and copied by others: it must be a bot of ours that wrote it, too."""
    payload = message.get("metadata", {}).get("event_payload", {})
    return payload.get("key") == errand.row.key and message.get("user") in errand.bots
