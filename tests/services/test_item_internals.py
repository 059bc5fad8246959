"""Items that are one side's alone: made, changed, closed there; for everybody else they do not exist."""

import json
import re
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.messages.post import Reply
from bot.rules.grammar import WORDS, Verb
from bot.services import (
    item_forms,
    item_lists,
    item_mentions,
    item_pasted,
    item_questions,
    item_search,
    item_sources,
    items,
    posts,
)
from bot.services.askers import Surface
from bot.services.item_endings import CANCELLED
from bot.services.item_owners import ASKED
from bot.services.reactions import apply_reaction
from bot.services.refused import Refused
from bot.services.settings import done_emoji
from bot.services.turns import count_days
from handlers import items as handlers
from storage.reactions import Press
from storage.tables import (
    Account,
    Item,
    ItemQuestion,
    ItemStatus,
    OutboxRow,
    Person,
    PersonAccount,
    Posting,
    Role,
    TaskForce,
)
from tests.services.asking import ask, buttons, last_told, press, told
from tests.services.team import (
    CARD_TS,
    CHANNEL,
    COUNTY_OWNER,
    GIST_OWNER,
    MONDAY,
    Team,
    text_of,
    user_of,
)

SECRET = "단가협의안"
ELSEWHERE = ["county lead", "county secretary", "county owner", "observer"]


@pytest.fixture
def secret(team: Team) -> Item:
    """A-1, GIST's alone: made by its lead, owned by somebody else."""
    told(team, "gist lead", f"추가 내부: {SECRET} {GIST_OWNER} 2026-12-05 #예산")
    return team.item_inside()


def dm_of(handle: str) -> str:
    return f"D{user_of(handle)}"


def stand(team: Team, handle: str, number: int = 1) -> None:
    """Delivery has posted the item's card in somebody's direct messages."""
    with team.work() as work:
        work.session.get_one(Account, user_of(handle)).dm_channel_id = dm_of(handle)
        subject = str(team.item_inside(number).id)
        posting = Posting(
            installation_id=1,
            channel_id=dm_of(handle),
            ts=CARD_TS,
            kind=items.CARD,
            subject=subject,
            posted_at=team.machine_now,
        )
        work.session.add(posting)
        hook = posts.kinds()[items.CARD].on_posted
        assert hook
        hook(work, posting)


def react(team: Team, handle: str, emoji: str = "white_check_mark", *, present: bool = True, channel: str = "") -> str:
    """Somebody reacts on the card in their direct messages; gives what they are told."""
    team.presses += 1
    at = f"{team.machine_now.timestamp() + team.presses:.6f}"
    with team.work() as work:
        place = channel or dm_of(handle)
        whispers = apply_reaction(work, Press(place, CARD_TS, user_of(handle), emoji, present, at))
    return "\n".join(text_of(one.post) for one in whispers)


def cards(team: Team) -> dict[str, str]:
    """The cards that wait to be sent: user id (or channel) → text; without those that have nothing to say."""
    rows = [(row, team.rendered(row)) for row in team.queued(items.CARD)]
    return {row.user_id or row.channel_id or "": text_of(post) for row, post in rows if post}


# made


@pytest.mark.parametrize("mark", ["내부: ", "내부：", "[내부] ", "internal: ", "Internal:", "[INTERNAL]"])
def test_a_mark_at_the_start_of_the_line_makes_it_the_own_sides_alone(team: Team, mark: str):
    text = told(team, "gist lead", f"추가 {mark}{SECRET} {GIST_OWNER} 2026-12-05")

    assert "A-1 단가협의안" in text
    assert "🔒 우리 측 내부 (GIST)" in text
    assert team.item_inside().title == SECRET
    assert set(cards(team)) == {user_of("gist lead"), user_of("gist owner")}


@pytest.mark.parametrize("title", ["내부 결재 올리기", "내부결재", "단가 내부: 검토", "internal audit report"])
def test_titles_with_the_word_in_them_stay_joint(team: Team, title: str):
    told(team, "gist lead", f"추가 {title}")

    assert (team.item().internal_to, team.item().title) == (None, title)
    assert set(cards(team)) == {CHANNEL}


def test_who_may_have_meant_the_mark_is_told_how_it_is_written(team: Team):
    assert "`내부:` 로 시작하세요" in told(team, "gist lead", "추가 내부 결재 올리기")


def test_who_types_it_openly_is_told_that_others_can_read_it(team: Team):
    assert "모두가 볼 수 있습니다" in told(team, "gist lead", f"추가 내부: {SECRET}", surface=Surface.MENTION)
    assert "모두가 볼 수 있습니다" not in told(team, "gist lead", "추가 내부: 다른 일")


@pytest.mark.parametrize(
    "who", [COUNTY_OWNER, "@한도윤", "한도윤 주무관", "담당: 한도윤", f"{GIST_OWNER} {COUNTY_OWNER}"]
)
def test_an_owner_of_the_other_side_is_refused_with_what_to_do_instead(team: Team, who: str):
    with pytest.raises(Refused, match="internal-owner-elsewhere") as no:
        ask(team, "gist lead", f"추가 내부: {SECRET} {who}")

    assert no.value.field is None
    with team.work() as work:
        assert work.session.exec(select(Item)).all() == []


def test_only_people_of_the_own_side_are_asked_about(team: Team):
    told(team, "gist lead", f"추가 내부: {SECRET} @단장")

    with team.database.reading() as session:
        question = session.exec(select(ItemQuestion)).one()
        assert [session.get_one(Person, one).name for one in question.choices] == ["이강민"]


def test_a_bare_name_of_the_other_side_is_part_of_the_title(team: Team):
    told(team, "gist lead", "추가 내부: 자료 요청 한도윤")

    assert team.item_inside().title == "자료 요청 한도윤"
    with team.database.reading() as session:
        assert session.exec(select(ItemQuestion)).all() == []


def test_an_observer_makes_none(team: Team):
    with pytest.raises(Refused, match="item-observer-may-not"):
        ask(team, "observer", f"추가 내부: {SECRET}")


def test_without_a_title_the_form_opens_with_the_scope_chosen(team: Team):
    view = ask(team, "gist lead", "추가 내부:").view
    assert view

    scope = next(block for block in view["blocks"] if block.get("block_id") == "scope")
    assert scope["element"]["initial_option"]["text"]["text"] == "우리 측 내부 (GIST)"


def test_lines_of_a_pasted_list_have_their_own_marks(team: Team):
    post = ask(
        team, "gist member", f"추가 \n- 내부: {SECRET} {GIST_OWNER}\n- 설명회 자료\n- 내부: 셋 {COUNTY_OWNER}"
    ).post

    assert text_of(post).count("우리 측 내부") >= 1
    assert "GIST 측에서만" in text_of(post)
    list_id = int(buttons(post)["모두 등록"]["value"].rsplit(":", 1)[1])
    with team.work() as work:
        item_pasted.make(work, team.asker(work, "gist member"), list_id)
    assert (team.item_inside(1).internal_to, team.item(2).internal_to) == (1, None)


def test_a_form_makes_one(team: Team):
    with team.work() as work:
        asker = team.asker(work, "gist lead", Surface.FORM)
        view = item_forms.new_form(work, asker, {})
        assert [block["block_id"] for block in view["blocks"] if block.get("block_id") == "scope"]
        fields = {"title": SECRET, "due": "", "stream": "", "scope": "1", "owner-1": "", "owner-2": ""}
        item_forms.submitted(work, asker, {"task_force": 1, "channel": CHANNEL}, fields)

    assert team.item_inside().internal_to == 1


@pytest.mark.parametrize(
    ("fields", "why", "field"),
    [
        ({"scope": "1", "owner-2": "7"}, "internal-owner-elsewhere", "owner-2"),
        ({"scope": "2"}, "internal-own-side", "scope"),
        ({"scope": "3"}, "internal-own-side", "scope"),
    ],
)
def test_a_form_says_at_its_field_what_cannot_be(team: Team, fields: dict[str, str], why: str, field: str):
    sent = {"title": SECRET, "due": "", "stream": "", **fields}

    with team.work() as work:
        asker = team.asker(work, "gist lead", Surface.FORM)
        with pytest.raises(Refused, match=why) as no:
            item_forms.submitted(work, asker, {"task_force": 1, "channel": CHANNEL}, sent)

    assert no.value.field == field


def test_from_a_message_the_form_has_the_mark(team: Team):
    with team.work() as work:
        written = item_sources.Written(f"내부: {SECRET} 12/5까지")
        view = item_sources.form(work, team.asker(work, "gist lead"), written).view
    assert view

    scope = next(block for block in view["blocks"] if block.get("block_id") == "scope")
    assert scope["element"]["initial_option"]["value"] == "1"


# its card and what is told


def test_its_card_stands_in_direct_messages_and_is_updated_there(team: Team, secret: Item):
    first = cards(team)
    assert set(first) == {user_of("gist lead"), user_of("gist owner")}
    assert "우리 측 내부 할 일입니다" in first[user_of("gist lead")]
    assert "우리 측 내부 할 일을 맡으셨습니다" in first[user_of("gist owner")]
    assert "담당 변경 요청" in first[user_of("gist owner")]
    assert last_told(team, items.ASSIGNED) == {}  # the card says it

    stand(team, "gist owner")
    told(team, "gist lead", "기한 1 2026-12-08")

    assert "기한 변경 1회" in cards(team)[user_of("gist owner")]
    assert "기한이 바뀌었습니다" in last_told(team, items.MOVED)[user_of("gist owner")]


def test_a_tick_in_direct_messages_closes_it_and_taking_it_away_opens_it(team: Team, secret: Item):
    stand(team, "gist owner")

    assert "A-1 GIST 측 완료로 기록했습니다" in react(team, "gist owner")
    assert team.item_inside().status is ItemStatus.CLOSED
    assert "되돌렸습니다" in react(team, "gist owner", present=False)
    assert team.item_inside().status is ItemStatus.OPEN
    react(team, "gist owner", "eyes")
    assert "정하늘 교수 · 👀 확인" in cards(team)[user_of("gist lead")]


@pytest.mark.parametrize("is_recorded", [True, False])
def test_the_task_forces_further_emoji_counts_in_direct_messages(team: Team, secret: Item, is_recorded: bool):
    with team.work() as work:
        work.session.get_one(TaskForce, 1).done_emoji = "tada"
        work.session.get_one(TaskForce, 2).done_emoji = "rocket"
    enlist_elsewhere(team, "gist owner")
    if is_recorded:
        stand(team, "gist owner")

    assert react(team, "gist owner", "rocket") == "", "it counts in the reader's other task force only"
    react(team, "gist owner", "tada::skin-tone-2")
    if not is_recorded:
        stand(team, "gist owner")

    with team.database.reading() as session:
        assert done_emoji(session, dm_of("gist owner")) == ["tada", "rocket"], "as the sweep asks, who knows no reader"
    assert team.acts_inside().count("confirmed") == 1
    assert team.item_inside().status is ItemStatus.CLOSED
    react(team, "gist owner", "tada", present=False)
    assert team.item_inside().status is ItemStatus.OPEN


def enlist_elsewhere(team: Team, handle: str) -> None:
    """Somebody is in the other task force as well."""
    with team.work() as work:
        one = Person(task_force_id=2, side_id=3, name="정하늘", joined_at=team.now)
        work.session.add(one)
        work.session.flush()
        work.session.add(PersonAccount(task_force_id=2, user_id=user_of(handle), person_id=one.id or 0))


def test_a_tick_before_the_card_was_recorded_counts(team: Team, secret: Item):
    react(team, "gist owner")
    assert team.item_inside().status is ItemStatus.OPEN

    stand(team, "gist owner")

    assert team.item_inside().status is ItemStatus.CLOSED


def test_done_undo_cancel_and_reopen_by_button(team: Team, secret: Item):
    ways = buttons(team.rendered(team.queued(items.CARD)[0]))

    press(team, "gist lead", ways["완료"])
    assert team.item_inside().status is ItemStatus.CLOSED
    assert "다시 열기" in cards(team)[user_of("gist owner")]
    told(team, "gist lead", "다시열기 1")
    told(team, "gist lead", "취소 1 예산 미반영")
    assert "취소 · 사유: 예산 미반영" in cards(team)[user_of("gist owner")]
    assert user_of("gist owner") in last_told(team, CANCELLED)
    told(team, "gist lead", "되돌리기")
    assert team.item_inside().status is ItemStatus.OPEN


def test_a_new_owner_gets_the_card_and_who_had_it_sees_it_change(team: Team, secret: Item):
    stand(team, "gist owner")

    told(team, "gist lead", "담당 1 김민지")

    shown = cards(team)
    assert "우리 측 내부 할 일을 맡으셨습니다" in shown[user_of("gist member")]
    assert "GIST 담당: 김민지 연구원" in shown[user_of("gist owner")]


def test_another_owner_is_asked_for_on_the_own_side_alone(team: Team, secret: Item):
    told_ = press(team, "gist owner", buttons(post_for(team, "gist owner"))["담당 변경 요청"])
    assert told_.view
    with team.work() as work:
        act = handlers.BUTTONS["item-ask-owner"]
        handlers.on_item(act, work, team.asker(work, "gist owner"), secret.id or 0, "출장입니다")

    assert set(last_told(team, ASKED)) == {user_of("gist lead")}


def post_for(team: Team, handle: str) -> Any:
    return next(team.rendered(row) for row in team.queued(items.CARD) if row.user_id == user_of(handle))


def test_an_owner_without_slack_is_told_through_the_own_sides_secretary(team: Team):
    with team.work() as work:
        work.session.add(Person(task_force_id=1, side_id=2, role=Role.MEMBER, name="강민수", joined_at=team.now))
    told(team, "county lead", f"추가 내부: {SECRET} 강민수에게")

    assert "전해 주세요. 담당: 강민수" in cards(team)[user_of("county secretary")]
    assert set(cards(team)) == {user_of("county lead"), user_of("county secretary")}


def test_who_cannot_be_written_to_is_not_mentioned_in_the_channel(team: Team):
    told(team, "county lead", f"추가 내부: {SECRET} {COUNTY_OWNER}")
    refused = next(row for row in team.queued(items.CARD) if row.user_id == user_of("county owner"))

    with team.work() as work:
        work.session.get_one(Account, user_of("county owner")).dm_refused_at = team.machine_now
        hook = posts.kinds()[items.CARD].when_unreachable
        assert hook
        hook(work, refused)

    assert team.queued(item_mentions.MENTION) == []
    assert "전해 주세요. 담당: 한도윤 주무관" in cards(team)[user_of("county secretary")]


def test_as_the_days_go_by_its_cards_are_counted_too(team: Team, secret: Item):
    stand(team, "gist owner")
    team.later(days=15)

    with team.work() as work:
        count_days(work)

    assert "기한 지남 · 차례: GIST(2일째)" in cards(team)[user_of("gist owner")]


# from joint to internal and back


def change_scope(team: Team, handle: str, word: str, **more: str) -> Reply:
    """Somebody sends the item's form."""
    with team.work() as work:
        asker = team.asker(work, handle, Surface.FORM)
        item = items.find(work, asker, 1)
        view = item_forms.edit_form(work, asker, item)
        memory = json.loads(view["private_metadata"])
        shown = {"title": item.title, "due": "", "stream": item.stream, "scope": word, **more}
        return item_forms.submitted(work, asker, memory, shown)


def test_a_joint_item_of_one_side_becomes_internal_and_its_card_leaves_the_channel(team: Team):
    told(team, "gist lead", f"추가 {SECRET} {GIST_OWNER}")
    team.card_posted()

    change_scope(team, "gist lead", "1")

    shown = cards(team)
    assert "여기서 볼 수 없게" in shown[CHANNEL]
    assert SECRET not in shown[CHANNEL]
    assert SECRET in shown[user_of("gist owner")]
    assert "공개 범위 변경: 공동 → 우리 측 내부 (GIST)" in told(team, "gist lead", "이력 1")
    react(team, "county owner", channel=CHANNEL)
    assert react(team, "gist owner", channel=CHANNEL) == ""  # the card that was there does not count
    assert team.item_inside().status is ItemStatus.OPEN


def test_a_card_that_never_reached_the_channel_says_nothing_there(team: Team):
    told(team, "gist lead", f"추가 {SECRET} {GIST_OWNER}")

    change_scope(team, "gist lead", "1")

    assert CHANNEL not in cards(team)


def test_an_internal_item_becomes_joint_and_its_card_comes_to_the_channel(team: Team, secret: Item):
    stand(team, "gist owner")

    change_scope(team, "gist lead", "", due="2026-12-05")

    shown = cards(team)
    assert SECRET in shown[CHANNEL]
    assert "카드를 TFT 채널로 옮겼습니다" in shown[user_of("gist owner")]
    assert user_of("gist lead") not in shown  # the card had not come there yet
    assert SECRET in told(team, "county owner", "보기 1")
    assert react(team, "gist owner") == ""  # what is left of the card does not count


def test_that_is_taken_back_by_undo(team: Team, secret: Item):
    change_scope(team, "gist lead", "", due="2026-12-05")

    told(team, "gist lead", "되돌리기")

    assert team.item_inside().internal_to == 1


@pytest.mark.parametrize("line", [f"추가 {SECRET} {GIST_OWNER} {COUNTY_OWNER}", f"추가 {SECRET} {COUNTY_OWNER}"])
def test_once_the_other_side_has_a_part_it_stays_joint(team: Team, line: str):
    told(team, "gist lead", line)

    with pytest.raises(Refused, match="internal-too-late") as no:
        change_scope(team, "gist lead", "1", **{"owner-2": ""})

    assert no.value.field == "scope"
    with team.work() as work:
        view = item_forms.edit_form(
            work, team.asker(work, "gist lead"), items.find(work, team.asker(work, "gist lead"), 1)
        )
    assert "scope" not in [block.get("block_id") for block in view["blocks"]]


def test_an_internal_item_gets_no_owner_of_the_other_side(team: Team, secret: Item):
    with pytest.raises(Refused, match="internal-owner-elsewhere") as no:
        ask(team, "gist lead", "담당 1 한도윤")

    assert no.value.field is None


def test_made_joint_it_may_get_one_at_once(team: Team, secret: Item):
    owner = next(one for one in people(team) if one.name == "한도윤")

    change_scope(team, "gist lead", "", due="2026-12-05", **{"owner-2": str(owner.id)})

    assert "영광군 담당: 한도윤 주무관" in text_of(team.card())


def people(team: Team) -> list[Person]:
    with team.database.reading() as session:
        return list(session.exec(select(Person)))


# for everybody else it does not exist


def outcome(team: Team, handle: str, line: str) -> tuple[str, str]:
    """What somebody gets for a line, whatever it is, without the number that they typed themselves."""
    try:
        reply = ask(team, handle, line)
    except Refused as no:
        with team.work() as work:
            said = team.asker(work, handle).say(no.key, **no.args_of_key)
        return no.key, said.replace("999", "1")
    shown = text_of(reply.post) if reply.post else str(reply.view)
    return "answered", shown.replace("999", "1")


LINES = {Verb.ADD: "다른 일", Verb.SEARCH: SECRET, Verb.LIST: "전체", Verb.MINE: "", Verb.UNDO: ""}


@pytest.mark.parametrize("handle", ["county lead", "observer"])
def test_no_verb_tells_the_other_side_or_an_observer_of_it(team: Team, secret: Item, handle: str):
    before = team.acts_inside()

    for verb, words in WORDS.items():
        for rest in dict.fromkeys((LINES.get(verb, "A-{n} 내일"), "A-{n}", "A-{n} 사유", "", "GIST")):
            if verb is not Verb.SETUP:
                real = outcome(team, handle, f"{words[1]} {rest.format(n=1)}")
                none = outcome(team, handle, f"{words[1]} {rest.format(n=999)}")
                makes = verb in (Verb.ADD, Verb.DECIDE, Verb.HOLIDAY, Verb.LEAVE)  # the second time it is another
                is_twice = makes or (verb is Verb.UNDO and "{n}" not in rest)
                assert is_twice or without_nonce(real) == without_nonce(none), (verb, rest)
                assert SECRET not in real[1].replace(f"“{SECRET}”", ""), (verb, rest)

    assert team.acts_inside() == before
    assert team.item_inside().status is ItemStatus.OPEN


def without_nonce(outcome: tuple[str, str]) -> tuple[str, str]:
    return outcome[0], re.sub(r'nonce\\*"[^,}]*', "", re.sub(r"A-\d+", "A-n", outcome[1]))


@pytest.mark.parametrize("handle", [*ELSEWHERE, "stranger", "other team"])
def test_no_button_does_anything_for_them_with_the_real_ids(team: Team, secret: Item, handle: str):
    before = team.acts_inside()

    for action in handlers.BUTTONS:
        for more in ("", "2026-12-09", "1:0", "0", "사유"):
            button = {"action_id": action, "value": ids.item_value(1, secret.id or 0, more)}
            with pytest.raises(Refused) as no:
                press(team, handle, button)
            assert no.value.key in ("item-gone", "not-in-roster")
            assert no.value.args_of_key in ({}, {"name": "스마트 모빌리티 TFT"})

    assert team.acts_inside() == before


@pytest.mark.parametrize("handle", ELSEWHERE)
def test_no_form_changes_it_and_no_list_or_home_counts_it(team: Team, secret: Item, handle: str):
    with team.work() as work:
        asker = team.asker(work, handle, Surface.FORM)
        with pytest.raises(Refused, match="item-gone"):
            item_forms.submitted(work, asker, {"item": secret.id, "base": {}}, {"title": "x", "due": "", "stream": ""})
        with pytest.raises(Refused, match="item-gone"):
            handlers.on_item(
                lambda work, asker, item, _: item_questions.pick(work, asker, item, 1, MONDAY.date()),
                work,
                asker,
                1,
                "",
            )
        for shown in ("", "전체", "GIST", "#예산", "완료", "지연", GIST_OWNER):
            assert " 0건" in text_of(item_lists.list_page(work, asker, shown))
        assert "0건" in text_of(item_search.found_page(work, asker, SECRET))
        assert SECRET not in str(item_lists.home(work, asker))


def test_the_same_title_on_the_other_side_is_not_asked_about(team: Team, secret: Item):
    assert "할 일을 만들었습니다" in told(team, "county lead", f"추가 {SECRET}")
    assert "방금 같은 제목" in told(team, "gist member", f"추가 {SECRET}")


def test_own_side_sees_it_everywhere(team: Team, secret: Item):
    assert SECRET in told(team, "gist member", "보기 1")
    assert SECRET in told(team, "gist member", "목록")
    assert "🔒 우리 측 내부 (GIST)" in told(team, "gist member", "목록 #예산")
    assert SECRET in told(team, "gist member", f"검색 {SECRET}")
    assert SECRET in told(team, "gist owner", "내할일")
    with team.work() as work:
        assert SECRET in str(item_lists.home(work, team.asker(work, "gist owner")))


@pytest.mark.parametrize("to", [CHANNEL, *ELSEWHERE])
def test_no_post_about_it_is_made_for_the_channel_or_for_others(team: Team, secret: Item, to: str):
    with team.work() as work:
        owner = team.asker(work, "gist owner").person
    assert owner
    receiver: dict[str, Any] = {"channel_id": CHANNEL} if to == CHANNEL else {"user_id": user_of(to)}

    for kind in (kind for kind in posts.kinds() if kind.startswith("item-")):
        with team.work() as work:
            status = ItemStatus.CANCELLED if kind == CANCELLED else ItemStatus.OPEN
            work.session.get_one(Item, secret.id).status = status
        subject = str(secret.id) if kind in (items.CARD, item_mentions.MENTION) else f"{secret.id}:{owner.id}"
        args = {"by": owner.id, "old": "2026-12-01", "reason": "사유"}
        moments: dict[str, Any] = {"not_before": MONDAY, "created_at": MONDAY}
        row = OutboxRow(
            lane="-", installation_id=1, kind=kind, subject=subject, args=args, key="-", **moments, **receiver
        )
        assert team.rendered(row) is None, kind
        if to != CHANNEL and kind != item_mentions.MENTION:  # the same row for somebody of the own side is a message
            row.user_id = user_of("gist owner")
            assert team.rendered(row), kind


def test_who_moves_to_the_other_side_sees_it_no_more(team: Team, secret: Item):
    stand(team, "gist owner")
    told(team, "gist owner", "진행 1 견적 받음")
    with team.work() as work:
        person = team.asker(work, "gist owner").person
        assert person
        person.side_id = 2

    with pytest.raises(Refused, match="item-not-found"):
        ask(team, "gist owner", "보기 1")
    with pytest.raises(Refused, match="item-nothing-done"):
        ask(team, "gist owner", "되돌리기")
    assert react(team, "gist owner") == ""
    assert " 0건" in told(team, "gist owner", "내할일")
    with team.work() as work:
        assert SECRET not in str(item_lists.home(work, team.asker(work, "gist owner")))
    told(team, "gist lead", "기한 1 2026-12-08")
    assert SECRET not in cards(team)[user_of("gist owner")]
    assert user_of("gist owner") not in last_told(team, items.MOVED)
