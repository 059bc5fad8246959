"""Block lists and views as Slack accepts them: its schema, and the rules the schema cannot say."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from playground.block_limits import LIMITS, PARTS, chart_problems
from playground.errors import SlackError
from playground.state import Json

MOST_IN_MESSAGE, MOST_IN_VIEW = 50, 100
_MODAL_ONLY = ("alert",)
_VIEW_ONLY_INPUTS = ("file_input", "email_text_input", "url_text_input", "number_input", "datetimepicker")
INTERACTIVE = frozenset(
    {
        "button",
        "checkboxes",
        "datepicker",
        "datetimepicker",
        "email_text_input",
        "feedback_buttons",
        "file_input",
        "icon_button",
        "number_input",
        "overflow",
        "plain_text_input",
        "radio_buttons",
        "rich_text_input",
        "timepicker",
        "url_text_input",
        "workflow_button",
        *(
            f"{many}{of}_select"
            for many in ("", "multi_")
            for of in ("static", "external", "users", "conversations", "channels")
        ),
    }
)
"""Elements that have an action_id."""
_TYPES = {
    "actions": "ActionsBlock",
    "alert": "AlertBlock",
    "card": "CardBlock",
    "carousel": "CarouselBlock",
    "container": "ContainerBlock",
    "context": "ContextBlock",
    "context_actions": "ContextActionsBlock",
    "data_table": "DataTableBlock",
    "divider": "DividerBlock",
    "file": "FileBlock",
    "header": "HeaderBlock",
    "image": "ImageBlock",
    "input": "InputBlock",
    "markdown": "MarkdownBlock",
    "plan": "PlanBlock",
    "rich_text": "RichTextBlock",
    "section": "SectionBlock",
    "table": "TableBlock",
    "task_card": "TaskCardBlock",
    "video": "VideoBlock",
}


def check_message(blocks: list[Any]) -> None:
    """Raise `invalid_blocks` with every problem and its path, as chat.postMessage does."""
    problems = problems_in(blocks, "", MOST_IN_MESSAGE, place="message")
    if problems:
        raise SlackError(
            "invalid_blocks",
            errors=problems,
            response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
        )


def problems_in(blocks: list[Any], at: str, most: int, *, place: str) -> list[str]:
    """What Slack would not take, each with its JSON pointer below `at`."""
    found = [] if len(blocks) <= most else [_say(f"no more than {most} items allowed", f"{at}/blocks")]
    charts = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, dict) and block.get("type") == "data_visualization"
    ]
    found += [_say("no more than 2 data_visualization blocks allowed", f"{at}/blocks/{index}") for index in charts[2:]]
    ids: set[str] = set()
    for index, block in enumerate(blocks):
        here = f"{at}/blocks/{index}"
        if not isinstance(block, dict) or not isinstance(block.get("type"), str):
            found.append(_say("must provide an object with a type", here))
            continue
        found += _block(block, here, place)
        id = block.get("block_id")
        if id and id in ids:
            found.append(_say(f"block_id {id} already exists", f"{here}/block_id"))
        ids.add(id or "")
    return found


def _say(problem: str, at: str) -> str:
    return f"{problem} [json-pointer:{at}]"


def _block(block: Json, at: str, place: str) -> list[str]:
    kind = block["type"]
    if kind == "data_visualization":
        return [_say(problem, at + path) for problem, path in chart_problems(block)]
    if kind not in _TYPES or (kind in _MODAL_ONLY and place != "modal"):
        return [_say(f"unsupported type: {kind}", f"{at}/type")]
    found = [_say(_wording(error), at + _pointer(error)) for error in _validator(_TYPES[kind]).iter_errors(block)]
    return found or [*_limits(block, at), *_rules(block, at, place)]


@cache
def _validator(definition: str) -> Any:
    schema = json.loads((Path(__file__).parent / "slack" / "block-kit.schema.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "allOf": [{"$ref": f"#/definitions/{definition}"}],
            "definitions": schema["definitions"],
        }
    )


def _wording(error: Any) -> str:
    words = str(error.message)
    return words if len(words) <= 200 else words[:200] + "…"


def _pointer(error: Any) -> str:
    return "".join(f"/{part}" for part in error.instance_path)


def _limits(value: Any, at: str) -> list[str]:
    """Length and count limits of everything inside a block, by its `type`."""
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _limits(item, f"{at}/{index}")]
    if not isinstance(value, dict):
        return []
    found = [
        problem
        for key, least, most in LIMITS.get(str(value.get("type", "")), ()) + LIMITS["*"]
        for problem in _size(value.get(key), least, most, f"{at}/{key}")
    ]
    for key, item in value.items():
        found += [problem for part, path in _parts(key, item) for problem in _sizes(part, PARTS[key], f"{at}/{path}")]
        found += _limits(item, f"{at}/{key}")
    return list(dict.fromkeys(found))


def _parts(key: str, item: Any) -> list[tuple[Any, str]]:
    """The objects without a type of their own that a key holds: options, option groups, a confirmation."""
    if key not in PARTS:
        return []
    return [(part, f"{key}/{index}") for index, part in enumerate(item)] if isinstance(item, list) else [(item, key)]


def _sizes(part: Any, limits: tuple[tuple[str, int, int], ...], at: str) -> list[str]:
    if not isinstance(part, dict):
        return []
    return [problem for key, least, most in limits for problem in _size(part.get(key), least, most, f"{at}/{key}")]


def _size(value: Any, least: int, most: int, at: str) -> list[str]:
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        value, at = value["text"], f"{at}/text"
    if isinstance(value, str):
        unit = "characters"
    elif isinstance(value, list):
        unit = "items"
    else:
        return []
    if len(value) > most:
        return [
            _say(
                f"must be less than {most + 1} {unit}"
                if unit == "characters"
                else f"no more than {most} items allowed",
                at,
            )
        ]
    if len(value) < least:
        return [_say(f"must be more than {least - 1} {unit}", at)]
    return []


def _rules(block: Json, at: str, place: str) -> list[str]:
    """What holds inside one block beyond its shape."""
    found: list[str] = []
    if block["type"] == "section" and not block.get("text") and not block.get("fields"):
        found.append(_say("must define either `text` or `fields`", at))
    if block["type"] == "input" and place == "message" and block.get("element", {}).get("type") in _VIEW_ONLY_INPUTS:
        found.append(_say(f"unsupported type: {block['element']['type']}", f"{at}/element/type"))
    for index, child in enumerate(block.get("child_blocks") or []):
        found += _rules(child, f"{at}/child_blocks/{index}", place)
    actions: set[str] = set()
    for element, path in elements(block):
        found += _options(element, at + path)
        action = element.get("action_id")
        if action and action in actions:
            found.append(_say(f"action_id {action} already exists", f"{at}{path}/action_id"))
        actions.add(action or "")
    return found


def elements(block: Json) -> list[tuple[Json, str]]:
    """The elements of a block with their paths."""
    result = [(block[key], f"/{key}") for key in ("accessory", "element") if isinstance(block.get(key), dict)]
    for key in ("elements", "actions"):
        if isinstance(block.get(key), list) and block["type"] not in ("rich_text", "carousel"):
            result += [(item, f"/{key}/{index}") for index, item in enumerate(block[key]) if isinstance(item, dict)]
    return result


def walk(shown: list[Json]) -> list[Json]:
    """The blocks, and those inside containers and carousels."""
    result = []
    for block in shown:
        inner = block.get("child_blocks") or (block.get("elements") if block["type"] == "carousel" else None) or []
        result += [block, *walk([one for one in inner if isinstance(one, dict)])]
    return result


def _options(element: Json, at: str) -> list[str]:
    """A select, a menu or boxes need options, each value once; an initial option must be one of them."""
    if element["type"] not in ("static_select", "multi_static_select", "checkboxes", "radio_buttons", "overflow"):
        return []
    if not element.get("options") and not element.get("option_groups"):
        return [_say("must be more than 0 items", f"{at}/options")]
    groups = element.get("option_groups") or []
    options = [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]
    values = [option.get("value") for option in options]
    initial = [
        *(element.get("initial_options") or []),
        *([element["initial_option"]] if element.get("initial_option") else []),
    ]
    found = [
        _say("initial option is not one of the options", at) for option in initial if option.get("value") not in values
    ]
    if len(set(values)) < len(values) and element["type"] != "overflow":
        found.append(_say("option values must be unique", f"{at}/options"))
    return found


def check_view(view: Any) -> Json:
    """A view as views.* accept it; else `invalid_arguments` (or `view_too_large`) with Slack's lines."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > 250_000:
        raise SlackError("view_too_large")
    problems = _view_problems(view)
    if problems:
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]}
        )
    return view


def _view_problems(view: Json) -> list[str]:
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [_say("unsupported type: " + str(kind), "/view/type")]
    found = (
        [
            _say(_wording(error), "/view" + _pointer(error))
            for error in _validator("ModalView" if kind == "modal" else "HomeView").iter_errors({**view, "blocks": []})
        ]
        if isinstance(view.get("blocks"), list)
        else [_say("missing required field: blocks", "/view")]
    )
    if found:
        return found
    for key, least, most in LIMITS[f"view:{kind}"]:
        found += _size(view.get(key), least, most, f"/view/{key}")
    found += problems_in(view["blocks"], "/view", MOST_IN_VIEW, place=kind)
    if (
        kind == "modal"
        and not view.get("submit")
        and any(block.get("type") == "input" for block in view["blocks"] if isinstance(block, dict))
    ):
        found.append(_say("must define `submit` to use an `input` block in modals", "/view"))
    return found
