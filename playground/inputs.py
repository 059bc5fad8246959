"""The values of input elements, as `state.values` carries them."""

from typing import Any

from playground import blocks
from playground.errors import BadRequest
from playground.state import Json

_KEY = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
_INITIAL = {
    "value": "initial_value",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "rich_text_value": "initial_value",
}
_EMPTY: dict[str, Any] = {
    "selected_options": [],
    "selected_users": [],
    "selected_conversations": [],
    "selected_channels": [],
    "files": [],
}


def stateful(shown: list[Json]) -> list[tuple[Json, Json]]:
    """The elements that hold a value, each with its block."""
    return [
        (block, element)
        for block in blocks.walk(shown)
        for element, _ in blocks.elements(block)
        if element.get("type") in _KEY and element.get("action_id") and element["type"] != "overflow"
    ]


def values(shown: list[Json], given: Json) -> Json:
    """`state.values`: for every element what the person gave (a plain value or Slack's object), else what it began with."""
    result: Json = {}
    for block, element in stateful(shown):
        id, action = block["block_id"], element["action_id"]
        entry: Json = {"type": element["type"]}
        if action in (given.get(id) or {}):
            entry |= chosen(element, given[id][action])
        else:
            entry |= _initial(element)
        result.setdefault(id, {})[action] = entry
    return result


def _initial(element: Json) -> Json:
    key = _KEY[element["type"]]
    return {key: element.get(_INITIAL.get(key, ""), _EMPTY.get(key))}


def chosen(element: Json, given: Any) -> Json:
    """One element's value in Slack's form; options are looked up by their value where they are known."""
    key = _KEY.get(element["type"])
    if key is None:
        raise BadRequest(f"no value for {element['type']}")
    value = given.get(key, _EMPTY.get(key)) if isinstance(given, dict) and not _is_option(given) else given
    if key == "selected_option":
        value = _option(element, value)
    if key == "selected_options":
        value = [_option(element, item) for item in value or []]
    if key == "value" and value == "":
        value = None
    return {key: value}


def _is_option(given: Json) -> bool:
    return "value" in given and "text" in given


def _option(element: Json, value: Any) -> Any:
    """The whole option of a value; an option object of an external select passes as it came."""
    if value is None or element["type"] in ("external_select", "multi_external_select"):
        return (
            value
            if not isinstance(value, str)
            else {"text": {"type": "plain_text", "text": value, "emoji": True}, "value": value}
        )
    wanted = value["value"] if isinstance(value, dict) else value
    groups = element.get("option_groups") or []
    options = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
    found = next((option for option in options if option.get("value") == wanted), None)
    if found is None:
        raise BadRequest(f"no option {wanted!r}")
    return found


def missing(shown: list[Json], state: Json) -> dict[str, str]:
    """What Slack's own form refuses before the app hears of it: {block_id: a key of the client's words}."""
    found = {}
    for block, element in stateful(shown):
        if block["type"] == "input" and (
            problem := _problem(element, state[block["block_id"]][element["action_id"]], bool(block.get("optional")))
        ):
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, entry: Json, optional: bool) -> str | None:
    value = entry.get(_KEY[element["type"]])
    if value in (None, "", []):
        return None if optional else "required"
    if isinstance(value, str):
        if len(value) < (element.get("min_length") or 0):
            return "too_short"
        if len(value) > (element.get("max_length") or 3000):
            return "too_long"
    if element["type"] == "number_input" and not _number_fits(element, str(value)):
        return "not_a_number"
    return "too_many" if isinstance(value, list) and len(value) > (element.get("max_selected_items") or 10**6) else None


def _number_fits(element: Json, value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    if not element.get("is_decimal_allowed") and number != int(number):
        return False
    return float(element.get("min_value", "-inf")) <= number <= float(element.get("max_value", "inf"))
