"""Signed HTTP: events, commands and interactions posted to the app's request URL."""

import hashlib
import hmac
import json
import secrets
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from playground import apps
from playground.deliveries import Undelivered
from playground.state import Json, dumps

if TYPE_CHECKING:
    from playground.hub import Hub


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature of a request body (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()


class HttpEvents:
    """Posts to request URLs; an answer later than 3 s is a time-out."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub

    async def event(self, app: str, body: Json, attempt: int, reason: str) -> None:
        headers = {"Content-Type": "application/json"}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        await self._post(app, self._url(app, "event_subscriptions"), dumps(body), headers)

    async def interaction(self, app: str, kind: str, payload: Json) -> Any:
        """A command as a form, an interaction as `payload=` in a form; gives the answer's JSON, or its text, or None."""
        form = payload if kind == "slash_commands" else {"payload": dumps(payload)}
        url = self._url(app, "slash_commands" if kind == "slash_commands" else "interactivity", payload)
        answer = await self._post(app, url, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        if not answer.strip():
            return None
        try:
            return json.loads(answer)
        except ValueError:
            return answer

    async def verify(self, app: str) -> bool:
        """Does the request URL give back the challenge, as Slack asks when it is set?"""
        challenge = secrets.token_urlsafe(32)
        body = {"token": self._hub.verification_token(app), "challenge": challenge, "type": "url_verification"}
        self._hub.check("events/UrlVerificationPayload", body)
        headers = {"Content-Type": "application/json"}
        answer = await self._post(app, self._url(app, "event_subscriptions"), dumps(body), headers)
        return challenge in answer

    def _url(self, app: str, part: str, payload: Json | None = None) -> str:
        """The world's request_url, else the one the manifest has for this."""
        if url := apps.row(self._hub.db, app)["request_url"]:
            return str(url)
        manifest = self._hub.manifest(app)
        if part == "slash_commands" and payload:
            return next(
                (str(c.get("url") or "") for c in apps.commands(manifest) if c["command"] == payload["command"]), ""
            )
        found = manifest.get("settings", {}).get(part, {})
        if payload and payload.get("type") == "block_suggestion":
            return str(found.get("message_menu_options_url") or found.get("request_url") or "")
        return str(found.get("request_url") or "")

    async def _post(self, app: str, url: str, body: str, headers: dict[str, str]) -> str:
        timestamp = str(int(time.time()))
        headers |= {
            "X-Slack-Request-Timestamp": timestamp,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        headers["X-Slack-Signature"] = sign(apps.row(self._hub.db, app)["signing_secret"] or "", timestamp, body)
        if not url or self._hub.session is None:
            raise Undelivered("connection_failed")
        try:
            async with self._hub.session.post(url, data=body.encode(), headers=headers) as answer:
                text = await answer.text()
                if answer.status >= 300:
                    raise Undelivered("http_error", final=answer.headers.get("X-Slack-No-Retry") == "1")
                return text
        except TimeoutError as error:
            raise Undelivered("http_timeout") from error
        except aiohttp.TooManyRedirects as error:
            raise Undelivered("too_many_redirects") from error
        except aiohttp.ClientError as error:
            raise Undelivered("connection_failed") from error
