"""How a Web API method is written: a function of a `Call` to the keys of its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playground import channels
from playground.apps import Caller
from playground.arguments import Arguments
from playground.errors import SlackError
from playground.state import Json, Row, Store

if TYPE_CHECKING:
    from playground.hub import Hub

Token = Literal["bot", "app", "none"]


@dataclass(frozen=True)
class Method:
    run: "Callable[[Call], Json]"
    scopes: tuple[str, ...]
    token: Token


METHODS: dict[str, Method] = {}


class Call:
    """One call in its transaction: who calls, with what."""

    def __init__(self, hub: "Hub", who: Caller | None, args: Arguments) -> None:
        self.hub, self.args = hub, args
        self._who = who

    @property
    def who(self) -> Caller:
        if self._who is None:
            raise SlackError("not_authed")
        return self._who

    @property
    def db(self) -> Store:
        return self.hub.db

    def channel(self, name: str = "channel") -> Row:
        """The channel an argument names, if the bot can know of it."""
        return channels.visible(self.db, self.args.text(name), self.who.bot_user, self.who.team)


def method(
    name: str, *scopes: str, token: Token = "bot"
) -> "Callable[[Callable[[Call], Json]], Callable[[Call], Json]]":
    """Register a method; a bot token needs one of `scopes`."""

    def register(run: "Callable[[Call], Json]") -> "Callable[[Call], Json]":
        METHODS[name] = Method(run, scopes, token)
        return run

    return register


KIND_SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def need(call: Call, channel: Row, right: str) -> None:
    """The scope for this kind of conversation, e.g. `groups:history` for a private channel."""
    call.who.require(f"{KIND_SCOPES[channel['kind']]}:{right}")
