"""Text as Slack stores it and the rich text it makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import text


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("a & b", "a &amp; b"),
        ("a &amp; b", "a &amp; b"),
        ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        (
            "<@U0MIN> <#C0TFT|tft> <!here> <!channel> <!subteam^S0X|@team>",
            "<@U0MIN> <#C0TFT|tft> <!here> <!channel> <!subteam^S0X|@team>",
        ),
        ("<https://x.org|text> <mailto:a@x.org>", "<https://x.org|text> <mailto:a@x.org>"),
        ("<script>", "&lt;script&gt;"),
        ("<@nobody>", "&lt;@nobody&gt;"),
        ("see https://x.org/a_(b).", "see <https://x.org/a_(b)>."),
        ("(https://x.org), https://", "(<https://x.org>), https://"),
    ],
)
def test_escaping_and_links(written, stored):
    assert text.normalise(written) == stored


@given(st.text())
def test_storing_twice_changes_nothing(written):
    once = text.normalise(written)
    assert text.normalise(once) == once


@given(st.text(alphabet="ab &<>*_`\n•1. "))
def test_rich_text_is_made_of_anything(written):
    (block,) = text.rich_text(text.normalise(written))
    assert block["type"] == "rich_text"


def kinds(written: str) -> list[str]:
    return [element["type"].removeprefix("rich_text_") for element in text.rich_text(written)[0]["elements"]]


def test_what_lines_become():
    assert kinds("plain\nlines") == ["section"]
    assert kinds("say\n• one\n• two\nend") == ["section", "list", "section"]
    assert kinds("1. one\n2. two") == ["list"]
    assert kinds("11. 30. a date") == ["section"]
    assert kinds("&gt; quoted") == ["quote"]
    assert kinds("code ```x = 1``` end") == ["section", "preformatted", "section"]
    (bullets,) = text.rich_text("• one\n• <@U0MIN>")[0]["elements"]
    assert bullets["style"] == "bullet"
    assert [item["elements"][0]["type"] for item in bullets["elements"]] == ["text", "user"]


def test_inline_elements():
    (section,) = text.rich_text("<@U0MIN> <#C0TFT> <!here> :tada: <https://x.org|x &amp; y> *b* `c` ~s~ a_b_c")[0][
        "elements"
    ]
    found = [element for element in section["elements"] if element.get("text") != " "]
    assert found == [
        {"type": "user", "user_id": "U0MIN"},
        {"type": "channel", "channel_id": "C0TFT"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "link", "url": "https://x.org", "text": "x & y"},
        {"type": "text", "text": "b", "style": {"bold": True}},
        {"type": "text", "text": "c", "style": {"code": True}},
        {"type": "text", "text": "s", "style": {"strike": True}},
        {"type": "text", "text": " a_b_c"},
    ]


def test_mentions_are_found_with_and_without_a_name():
    assert text.mentioned("<@U0MIN> <@U0JUN|jun> @nobody") == {"U0MIN", "U0JUN"}
