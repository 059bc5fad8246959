"""Blocks that Slack takes and blocks that it refuses, with the path of what is wrong."""

import time
from typing import Any

import pytest

from playground import blocks
from tests.playground.worlds import button, field, section

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str = "v", text: str = "t", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def select(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "placeholder": plain("…"), "options": list(options), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def chart(**chart: Any) -> Json:
    return {"type": "data_visualization", "title": "Budget", "chart": chart}


def series(*names: str, data: Any = None) -> list[Json]:
    return [{"name": name, "data": data or [{"label": "Mon", "value": 1}]} for name in names]


GOOD = [
    section(),
    section("x" * 3000),
    {"type": "section", "fields": [plain("f" * 2000)] * 10},
    {"type": "section", "text": plain("t"), "accessory": button()},
    {"type": "header", "text": plain("h" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [plain("c")] * 10},
    actions(*[button(f"a{i}") for i in range(25)]),
    actions(select(option()), {"type": "overflow", "action_id": "o", "options": [option()]}),
    actions(
        button(
            confirm={"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")},
            style="danger",
        )
    ),
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": True}}]}
        ],
    },
    {"type": "markdown", "text": "**hi**"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]},
    {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "a"},
    field(),
    chart(type="pie", segments=[{"label": "Mon", "value": 1}]),
    chart(type="bar", series=series("one", "two"), axis_config={"categories": ["Mon"], "x_label": "Day"}),
]

BAD = [
    ({"type": "section"}, "/blocks/0", "text"),
    (section("x" * 3001), "/blocks/0/text/text", "3001"),
    (section(""), "/blocks/0/text/text", "more than 0"),
    ({"type": "section", "fields": [plain("f")] * 11}, "/blocks/0/fields", "10"),
    ({"type": "section", "fields": [plain("f" * 2001)]}, "/blocks/0/fields/0/text", "2001"),
    ({"type": "header", "text": plain("h" * 151)}, "/blocks/0/text/text", "151"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "h"}}, "/blocks/0/text", ""),
    ({"type": "context", "elements": [plain("c")] * 11}, "/blocks/0/elements", "10"),
    (actions(*[button(f"a{i}") for i in range(26)]), "/blocks/0/elements", "25"),
    (actions(), "/blocks/0/elements", "more than 0"),
    (actions(button(text=plain("b" * 76))), "/blocks/0/elements/0/text/text", "76"),
    (actions(button(value="v" * 2001)), "/blocks/0/elements/0/value", "2001"),
    (actions(button("a" * 256)), "/blocks/0/elements/0/action_id", "256"),
    (actions(button("same"), button("same")), "/blocks/0/elements/1/action_id", "already exists"),
    (actions(select()), "/blocks/0/elements/0/options", "more than 0"),
    (actions(select(*[option(str(i)) for i in range(101)])), "/blocks/0/elements/0/options", "100"),
    (actions(select(option(text="t" * 76))), "/blocks/0/elements/0/options/0/text/text", "76"),
    (actions(select(option("v" * 151))), "/blocks/0/elements/0/options/0/value", "151"),
    (actions(select(option("a"), option("a"))), "/blocks/0/elements/0/options", "unique"),
    (actions(select(option("a"), initial_option=option("b"))), "/blocks/0/elements/0", "initial"),
    (
        actions({"type": "overflow", "action_id": "o", "options": [option(str(i)) for i in range(6)]}),
        "/blocks/0/elements/0/options",
        "5",
    ),
    (
        actions({"type": "checkboxes", "action_id": "o", "options": [option(str(i)) for i in range(11)]}),
        "/blocks/0/elements/0/options",
        "10",
    ),
    (
        actions(
            button(confirm={"title": plain("t" * 101), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")})
        ),
        "confirm/title",
        "101",
    ),
    (section(block_id="b" * 256), "/blocks/0/block_id", "256"),
    ({"type": "alert", "text": {"type": "mrkdwn", "text": "only in modals"}}, "/blocks/0/type", "unsupported"),
    ({"type": "nonsense"}, "/blocks/0/type", "unsupported type: nonsense"),
    ({"no": "type"}, "/blocks/0", "type"),
    ({**section(), "colour": "red"}, "/blocks/0", "colour"),
    ({"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text", "12001"),
    (chart(type="donut"), "/blocks/0/chart/type", "pie"),
    (chart(type="pie", segments=[{"label": "l" * 21, "value": 1}]), "/chart/segments/0/label", "20"),
    (chart(type="pie", segments=[{"label": "a", "value": 1}] * 7), "/chart/segments", "6"),
    (chart(type="bar", series=series(*"abcdefg"), axis_config={"categories": ["Mon"]}), "/chart/series", "6"),
    (chart(type="line", series=series("a")), "/chart/axis_config/categories", "categories"),
    (
        chart(type="line", series=series("a"), axis_config={"categories": ["Tue"]}),
        "/chart/series/0/data",
        "every category",
    ),
    (chart(type="line", series=series("a", "a"), axis_config={"categories": ["Mon"]}), "/chart/series", "unique"),
    ({**chart(type="pie", segments=[{"label": "a", "value": 1}]), "title": "t" * 51}, "/blocks/0/title", "50"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_good_blocks(block):
    assert blocks.problems_in([block], "", 50, place="message") == []


@pytest.mark.parametrize(("block", "at", "says"), BAD, ids=[f"{i}-{bad[0].get('type')}" for i, bad in enumerate(BAD)])
def test_bad_blocks(block, at, says):
    problems = blocks.problems_in([block], "", 50, place="message")
    assert problems
    assert f"{at}" in problems[0]
    assert says in problems[0]


def test_how_many():
    assert blocks.problems_in([section()] * 50, "", 50, place="message") == []
    assert "no more than 50 items" in blocks.problems_in([section()] * 51, "", 50, place="message")[0]
    assert blocks.problems_in([GOOD[-1]] * 3, "", 50, place="message")[0].startswith(
        "no more than 2 data_visualization"
    )


def test_block_ids_are_unique():
    twice = [section(block_id="same"), section(block_id="same")]
    assert "block_id same already exists [json-pointer:/blocks/1/block_id]" in blocks.problems_in(
        twice, "", 50, place="message"
    )


def test_alerts_belong_into_modals():
    alert = {"type": "alert", "text": {"type": "mrkdwn", "text": "careful"}, "level": "warning"}
    assert blocks.problems_in([alert], "", 100, place="modal") == []


def test_it_is_cheap_enough_to_be_always_on():
    card = [
        section(),
        *[actions(button(f"a{i}"), button(f"b{i}")) for i in range(8)],
        {"type": "context", "elements": [plain("c")]},
    ]
    blocks.problems_in(card, "", 50, place="message")
    started = time.process_time()
    for _ in range(20):
        blocks.problems_in(card, "", 50, place="message")
    assert (time.process_time() - started) / 20 < 0.02
