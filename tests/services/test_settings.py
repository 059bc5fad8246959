"""Changing a task force's settings, and what follows from it; one's own settings; on both engines."""

import json
from datetime import time
from typing import Any

import pytest

from bot.messages import ids
from bot.messages.post import Reply, View
from bot.rules.own_settings import OwnSettings
from bot.rules.settings import Page
from bot.services import own_settings, settings, turns
from bot.services.askers import Surface
from bot.services.item_changes import Overtaken
from bot.services.refused import Misfilled, Refused
from playground import blocks
from storage import history
from storage.tables import Account, ClosingRule, ItemStatus, Side, TaskForce
from tests.services.asking import ask, told
from tests.services.team import Team, text_of, user_of


def opened(team: Team, handle: str, page: Page) -> View:
    with team.work() as work:
        reply = settings.open_page(work, team.asker(work, handle, Surface.FORM), page)
    assert reply.view
    blocks.check_view(reply.view)
    return reply.view


def send(team: Team, handle: str, view: View, **entered: str) -> Reply:
    """Send a page as it was opened, with some fields changed."""
    memory = json.loads(view["private_metadata"])
    fields = {block["block_id"]: initial(block["element"]) for block in view["blocks"] if block["type"] == "input"}
    with team.work() as work:
        asker = team.asker(work, handle, Surface.FORM)
        reply = settings.save(work, asker, memory, {**fields, **entered})
    assert reply.view
    blocks.check_view(reply.view)
    return reply


def initial(element: dict[str, Any]) -> str:
    chosen = element.get("initial_option") or {}
    return chosen.get("value") or element.get("initial_time") or element.get("initial_value") or ""


def change(team: Team, handle: str, page: Page, **entered: str) -> str:
    return words(send(team, handle, opened(team, handle, page), **entered).view)


def words(view: View | None) -> str:
    assert view
    return json.dumps(view["blocks"], ensure_ascii=False)


def task_force(team: Team) -> TaskForce:
    with team.database.reading() as session:
        return session.get_one(TaskForce, 1)


@pytest.mark.parametrize("handle", ["gist lead", "county deputy", "county secretary"])
@pytest.mark.parametrize("line", ["setup", "설정"])
def test_setup_opens_the_settings_for_those_who_may(team: Team, handle: str, line: str):
    view = ask(team, handle, line).view
    assert view
    assert view["callback_id"] == ids.SETTINGS_HUB
    assert "7일 전, 3일 전, 1일 전, 당일" in words(view)


@pytest.mark.parametrize("handle", ["gist owner", "observer"])
def test_all_others_hear_who_may(team: Team, handle: str):
    said = told(team, handle, "설정")
    assert "이강민 단장, 박서준 과장, 서다은 팀장, 최유진 주무관" in said
    with pytest.raises(Refused, match="settings-no-right"):
        opened(team, handle, Page.BASICS)


def test_somebody_of_another_task_force_changes_nothing(team: Team):
    view = opened(team, "gist lead", Page.BASICS)
    with pytest.raises(Refused, match="not-in-roster"):
        send(team, "other team", view, name="빼앗은 TFT")
    assert task_force(team).name == "스마트 모빌리티 TFT"


def test_in_a_direct_message_the_settings_have_a_button_for_each_task_force(team: Team):
    post = ask(team, "gist lead", "설정", Surface.DIRECT, "D1").post
    assert post
    assert "run-in-1-setup" in json.dumps(post.blocks)
    assert "run-in-" not in json.dumps(
        getattr(ask(team, "gist owner", "설정", Surface.DIRECT, "D1").post, "blocks", [])
    )


def test_what_is_changed_is_said_kept_in_the_history_and_shown_on_the_window(team: Team):
    said = change(team, "gist lead", Page.REMINDERS, ladder="5, 당일", nudge_at="10:00", weekly_in_channel="yes")

    assert "기한 전 알림 변경: 7일 전, 3일 전, 1일 전, 당일 → 5일 전, 당일" in said
    assert "이강민 단장" in said
    kept = task_force(team)
    assert (kept.ladder, kept.nudge_at, kept.weekly_in_channel) == ("5,0", time(10), True)
    with team.database.reading() as session:
        last = history.of(session, ("task_force", 1))[-1]
    assert last.old == {"ladder": "7,3,1,0", "nudge_at": "09:30", "weekly_in_channel": "no"}


def test_nothing_changed_is_said_and_not_recorded(team: Team):
    assert "바뀐 내용이 없습니다" in change(team, "gist lead", Page.RECORDS)
    with team.database.reading() as session:
        assert not [one for one in history.of(session, ("task_force", 1)) if one.act == "settings"]


def test_what_must_be_mended_is_said_at_its_field_and_nothing_is_saved(team: Team):
    with pytest.raises(Misfilled) as wrong:
        change(team, "gist lead", Page.REMINDERS, ladder="글쎄", nudge_at="07:00", overdue_times="2")
    assert {one.field for one in wrong.value.problems} == {"ladder", "nudge_at"}
    assert task_force(team).overdue_times == 5


def test_two_who_change_at_once_lose_nothing(team: Team):
    mine, theirs = opened(team, "gist lead", Page.REMINDERS), opened(team, "county lead", Page.REMINDERS)
    send(team, "county lead", theirs, overdue_times="2", ladder="5,0")

    send(team, "gist lead", mine, overdue_every="5")
    kept = task_force(team)
    assert (kept.overdue_times, kept.overdue_every, kept.ladder) == (2, 5, "5,0")

    with pytest.raises(Overtaken) as other:
        send(team, "gist lead", mine, ladder="10")
    assert other.value.fields == {"ladder": "5,0"}
    with team.work() as work:
        asker = team.asker(work, "gist lead", Surface.FORM)
        view = settings.again(work, asker, json.loads(mine["private_metadata"]), {"ladder": "10"}, other.value)
    assert "지금 기한 전 알림: 5일 전, 당일" in words(view)
    send(team, "gist lead", view)
    assert task_force(team).ladder == "10"


def test_one_side_is_enough_closes_what_is_half_done(team: Team):
    item = team.joint_item()
    team.press("gist owner")

    assert "곧 새 설정에 맞게" in change(team, "county lead", Page.BASICS, closing_rule="any")
    assert team.item().status is ItemStatus.OPEN
    with team.work() as work:
        turns.count_days(work)

    assert task_force(team).closing_rule is ClosingRule.ANY
    assert team.item().status is ItemStatus.CLOSED
    assert "완료" in text_of(team.card())
    assert [row.subject for row in team.queued("item-card")] == [str(item.id)]
    change(team, "county lead", Page.BASICS, closing_rule="both")
    with team.work() as work:
        turns.count_days(work)
    assert team.item().status is ItemStatus.CLOSED, "what is closed stays closed"


def test_another_emoji_counts_from_then_on_and_taking_it_away_is_heard_ever_after(team: Team):
    team.joint_item()
    assert team.press("gist owner", "tada") == []
    assert "GIST 완료" not in text_of(team.card())

    change(team, "gist lead", Page.BASICS, done_emoji=":tada:, :완료도장:")
    team.press("county owner", "tada::skin-tone-3")
    assert "영광군 완료" in text_of(team.card())
    team.press("gist owner", "완료도장")
    assert team.item().status is ItemStatus.CLOSED

    change(team, "gist lead", Page.BASICS, done_emoji="")
    team.unpress("gist owner", "완료도장")
    assert team.item().status is ItemStatus.OPEN


def test_an_emoji_that_means_something_else_is_refused(team: Team):
    with pytest.raises(Misfilled, match="settings-emoji-taken"):
        change(team, "gist lead", Page.BASICS, done_emoji=":eyes:")


def test_country_and_zone_are_what_days_are_counted_by(team: Team):
    change(team, "gist lead", Page.BASICS, country="US", zone="America/New_York")
    assert "2026. 11. 23.(월)" in told(team, "gist lead", "추가 보고서 내일까지")  # Sunday evening there
    assert "3근무일 남음" in told(team, "gist lead", "추가 계획서 2026-11-25까지")
    assert "3근무일 남음" in told(team, "gist lead", "추가 계획서 다시 2026-11-26까지")  # Thanksgiving


def test_the_end_of_the_day_is_the_task_forces(team: Team):
    change(team, "gist lead", Page.BASICS, day_ends_at="17:30")
    assert "17:30" in told(team, "gist lead", "추가 보고서 내일 퇴근 전까지")


def test_roles_have_the_names_of_the_own_side(team: Team):
    said = change(team, "gist lead", Page.RECORDS, label_lead="센터장")

    assert "보통 이름 → 센터장" in said
    with team.database.reading() as session:
        assert session.get_one(Side, 1).role_labels == {"lead": "센터장"}
        assert session.get_one(Side, 2).role_labels is None


def test_own_settings_are_shown_back_and_kept(team: Team):
    view = ask(team, "observer", "내설정").view
    assert view
    blocks.check_view(view)
    assert view["callback_id"] == ids.OWN_SETTINGS
    with team.work() as work:
        asker = team.asker(work, "observer", Surface.FORM)
        post = own_settings.save(work, asker, OwnSettings("en", "Asia/Tokyo", time(8), time(20))).post
    assert "Language: English · Direct messages: 08:00–20:00 · Time zone: Tokyo" in text_of(post)
    with team.database.reading() as session:
        account = session.get_one(Account, user_of("observer"))
    assert (account.language, account.own_zone, account.hours_from, account.hours_until) == (
        "en",
        "Asia/Tokyo",
        time(8),
        time(20),
    )


def test_the_usual_hours_are_no_choice_and_slack_says_the_rest(team: Team):
    with team.work() as work:
        own_settings.save(work, team.asker(work, "observer", Surface.FORM), OwnSettings())
    with team.database.reading() as session:
        account = session.get_one(Account, user_of("observer"))
    assert (account.language, account.own_zone, account.hours_from, account.hours_until) == (None, None, None, None)


def test_own_hours_that_cannot_be_are_said_at_the_field(team: Team):
    with team.work() as work, pytest.raises(Misfilled, match="own-hours-short"):
        own_settings.save(
            work, team.asker(work, "observer", Surface.FORM), OwnSettings("ko", "slack", time(18), time(9))
        )


@pytest.mark.parametrize(("line", "part"), [("내설정 영어", "Language: English"), ("settings korean", "언어: 한국어")])
def test_a_language_in_the_line(team: Team, line: str, part: str):
    assert part in told(team, "observer", line)


def test_an_unknown_language_is_refused_with_what_to_type(team: Team):
    with pytest.raises(Refused, match="own-language-unclear"):
        ask(team, "observer", "내설정 독일어")
