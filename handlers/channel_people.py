"""Who is in a channel, as Slack says: asked when somebody sets it up, never inside a transaction."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from slack_sdk.errors import SlackApiError

from bot.rules.setup import ChannelPeople
from bot.services.askers import Who
from handlers.deps import Deps
from storage.tables import Account, Installation

PAGE = 1000
AT_ONCE = 8  # questions to Slack side by side: an answer is due within 3 s
MOST_QUESTIONS = 60


def channel_people(deps: Deps, who: Who, user_ids: Iterable[str]) -> ChannelPeople:
    """The channel's members, and what is known of these people."""
    found = members(deps, who.installation, who.channel_id or "")
    accounts = known_accounts(deps, who.installation, user_ids)
    return ChannelPeople(found, {one.user_id: one for one in accounts}, who.user_id, who.installation.bot_user_id)


def members(deps: Deps, installation: Installation, channel_id: str) -> set[str] | None:
    """The ids of everybody in the channel; None when Slack does not let the bot look."""
    client = deps.slack.client(installation)
    found: set[str] = set()
    cursor: str | None = None
    try:
        while cursor != "":
            page = client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
            found.update(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
    except SlackApiError as error:
        if error.response["error"] not in ("channel_not_found", "not_in_channel", "fetch_members_failed"):
            raise
        return None
    return found


def known_accounts(deps: Deps, installation: Installation, user_ids: Iterable[str]) -> list[Account]:
    """What is known of these people; strangers are asked about, as many as can be in the time there is."""
    wanted = set(user_ids)
    asked = sorted(wanted - {one.user_id for one in _stored(deps, wanted) if one.refreshed_at})[:MOST_QUESTIONS]
    if asked:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda user_id: deps.profiles.refresh(user_id, installation), asked))
    return _stored(deps, wanted)


def _stored(deps: Deps, user_ids: set[str]) -> list[Account]:
    with deps.database.reading() as session:
        found = (session.get(Account, user_id) for user_id in sorted(user_ids))
        return [one for one in found if one]
