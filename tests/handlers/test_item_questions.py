"""A line that leaves something open, over the real wire, from the side with the app and from the side without it."""

from collections.abc import Callable

import pytest

from tests.bots import Town
from tests.windows import Message, Window

Ask = Callable[[Window, str], Message]


def by_command(window: Window, line: str) -> Message:
    window.command(f"/tft add {line}")
    return window.told("초안")


def by_mention(window: Window, line: str) -> Message:
    window.mention(f"추가 {line}")
    return window.told("초안")


def by_direct_message(window: Window, line: str) -> Message:
    window.write_to_bot(f"추가 {line}")
    return window.written("초안")


@pytest.mark.parametrize("ask", [by_command, by_mention, by_direct_message])
def test_a_name_is_asked_about_and_answered(town: Town, ask: Ask):
    window = town.as_user("gist secretary")

    window.click("GIST 정하늘 교수", ask(window, "초안 @하늘"))

    town.card("A-1").shows("GIST 담당: 정하늘 교수")


@pytest.mark.parametrize("ask", [by_mention, by_direct_message])
def test_the_side_without_the_app_does_the_same(shared_town: Town, ask: Ask):
    window = shared_town.as_user("county owner")

    window.click("GIST 정하늘 교수", ask(window, "초안 @하늘"))

    shared_town.card("A-1").shows("GIST 담당: 정하늘 교수")


def test_a_date_is_chosen_from_the_calendar_in_the_direct_message(shared_town: Town):
    window = shared_town.as_user("county owner")
    by_mention(window, "초안 3월 15일(금)까지")

    window.click("item-pick", window.written("3월 15일(금)"), selected_date="2099-12-04")

    shared_town.card("A-1").shows("2099. 12. 4.(금)")


def test_a_question_is_answered_from_the_home(town: Town):
    window = town.as_user("gist secretary")
    by_command(window, "초안 @하늘")

    window.click("GIST 정하늘 교수", window.home())

    town.card("A-1").shows("GIST 담당: 정하늘 교수")
    assert "정하늘 교수" in window.form().text
