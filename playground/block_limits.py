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
    "view:modal": (("title", 1, 24), ("submit", 1, 24), ("close", 1, 24), ("private_metadata", 0, 3000), ("callback_id", 0, 255), ("external_id", 0, 255)),
    "view:home": (("private_metadata", 0, 3000), ("callback_id", 0, 255), ("external_id", 0, 255)),
}
"""What has which key in how many characters or items, at least and at most."""
OPTION = (("text", 1, 75), ("value", 1, 150), ("description", 1, 75))
FIELD = 2000
CONFIRM = (("title", 1, 100), ("text", 1, 300), ("confirm", 1, 30), ("deny", 1, 30))
CHARTS = ("pie", "bar", "area", "line")


def chart_problems(block: Json) -> list[tuple[str, str]]:
    """Rules of the `data_visualization` block, written by hand from its page
    (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block): problems with their paths."""
    found = [(f"additional property: {key}", f"/{key}") for key in block if key not in ("type", "block_id", "title", "chart")]
    title, chart = block.get("title"), block.get("chart")
    if not isinstance(title, str) or not 1 <= len(title) <= 50:
        found.append(("must be 1 to 50 characters", "/title"))
    if not isinstance(chart, dict) or chart.get("type") not in CHARTS:
        return [*found, (f"must be one of {', '.join(CHARTS)}", "/chart/type")]
    return found + (_pie(chart) if chart["type"] == "pie" else _series(chart))


def _pie(chart: Json) -> list[tuple[str, str]]:
    return _points(chart.get("segments"), "value", "/chart/segments", 12)


def _series(chart: Json) -> list[tuple[str, str]]:
    series = chart.get("series")
    if not isinstance(series, list) or not 1 <= len(series) <= 6:
        return [("must be 1 to 6 series", "/chart/series")]
    found = []
    for index, one in enumerate(series):
        at = f"/chart/series/{index}"
        if not isinstance(one, dict) or not isinstance(one.get("name"), str) or not 1 <= len(one["name"]) <= 20:
            found.append(("name must be 1 to 20 characters", f"{at}/name"))
        found += _points(one.get("data") if isinstance(one, dict) else None, "value", f"{at}/data", 20)
    return found


def _points(points: Any, key: str, at: str, most: int) -> list[tuple[str, str]]:
    if not isinstance(points, list) or not 1 <= len(points) <= most:
        return [(f"must be 1 to {most} points", at)]
    found = []
    for index, point in enumerate(points):
        if not isinstance(point, dict) or not isinstance(point.get("label"), str) or not 1 <= len(point["label"]) <= 20:
            found.append(("label must be 1 to 20 characters", f"{at}/{index}/label"))
        elif not isinstance(point.get(key), int | float) or isinstance(point.get(key), bool):
            found.append(("must be a number", f"{at}/{index}/{key}"))
    return found
