"""What is mine over all my task forces; and what has waited longest."""

import pytest

from bot.messages import ids
from bot.services.askers import Surface, WhichTaskForce
from storage.tables import Person, PersonAccount, Role
from tests.services.asking import ask, buttons, told
from tests.services.team import COUNTY_OWNER, GIST_OWNER, OTHER_CHANNEL, Team


@pytest.fixture
def both(team: Team) -> Team:
    """`gist owner` is in the other task force as well, and owns something in each."""
    with team.work() as work:
        other = team.asker(work, "other team", channel=OTHER_CHANNEL).person
        assert other
        person = Person(task_force_id=2, side_id=other.side_id, role=Role.MEMBER, name="정하늘", joined_at=team.now)
        work.session.add(person)
        work.session.flush()
        work.session.add(PersonAccount(task_force_id=2, user_id="UGOWN", person_id=person.id or 0))
    team.add("gist lead", f"하나 {GIST_OWNER} 2026-12-05")
    team.add("gist lead", f"남의 일 {COUNTY_OWNER}")
    team.add("other team", f"둘 {GIST_OWNER} 2026-12-01", channel=OTHER_CHANNEL)
    return team


def test_in_a_direct_message_all_my_task_forces_are_listed(both: Team):
    text = told(both, "gist owner", "내 할 일", surface=Surface.DIRECT, channel="D1")

    assert text.index("둘") < text.index("하나")
    assert "다른 TFT" in text
    assert "스마트 모빌리티 TFT" in text
    assert "남의 일" not in text


def test_other_lists_still_ask_which_task_force(both: Team):
    with pytest.raises(WhichTaskForce):
        ask(both, "gist owner", "목록", surface=Surface.DIRECT, channel="D1")


def test_in_a_channel_it_is_that_channels_task_force(both: Team):
    assert "둘" not in told(both, "gist owner", "내 할 일")


def test_the_pages_of_all_my_task_forces(both: Team):
    for number in range(10):
        both.add("gist lead", f"더 {number} {GIST_OWNER}")

    post = ask(both, "gist owner", "mine", surface=Surface.DIRECT, channel="D1").post

    assert ids.read_item_value(buttons(post)["다음"]["value"])[:2] == (0, 1)


def test_what_waits_longest_comes_first(team: Team):
    for title in ("하나", "둘"):
        team.add("gist lead", f"{title} {GIST_OWNER} {COUNTY_OWNER}")
    team.done("gist owner", 2)
    team.later(days=1)
    team.done("gist owner", 1)

    text = told(team, "county owner", "목록 차례")

    assert text.index("둘") < text.index("하나")
