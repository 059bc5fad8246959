"""The methods views.*."""

from playground import apps, blocks, people, views
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json, Row
from playground.triggers import Trigger


def _trigger(call: Call) -> Trigger:
    id = call.args.text("trigger_id")
    if not id:
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: trigger_id"]}
        )
    return call.hub.triggers.use(id, call.who.app)


def _view(call: Call, kind: str) -> Json:
    view = blocks.check_view(call.args.json("view"))
    if view["type"] != kind:
        raise SlackError(
            "invalid_arguments",
            response_metadata={"messages": [f"[ERROR] must be of type {kind} [json-pointer:/view/type]"]},
        )
    return view


def _answer(call: Call, row: Row) -> Json:
    return {"view": views.look(row) | {"bot_id": call.who.bot_id}}


@method("views.open")
def open_(call: Call) -> Json:
    view, trigger = _view(call, "modal"), _trigger(call)
    return _answer(call, views.open_modal(call.hub, call.who, trigger.user, view))


@method("views.push")
def push(call: Call) -> Json:
    view, trigger = _view(call, "modal"), _trigger(call)
    if trigger.view is None:
        raise SlackError("not_found")
    return _answer(call, views.push_modal(call.hub, call.who, trigger.user, view))


@method("views.update")
def update(call: Call) -> Json:
    args = call.args
    row = call.db.one(
        "SELECT * FROM views WHERE app = ? AND team = ? AND (id = ? OR (external_id = ? AND external_id != ''))",
        call.who.app,
        call.who.team,
        args.text("view_id"),
        args.text("external_id"),
    )
    if row is None:
        raise SlackError("not_found")
    if args.text("hash") and args.text("hash") != row["hash"]:
        raise SlackError("hash_conflict")
    return _answer(call, views.change(call.hub, row, _view(call, row["type"])))


@method("views.publish")
def publish(call: Call) -> Json:
    user = people.visible(call.db, call.args.need("user_id"), call.who.team)
    home = apps.feature(call.hub.manifest(call.who.app), "app_home")
    if not home.get("home_tab_enabled"):
        raise SlackError("not_enabled")
    row = call.db.one(
        "SELECT * FROM views WHERE user = ? AND app = ? AND team = ? AND type = 'home'",
        user["id"],
        call.who.app,
        call.who.team,
    )
    if call.args.text("hash") and row and call.args.text("hash") != row["hash"]:
        raise SlackError("hash_conflict")
    return _answer(call, views.publish(call.hub, call.who, user["id"], _view(call, "home")))
