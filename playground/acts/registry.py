"""How an act is written: a function of the person and the act's fields, found by its name in the client API."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from playground import channels, client
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub

Act = Callable[["Hub", Row, Json], Awaitable[Json | None]]
ACTS: dict[str, Act] = {}


def act(name: str) -> Callable[[Act], Act]:
    """Register an act; what it returns is added to the answer."""

    def register(run: Act) -> Act:
        ACTS[name] = run
        return run

    return register


def here(hub: "Hub", user: Row, body: Json) -> Row:
    """The channel of an act, which the person must be in and which must be open."""
    row = client.room(hub.db, body.get("channel"), user)
    return channels.writable(hub.db, row["id"], user["id"], user["team"])
