"""Length and count limits of Block Kit, from Slack's pages on blocks, elements and composition objects (https://docs.slack.dev/reference/block-kit)."""

from typing import Any

from playground.state import Json

LIMITS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "*": (("block_id", 1, 255), ("action_id", 1, 255)),
    "section": (("text", 1, 3000), ("fields", 1, 10)),
    "header": (("text", 1, 150),),
    "context": (("elements", 1, 10),),
    "actions": (("elements", 1, 25),),
    "context_actions": (("elements", 1, 5),),
    "image": (("image_url", 1, 3000), ("alt_text", 1, 2000), ("title", 1, 2000)),
    "input": (("label", 1, 2000), ("hint", 1, 2000)),
    "markdown": (("text", 1, 12_000),),
    "video": (("title", 1, 200), ("description", 1, 200), ("author_name", 1, 50)),
    "table": (("rows", 1, 100),),
    "alert": (("text", 1, 3000),),
    "button": (("text", 1, 75), ("value", 0, 2000), ("url", 1, 3000), ("accessibility_label", 1, 75)),
    "static_select": (("options", 1, 100), ("option_groups", 1, 100), ("placeholder", 1, 150)),
    "multi_static_select": (("options", 1, 100), ("option_groups", 1, 100), ("placeholder", 1, 150)),
    "external_select": (("placeholder", 1, 150),),
    "multi_external_select": (("placeholder", 1, 150),),
    "users_select": (("placeholder", 1, 150),),
    "conversations_select": (("placeholder", 1, 150),),
    "channels_select": (("placeholder", 1, 150),),
    "overflow": (("options", 1, 5),),
    "checkboxes": (("options", 1, 10),),
    "radio_buttons": (("options", 1, 10),),
    "plain_text_input": (("placeholder", 1, 150), ("initial_value", 0, 3000)),
    "datepicker": (("placeholder", 1, 150),),
    "timepicker": (("placeholder", 1, 150),),
    "plain_text": (("text", 1, 3000),),
    "mrkdwn": (("text", 1, 3000),),
    "view:modal": (
        ("title", 1, 24),
        ("submit", 1, 24),
        ("close", 1, 24),
        ("private_metadata", 0, 3000),
        ("callback_id", 0, 255),
        ("external_id", 0, 255),
    ),
    "view:home": (("private_metadata", 0, 3000), ("callback_id", 0, 255), ("external_id", 0, 255)),
}
"""What has which key in how many characters or items, at least and at most."""
_OPTION = (("text", 1, 75), ("value", 1, 150), ("description", 1, 75))
PARTS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "options": _OPTION,
    "initial_options": _OPTION,
    "initial_option": _OPTION,
    "option_groups": (("label", 1, 75), ("options", 1, 100)),
    "confirm": (("title", 1, 100), ("text", 1, 300), ("confirm", 1, 30), ("deny", 1, 30)),
    "fields": (("text", 1, 2000),),
}
"""The same for what has no type of its own, by the key that holds it."""
CHARTS = ("pie", "bar", "area", "line")


def chart_problems(block: Json) -> list[tuple[str, str]]:
    """What is wrong with a `data_visualization` block: problems with their paths.

    The published schema does not know it; this is written from
    https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
    """
    found = _unknown(block, ("type", "block_id", "title", "chart"), "")
    title, chart = block.get("title"), block.get("chart")
    if not _label(title, 50):
        found.append(("must be 1 to 50 characters", "/title"))
    if not isinstance(chart, dict) or chart.get("type") not in CHARTS:
        return [*found, (f"must be one of {', '.join(CHARTS)}", "/chart/type")]
    if chart["type"] == "pie":
        return [
            *found,
            *_unknown(chart, ("type", "segments"), "/chart"),
            *_points(chart.get("segments"), "/chart/segments", 6),
        ]
    return [*found, *_unknown(chart, ("type", "series", "axis_config"), "/chart"), *_series(chart)]


def _unknown(given: Json, known: tuple[str, ...], at: str) -> list[tuple[str, str]]:
    return [(f"additional property: {key}", f"{at}/{key}") for key in given if key not in known]


def _label(value: Any, most: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= most


def _series(chart: Json) -> list[tuple[str, str]]:
    """Series of a bar, area or line chart: every one has a value for every category of the axis."""
    series, axis = chart.get("series"), chart.get("axis_config")
    if not isinstance(series, list) or not 1 <= len(series) <= 6:
        return [("must be 1 to 6 series", "/chart/series")]
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list) or not 1 <= len(categories) <= 20 or not all(_label(c, 20) for c in categories):
        return [("must be 1 to 20 categories of 1 to 20 characters", "/chart/axis_config/categories")]
    found = []
    for index, one in enumerate(series):
        at = f"/chart/series/{index}"
        if not isinstance(one, dict) or not _label(one.get("name"), 20):
            found.append(("name must be 1 to 20 characters", f"{at}/name"))
            continue
        found += _points(one.get("data"), f"{at}/data", 20)
        labels = [str(point.get("label")) for point in one.get("data") or [] if isinstance(point, dict)]
        if not found and sorted(labels) != sorted(categories):
            found.append(("must have one point for every category", f"{at}/data"))
    names = [one.get("name") for one in series if isinstance(one, dict)]
    return found if len(set(names)) == len(series) else [*found, ("series names must be unique", "/chart/series")]


def _points(points: Any, at: str, most: int) -> list[tuple[str, str]]:
    if not isinstance(points, list) or not 1 <= len(points) <= most:
        return [(f"must be 1 to {most} points", at)]
    found = []
    for index, point in enumerate(points):
        if not isinstance(point, dict) or not _label(point.get("label"), 20):
            found.append(("label must be 1 to 20 characters", f"{at}/{index}/label"))
        elif not isinstance(point.get("value"), int | float) or isinstance(point.get("value"), bool):
            found.append(("must be a number", f"{at}/{index}/value"))
    return found
