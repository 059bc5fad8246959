"""Bot tokens, for listeners and jobs alike: unsealed, and refreshed hours before they expire.

Where Slack rotates tokens, one is good for twelve hours and comes with a refresh token of one use
(https://docs.slack.dev/authentication/using-token-rotation). Of all threads and processes one refreshes: whoever claims the
row. What Slack gives is committed at once. If the answer is lost on the way or the process dies before the commit, the
token that is known is good for `EARLY` yet, and the old refresh token is tried again.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from config.apps import SlackApp
from handlers.deps import Deps
from handlers.schedule import Tick
from handlers.slack import Client
from storage import installations
from storage.database import Database, in_transaction
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Installation

log = structlog.get_logger()
EARLY = timedelta(hours=2)
CLAIM = timedelta(seconds=30)  # longer than the call takes; also how long a failure is left alone
PATIENCE_S = 2.0  # with an expired token: how long to wait for who refreshes it


class Tokens:
    """Gives the bot token of an installation."""

    def __init__(
        self,
        database: Database,
        seal: Seal,
        apps: Sequence[SlackApp],
        api_url: str,
        machine_clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._seal = seal
        self._apps = {app.name: app for app in apps}
        self._api_url = api_url
        self._machine_clock = machine_clock

    def __call__(self, installation: Installation) -> str:
        """The bot token, ready to use; raises `CannotOpen` when it was sealed with another key."""
        if installation.expires_at is None:
            return self._seal.open(installation.bot_token)
        return self._seal.open(self._lasting(installation.id or 0).bot_token)

    def _lasting(self, installation_id: int) -> Installation:
        """The installation with a token that lasts, or, while somebody else refreshes it, as it is."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            known, now = self._read(installation_id), self._machine_clock()
            if known.expires_at is None or known.expires_at - now > EARLY:
                return known
            if not in_transaction() and self._claim(known, now):
                return self._refresh(known)
            if known.expires_at > now or in_transaction() or time.monotonic() > deadline:
                return known
            time.sleep(0.05)

    def _read(self, installation_id: int) -> Installation:
        with self._database.reading() as session:
            return session.get_one(Installation, installation_id)

    def _claim(self, known: Installation, now: datetime) -> bool:
        if known.refreshing_until and known.refreshing_until > now:
            return False
        with self._database.transaction() as session:
            return installations.claim_refresh(session, known, now, now + CLAIM)

    def _refresh(self, known: Installation) -> Installation:
        """Ask Slack for new tokens; what is known stays when it gives none."""
        asked_at = self._machine_clock()
        try:
            found = self._ask(known, asked_at)
        except (SlackApiError, SlackClientError, OSError, LookupError) as error:
            why = str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("token-not-refreshed", team=known.team_id, app=known.app_name, error=why)
            with self._database.transaction() as session:
                installations.refresh_failed(session, known, why, self._machine_clock() + CLAIM)
            return known
        with self._database.transaction() as session:
            log.info("token-refreshed", team=known.team_id, app=known.app_name)
            return installations.refreshed(session, known, found, self._seal)

    def _ask(self, known: Installation, asked_at: datetime) -> Installed:
        app = self._apps[known.app_name]  # an app that is not ours any more: `LookupError`
        answer = Client(None, self._api_url).oauth_v2_access(
            client_id=app.client_id or "",
            client_secret=app.client_secret.get_secret_value() if app.client_secret else "",
            grant_type="refresh_token",
            refresh_token=self._seal.open(known.refresh_token or ""),
        )
        return Installed(
            team_id=known.team_id,
            team_name=known.team_name,
            bot_user_id=known.bot_user_id,
            bot_id=known.bot_id,
            bot_token=answer["access_token"],
            scopes=known.scopes,
            refresh_token=answer["refresh_token"],
            expires_at=asked_at + timedelta(seconds=answer["expires_in"]),
        )


def refresh_all(deps: Deps) -> None:
    """Keep the tokens fresh of workspaces in which nothing happens, so that nobody who acts has to wait for it."""
    with deps.database.reading() as session:
        due = installations.expiring(session, deps.machine_clock() + EARLY)
    for installation in due:
        deps.slack.token(installation)


TICK = Tick("tokens", 60.0, refresh_all)
