"""Settings as fields: how they are read, what is wrong with them, one's own."""

from datetime import UTC, datetime, time

import pytest

from bot.rules import own_settings as own
from bot.rules.own_settings import OwnSettings
from bot.rules.settings import CHOICES, PAGES, fields_of, labels_of, problems, read_ladder, tidy, values_of
from storage.tables import Account, ClosingRule, Role, Side, TaskForce

TASK_FORCE = TaskForce(id=1, name="모빌리티", created_at=datetime(2026, 11, 23, tzinfo=UTC))
SIDE = Side(id=1, task_force_id=1, name="GIST", position=0)
TAKEN = {"eyes", "memo"}


def test_every_setting_is_on_one_page_and_reads_back_as_it_is():
    fields = fields_of(TASK_FORCE, SIDE)
    names = [name for page in PAGES.values() for name in page]
    assert sorted(fields) == sorted(names)
    assert len(names) == len(set(names))
    assert all(getattr(TASK_FORCE, name) == value for name, value in values_of(fields).items())


def test_the_defaults_are_good():
    assert tidy(fields_of(TASK_FORCE, SIDE)) == fields_of(TASK_FORCE, SIDE)
    assert problems(fields_of(TASK_FORCE, SIDE), TAKEN) == []


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_good_and_reads_back(name):
    for word in CHOICES[name]:
        assert problems({name: word}, TAKEN) == []
        made = TASK_FORCE.model_copy(update=values_of({name: word}))
        assert fields_of(made, SIDE)[name] == word


@pytest.mark.parametrize(
    ("text", "rungs"),
    [
        ("7,3,1,0", (7, 3, 1, 0)),
        ("7, 3, 1, 당일", (7, 3, 1, 0)),
        ("7일 전, 3일 전, 1일 전, 당일", (7, 3, 1, 0)),
        ("5근무일 전 / 2근무일 전", (5, 2)),
        ("5 before, 1 before, on the day", (5, 1, 0)),
        ("1 3 3 7", (7, 3, 1)),
        ("0", (0,)),
        ("", None),
        ("일주일 전", None),
        ("-1", None),
        ("61", None),
        ("1,2,3,4,5,6,7,8,9", None),
        ("7;3", None),
    ],
)
def test_a_ladder_in_words(text, rungs):
    assert read_ladder(text) == rungs


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("ladder", " 3, 7 ,당일", "7,3,0"),
        ("ladder", "글쎄", "글쎄"),
        ("done_emoji", ":완료: :tada:", "완료,tada"),
        ("done_emoji", ":+1::skin-tone-3:", "+1"),
        ("done_emoji", ":tada::shipit:, TADA", "tada,shipit"),
        ("name", "  영광  모빌리티 ", "영광 모빌리티"),
    ],
)
def test_one_spelling(field, typed, kept):
    assert tidy({field: typed}) == {field: kept}


@pytest.mark.parametrize(
    ("field", "word", "key"),
    [
        ("name", "", "name-empty"),
        ("name", "가" * 201, "name-too-long"),
        ("label_lead", "가" * 21, "name-too-long"),
        ("upper_government", "가" * 41, "name-too-long"),
        ("country", "XX", "settings-choose"),
        ("country", "", "settings-choose"),
        ("zone", "Asia/Gwangju", "settings-choose"),
        ("closing_rule", "all", "settings-choose"),
        ("overdue_every", "0", "settings-choose"),
        ("nudge_at", "", "settings-choose"),
        ("nudge_at", "08:59", "settings-hour-outside"),
        ("weekly_at", "18:00", "settings-hour-outside"),
        ("day_ends_at", "11:59", "settings-day-ends-early"),
        ("ladder", "글쎄", "settings-ladder-unread"),
        ("done_emoji", "<@u1>", "settings-emoji-unread"),
        ("done_emoji", "🎉", "settings-emoji-unread"),
        ("done_emoji", "tada,eyes", "settings-emoji-taken"),
        ("done_emoji", ",".join(f"e{n}" for n in range(21)), "settings-emoji-many"),
    ],
)
def test_what_must_be_mended_is_said_at_its_field(field, word, key):
    assert [(one.block, one.key) for one in problems({field: word}, TAKEN)] == [(field, key)]


def test_words_become_what_the_columns_hold():
    values = values_of({"closing_rule": "any", "nudge_at": "10:15", "weekly_in_channel": "yes", "overdue_times": "0"})
    assert values == {
        "closing_rule": ClosingRule.ANY,
        "nudge_at": time(10, 15),
        "weekly_in_channel": True,
        "overdue_times": 0,
    }


def test_labels_are_the_ones_that_were_given():
    assert labels_of({"label_lead": "센터장", "label_member": "", "name": "x"}) == {Role.LEAD: "센터장"}


@pytest.mark.parametrize(
    ("start", "end", "zone", "fields"),
    [
        (time(9), time(18), "slack", []),
        (time(7), time(8), "Asia/Seoul", []),
        (time(7), time(7, 59), "slack", ["hours_until"]),
        (time(18), time(9), "slack", ["hours_until"]),
        (None, time(9), "slack", ["hours_from"]),
        (time(9), None, "slack", ["hours_until"]),
        (time(9), time(18), "Asia/Gwangju", ["zone"]),
    ],
)
def test_own_hours_and_zone(start, end, zone, fields):
    wanted = OwnSettings("ko", zone, start, end)
    assert [one.block for one in own.problems(wanted)] == fields


def test_what_nobody_chose_is_as_slack_says_and_the_usual_hours():
    assert own.own_settings(Account(user_id="U1", zone="Asia/Tokyo")) == OwnSettings(
        "slack", "slack", time(9), time(18)
    )


@pytest.mark.parametrize(
    ("word", "tag"),
    [("영어", "en"), ("English", "en"), ("ko", "ko"), ("한국어", "ko"), ("slack", "slack"), ("독일어", None)],
)
def test_a_language_by_its_word(word, tag):
    assert own.read_language(word) == tag
