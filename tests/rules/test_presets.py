"""The dates of the budget year: each row's dates equal a table that was computed by hand from the statutes."""

from datetime import date

import pytest

from bot.rules.calendars import Calendar
from bot.rules.presets import dated, dates_of, in_year, is_to_be_confirmed, months_after, needs_checking, rows_for
from config.presets import Act, Money, PresetError, Row, presets, read

KOREA = Calendar("KR")
# By hand, with a paper calendar: key, the dates for 2027년도, the dates for 2028년도; `>` the day to which the law moves a
# date that is off (민법 §161), `<` the last working day before it. Rows without a date by law have none.
TABLE = """
nat_midterm  2026-01-31<30                                  2027-01-31<29
rnd_notice   2026-01-31<30                                  2027-01-31<29
nat_guideline 2026-03-31                                    2027-03-31
sub_apply    2026-04-30                                     2027-04-30
bal_apply    2026-04-30                                     2027-04-30
gist_request 2026-04-30                                     2027-04-30
moi_opinion  2026-05-20                                     2027-05-20
nat_request  2026-05-31<29                                  2027-05-31
rnd_alloc    2026-06-30                                     2027-06-30
nat_submit   2026-09-03                                     2027-09-03
sub_notice   2026-09-15                                     2027-09-15<13
moi_notice   2026-10-15                                     2027-10-15
nat_commit   2026-11-30                                     2027-11-30
nat_vote     2026-12-02                                     2027-12-02
inv_1        2026-01-15                                     2027-01-15
inv_2        2026-04-15                                     2027-04-15
inv_3        2026-07-15                                     2027-07-15
inv_done     2026-03-31,2026-06-30,2026-09-30               2027-03-31,2027-06-30,2027-09-30
mid_guide    2026-08-31                                     2027-08-31
loc_dept     -                                              -
loc_prop     2026-11-21<20                                  2027-11-21<19
loc_contrib  2026-11-20                                     2027-11-20<19
up_submit    2026-11-11                                     2027-11-11
loc_submit   2026-11-21<20                                  2027-11-21<19
mid_moi      2026-12-01                                     2027-12-01
up_vote      2026-12-16                                     2027-12-16
loc_vote     2026-12-21                                     2027-12-21
gist_plan    2026-12-31                                     2027-12-31
supp_1       -                                              -
supp_last    -                                              -
county_cutoff -                                             -
gist_cutoff  -                                              -
acc_carry    -                                              -
grant_apply  -                                              -
fy_close     2027-12-31                                     2028-12-31<29
bal_carry    2028-01-15<14                                  2029-01-15
rnd_year     2028-01-31                                     2029-01-31
rnd_settle   2028-03-31                                     2029-03-31<30>2029-04-02
lsub_settle  2028-02-29                                     2029-02-28
sub_settle_u 2028-02-29                                     2029-02-28
sub_settle_c 2028-03-31                                     2029-03-31<30>2029-04-02
sub_audit    2028-04-30<28>2028-05-03                       2029-04-30
gist_settle  2028-03-31                                     2029-03-31<30
loc_settle   2028-05-31                                     2029-05-31
exec_q       2027-03-31,2027-06-30,2027-09-30,2027-12-31    2028-03-31,2028-06-30,2028-09-30<29,2028-12-31<29
"""
BY_HAND = {key: {2027: first, 2028: second} for key, first, second in map(str.split, TABLE.strip().splitlines())}
BY_KEY = {row.key: row for row in presets()}


def shown(row: Row, year: int) -> str:
    """A row's dates in the table's notation."""
    found = [dated(row, on, KOREA) for on in dates_of(row, year, presets())]
    words = []
    for one in found:
        if one.on is None or one.act_by is None or one.limit is None:
            return "-"
        before = f"<{one.act_by.day}" if one.act_by != one.on else ""
        after = f">{one.limit}" if one.limit > one.on else ""
        words.append(f"{one.on}{before}{after}")
    return ",".join(words)


def test_the_table_has_every_row():
    assert set(BY_HAND) == set(BY_KEY)


@pytest.mark.parametrize("year", [2027, 2028])
@pytest.mark.parametrize("key", BY_KEY)
def test_a_row_has_the_dates_that_were_computed_by_hand(key: str, year: int):
    assert shown(BY_KEY[key], year) == BY_HAND[key][year]


def test_a_period_that_ends_on_a_sunday_before_a_holiday_goes_on_to_the_next_working_day():
    settled = dated(BY_KEY["lsub_settle"], date(2027, 2, 28), KOREA)

    assert (settled.limit, settled.act_by) == (date(2027, 3, 2), date(2027, 2, 26))


@pytest.mark.parametrize(
    ("end", "months", "last"),
    [
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 6, 30), 2, date(2027, 8, 31)),
        (date(2027, 6, 30), 3, date(2027, 9, 30)),
        (date(2027, 3, 14), 1, date(2027, 4, 14)),
        (date(2027, 1, 30), 1, date(2027, 2, 28)),
        (date(2026, 12, 31), 4, date(2027, 4, 30)),
    ],
)
def test_months_are_counted_as_the_civil_act_does(end: date, months: int, last: date):
    assert months_after(end, months) == last


def test_what_a_period_counts_from_may_end_within_the_year():
    assert dates_of(BY_KEY["rnd_settle"], 2027, presets(), date(2027, 8, 31)) == [date(2027, 11, 30)]


def test_the_strict_and_the_customary_count_differ_by_a_day():
    strict, customary = BY_KEY["mid_moi"], BY_KEY["nat_vote"]
    assert (strict.days, customary.days) == (30, 30)

    assert dates_of(strict, 2031, presets()) == [date(2030, 12, 1)]
    assert dates_of(customary, 2031, presets()) == [date(2030, 12, 2)]


def test_only_the_rows_of_a_kind_of_money_are_shown_the_earliest_first():
    research = rows_for(presets(), Money.RESEARCH)
    found = [one for one in in_year(presets(), 2027, KOREA) if one.row in research]

    keys = [one.row.key for one in found]
    assert {"rnd_notice", "rnd_settle", "nat_vote"} <= set(keys)
    assert {"loc_submit", "lsub_settle", "sub_apply"} & set(keys) == set()
    assert [one.on for one in found if one.on] == sorted(one.on for one in found if one.on)
    assert found[-1].on is None


@pytest.mark.parametrize("kind", list(Money))
def test_every_kind_of_money_has_things_to_do_and_a_vote_that_others_take(kind: Money):
    acts = {row.act for row in rows_for(presets(), kind)}

    assert acts == {Act.TASK, Act.EVENT}


def test_common_practice_is_to_be_confirmed_and_a_statute_to_be_read_again_after_a_year():
    practice, statute = BY_KEY["loc_dept"], BY_KEY["loc_submit"]

    assert is_to_be_confirmed(practice)
    assert not needs_checking(practice, date(2030, 1, 1))
    assert not is_to_be_confirmed(statute)
    assert not needs_checking(statute, date(2027, 6, 8))
    assert needs_checking(statute, date(2027, 6, 9))


GOOD = """
[[row]]
key = "one"
name_ko = "하나"
name_en = "One"
money = ["research"]
act = "task"
rule = "fy_minus_days"
days = 40
strict = true
leads = [7, 0]
side = "both"
source = "법 §1"
verified_on = 2026-06-08
"""


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("days = 40", ""),
        ('money = ["research"]', 'money = ["riches"]'),
        ("leads = [7, 0]", "leads = [0, 7]"),
        ('source = "법 §1"', 'source = " "'),
        ('rule = "fy_minus_days"', 'rule = "month_day"'),
        ("strict = true", 'strict = true\nafter = "two"'),
        ("strict = true", "strict = true\ncolour = 3"),
        ('name_en = "One"', 'name_en = "One"\nnote_ko = "참고"'),
        ("verified_on = 2026-06-08", 'verified_on = "2026"'),
        ('side = "both"', 'side = "nobody"'),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_the_row_that_is_wrong(tmp_path, line, wrong):
    file = tmp_path / "presets.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert [row.key for row in read(file)] == ["one"]

    file.write_text(GOOD.replace(line, wrong), encoding="utf-8")

    with pytest.raises(PresetError, match="one"):
        read(file)


def test_a_key_that_stands_twice_and_one_that_follows_nothing_are_refused(tmp_path):
    file = tmp_path / "presets.toml"
    file.write_text(GOOD + GOOD, encoding="utf-8")
    with pytest.raises(PresetError, match="twice"):
        read(file)

    follows = GOOD.replace("fy_minus_days", "after").replace("days = 40\nstrict = true", 'days = 1\nafter = "two"')
    file.write_text(follows, encoding="utf-8")
    with pytest.raises(PresetError, match="follows two"):
        read(file)


@pytest.mark.parametrize("year", [2024, 2031, 2040])
def test_any_year_has_its_dates_none_of_them_done_later_than_the_law_allows(year: int):
    found = in_year(presets(), year, KOREA)

    assert {one.row.key for one in found} == {row.key for row in presets()}
    assert [one.row.key for one in found if one.act_by and one.legal and one.act_by > one.legal] == []
