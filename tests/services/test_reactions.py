"""Reactions on an item's card, on both engines: what counts, for whom, and what is said to whom."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.services.reactions import apply_reaction
from bot.services.work import Work
from storage.reactions import Press
from storage.tables import Account, ItemStatus, PersonState, Posting
from tests.services.team import CARD_TS, CHANNEL, Team, text_of, user_of


@pytest.fixture
def item(team: Team):
    return team.joint_item()


def told(whispers) -> str:
    return "\n".join(text_of(one.post) for one in whispers)


def test_both_owners_press_and_the_item_closes(team: Team, item):
    first = team.press("gist owner")
    half = team.card()
    second = team.press("county owner")

    assert "A-1 GIST 측 완료로 기록했습니다" in told(first)
    assert "👀" in told(first)
    assert "되돌리기" in told(first)
    assert "GIST 완료 · 차례: 영광군(1일째)" in text_of(half)
    assert [one.user_id for one in second] == [user_of("county owner")]
    assert "완료로 닫았습니다: A-1" in told(second)
    assert team.item().status is ItemStatus.CLOSED
    assert team.acts() == ["created", "confirmed", "confirmed", "closed"]


def test_taking_it_away_undoes_it_and_opens_the_item_again(team: Team, item):
    team.press("gist owner")
    team.press("county owner")

    whispers = team.unpress("gist owner")

    assert "완료 기록을 되돌렸습니다" in told(whispers)
    assert team.item().status is ItemStatus.OPEN
    assert team.item().closed_at is None
    assert "영광군 완료 · 차례: GIST(1일째)" in text_of(team.card())
    assert team.acts()[-2:] == ["unconfirmed", "reopened"]


@pytest.mark.parametrize(
    ("handle", "why"),
    [
        pytest.param("gist member", "우리 측 담당자, 단장, 부단장과", id="a colleague who is not the owner"),
        pytest.param("county secretary", "우리 측 담당자, 단장, 부단장과", id="a secretary is no deputy"),
        pytest.param("observer", "참관인의 ✅와 완료는 세지 않습니다", id="an observer"),
        pytest.param("stranger", "명단에 없어", id="a stranger"),
        pytest.param("other team", "명단에 없어", id="a lead of another task force"),
    ],
)
def test_who_does_not_count_is_told_so_privately(team: Team, item, handle, why):
    whispers = team.press(handle)

    assert [one.user_id for one in whispers] == [user_of(handle)]
    assert why in told(whispers)
    assert team.acts() == ["created"]


@pytest.mark.parametrize("handle", ["gist lead", "county lead", "county deputy"])
def test_a_lead_or_deputy_counts_for_the_own_side(team: Team, item, handle):
    team.press(handle)

    assert team.acts() == ["created", "confirmed"]


@pytest.mark.parametrize("handle", ["robot", "our bot"])
def test_a_bot_never_counts_and_is_never_answered(team: Team, item, handle):
    assert team.press(handle) == []
    assert team.acts() == ["created"]


def test_a_bot_of_ours_whom_slack_has_not_described_yet_never_counts(team: Team, item):
    """A sibling's first ✅ on its card may be heard before anybody has looked its account up."""
    with team.work() as work:
        work.session.get_one(Account, user_of("our bot")).is_bot = False

    assert team.press("our bot") == []
    assert team.acts() == ["created"]


def test_a_side_without_a_part_is_told_so(team: Team):
    team.add("gist lead", "우리끼리 <@UGOWN>")
    team.card_posted()

    assert "우리 측에는 담당이 없는" in told(team.press("county lead"))


@pytest.mark.parametrize("emoji", ["white_check_mark", "heavy_check_mark", "white_check_mark::skin-tone-4", "완료"])
def test_aliases_and_skin_tones_confirm(team: Team, item, emoji):
    team.press("gist owner", emoji)

    assert team.acts() == ["created", "confirmed"]


def test_other_emoji_mean_nothing(team: Team, item):
    assert team.press("gist owner", "tada") == []
    assert team.acts() == ["created"]


def test_two_aliases_are_one_confirmation_until_both_are_taken_away(team: Team, item):
    team.press("gist owner", "white_check_mark")

    assert team.press("gist owner", "heavy_check_mark") == []
    team.unpress("gist owner", "white_check_mark")
    assert "GIST 완료" in text_of(team.card())
    team.unpress("gist owner", "heavy_check_mark")
    assert "GIST 완료" not in text_of(team.card())
    assert team.acts() == ["created", "confirmed", "unconfirmed"]


def test_the_side_stays_confirmed_when_owner_and_lead_pressed_and_one_takes_it_back(team: Team, item):
    team.press("gist owner")
    team.press("gist lead")
    team.press("county owner")

    team.unpress("gist owner")

    assert team.item().status is ItemStatus.CLOSED
    team.unpress("gist lead")
    assert team.item().status is ItemStatus.OPEN


def test_what_a_button_did_stays_when_the_emoji_is_taken_away(team: Team, item):
    team.press("gist owner")
    team.done("gist owner")

    team.unpress("gist owner")

    assert "GIST 완료" in text_of(team.card())


def test_the_undo_button_takes_back_emoji_and_button(team: Team, item):
    team.press("gist owner")
    team.done("gist owner")

    team.undo("gist owner")

    assert "GIST 완료" not in text_of(team.card())
    assert team.unpress("gist owner") == []  # it had no effect any more


def test_added_and_taken_away_delivered_in_reverse(team: Team, item):
    team.unpress("gist owner", at=20)
    assert team.press("gist owner", at=10) == []

    assert "GIST 완료" not in text_of(team.card())
    team.press("gist owner", at=30)
    assert "GIST 완료" in text_of(team.card())


def test_the_same_event_again_changes_nothing(team: Team, item):
    team.press("gist owner", at=10)

    assert team.press("gist owner", at=10) == []
    assert team.acts() == ["created", "confirmed"]


def test_old_reactions_do_not_count_after_a_reopening(team: Team, item):
    team.press("gist owner")
    team.press("county owner")
    team.later(hours=1)

    team.reopen("county owner")

    assert team.item().status is ItemStatus.OPEN
    assert "다시 연 할 일" in text_of(team.card())
    assert "완료 ·" not in text_of(team.card())
    assert team.press("gist owner", at=-60) == []  # a look at the message finds what it knows
    assert team.item().status is ItemStatus.OPEN
    team.unpress("gist owner", at=5)
    team.press("gist owner", at=6)
    team.unpress("county owner", at=7)
    team.press("county owner", at=8)
    assert team.item().status is ItemStatus.CLOSED


def test_a_reaction_from_before_the_reopening_that_arrives_after_it_is_explained(team: Team, item):
    team.done("gist owner")
    team.done("county owner")
    team.later(hours=1)
    team.reopen("gist owner")

    whispers = team.press("county owner", at=-30)

    assert "세지 않았습니다" in told(whispers)
    assert "영광군 완료" not in text_of(team.card())


def test_a_reaction_before_the_card_is_recorded_counts_when_it_is(team: Team):
    team.add("gist lead", "초안 <@UGOWN> <@UCOWN>")

    assert team.press("gist owner") == []
    assert team.press("stranger") == []
    assert team.acts() == ["created"]
    team.card_posted()

    assert team.acts() == ["created", "confirmed"]
    said = {row.user_id: row.args["text"] for row in team.queued("answer")}
    assert "GIST 측 완료로 기록했습니다" in said[user_of("gist owner")]
    assert "명단에 없어" in said[user_of("stranger")]


def test_a_reaction_taken_away_before_the_card_is_recorded_never_counts(team: Team):
    team.add("gist lead", "초안 <@UGOWN> <@UCOWN>")
    team.press("gist owner")
    team.unpress("gist owner")

    team.card_posted()

    assert team.acts() == ["created"]


def test_reactions_on_messages_that_are_no_card_are_not_kept(team: Team, item):
    with team.work() as work:
        work.session.add(
            Posting(installation_id=1, channel_id=CHANNEL, ts="9.9", kind="menu", subject="1", posted_at=team.now)
        )

    assert team.press("gist owner", ts="9.9") == []
    assert team.acts() == ["created"]


def test_eyes_say_seen_and_can_be_taken_back(team: Team, item):
    assert team.press("county owner", "eyes") == []
    assert "한도윤 주무관 · 👀 확인" in text_of(team.card())

    team.unpress("county owner", "eyes")

    assert "👀 확인" not in text_of(team.card()).replace("👀 보았고", "")
    assert team.acts() == ["created", "seen", "unseen"]


def test_eyes_of_others_mean_nothing(team: Team, item):
    for handle in ("gist lead", "stranger"):
        assert team.press(handle, "eyes") == []

    assert team.acts() == ["created"]


def test_nobody_counts_for_two_sides(team: Team, item):
    team.press("gist lead")
    with team.work() as work:  # the lead changes sides
        person = team.asker(work, "gist lead").person
        assert person
        person.side_id = 2
        work.session.add(person)

    whispers = team.press("gist lead", "heavy_check_mark")

    assert "두 측을 대신할 수는 없습니다" in told(whispers)
    assert team.item().status is ItemStatus.OPEN


def test_somebody_who_left_does_not_count(team: Team, item):
    with team.work() as work:
        person = team.asker(work, "gist owner").person
        assert person
        person.state = PersonState.LEFT
        work.session.add(person)

    assert "명단에 없어" in told(team.press("gist owner"))


def test_the_private_line_speaks_the_persons_language(team: Team, item):
    with team.work() as work:
        team.asker(work, "gist owner").account.language = "en"

    assert "A-1 is recorded as done for GIST" in told(team.press("gist owner"))


def test_two_people_closing_at_once_do_not_miss_each_other(team: Team, item):
    with meanwhile_of(team, lambda: team.press("county owner", at=2)) as work:
        apply_reaction(work, Press(CHANNEL, CARD_TS, user_of("gist owner"), "white_check_mark", True, stamp(team, 1)))

    assert team.item().status is ItemStatus.CLOSED
    assert team.acts().count("closed") == 1


def test_a_reaction_while_its_card_is_being_recorded_counts(team: Team):
    team.add("gist lead", "초안 <@UGOWN> <@UCOWN>")

    with meanwhile_of(team, lambda: team.press("gist owner", at=1)) as work:
        team.record_card(work)

    assert team.acts() == ["created", "confirmed"]


def test_a_card_recorded_while_a_reaction_on_it_is_being_kept_counts_it(team: Team):
    team.add("gist lead", "초안 <@UGOWN> <@UCOWN>")

    with meanwhile_of(team, team.card_posted) as work:
        apply_reaction(work, Press(CHANNEL, CARD_TS, user_of("gist owner"), "white_check_mark", True, stamp(team, 1)))

    assert team.acts() == ["created", "confirmed"]


@contextmanager
def meanwhile_of(team: Team, act: Callable[[], object]) -> Iterator[Work]:
    """A transaction that is kept open, its work done, until `act` in another thread waits for it (or has not waited)."""
    thread = threading.Thread(target=act)
    with team.work() as work:
        yield work
        work.session.flush()
        thread.start()
        time.sleep(0.3)  # enough for one that does not wait
    thread.join()


def stamp(team: Team, seconds: float) -> str:
    return f"{team.machine_now.timestamp() + seconds:.6f}"
