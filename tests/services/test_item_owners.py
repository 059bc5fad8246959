"""Another owner is put in, or asked for."""

import pytest

from bot.services import items
from bot.services.item_owners import ASKED
from bot.services.refused import Refused
from tests.services.asking import ask, buttons, last_told, press, told
from tests.services.team import OTHER_CHANNEL, Team, text_of, user_of


@pytest.mark.parametrize("who", ["<@UCDEP>", "서다은", "@서다은", "서다은 팀장", "서다은 팀장님께", "서다은에게"])
def test_a_side_gets_another_owner_by_mention_or_name(team: Team, who: str):
    team.joint_item()
    team.press("county owner")

    assert "서다은" in told(team, "gist lead", f"담당 A-1 {who}") + text_of(team.card())

    assert "서다은 팀장 · ✅ 완료" in text_of(team.card())  # the side has confirmed, and stays so
    assert "새 할 일을 맡으셨습니다" in last_told(team, items.ASSIGNED)[user_of("county deputy")]
    assert "영광군 담당 변경: 한도윤 주무관 → 서다은 팀장" in told(team, "gist lead", "이력 A-1")


def test_owners_of_both_sides_at_once(team: Team):
    team.joint_item()

    told(team, "gist lead", "assign A-1 <@UGMEM> <@UCDEP>")

    assert "김민지" in text_of(team.card())
    assert "서다은" in text_of(team.card())


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("홍길동", "item-owner-not-in-roster"),
        ("<@USTRANGE>", "item-owner-not-in-roster"),
        ("<@UGOBS>", "item-owner-observer"),
        ("<@UGOWN> <@UGMEM>", "item-owners-of-one-side"),
        ("<@UOTHER>", "item-owner-not-in-roster"),
        ("서다은 그리고 홍길동", "item-owner-not-in-roster"),
    ],
)
def test_who_cannot_own_is_refused_by_name(team: Team, who: str, why: str):
    team.joint_item()

    with pytest.raises(Refused, match=why) as no:
        ask(team, "gist lead", f"assign A-1 {who}")

    assert no.value.field is None
    assert team.acts() == ["created"]


def test_the_same_owner_again_changes_nothing(team: Team):
    team.joint_item()

    assert "바뀐 내용이 없습니다" in told(team, "gist lead", "assign A-1 <@UCOWN>")


def test_an_owner_asks_for_another_and_those_who_look_after_the_side_are_told(team: Team):
    team.joint_item()
    assigned = next(row for row in team.queued(items.ASSIGNED) if row.user_id == "UCOWN")
    button = buttons(team.rendered(assigned))["담당 변경 요청"]

    view = press(team, "county owner", button).view
    assert view
    assert view["callback_id"] == "item-words"

    from_form = {**button, "value": button["value"] + "다음 달부터 휴직합니다 <!channel>"}
    assert "박서준 과장" in text_of(press(team, "county owner", from_form).post)

    asked = last_told(team, ASKED)
    assert set(asked) == {"UCLEAD", "UCDEP", "UCSEC", "UGLEAD"}  # the side's keepers, and who made the item
    assert "한도윤 주무관" in asked["UCSEC"]
    assert "다음 달부터 휴직합니다 @channel" in asked["UCSEC"]
    assert "담당 변경 요청: 다음 달부터 휴직합니다" in told(team, "gist lead", "이력 A-1")


def test_the_request_is_not_told_any_more_once_there_is_another_owner(team: Team):
    team.joint_item()
    assigned = next(row for row in team.queued(items.ASSIGNED) if row.user_id == "UCOWN")
    button = buttons(team.rendered(assigned))["담당 변경 요청"]
    press(team, "county owner", {**button, "value": button["value"] + "휴직"})

    ask(team, "county lead", "assign A-1 <@UCDEP>")

    assert last_told(team, ASKED) == {}
    with pytest.raises(Refused, match="item-not-yours"):
        press(team, "county owner", button)


def test_another_task_force_gives_nothing_away(team: Team):
    team.joint_item()
    button = buttons(team.rendered(team.queued(items.ASSIGNED)[0]))["담당 변경 요청"]

    with pytest.raises(Refused, match="item-not-found"):
        ask(team, "other team", "assign A-1 <@UOTHER>", channel=OTHER_CHANNEL)
    with pytest.raises(Refused, match="item-gone"):
        press(team, "other team", button, channel=OTHER_CHANNEL)
