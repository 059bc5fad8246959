"""view_submission and view_closed, and what the app's answer does to the stack."""

from typing import TYPE_CHECKING, Any

from playground import inputs, views
from playground.errors import ClientError, SlackError
from playground.interactions import ask, base
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub

SHAPE = "app-backend/views/ViewSubmissionPayload"


async def submit(hub: "Hub", user: Row, act: Json) -> dict[str, Any] | None:
    """Send what the person put into a modal; gives the errors to show in the form, or None."""
    row = views.open_one(hub, user["id"], str(act.get("view_id")))
    shown = views.body(row)["blocks"]
    state = inputs.values(shown, _merged(views.state(row), act.get("state") or {}))
    if problems := inputs.missing(shown, state):
        return {"own": problems}
    with hub.db.transaction():
        views.keep_state(hub, row, state)
        views.set_errors(hub, row, None)
    row, who = views.one(hub.db, row["id"]), views.owner(hub, row)
    payload = base(hub, who, user, "view_submission") | {
        "trigger_id": hub.triggers.give(who.app, user["id"], who.team, row["id"]),
        "view": views.look(row),
        "response_urls": [],
    }
    return _apply(hub, row, await ask(hub, who, "interactive", SHAPE, payload))


def _merged(kept: Json, given: Json) -> Json:
    """What the page sent over what was kept of earlier clicks."""
    return {block: {**kept.get(block, {}), **(given.get(block) or {})} for block in {**kept, **given}}


def _apply(hub: "Hub", row: Row, answer: Any) -> dict[str, Any] | None:
    """Do what the response_action says; nothing means close this view."""
    answer = answer if isinstance(answer, dict) else {}
    action = answer.get("response_action")
    try:
        with hub.db.transaction():
            if action == "errors":
                return {"app": _errors(hub, row, answer.get("errors"))}
            _change(hub, row, action, answer)
    except SlackError as error:
        hub.refused("view_submission", error.error, app=row["app"], arguments=answer, **error.extra)
        raise ClientError("app_answer_invalid", reason=error.error) from error
    return None


def _errors(hub: "Hub", row: Row, errors: Any) -> dict[str, str]:
    inputs_there = {block["block_id"] for block in views.body(row)["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs_there:
        raise SlackError("invalid_errors")
    views.set_errors(hub, row, errors)
    return errors


def _change(hub: "Hub", row: Row, action: Any, answer: Json) -> None:
    if hub.db.one("SELECT 1 FROM views WHERE id = ?", row["id"]) is None:
        return
    if action == "update":
        views.change(hub, row, answer.get("view") or {})
    elif action == "push":
        views.push_modal(hub, views.owner(hub, row), row["user"], answer.get("view") or {})
    elif action in (None, "clear"):
        views.pop(hub, row, clear=action == "clear")
    else:
        raise SlackError("invalid_response_action")


async def close(hub: "Hub", user: Row, act: Json) -> None:
    """The person closes a modal (or, with `clear`, all); `view_closed` goes to the app if the view asked for it."""
    row = views.open_one(hub, user["id"], str(act.get("view_id")))
    clear = bool(act.get("clear")) or bool(views.body(row).get("clear_on_close"))
    who, view = views.owner(hub, row), views.look(row)
    with hub.db.transaction():
        views.pop(hub, row, clear=clear)
    if view["notify_on_close"]:
        payload = base(hub, who, user, "view_closed") | {"view": view, "is_cleared": clear}
        hub.spawn(_tell_closed(hub, who, payload))


async def _tell_closed(hub: "Hub", who: Any, payload: Json) -> None:
    try:
        await ask(hub, who, "interactive", "app-backend/views/ViewClosedPayload", payload)
    except ClientError as error:
        hub.refused("view_closed", error.error, app=who.app, arguments=payload)
