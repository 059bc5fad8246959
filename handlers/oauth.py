"""Installing into a workspace by OAuth: the page that sends to Slack, and the page that Slack sends back to.

The state on the way is good once, for minutes, for one app, and only in the browser that got it as a cookie
(https://docs.slack.dev/authentication/installing-with-oauth).
"""

import hmac
import secrets
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urljoin

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.services import speakers
from config.apps import SlackApp
from handlers.deps import Deps
from handlers.manifest import SCOPES
from handlers.pages import Page, for_people
from storage import installations, oauth_states
from storage.installations import Installed
from storage.seal import Seal

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

log = structlog.get_logger()
COOKIE = "tft-install"
GOOD_FOR = timedelta(minutes=10)
BAD, REFUSED, AWAY = "400 Bad Request", "403 Forbidden", "502 Bad Gateway"


class OAuth:
    """The two pages of one Slack app."""

    def __init__(self, deps: Deps, app: SlackApp) -> None:
        self._deps = deps
        self._app = app

    def begin(self, _environ: "WSGIEnvironment") -> Page:
        """What this is, and a link to Slack's own page."""
        state = secrets.token_urlsafe(32)
        with self._deps.work() as work:
            oauth_states.add(work.session, state, self._app.name, work.machine_now + GOOD_FOR)
        asked = {"client_id": self._app.client_id, "scope": ",".join(SCOPES), "state": state}
        address = urljoin(self._deps.settings.slack_api_url, "/oauth/v2/authorize")
        cookie = self._cookie(state, int(GOOD_FOR.total_seconds()))
        return for_people(self._deps.words, "begin", link=f"{address}?{urlencode(asked)}", headers=[cookie])

    def finish(self, environ: "WSGIEnvironment") -> Page:
        """Slack sent somebody back: with a code, or with the reason why there is none."""
        asked = {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        if not self._is_the_same_browser(environ, asked.get("state", "")):
            return self._told("expired", BAD)
        if asked.get("error") == "access_denied":
            return self._told("denied", REFUSED)
        if "code" not in asked:
            return self._told("expired", BAD)
        try:
            return self._install(asked["code"])
        except SlackApiError as error:
            return self._failed(str(error.response.get("error", error.response.status_code)), BAD)
        except (SlackClientError, OSError) as error:
            return self._failed(type(error).__name__, AWAY)

    def _is_the_same_browser(self, environ: "WSGIEnvironment", state: str) -> bool:
        """Whether this browser was given the state, lately, and did not use it yet."""
        kept = _cookies(environ).get(COOKIE, "")
        if not state or not hmac.compare_digest(kept.encode(), state.encode()):
            return False
        with self._deps.work() as work:
            return oauth_states.take(work.session, state, self._app.name, work.machine_now)

    def _install(self, code: str) -> Page:
        secret = self._app.client_secret.get_secret_value() if self._app.client_secret else ""
        slack = self._deps.slack.client_of_token(None)
        asked_at = self._deps.machine_clock()
        given = slack.oauth_v2_access(client_id=self._app.client_id or "", client_secret=secret, code=code)
        client = self._deps.slack.client_of_token(given["access_token"])
        team = given.get("team")
        if given.get("is_enterprise_install") or not team:
            return self._told("whole-organisation", REFUSED)
        allowed = self._deps.settings.allowed_teams
        if allowed and team["id"] not in allowed:
            client.auth_revoke()
            log.warning("install-refused", app=self._app.name, team=team["id"])
            return self._told("other-team", REFUSED, team=team["name"])
        expires_in = given.get("expires_in")
        found = self._found(given, client.auth_test(), asked_at + timedelta(seconds=expires_in) if expires_in else None)
        with self._deps.work() as work:
            seal = Seal(self._deps.settings.secret_keys)
            speakers.installed(work, installations.remember(work.session, found, seal, work.machine_now, is_anew=True))
        log.info("installed", app=self._app.name, team=team["id"])
        return self._told("done", "200 OK", team=found.team_name)

    def _found(self, given: SlackResponse, who: SlackResponse, expires_at: datetime | None) -> Installed:
        return Installed(
            team_id=given["team"]["id"],
            team_name=given["team"]["name"],
            bot_user_id=given["bot_user_id"],
            bot_id=who.get("bot_id"),
            bot_token=given["access_token"],
            scopes=given["scope"],
            app_name=self._app.name,
            app_id=given["app_id"],
            refresh_token=given.get("refresh_token"),
            expires_at=expires_at,
        )

    def _told(self, name: str, status: str, **args: str) -> Page:
        """A last page: the cookie is not needed any more."""
        return for_people(self._deps.words, name, status=status, headers=[self._cookie("", 0)], **args)

    def _failed(self, error: str, status: str) -> Page:
        log.error("install-failed", app=self._app.name, error=error)
        return self._told("failed", status, error=error)

    def _cookie(self, value: str, seconds: int) -> tuple[str, str]:
        """`Lax`, since Slack's page sends back from another site; `Secure`, as Slack takes only https addresses."""
        rules = f"Max-Age={seconds}; Path={self._app.path('oauth_redirect')}; HttpOnly; Secure; SameSite=Lax"
        return "Set-Cookie", f"{COOKIE}={value}; {rules}"


def _cookies(environ: "WSGIEnvironment") -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(environ.get("HTTP_COOKIE", "")).items()}
    except CookieError:
        return {}
