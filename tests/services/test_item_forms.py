"""Adding and changing an item by a form, on both engines; and the answers to what was asked."""

import json
from typing import Any

import pytest

from bot.messages.post import Reply, View
from bot.rules.lines import TITLE_LIMIT
from bot.services import items
from bot.services.item_changes import set_due
from bot.services.item_forms import edit_form, new_form, submitted
from bot.services.refused import Refused
from storage import history
from storage.tables import ItemStatus, Person, PersonState
from tests.services.team import COUNTY_OWNER, OTHER_CHANNEL, Team, text_of, user_of

GIST_SIDE, COUNTY_SIDE = "owner-1", "owner-2"
NOTHING = {"title": "", "due": "", "stream": "", GIST_SIDE: "", COUNTY_SIDE: ""}


def person_id(team: Team, handle: str) -> str:
    with team.work() as work:
        person = team.asker(work, handle).person
    assert person
    return str(person.id)


def open_edit(team: Team, handle: str = "gist lead") -> View:
    with team.work() as work:
        return edit_form(work, team.asker(work, handle), team.item())


def memory(view: View) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(view["private_metadata"])
    return loaded


def send(team: Team, view: View, handle: str = "gist lead", **fields: str) -> Reply:
    """Send a form in which only `fields` were touched."""
    base = memory(view).get("base", NOTHING)
    wanted = {**NOTHING, **base, **{name.replace("_", "-"): value for name, value in fields.items()}}
    with team.work() as work:
        return submitted(work, team.asker(work, handle), memory(view), wanted)


def mistake(team: Team, view: View, **fields: str) -> tuple[str | None, str]:
    with pytest.raises(Refused) as raised:
        send(team, view, **fields)
    return raised.value.field, raised.value.key


def open_new(team: Team, handle: str = "gist lead") -> View:
    with team.work() as work:
        return new_form(work, team.asker(work, handle), NOTHING)


def test_an_item_by_the_form(team: Team):
    reply = send(
        team, open_new(team), title="  센터   개소 ", due="2026-12-05T14:00", owner_2=person_id(team, "county owner")
    )

    assert "A-1 센터 개소\n영광군 한도윤 주무관\n2026. 12. 5.(토) 14:00까지" in text_of(reply.post)
    assert [row.user_id for row in team.queued(items.ASSIGNED)] == [user_of("county owner")]


def test_the_form_offers_each_sides_people_and_no_observer(team: Team):
    view = open_new(team)

    options = {
        block["block_id"]: [one["text"]["text"] for one in block["element"]["options"]]
        for block in view["blocks"]
        if block.get("block_id", "").startswith("owner-")
    }
    assert options[GIST_SIDE] == ["담당 없음", "이강민 단장", "정하늘 교수", "김민지 연구원"]
    assert "한도윤 주무관" in options[COUNTY_SIDE]


def test_a_large_side_is_offered_in_groups(team: Team):
    with team.database.transaction() as session:
        for n in range(120):
            session.add(Person(task_force_id=1, side_id=1, name=f"직원 {n}", joined_at=team.now))

    block = next(block for block in open_new(team)["blocks"] if block.get("block_id") == GIST_SIDE)

    assert [len(group["options"]) for group in block["element"]["option_groups"]] == [100, 24]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "  "}, ("title", "item-title-missing")),
        ({"title": "<!channel>"}, ("title", "item-title-missing")),
        ({"title": "x" * (TITLE_LIMIT + 1)}, ("title", "item-title-long")),
        ({"title": "초안", "due": "2026-11-22"}, ("due", "item-due-past")),
        ({"title": "초안", "due": "T14:00"}, ("due-time", "item-time-alone")),
        ({"title": "초안", "stream": "가" * 41}, ("stream", "item-stream-long")),
        ({"title": "초안", "owner_1": "999"}, (GIST_SIDE, "item-owner-gone")),
    ],
)
def test_mistakes_are_shown_at_their_field(team: Team, fields, expected):
    assert mistake(team, open_new(team), **fields) == expected


def test_a_forged_owner_of_the_other_side_or_another_task_force_is_refused(team: Team):
    county = person_id(team, "county owner")
    with team.work() as work:
        stranger = team.asker(work, "other team", channel=OTHER_CHANNEL).person
    assert stranger

    assert mistake(team, open_new(team), title="초안", owner_1=county) == (GIST_SIDE, "item-owner-gone")
    assert mistake(team, open_new(team), title="초안", owner_1=str(stranger.id)) == (GIST_SIDE, "item-owner-gone")


def test_the_same_title_again_asks_in_the_form_and_keeps_what_was_typed(team: Team):
    send(team, open_new(team), title="초안")

    asked = send(team, open_new(team), title="초안", stream="센터").view
    assert asked
    assert "하나 더 만들까요?" in str(asked["blocks"][0])
    assert "'initial_value': '센터'" in str(asked)
    assert "A-2" in text_of(send(team, asked, title="초안").post)


def test_changes_are_written_with_what_was_before(team: Team):
    team.joint_item()

    reply = send(team, open_edit(team), title="최종안", due="2026-12-07", stream="")

    assert "A-1 최종안\nGIST 정하늘 교수 / 영광군 한도윤 주무관\n2026. 12. 7.(월)까지" in text_of(reply.post)
    item = team.item()
    assert (item.title, str(item.due_on), item.stream) == ("최종안", "2026-12-07", "")
    with team.work() as work:
        change = history.of(work.session, ("item", item.id or 0))[-1]
        assert change.old == {"title": "센터 개소 계획서 초안", "due": "2026-12-05", "stream": "센터"}
        assert change.new == {"title": "최종안", "due": "2026-12-07", "stream": ""}


def test_a_form_without_changes_changes_nothing(team: Team):
    team.joint_item()

    assert "바뀐 내용이 없습니다" in text_of(send(team, open_edit(team)).post)
    assert team.acts() == ["created"]


def test_a_new_owner_is_told_and_a_confirmation_stays(team: Team):
    team.joint_item()
    team.press("county owner")
    team.press("county owner", "eyes")

    send(team, open_edit(team), owner_2=person_id(team, "county deputy"))

    assert user_of("county deputy") in [row.user_id for row in team.queued(items.ASSIGNED)]
    assert "서다은 팀장 · ✅ 완료" in text_of(team.card())


def test_a_side_can_get_and_lose_its_owner(team: Team):
    team.add("gist lead", "초안 <@UGOWN>")

    send(team, open_edit(team), owner_2=person_id(team, "county owner"))
    assert "영광군 담당: 한도윤" in text_of(team.card())
    send(team, open_edit(team), owner_1="")
    assert "정하늘" not in text_of(team.card())
    assert mistake(team, open_edit(team), owner_2="") == (COUNTY_SIDE, "item-needs-owner")


def test_taking_out_the_side_that_was_waited_for_closes_the_item(team: Team):
    team.joint_item()
    team.done("gist owner")

    send(team, open_edit(team), owner_2="")

    assert team.item().status is ItemStatus.CLOSED


def test_changes_of_two_people_to_different_fields_both_stay(team: Team):
    team.joint_item()
    mine, others = open_edit(team), open_edit(team, "county lead")
    send(team, others, "county lead", due="2026-12-07")

    send(team, mine, title="최종안")

    assert (team.item().title, str(team.item().due_on)) == ("최종안", "2026-12-07")


def test_the_same_field_changed_by_both_is_shown_and_can_be_saved_again(team: Team):
    team.joint_item()
    mine = open_edit(team)
    send(team, open_edit(team, "county lead"), "county lead", title="군의 제목", due="2026-12-07")

    shown = send(team, mine, title="내 제목").view

    assert team.item().title == "군의 제목"
    assert shown
    assert "지금 제목: 군의 제목" in str(shown)
    assert "'initial_value': '내 제목'" in str(shown)
    send(team, shown, title="내 제목", due="2026-12-05")  # the form still shows the old due date, untouched
    assert (team.item().title, str(team.item().due_on)) == ("내 제목", "2026-12-07")


def test_a_form_sent_after_the_item_was_closed_says_so(team: Team):
    team.joint_item()
    view = open_edit(team)
    team.done("gist owner")
    team.done("county owner")

    assert mistake(team, view, title="최종안") == ("title", "item-closed-meanwhile")


def test_a_form_of_another_task_force_changes_nothing(team: Team):
    team.joint_item()
    view = open_edit(team)
    with team.work() as work:
        asker = team.asker(work, "other team", channel=OTHER_CHANNEL)
        with pytest.raises(Refused, match="item-gone"):
            submitted(work, asker, memory(view), {**NOTHING, "title": "빼앗음"})

    assert team.item().title == "센터 개소 계획서 초안"


def test_an_owner_who_left_stays_in_the_form_until_replaced(team: Team):
    team.joint_item()
    with team.work() as work:
        person = team.asker(work, "county owner").person
        assert person
        person.state = PersonState.LEFT
        work.session.add(person)

    view = open_edit(team)

    chosen = next(
        block["element"]["initial_option"] for block in view["blocks"] if block.get("block_id") == COUNTY_SIDE
    )
    assert chosen["text"]["text"] == "한도윤 주무관"
    send(team, view, title="최종안")
    assert team.item().title == "최종안"


def test_the_longest_form_fits(team: Team):
    team.add("gist lead", "가" * TITLE_LIMIT + f" {COUNTY_OWNER} #" + "나" * 40)

    assert len(open_edit(team)["private_metadata"]) <= 3000


def test_which_date_was_meant(team: Team):
    team.add("gist lead", f"초안 {COUNTY_OWNER} 3월 15일(금)")
    with team.work() as work:
        set_due(work, team.asker(work, "gist lead"), team.item(), "2027-03-12")

    assert str(team.item().due_on) == "2027-03-12"
    with team.work() as work, pytest.raises(Refused, match="item-due-set-already"):
        set_due(work, team.asker(work, "gist lead"), team.item(), "2027-03-15")
