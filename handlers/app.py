"""The Bolt app: who may speak for whom, every listener, and what happens when one fails."""

import logging
import re
import time
from types import ModuleType
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest

from handlers import (
    budget,
    channels,
    commands,
    days_off,
    decision_shortcuts,
    decisions,
    delegations,
    departures,
    failures,
    handovers,
    home,
    item_acts,
    item_pasted,
    item_questions,
    item_shortcuts,
    items,
    meeting_marks,
    meeting_threads,
    meetings,
    menu,
    nudges,
    off_record,
    reactions,
    roster,
    settings,
    setup,
    silence,
)
from handlers import installations as installed
from handlers.deps import Deps
from handlers.metrics import MeasuredApp
from handlers.slack import Client
from storage import installations
from storage.tables import Installation

log = structlog.get_logger()
CACHE_S = 10.0


# Bolt asks listeners in this order, one by one, so what comes most often is in front. Those of meetings' threads stand
# before those that take messages for commands, those that an emoji opens a form for before those that count it.
LISTENERS: tuple[ModuleType, ...] = (
    meeting_marks,
    meeting_threads,
    commands,
    item_shortcuts,
    decision_shortcuts,
    reactions,
    menu,
    items,
    item_acts,
    item_pasted,
    item_questions,
    decisions,
    delegations,
    nudges,
    budget,
    meetings,
    home,
    setup,
    roster,
    days_off,
    settings,
    channels,
    departures,
    handovers,
    silence,
)


def build(deps: Deps, app_name: str, signing_secret: str) -> App:
    """An app that answers only after its listener has committed; authorization is a look-up of our own."""
    heard = HeardBy(deps, app_name)

    def authorize(context: dict[str, Any], team_id: str | None) -> AuthorizeResult | None:
        return heard.authorize(context, team_id)  # Bolt reads the argument names, and trips over a bound method's

    app = MeasuredApp(
        deps.metrics,
        name=app_name,  # without one Bolt reads the source of every caller to find its own
        client=Client(None, deps.settings.slack_api_url),
        signing_secret=signing_secret,
        process_before_response=True,
        authorize=authorize,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
        logger=_quiet_logger(),
    )
    off_record.register(app)
    for part in LISTENERS:
        part.register(app, deps)
    installed.register(app, deps, app_name)

    @app.event(re.compile(".*"))
    def everything_else() -> None:
        """Subscribed events that nothing needs: acknowledged, or Slack would send them again."""

    @app.error
    def failed(error: Exception, request: BoltRequest, body: dict[str, Any]) -> BoltResponse:
        return failures.respond(deps, app_name, error, request, body)

    return app


def _quiet_logger() -> logging.Logger:
    """What Bolt's own loggers take their level from: below errors it logs bodies of refused and of unknown requests."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


class HeardBy:
    """Which installation an incoming request belongs to."""

    def __init__(self, deps: Deps, app_name: str) -> None:
        self._deps = deps
        self._app_name = app_name
        self._known: dict[str | None, tuple[float, Installation]] = {}

    def authorize(self, context: dict[str, Any], team_id: str | None) -> AuthorizeResult | None:
        """The installation in `team_id`; people of a partner organisation act under the only one there is."""
        installation = self._find(team_id)
        if installation is None:
            log.warning("no-installation", app=self._app_name, team=team_id)
            return None
        context["installation"] = installation
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team_id,
            bot_token=self._deps.slack.token(installation),
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
        )

    def _find(self, team_id: str | None) -> Installation | None:
        kept = self._known.get(team_id)
        if kept and time.monotonic() - kept[0] < CACHE_S:
            return kept[1]
        with self._deps.database.reading() as session:
            mine = [one for one in installations.standing(session) if one.app_name == self._app_name]
        own = next((one for one in mine if one.team_id == team_id), None)
        if own:  # a team without the app may have it in a moment
            self._known[team_id] = (time.monotonic(), own)
        return own or (mine[0] if len(mine) == 1 else None)
