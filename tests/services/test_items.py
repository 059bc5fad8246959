"""Items made, confirmed and opened again by commands and buttons, on both engines."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, select

from bot.rules.lines import TITLE_LIMIT
from bot.services import confirmations, items
from bot.services.askers import Surface
from bot.services.confirmations import TooLate
from bot.services.item_lines import add
from bot.services.item_reactions import seen
from bot.services.refused import Refused
from storage.tables import Account, ClosingRule, Item, ItemStatus, Part, Person, PersonAccount, TaskForce
from tests.services.team import COUNTY_OWNER, GIST_OWNER, OTHER_CHANNEL, Team, text_of, user_of


def refused(team: Team, line: str, handle: str = "gist lead") -> str:
    """The key of the refusal; nothing was made."""
    with pytest.raises(Refused) as raised:
        team.add(handle, line)
    with team.database.reading() as session:
        assert not session.exec(select(Item)).all()
    return raised.value.key


def owners(team: Team, number: int = 1) -> list[str]:
    with team.database.reading() as session:
        query = select(Person.name).join(Part, col(Part.owner_id) == col(Person.id))
        query = query.where(Part.item_id == team.item(number).id)
        return sorted(session.exec(query))


def test_an_item_with_everything(team: Team):
    reply = team.add("gist lead", f"센터 개소 계획서 초안 {GIST_OWNER} {COUNTY_OWNER} 2026-12-05 #센터")

    said = text_of(reply.post)
    assert "A-1 센터 개소 계획서 초안" in said
    assert "2026. 12. 5.(토)까지 · 9근무일 남음" in said
    assert "다음 근무일: 2026. 12. 7.(월)" in said
    card = text_of(team.card())
    for part in (
        "GIST 담당: 정하늘 교수",
        "영광군 담당: 한도윤 주무관",
        "2026. 12. 5.(토)",
        "#센터",
        "✅ 우리 측 몫",
        "👀",
    ):
        assert part in card
    assert "확인 대기: GIST 정하늘 교수, 영광군 한도윤 주무관" in card
    assert "<@" not in card


def test_the_card_in_english(team: Team):
    team.add("gist lead", f"Opening plan {GIST_OWNER} 2026-12-05")

    assert "Due: Sat 5 Dec 2026" in text_of(team.card(language="en"))


def test_owners_are_told_by_direct_message_but_not_of_what_they_took_on_themselves(team: Team):
    team.add("gist owner", f"초안 {GIST_OWNER} {COUNTY_OWNER}")

    (row,) = team.queued(items.ASSIGNED)
    assert row.user_id == user_of("county owner")
    assert "새 할 일을 맡으셨습니다. (등록: 정하늘 교수)" in text_of(team.rendered(row))


def test_the_secretary_hears_for_an_owner_without_slack(team: Team):
    with team.database.transaction() as session:
        session.delete(session.get_one(PersonAccount, (1, user_of("county owner"))))
    team.add("gist owner", "초안 @한도윤")

    (row,) = team.queued(items.ASSIGNED)
    assert row.user_id == user_of("county secretary")
    assert "전해 주세요. 담당: 한도윤 주무관" in text_of(team.rendered(row))


def test_an_assignment_that_is_no_longer_true_is_not_sent(team: Team):
    team.add("gist lead", f"초안 {COUNTY_OWNER}")
    team.done("county owner")

    (row,) = team.queued(items.ASSIGNED)
    assert team.rendered(row) is None


def test_without_owner_it_is_the_askers_own_and_they_are_told(team: Team):
    reply = team.add("county owner", "초안")

    assert owners(team) == ["한도윤"]
    assert "본인을 담당으로" in text_of(reply.post)


def test_one_side_alone_may_own_an_item(team: Team):
    team.add("gist lead", f"초안 {COUNTY_OWNER}")

    assert owners(team) == ["한도윤"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param("x" * 3000, "item-title-long", id="3,000 characters"),
        pytest.param("x" * (TITLE_LIMIT + 1), "item-title-long", id="one too many"),
        pytest.param("초안 <@UGOWN> <@UGMEM>", "item-owners-of-one-side", id="two owners of one side"),
        pytest.param("초안 <@UGOWN> <@UGMEM> <@UCOWN>", "item-owners-of-one-side", id="three owners"),
        pytest.param("초안 <@USTRANGE>", "item-owner-not-in-roster", id="an owner outside the roster"),
        pytest.param("초안 <@UOTHER>", "item-owner-not-in-roster", id="somebody of another task force"),
        pytest.param("초안 <@UNEVERSEEN>", "item-owner-not-in-roster", id="a user nobody knows"),
        pytest.param("초안 <@UGOBS>", "item-owner-observer", id="an observer"),
        pytest.param("초안 2026-02-30", "item-date-impossible", id="an impossible date"),
        pytest.param("초안 13월 45일까지", "item-date-impossible", id="another"),
    ],
)
def test_what_cannot_be_is_refused(team: Team, line, key):
    assert refused(team, line) == key


@pytest.mark.parametrize("line", ["", "   ", "<!channel>", "<@UCOWN>", "2026-12-05", "#센터"])
def test_without_a_title_the_form_opens_with_what_was_given(team: Team, line):
    reply = team.add("gist lead", line)

    assert reply.view
    assert reply.view["callback_id"] == "item-form"
    if line == "<@UCOWN>":
        assert "한도윤 주무관" in str(
            [block["element"].get("initial_option") for block in reply.view["blocks"] if "element" in block]
        )
    if line == "2026-12-05":
        assert "'initial_date': '2026-12-05'" in str(reply.view)
    if line == "#센터":
        assert "'initial_value': '센터'" in str(reply.view)


def test_an_observer_makes_and_changes_nothing(team: Team):
    assert refused(team, "초안", "observer") == "item-observer-may-not"


@pytest.mark.parametrize("handle", ["stranger", "other team"])
def test_outsiders_are_refused(team: Team, handle):
    assert refused(team, "초안", handle) == "not-in-roster"


def test_a_direct_message_posts_the_card_in_the_task_forces_channel(team: Team):
    team.add("gist lead", "초안", surface=Surface.DIRECT, channel="D1")

    assert [row.channel_id for row in team.queued(items.CARD)] == ["C1"]


def test_the_same_title_within_a_minute_asks_first(team: Team):
    team.add("gist lead", f"초안 {COUNTY_OWNER}")

    asked = text_of(team.add("gist owner", "초안").post)
    assert "A-1" in asked
    assert "하나 더 만들기" in asked
    with team.work() as work:
        assert "A-2" in text_of(add(work, team.asker(work, "gist owner"), "초안", again=True).post)
    team.later(minutes=2)
    assert "A-3" in text_of(team.add("gist owner", "초안").post)


def test_a_date_that_can_be_read_in_two_ways_is_asked_about_and_kept_out_meanwhile(team: Team):
    reply = team.add("gist lead", f"초안 {COUNTY_OWNER} 3월 15일(금)")

    assert team.item().due_on is None
    assert "2027. 3. 15.(월)" in text_of(reply.post)
    assert "2027. 3. 12.(금)" in text_of(reply.post)
    (row,) = team.queued("answer")  # a private answer may vanish
    assert "3월 15일(금)" in row.args["text"]


def test_numbers_run_per_task_force(team: Team):
    team.add("gist lead", "하나")
    team.add("other team", "다른 하나", channel=OTHER_CHANNEL)
    team.add("gist lead", "둘")

    assert team.item(2).title == "둘"


def test_many_at_once_get_numbers_without_gaps(team: Team):
    """Four at a time: who waits for more writers than that may well be told to come again, on a busy machine."""
    with ThreadPoolExecutor(4) as people:
        assert len(list(people.map(lambda n: team.add("gist lead", f"초안 {n}"), range(12)))) == 12

    with team.database.reading() as session:
        assert sorted(session.exec(select(Item.number))) == list(range(1, 13))


def test_another_task_forces_item_is_not_found(team: Team):
    team.add("other team", "비밀", channel=OTHER_CHANNEL)
    with team.work() as work, pytest.raises(Refused) as by_number:
        items.find(work, team.asker(work, "gist lead"), 1)
    with team.work() as work, pytest.raises(Refused) as by_id:
        items.find_by_id(work, team.asker(work, "gist lead"), 1)

    assert (by_number.value.key, by_id.value.key) == ("item-not-found", "item-gone")


def test_done_for_both_sides_closes(team: Team):
    team.joint_item()

    team.done("gist owner")
    team.done("county lead")

    assert team.item().status is ItemStatus.CLOSED
    assert team.item().closed_at == team.now


def test_done_twice_is_recorded_once(team: Team):
    team.joint_item()

    team.done("gist owner")
    team.done("gist owner")

    assert team.acts() == ["created", "confirmed"]


def test_done_on_a_closed_item_comes_too_late(team: Team):
    team.joint_item()
    team.done("gist owner")
    team.done("county owner")

    with pytest.raises(TooLate):
        team.done("county lead")


def test_where_any_side_is_enough_one_closes(team: Team):
    team.joint_item()
    with team.database.transaction() as session:
        session.get_one(TaskForce, 1).closing_rule = ClosingRule.ANY

    team.done("county owner")

    assert team.item().status is ItemStatus.CLOSED


def test_undo_opens_again_and_needs_something_to_undo(team: Team):
    team.joint_item()
    team.done("gist owner")
    team.done("county owner")

    team.undo("county owner")

    assert team.item().status is ItemStatus.OPEN
    with pytest.raises(Refused, match="item-nothing-to-undo"):
        team.undo("county owner")


def test_undo_takes_back_only_the_own_act(team: Team):
    team.joint_item()
    team.done("gist owner")

    with pytest.raises(Refused, match="item-nothing-to-undo"):
        team.undo("gist lead")


def test_reopen_sets_every_confirmation_aside(team: Team):
    team.joint_item()
    team.done("gist owner")
    team.done("county owner")

    team.reopen("gist member")

    assert team.item().status is ItemStatus.OPEN
    assert "확인 대기: GIST 정하늘 교수, 영광군 한도윤 주무관" in text_of(team.card())
    assert team.acts()[-1] == "reopened"
    with pytest.raises(Refused, match="item-open-already"):
        team.reopen("gist member")


def test_a_change_queues_the_card_once_while_it_waits(team: Team):
    team.joint_item()
    team.done("gist owner")
    team.undo("gist owner")

    assert len(team.queued(items.CARD)) == 1


@pytest.mark.parametrize(
    "title", ["<!channel> 급함", "<@UGLEAD> 확인", "<https://evil|good>", "`*_~ &amp; <b>", "@here"]
)
def test_hostile_titles_come_out_as_text(team: Team, title):
    team.add("gist lead", f"x {title} {COUNTY_OWNER}")

    for post in (team.card(), team.rendered(team.queued(items.ASSIGNED)[0])):
        assert post
        for raw in ("<!", "<@", "<http"):
            assert raw not in post.text
            assert raw not in str([block for block in post.blocks if block["type"] != "rich_text"])


def test_names_from_the_roster_cannot_ping_either(team: Team):
    with team.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.name = "<!channel>"
    team.joint_item()

    assert "<!channel>" not in str(team.card().blocks)


def test_a_card_of_the_longest_words_stays_within_slacks_limits(team: Team):
    team.add("gist lead", "&" * TITLE_LIMIT + f" {GIST_OWNER} {COUNTY_OWNER} #" + "가" * 60)

    card = team.card()
    assert len(card.blocks) <= 50
    for block in card.blocks:
        if block["type"] == "section":
            assert len(block["text"]["text"]) <= 3000


def test_what_the_owner_took_on_by_a_button_is_shown(team: Team):
    team.joint_item()
    with team.work() as work:
        person = team.asker(work, "county owner").person
        assert person
        assert seen(work, team.item(), person)

    assert "한도윤 주무관 · 👀 확인" in text_of(team.card())


def test_a_deactivated_account_is_not_written_to(team: Team):
    with team.database.transaction() as session:
        session.get_one(Account, user_of("county owner")).is_deleted = True
    team.add("gist lead", f"초안 {COUNTY_OWNER}")

    assert [row.user_id for row in team.queued(items.ASSIGNED)] == [user_of("county secretary")]


def test_after_the_due_date_it_is_both_sides_turn(team: Team):
    team.joint_item()  # due on Saturday 2026-12-05

    team.later(days=14)  # the Monday after: the first working day since
    assert "기한 지남 · 차례: GIST, 영광군(1일째)" in text_of(team.card())
    team.press("gist owner")

    assert "GIST 완료 · 차례: 영광군(1일째)" in text_of(team.card())


def test_undo_alone_takes_back_what_the_asker_did_last(team: Team):
    team.add("gist lead", f"하나 {GIST_OWNER}")
    team.add("gist lead", f"둘 {GIST_OWNER}")
    team.done("gist owner", 2)
    team.done("gist owner", 1)

    with team.work() as work:
        assert confirmations.last_confirmed(work, team.asker(work, "gist owner")).number == 1
    team.undo("gist owner", 1)
    with team.work() as work:
        assert confirmations.last_confirmed(work, team.asker(work, "gist owner")).number == 2
        with pytest.raises(Refused, match="item-nothing-done"):
            confirmations.last_confirmed(work, team.asker(work, "gist lead"))
