"""Modals and Home tabs: a stack of views per person, one Home per person and app."""

import json
import secrets
from typing import TYPE_CHECKING, Any

from playground import apps, blocks, ids, inputs, messages
from playground.apps import Caller
from playground.errors import ClientError, SlackError
from playground.state import Json, Row, Store, dumps
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub

MOST = 3
_KEYS = (
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
)


def one(db: Store, id: str) -> Row:
    row = db.one("SELECT * FROM views WHERE id = ?", id)
    if row is None:
        raise SlackError("not_found")
    return row


def stack(db: Store, user: str) -> list[Row]:
    """The person's open modals, the lowest first."""
    return db.all("SELECT * FROM views WHERE user = ? AND type = 'modal' ORDER BY position", user)


def open_one(hub: "Hub", user: str, id: str) -> Row:
    """A modal of this person that is open now."""
    row = next((view for view in stack(hub.db, user) if view["id"] == id), None)
    if row is None:
        raise ClientError("view_closed")
    return row


def home(hub: "Hub", user: str, app: str) -> Row:
    row = hub.db.one("SELECT * FROM views WHERE user = ? AND app = ? AND type = 'home'", user, app)
    if row is None:
        raise ClientError("not_found")
    return row


def owner(hub: "Hub", row: Row) -> Caller:
    who = apps.install(hub.db, row["app"], row["team"])
    if who is None:
        raise ClientError("app_not_installed")
    return who


def body(row: Row) -> Json:
    result: Json = json.loads(row["body"])
    return result


def state(row: Row) -> Json:
    """What the person has put in so far, as `state.values`."""
    result: Json = json.loads(row["state"])
    return result


def keep_state(hub: "Hub", row: Row, values: Json) -> None:
    hub.db.run("UPDATE views SET state = ? WHERE id = ?", dumps(values), row["id"])


def look(row: Row) -> Json:
    """The view object as payloads and answers carry it."""
    shown = body(row)
    result: Json = {
        "id": row["id"],
        "team_id": row["team"],
        "type": row["type"],
        "blocks": shown["blocks"],
        "private_metadata": shown.get("private_metadata") or "",
        "callback_id": shown.get("callback_id") or "",
        "state": {"values": state(row)},
        "hash": row["hash"],
        "title": _plain(shown.get("title")),
        "clear_on_close": bool(shown.get("clear_on_close")),
        "notify_on_close": bool(shown.get("notify_on_close")),
        "close": _plain(shown.get("close")),
        "submit": _plain(shown.get("submit")),
        "previous_view_id": row["previous"],
        "root_view_id": row["root"],
        "app_id": row["app"],
        "external_id": row["external_id"] or "",
        "app_installed_team_id": row["team"],
    }
    return result


def _plain(text: Any) -> Json | None:
    return {"type": "plain_text", "text": text["text"], "emoji": text.get("emoji", True)} if text else None


def open_modal(hub: "Hub", who: Caller, user: str, view: Json) -> Row:
    """Show a first modal; one that is open is replaced with its whole stack."""
    hub.db.run("DELETE FROM views WHERE user = ? AND type = 'modal'", user)
    return _insert(hub, who, user, view, below=None)


def push_modal(hub: "Hub", who: Caller, user: str, view: Json) -> Row:
    """Put a modal on top; refuses `push_limit_reached` beyond three."""
    open_now = stack(hub.db, user)
    if not open_now:
        raise SlackError("not_found")
    if len(open_now) >= MOST:
        raise SlackError("push_limit_reached")
    return _insert(hub, who, user, view, below=open_now[-1])


def _insert(hub: "Hub", who: Caller, user: str, view: Json, *, below: Row | None) -> Row:
    checked, id = blocks.check_view(view), ids.new("V")
    external = _free_external_id(hub, who, checked, id)
    shown = {key: checked[key] for key in _KEYS if key in checked} | {"blocks": messages.numbered(checked["blocks"])}
    hub.db.run(
        "INSERT INTO views VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL)",
        id,
        who.app,
        who.team,
        user,
        checked["type"],
        below["root"] if below else id,
        below["id"] if below else None,
        below["position"] + 1 if below else 0,
        external,
        _hash(),
        dumps(shown),
        dumps(inputs.values(shown["blocks"], {})),
    )
    _tell(hub, user, checked["type"], who.app)
    return one(hub.db, id)


def _free_external_id(hub: "Hub", who: Caller, view: Json, id: str) -> str | None:
    external = view.get("external_id") or None
    if external and hub.db.one(
        "SELECT 1 FROM views WHERE app = ? AND team = ? AND external_id = ? AND id != ?",
        who.app,
        who.team,
        external,
        id,
    ):
        raise SlackError("duplicate_external_id")
    return external


def _hash() -> str:
    return f"{int(ids.now())}.{secrets.token_hex(4)}"


def change(hub: "Hub", row: Row, view: Json) -> Row:
    """Replace what a view shows. Values stay where block_id, action_id and kind stay."""
    checked = blocks.check_view(view)
    if checked["type"] != row["type"]:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] view type cannot change"]})
    external = _free_external_id(hub, owner(hub, row), checked, row["id"])
    shown = {key: checked[key] for key in _KEYS if key in checked} | {"blocks": messages.numbered(checked["blocks"])}
    hub.db.run(
        "UPDATE views SET body = ?, state = ?, hash = ?, external_id = ?, errors = NULL WHERE id = ?",
        dumps(shown),
        dumps(_carried(shown["blocks"], state(row))),
        _hash(),
        external,
        row["id"],
    )
    _tell(hub, row["user"], row["type"], row["app"])
    return one(hub.db, row["id"])


def _carried(shown: list[Json], before: Json) -> Json:
    """The values of elements that were there before; those of new ones as they begin."""
    fresh = inputs.values(shown, {})
    for block, actions in fresh.items():
        for action, entry in actions.items():
            kept = before.get(block, {}).get(action)
            if kept and kept["type"] == entry["type"]:
                actions[action] = kept
    return fresh


def publish(hub: "Hub", who: Caller, user: str, view: Json) -> Row:
    """Set the Home tab of one person; an `external_id` must be free."""
    row = hub.db.one(
        "SELECT * FROM views WHERE user = ? AND app = ? AND team = ? AND type = 'home'", user, who.app, who.team
    )
    return change(hub, row, view) if row else _insert(hub, who, user, view, below=None)


def pop(hub: "Hub", row: Row, *, clear: bool) -> None:
    """Take a modal away with all above it; with `clear` the whole stack."""
    if clear:
        hub.db.run("DELETE FROM views WHERE user = ? AND type = 'modal'", row["user"])
    else:
        hub.db.run(
            "DELETE FROM views WHERE user = ? AND type = 'modal' AND position >= ?", row["user"], row["position"]
        )
    _tell(hub, row["user"], "modal", row["app"])


def set_errors(hub: "Hub", row: Row, errors: dict[str, str] | None) -> None:
    """Show these errors in the form (None: none any more)."""
    hub.db.run("UPDATE views SET errors = ? WHERE id = ?", dumps(errors) if errors else None, row["id"])
    _tell(hub, row["user"], "modal", row["app"])


def _tell(hub: "Hub", user: str, kind: str, app: str) -> None:
    if kind == "home":
        tell(hub, [user], "home", app=app)
    else:
        tell(hub, [user], "modal")
