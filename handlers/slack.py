"""Slack's Web API as the bot calls it: one client per installation, no hidden retries, never inside a transaction."""

import ssl
from collections.abc import Callable
from functools import cache
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from storage.database import in_transaction
from storage.tables import Installation

TIMEOUT_S = 10


class CalledInsideTransaction(RuntimeError):
    """A network call would have held a database transaction open: a bug."""


class Client(WebClient):
    """A `WebClient` without retries: the default ones send a message twice when a connection drops."""

    def __init__(self, token: str | None, api_url: str, timeout_s: float = TIMEOUT_S) -> None:
        super().__init__(token=token, base_url=api_url, retry_handlers=[], ssl=_trusted())
        self.timeout = timeout_s  # type: ignore[assignment]  # seconds; urllib takes fractions

    def api_call(self, api_method: str, **options: Any) -> SlackResponse:
        """Call a method; see `slack_sdk.WebClient.api_call`."""
        if in_transaction():
            raise CalledInsideTransaction(api_method)
        return super().api_call(api_method, **options)


@cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts, read once: without it every call and every connection reads all certificates anew."""
    return ssl.create_default_context()


class Slack:
    """The clients. `api_url` is where every one of them speaks to: Slack, or a stand-in."""

    def __init__(self, api_url: str, token_of: Callable[[Installation], str], timeout_s: float = TIMEOUT_S) -> None:
        self.api_url = api_url
        self._timeout_s = timeout_s
        self._token_of = token_of
        self._clients: dict[int, Client] = {}

    def client(self, installation: Installation) -> Client:
        """The client that speaks as this installation's bot; kept, since building one costs more than using it."""
        token, known = self.token(installation), self._clients.get(installation.id or 0)
        if known is None or known.token != token:
            known = self._clients[installation.id or 0] = self.client_of_token(token)
        return known

    def token(self, installation: Installation) -> str:
        """The bot token, decrypted, and good for hours."""
        return self._token_of(installation)

    def client_of_token(self, token: str | None) -> Client:
        """A client for a token, or for what is asked without one."""
        return Client(token, self.api_url, self._timeout_s)
