"""Who Slack says a user is: asked once a day and never inside a transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.slack import Slack
from storage.database import Database
from storage.people import Profile, remember_profile
from storage.tables import Account, Installation

log = structlog.get_logger()
FRESH = timedelta(days=1)


class Profiles:
    """Looks users up in Slack when the database does not know them or has not asked for a day."""

    def __init__(self, database: Database, slack: Slack, machine_clock: Callable[[], datetime]) -> None:
        self._database = database
        self._machine_clock = machine_clock
        self._slack = slack
        self._fresh_until: dict[str, datetime] = {}

    def refresh(self, user_id: str, installation: Installation) -> bool:
        """Remember what Slack says of a user, if it is not known or a day old. Slack not answering: asked again next time.

        True if Slack says for the first time that the account is switched off.
        """
        now = self._machine_clock()
        if self._fresh_until.get(user_id, now) > now:
            return False
        with self._database.reading() as session:
            account = session.get(Account, user_id)
        was_off = account is not None and account.is_deleted
        if not (account and account.refreshed_at and account.refreshed_at + FRESH > now):
            profile = self._ask(user_id, installation)
            if profile is None:
                return False
            # A transaction of its own: a refusal that follows would roll the language back as well.
            with self._database.transaction() as session:
                account = remember_profile(session, profile, now)
        self._fresh_until[user_id] = (account.refreshed_at or now) + FRESH
        return account.is_deleted and not was_off

    def _ask(self, user_id: str, installation: Installation) -> Profile | None:
        try:
            user = self._slack.client(installation).users_info(user=user_id, include_locale=True)["user"]
        except (SlackApiError, SlackClientError, OSError) as error:
            log.warning("profile-unknown", user=user_id, error=str(error))
            return None
        return profile_of(user)


def profile_of(user: dict[str, Any]) -> Profile:
    """What Slack says of a user, in `users.info` and in events."""
    details = user.get("profile", {})
    return Profile(
        user_id=user["id"],
        team_id=user.get("team_id"),
        name=details.get("real_name") or user.get("real_name") or user.get("name") or user["id"],
        locale=user.get("locale"),
        zone=user.get("tz"),
        is_bot=bool(user.get("is_bot")),
        is_deleted=bool(user.get("deleted")),
        title=details.get("title") or "",
    )
