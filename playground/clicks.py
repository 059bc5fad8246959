"""block_actions and block_suggestion: a person uses an element in a message, a modal or the Home tab."""

import json
from typing import TYPE_CHECKING, Any

from playground import blocks, channels, inputs, messages, response_urls, views
from playground.apps import Caller
from playground.errors import BadRequest, ClientError
from playground.interactions import action_ts, ask, base, channel_part, listener
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub

SHAPE = "app-backend/interactive-components/BlockActionPayload"
_MESSAGE_KEYS = (
    "type",
    "subtype",
    "user",
    "text",
    "ts",
    "team",
    "bot_id",
    "app_id",
    "bot_profile",
    "blocks",
    "thread_ts",
    "parent_user_id",
    "edited",
    "username",
    "reply_count",
    "reply_users",
    "reply_users_count",
    "latest_reply",
    "is_locked",
    "subscribed",
    "files",
    "upload",
)


class Place:
    """Where an element was used: its blocks, its app and what the payload says about it."""

    def __init__(self, hub: "Hub", user: Row, app: str, container: Json) -> None:
        self.hub, self.user = hub, user
        self.view: Row | None = None
        self.channel: Row | None = None
        self.message: Json = {}
        self.ephemeral = False
        kind = container.get("type")
        if kind == "message":
            self._in_message(container)
        elif kind in ("view", "home"):
            self.view = (
                views.open_one(hub, user["id"], str(container.get("view_id")))
                if kind == "view"
                else views.home(hub, user["id"], app)
            )
        else:
            raise BadRequest("container.type must be message, view or home")
        owner = self.view["app"] if self.view is not None else self.message.get("app_id")
        if owner != app:
            raise ClientError("not_found")
        self.who: Caller = listener(hub, app, user, self.channel) if self.view is None else views.owner(hub, self.view)

    def _in_message(self, container: Json) -> None:
        db, channel, ts = self.hub.db, str(container.get("channel")), str(container.get("ts"))
        self.channel = channels.find(db, channel)
        if self.channel is None or not channels.is_member(db, channel, self.user["id"]):
            raise ClientError("not_in_channel")
        private = db.one(
            "SELECT body FROM ephemerals WHERE channel = ? AND ts = ? AND user = ?", channel, ts, self.user["id"]
        )
        row = messages.find(db, channel, ts)
        if private:
            self.message, self.ephemeral = json.loads(private["body"]), True
        elif row:
            self.message = messages.look(db, row)
        else:
            raise ClientError("message_not_found")

    @property
    def blocks(self) -> list[Json]:
        shown: list[Json] = views.body(self.view)["blocks"] if self.view is not None else self.message.get("blocks", [])
        return shown

    def element(self, block_id: str, action_id: str) -> Json:
        """The element as the app drew it; a stale one is `not_found`."""
        for block in blocks.walk(self.blocks):
            if block.get("block_id") == block_id:
                for element, _ in blocks.elements(block):
                    if element.get("action_id") == action_id:
                        return element
        raise ClientError("not_found")

    def payload(self) -> Json:
        """container, view or message, channel and response_url."""
        if self.view is not None:
            return {"container": {"type": "view", "view_id": self.view["id"]}, "view": views.look(self.view)}
        message, channel = self.message, self.channel
        if channel is None:
            raise ClientError("not_found")
        container: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel["id"],
            "is_ephemeral": self.ephemeral,
        }
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        result: Json = {"container": container, "channel": channel_part(channel)}
        if not self.ephemeral:
            result["message"] = {key: message[key] for key in _MESSAGE_KEYS if key in message}
        return result

    def response_url(self) -> Json:
        if self.channel is None:
            return {}
        with self.hub.db.transaction():
            return {
                "response_url": response_urls.new(
                    self.hub,
                    self.who,
                    self.user["id"],
                    self.channel["id"],
                    message_ts=self.message["ts"],
                    ephemeral=self.ephemeral,
                    thread_ts=self.message.get("thread_ts"),
                )
            }


async def click(hub: "Hub", user: Row, act: Json) -> None:
    """Send `block_actions` for one used element."""
    place = Place(hub, user, str(act.get("app")), act.get("container") or {})
    element = place.element(str(act.get("block_id")), str(act.get("action_id")))
    state = inputs.values(place.blocks, _state(hub, place, act, element))
    if place.view is not None:
        with hub.db.transaction():
            views.keep_state(hub, place.view, state)
            place.view = views.one(hub.db, place.view["id"])
    payload = (
        base(hub, place.who, user, "block_actions")
        | place.payload()
        | {
            "trigger_id": hub.triggers.give(
                place.who.app,
                user["id"],
                place.who.team,
                place.view["id"] if place.view is not None and place.view["type"] == "modal" else None,
            ),
            "actions": [_action(act, element)],
        }
    )
    if state or place.view is None:
        payload["state"] = {"values": state}
    await ask(hub, place.who, "interactive", SHAPE, payload | place.response_url())


def _state(hub: "Hub", place: Place, act: Json, element: Json) -> Json:
    """The state the page sent, with the used element's own new value in it."""
    state = dict(act.get("state") or {})
    chosen = {
        key: value
        for key, value in act.items()
        if key.startswith("selected_") or (key == "value" and element["type"] != "button")
    }
    if chosen:
        block = str(act["block_id"])
        state[block] = {**(state.get(block) or {}), str(act["action_id"]): chosen}
    return state


def _action(act: Json, element: Json) -> Json:
    """The entry in `actions`: what the element is, what was chosen, when."""
    chosen = {key: value for key, value in act.items() if key.startswith("selected_")}
    action: Json = {
        "type": element["type"],
        "action_id": element.get("action_id"),
        "block_id": act["block_id"],
        "action_ts": action_ts(),
    }
    if element["type"] == "button":
        action |= {key: element[key] for key in ("text", "value", "style", "url", "confirm") if key in element}
    elif element["type"] == "plain_text_input":
        action["value"] = act.get("value")
    else:
        action |= inputs.chosen(element, chosen)
        action |= {
            key: element[key]
            for key in ("placeholder", "initial_option", "initial_date", "initial_user", "min_query_length")
            if key in element
        }
    return action


async def suggest(hub: "Hub", user: Row, act: Json) -> Json:
    """Ask the app for the options of an external select."""
    place = Place(hub, user, str(act.get("app")), act.get("container") or {})
    element = place.element(str(act.get("block_id")), str(act.get("action_id")))
    if "external_select" not in element["type"]:
        raise BadRequest("not an external select")
    payload = (
        base(hub, place.who, user, "block_suggestion")
        | {"action_id": act["action_id"], "block_id": act["block_id"], "value": str(act.get("value") or "")}
        | place.payload()
    )
    answer: Any = await ask(hub, place.who, "interactive", "app-backend/BlockSuggestionPayload", payload)
    return _checked(hub, place.who, answer)


def _checked(hub: "Hub", who: Caller, answer: Any) -> Json:
    answer = answer if isinstance(answer, dict) else {}
    options, groups = answer.get("options"), answer.get("option_groups")
    select = {"type": "static_select", "action_id": "a", "placeholder": {"type": "plain_text", "text": "-"}}
    if options or groups:
        element = select | ({"options": options} if options else {"option_groups": groups})
        block = {"type": "actions", "elements": [element]}
        problems = blocks.problems_in([block], "", 1, place="message")
        if problems:
            hub.refused("block_suggestion", "invalid_options", app=who.app, arguments={"problems": problems})
            raise ClientError("app_answer_invalid", reason=problems[0])
    return {"options": options or [], "option_groups": groups or []}
