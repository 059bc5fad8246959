"""The Bolt app: who may speak for whom, every listener, and what happens when one fails."""

import re
import secrets
import time
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from sqlalchemy.exc import OperationalError

from bot.messages import answers
from handlers import commands, menu
from handlers.deps import Deps
from handlers.slack import Client
from storage import installations
from storage.tables import Installation, Parked

log = structlog.get_logger()
CACHE_S = 10.0
LAST_RETRY = "3"


def build(deps: Deps, app_name: str, signing_secret: str) -> App:
    """An app that answers only after its listener has committed; authorization is a look-up of our own."""
    heard = HeardBy(deps, app_name)

    def authorize(context: dict[str, Any], team_id: str | None) -> AuthorizeResult | None:
        return heard.authorize(context, team_id)  # Bolt reads the argument names, and trips over a bound method's

    app = App(
        client=Client(None, deps.settings.slack_api_url),
        signing_secret=signing_secret,
        process_before_response=True,
        authorize=authorize,  # type: ignore[arg-type]  # Bolt takes None for 'not installed'
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )
    commands.register(app, deps)
    menu.register(app, deps)

    @app.event(re.compile(".*"))
    def everything_else() -> None:
        """Subscribed events that nothing needs: acknowledged, or Slack would send them again."""

    @app.error
    def failed(error: Exception, request: BoltRequest, body: dict[str, Any]) -> BoltResponse:
        return Failure(deps, error, request, body).response()

    return app


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
            log.warning("no-installation", team=team_id)
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
        found = next((one for one in mine if one.team_id == team_id), mine[0] if len(mine) == 1 else None)
        if found:
            self._known[team_id] = (time.monotonic(), found)
        return found


class Failure:
    """A listener raised: people get an apology with a reference, events are asked for again, the last time they are parked."""

    def __init__(self, deps: Deps, error: Exception, request: BoltRequest, body: dict[str, Any]) -> None:
        self._deps, self._error, self._request, self._body = deps, error, request, body
        self._reference = secrets.token_hex(4)

    def response(self) -> BoltResponse:
        """What Slack is told."""
        log.error("listener-failed", reference=self._reference, exc_info=self._error)
        if self._body.get("type") == "event_callback":
            return self._event()
        return self._person()

    def _event(self) -> BoltResponse:
        retries = self._request.headers.get("x-slack-retry-num", ["0"])
        if retries[0] < LAST_RETRY or isinstance(self._error, OperationalError):
            return BoltResponse(status=500)
        body = {key: value for key, value in self._body.items() if key != "token"}
        with self._deps.work() as work:
            work.session.add(
                Parked(reference=self._reference, body=body, error=repr(self._error), parked_at=work.machine_now)
            )
        return BoltResponse(status=200)

    def _person(self) -> BoltResponse:
        say = self._deps.words.say(self._body.get("user", {}).get("locale") if "user" in self._body else None)
        typed = commands.typed_in(self._body.get("text", ""))
        post = answers.apology(say, self._reference, typed)
        if "command" in self._body:
            return BoltResponse(status=200, body={"text": post.text, "blocks": post.blocks})
        return BoltResponse(status=200)
