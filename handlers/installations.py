"""Where the app is installed, as Slack tells it: asked at start for the token in the settings."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.services import speakers
from config.apps import SlackApp
from handlers.deps import AlreadyDone, Deps
from storage import installations
from storage.installations import Installed
from storage.seal import CannotOpen, Seal
from storage.tables import Installation

log = structlog.get_logger()
REFUSED = ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "not_allowed_token_type")


class TokenRefused(RuntimeError):
    """Slack does not accept the bot token; the message is Slack's own error."""


class SlackUnreachable(RuntimeError):
    """Slack does not answer, and the workspace of the bot token is not known from an earlier start."""


def register(app: App, deps: Deps, app_name: str) -> None:
    """An app that was taken out of a workspace speaks there no more."""

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    def removed(event: dict[str, Any], body: dict[str, Any]) -> None:
        if event["type"] == "tokens_revoked" and not event["tokens"].get("bot"):
            return  # people's own tokens are none of ours
        with suppress(AlreadyDone), deps.work(f"event:{body['event_id']}") as work:
            # By the event's own team: who hears for people of a team without the app is another installation.
            gone = installations.by_team(work.session, app_name, body["team_id"])
            if gone and body["event_time"] >= int(gone.installed_at.timestamp()):  # else it was installed anew since
                speakers.uninstalled(work, gone)


def enrol(deps: Deps, app: SlackApp, seal: Seal) -> Installation | None:
    """The installation that an app's bot token belongs to, learnt anew; when Slack is away, as it was known.

    None for an app without a bot token: workspaces install it by OAuth.
    """
    if app.bot_token is None:
        return None
    token = app.bot_token.get_secret_value()
    try:
        found = replace(identify(deps.slack.client_of_token(token).auth_test(), token), app_name=app.name)
    except SlackApiError as error:
        if error.response["error"] in REFUSED:
            raise TokenRefused(error.response["error"]) from None
        return _known(deps, token, seal, error)
    except (SlackClientError, OSError) as error:
        return _known(deps, token, seal, error)
    with deps.work() as work:
        return installations.remember(work.session, found, seal, work.machine_now)


def identify(answer: SlackResponse, token: str) -> Installed:
    """What `auth.test` says of a token; the scopes stand in a header."""
    return Installed(
        team_id=answer["team_id"],
        team_name=answer.get("team", ""),
        bot_user_id=answer["user_id"],
        bot_id=answer.get("bot_id"),
        bot_token=token,
        scopes=header(answer, "x-oauth-scopes"),
    )


def header(answer: SlackResponse, name: str) -> str:
    """A header of Slack's answer, whatever its case; empty when it is not there."""
    return next((str(value) for key, value in answer.headers.items() if key.lower() == name), "")


def _known(deps: Deps, token: str, seal: Seal, error: Exception) -> Installation:
    with deps.database.reading() as session:
        standing = installations.standing(session)
    known = next((one for one in standing if _opened(seal, one) == token), None)
    if known is None:
        raise SlackUnreachable(str(error)) from error
    log.warning("slack-unreachable-at-start", team=known.team_id, error=type(error).__name__)
    return known


def _opened(seal: Seal, installation: Installation) -> str | None:
    try:
        return seal.open(installation.bot_token)
    except CannotOpen:
        return None
