"""Handing over, on both engines."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.messages.post import Post, Reply
from bot.rules.handovers import Wish
from bot.services import departures, handover_forms, handovers
from bot.services.askers import Surface
from bot.services.departures import DEPARTED, tell_next
from bot.services.handovers import TOLD, carry_out_next
from bot.services.items import CARD
from bot.services.refused import Refused
from handlers.handovers import BUTTONS
from playground import blocks
from storage import items
from storage.tables import Account, Person, Role
from tests.services.asking import ask, buttons, told
from tests.services.team import CHANNEL, MONDAY, WORDS, Team, text_of, user_of

FROM_TO = "인계 <@UGOWN> <@UGMEM>"


def press(team: Team, handle: str, label: str, post: Post | None) -> Reply:
    """Somebody presses a button of a handover, through the table that dispatches."""
    button = buttons(post)[label]
    of, about, more = ids.read_item_value(button["value"])
    with team.work() as work:
        asker = team.asker(work, handle, Surface.BUTTON)
        assert of == 1
        return BUTTONS[button["action_id"]](work, asker, about, more)


def hand_over(team: Team, line: str = FROM_TO, by: str = "gist lead") -> Post:
    """The line, and the button under what it shows."""
    reply = press(team, by, "인계", ask(team, by, line).post)
    assert reply.post
    blocks.check_message(reply.post.blocks)
    return reply.post


def refused(team: Team, handle: str, line: str, language: str = "ko") -> str:
    with pytest.raises(Refused) as raised:
        ask(team, handle, line)
    return WORDS.say(language)(raised.value.key, **raised.value.args_of_key)


def owner(team: Team, number: int = 1, side: int = 1) -> str:
    with team.database.reading() as session:
        part = next(one for one in items.parts(session, team.item(number).id or 0) if one.side_id == side)
        return session.get_one(Person, part.owner_id).name


def role(team: Team, name: str) -> Role:
    with team.database.reading() as session:
        return session.exec(select(Person).where(Person.name == name)).one().role


def letters(team: Team, kind: str = TOLD) -> dict[str, Post]:
    """What waits to be sent: user id → message as it will be read."""
    rendered = {row.user_id or "": team.rendered(row) for row in team.queued(kind)}
    for post in rendered.values():
        if post:
            blocks.check_message(post.blocks)
    return {user: post for user, post in rendered.items() if post}


def tick(team: Team) -> None:
    for act in (tell_next, carry_out_next):
        more = True
        while more:
            with team.work() as work:
                more = act(work)


def test_it_is_shown_and_nothing_happens_before_the_button(team: Team):
    team.joint_item()

    post = ask(team, "gist lead", FROM_TO).post

    assert post
    blocks.check_message(post.blocks)
    text = text_of(post)
    assert "아직 인계하지 않았습니다" in text
    assert "정하늘 교수 → 김민지 연구원 (후임)" in text
    assert "• A-1 센터 개소 계획서 초안 · 2026. 12. 5.(토)" in text
    assert owner(team) == "정하늘"
    assert team.queued(TOLD) == []


@pytest.mark.parametrize(
    "line", [FROM_TO, "인계 정하늘 교수 → 김민지", "handover 정하늘 김민지", "인계 정하늘에서 김민지로"]
)
def test_the_items_move_and_are_told_once(team: Team, line: str):
    team.joint_item()
    team.add("gist lead", "교육과정 초안 <@UGOWN>")

    hand_over(team, line)

    assert (owner(team), owner(team, 2)) == ("김민지", "김민지")
    told_to = letters(team)
    assert set(told_to) == {"UGMEM", "UGOWN", "UGLEAD"}
    assert "이제 아래 일의 담당이십니다" in told_to["UGMEM"].text
    assert "A-1" in told_to["UGMEM"].text
    assert "A-2" in told_to["UGMEM"].text
    assert {row.subject for row in team.queued(CARD)} == {"1", "2"}
    assert "GIST 담당: 김민지 연구원" in text_of(team.card())
    assert "인계: 정하늘 교수 → 김민지 연구원" in told(team, "gist lead", "이력 A-1")


def test_what_was_confirmed_stays_confirmed(team: Team):
    team.joint_item()
    team.press("gist owner")

    hand_over(team)

    assert "GIST 완료 · 차례: 영광군" in text_of(team.card())


def test_a_person_hands_over_their_own(team: Team):
    team.joint_item()

    hand_over(team, "인계 <@UGOWN> <@UGMEM>", by="gist owner")

    assert owner(team) == "김민지"


def test_the_form_is_filled_in_and_its_next_page_shows_what_moves(team: Team):
    team.joint_item()
    reply = ask(team, "gist lead", "인계 <@UGOWN> 대행 12월 1일부터")
    assert reply.view
    blocks.check_view(reply.view)
    assert '"initial_date": "2026-12-01"' in str(reply.view).replace("'", '"')
    assert "정하늘 교수" in str(reply.view)

    with team.work() as work:
        asker = team.asker(work, "gist lead", Surface.FORM)
        wish = Wish(2, 3)
        page = handover_forms.submitted(work, asker, wish).view
    assert page
    blocks.check_view(page)
    assert "A-1" in str(page)
    assert owner(team) == "정하늘"


def test_acting_is_shown_and_what_is_held_goes_to_the_successor(team: Team):
    team.joint_item()
    team.add("gist lead", "안내문 초안 <@UGMEM>")
    hand_over(team, f"{FROM_TO} 대행")
    assert "김민지 연구원 (정하늘 교수 직무대행)" in text_of(team.card())
    assert "김민지 연구원 (정하늘 교수 직무대행)" in told(team, "gist lead", "A-1")
    assert "직무대행: 정하늘 교수 → 김민지 연구원" in told(team, "gist lead", "이력 A-1")

    hand_over(team, "인계 <@UGOWN> <@UGLEAD>")

    assert (owner(team), owner(team, 2)) == ("이강민", "김민지")
    assert "직무대행" not in text_of(team.card())
    assert "UGMEM" in letters(team)


def test_who_was_away_gets_back_only_what_was_held_for_them(team: Team):
    team.joint_item()
    team.add("gist lead", "안내문 초안 <@UGMEM>")
    hand_over(team, f"{FROM_TO} 대행")

    assert "직무대행으로 맡고 있던 것만" in text_of(ask(team, "gist lead", "인계 <@UGMEM> <@UGOWN>").post)
    hand_over(team, "인계 <@UGMEM> <@UGOWN>")

    assert (owner(team), owner(team, 2)) == ("정하늘", "김민지")


def test_another_owner_ends_the_acting(team: Team):
    team.joint_item()
    hand_over(team, f"{FROM_TO} 대행")

    ask(team, "gist lead", "담당 A-1 <@UGLEAD>")

    assert "직무대행" not in text_of(team.card())


def test_from_a_day_on_it_waits_and_is_done_once_by_two_schedulers(team: Team):
    team.joint_item()
    post = hand_over(team, f"{FROM_TO} 12월 1일부터")
    assert "2026. 12. 1.(화) 0시에 인계합니다" in text_of(post)
    assert "인계가 예약되었습니다" in letters(team)["UGMEM"].text
    team.now = MONDAY + timedelta(days=7, hours=14, minutes=59)  # 23:59 in Seoul, the day before
    tick(team)
    assert owner(team) == "정하늘"

    team.later(minutes=1)
    tick(team)
    tick(team)

    assert owner(team) == "김민지"
    assert [act for act in team.acts() if act == "handed-over"] == ["handed-over"]
    assert "인계했습니다" in letters(team)["UGMEM"].text


def test_schedulers_at_the_same_moment_do_it_once(team: Team):
    team.joint_item()
    hand_over(team, f"{FROM_TO} 12월 1일부터")
    team.later(days=9)

    with ThreadPoolExecutor(4) as schedulers:
        list(schedulers.map(lambda _: tick(team), range(4)))

    assert owner(team) == "김민지"
    assert team.acts().count("handed-over") == 1


def test_what_is_planned_is_in_the_form_and_can_be_cancelled(team: Team):
    team.joint_item()
    hand_over(team, f"{FROM_TO} 12월 1일부터")
    view = ask(team, "gist lead", "인계").view
    assert view
    blocks.check_view(view)
    assert "예약된 인계: 정하늘 교수 → 김민지 연구원, 2026. 12. 1.(화)부터" in str(view)
    assert "예약되어 있습니다" in refused(team, "gist lead", FROM_TO)

    press(team, "gist lead", "예약 취소", Post("", view["blocks"]))

    team.later(days=9)
    tick(team)
    assert owner(team) == "정하늘"
    assert "취소" in letters(team)["UGMEM"].text


def test_on_its_day_it_is_said_when_it_cannot_be_done_any_more(team: Team):
    team.joint_item()
    hand_over(team, f"{FROM_TO} 12월 1일부터")
    ask(team, "gist lead", "구성원 <@UGMEM> 참관인")
    team.later(days=9)

    tick(team)

    assert owner(team) == "정하늘"
    assert "하지 못했습니다" in letters(team)["UGLEAD"].text
    assert "참관인은" in letters(team)["UGLEAD"].text


@pytest.mark.parametrize("way", ["button", "undo"])
def test_it_is_taken_back_within_ten_minutes(team: Team, way: str):
    team.joint_item()
    post = hand_over(team)
    team.later(minutes=9)

    if way == "button":
        press(team, "gist lead", "되돌리기", post)
    else:
        assert "인계를 되돌렸습니다" in told(team, "gist lead", "되돌리기")

    assert owner(team) == "정하늘"
    assert "인계 되돌림" in told(team, "gist lead", "이력 A-1")
    assert "인계를 되돌렸습니다" in letters(team)["UGMEM"].text


def test_not_after_ten_minutes_and_not_by_others(team: Team):
    team.joint_item()
    post = hand_over(team)
    with pytest.raises(Refused) as no:
        press(team, "county lead", "되돌리기", post)
    assert no.value.key == "handover-gone"
    team.later(minutes=11)

    with pytest.raises(Refused) as no:
        press(team, "gist lead", "되돌리기", post)

    assert no.value.key == "handover-settled"
    assert owner(team) == "김민지"


def test_a_role_moves_only_if_asked_and_the_side_keeps_a_keeper(team: Team):
    team.add("county lead", "군 일 <@UCSEC>")
    with team.work() as work:
        asker = team.asker(work, "county secretary")
        ids_of = {one.name: one.id for one in work.session.exec(select(Person))}
        wish = Wish(ids_of["최유진"] or 0, ids_of["한도윤"] or 0, with_role=True)
        assert "한도윤 주무관 → 간사" in text_of(handovers.preview(work, asker, wish).post)
        handovers.hand_over(work, asker, wish)

    assert (role(team, "한도윤"), role(team, "최유진")) == (Role.SECRETARY, Role.MEMBER)


def test_who_acts_lends_the_role_until_the_successor_takes_it(team: Team):
    with team.work() as work:
        asker = team.asker(work, "gist lead")
        ids_of = {one.name: one.id or 0 for one in work.session.exec(select(Person))}
        lead, owner_, member = ids_of["이강민"], ids_of["정하늘"], ids_of["김민지"]
        handovers.hand_over(work, asker, Wish(lead, owner_, acting=True, with_role=True))
    assert (role(team, "정하늘"), role(team, "이강민")) == (Role.LEAD, Role.LEAD)

    with team.work() as work:
        asker = team.asker(work, "gist lead")
        handovers.hand_over(work, asker, Wish(lead, member, with_role=True))

    assert [role(team, name) for name in ("김민지", "정하늘", "이강민")] == [Role.LEAD, Role.MEMBER, Role.MEMBER]


@pytest.mark.parametrize(
    ("handle", "line", "ko", "en"),
    [
        ("gist lead", "인계 <@UGOWN> <@UCOWN>", "같은 측 안에서만", "within one side"),
        ("gist lead", "인계 <@UCOWN> <@UCSEC>", "최유진 주무관", "Each side hands over its own things"),
        ("gist member", FROM_TO, "이강민 단장", "Only your side’s lead"),
        ("gist lead", "인계 <@UGOWN> <@UGOWN>", "같습니다", "the same person"),
        ("gist lead", "인계 <@UGOWN> <@UGOBS>", "참관인은", "An observer cannot"),
        ("observer", FROM_TO, "이강민 단장", "Only your side’s lead"),
        ("gist lead", "인계 <@UGOWN> 홍길동", "“홍길동”", "“홍길동”"),
        ("gist lead", "인계 <@UGOWN> <@USTRANGE>", "“USTRANGE”", "“USTRANGE”"),
        ("gist lead", f"{FROM_TO} 지난 금요일", "지난 날짜입니다", "has passed"),
        ("gist lead", f"{FROM_TO} <@UGLEAD>", "두 분까지만", "two people only"),
        ("gist lead", FROM_TO, "예산 사업, 회의가 없습니다", "owns no open item"),
    ],
)
def test_refusals_say_what_to_do_instead(team: Team, handle: str, line: str, ko: str, en: str):
    assert ko in refused(team, handle, line)
    assert en in refused(team, handle, line, "en")


def test_another_task_force_sees_and_moves_nothing(team: Team):
    team.joint_item()
    with team.work() as work:
        asker = team.asker(work, "other team", channel="C2")
        for act in (
            lambda: handovers.preview(work, asker, Wish(2, 3)),
            lambda: handovers.hand_over(work, asker, Wish(2, 3)),
            lambda: handovers.cancel(work, asker, 1),
            lambda: handovers.take_back(work, asker, 1),
        ):
            with pytest.raises(Refused) as no:
                act()
            assert no.value.key in ("handover-nobody", "handover-gone")
    assert owner(team) == "정하늘"


def test_the_list_is_a_sheet_in_the_readers_language(team: Team):
    team.joint_item()
    team.add("gist lead", "=HYPERLINK(1) \x07표 <@UGOWN>")
    with team.work() as work:
        work.session.get_one(Account, "UGOWN").locale = "en-GB"
    hand_over(team)

    korean, english = (letters(team)[user].file for user in ("UGMEM", "UGOWN"))

    assert korean
    assert english
    assert korean.name == "2026-11-23_인계목록_정하늘.xlsx"
    assert english.name == "2026-11-23_handover_정하늘.xlsx"
    sheet = zipfile.ZipFile(io.BytesIO(korean.content))
    strings = sheet.read("xl/sharedStrings.xml").decode()
    first = sheet.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1) 표" in strings
    assert "센터 개소 계획서 초안" in strings
    assert "영광군 한도윤 주무관" in strings
    assert "<f>" not in first
    assert 'state="frozen"' in first
    assert "<v>46361</v>" in first  # 2026-12-05 as a sheet's day


def left(team: Team, handle: str) -> None:
    with team.work() as work:
        departures.left(work, user_of(handle), CHANNEL)


def switched_off(team: Team, handle: str) -> None:
    with team.work() as work:
        work.session.get_one(Account, user_of(handle)).is_deleted = True
        work.session.flush()
        departures.deactivated(work, user_of(handle))


def test_who_is_switched_off_is_told_to_the_lead_once_with_the_way_to_hand_over(team: Team):
    team.joint_item()
    switched_off(team, "gist owner")
    switched_off(team, "gist owner")
    tick(team)
    tick(team)

    (letter,) = letters(team, DEPARTED).values()

    assert "정하늘 교수님이 채널이나 Slack을 떠났습니다" in letter.text
    assert "A-1" in letter.text
    form = press(team, "gist lead", "인계하기", letter).view
    assert form
    assert "정하늘" in str(form["blocks"][0]["element"]["initial_option"])


def test_who_comes_back_to_the_channel_in_time_is_no_trouble(team: Team):
    team.joint_item()
    left(team, "gist owner")
    team.later(minutes=5)
    tick(team)
    with team.work() as work:
        departures.came_back(work, user_of("gist owner"), CHANNEL)
    team.later(hours=1)
    tick(team)

    assert team.queued(DEPARTED) == []
    left(team, "gist owner")
    team.later(minutes=11)
    tick(team)
    assert set(letters(team, DEPARTED)) == {"UGLEAD"}


def test_the_departed_of_whom_nothing_is_open_are_not_spoken_of(team: Team):
    switched_off(team, "gist owner")
    tick(team)
    assert team.queued(DEPARTED) == []


def test_a_side_without_a_keeper_tells_its_members_how_somebody_becomes_one(team: Team):
    switched_off(team, "gist lead")
    tick(team)

    told_to = letters(team, DEPARTED)
    assert set(told_to) == {"UGOWN", "UGMEM", "UGOBS"}
    assert "역할도 넘깁니다" in told_to["UGMEM"].text
    with team.work() as work:
        asker = team.asker(work, "gist member")
        ids_of = {one.name: one.id or 0 for one in work.session.exec(select(Person))}
        handovers.hand_over(work, asker, Wish(ids_of["이강민"], ids_of["정하늘"], with_role=True))
    assert role(team, "정하늘") is Role.LEAD


def test_the_other_keepers_hear_when_one_of_them_leaves(team: Team):
    switched_off(team, "county lead")
    tick(team)
    assert set(letters(team, DEPARTED)) == {"UCDEP"}


def test_a_question_that_its_date_has_answered_is_not_handed_over(team: Team):
    team.add("gist owner", "셔틀 노선 안내문 다음 금요일까지")
    assert "답할 질문 1건" in text_of(ask(team, "gist lead", FROM_TO).post)

    ask(team, "gist owner", "기한 A-1 2026-12-04")
    assert "질문" not in text_of(ask(team, "gist lead", FROM_TO).post)
