"""What the amounts of a line amount to."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from bot.rules.budget import LineView, by_stage, cut, odd, rate, secured, shares_problem, totals, trend
from config.presets import Money
from storage.tables import BudgetLine, Execution, Origin, Stage, TaskForce

MADE = datetime(2026, 11, 23, tzinfo=UTC)
TASK_FORCE = TaskForce(id=1, name="TFT", created_at=MADE)


def line(kind: Money = Money.COUNTY_PROJECT, **more: Any) -> BudgetLine:
    return BudgetLine(
        task_force_id=1, number=1, name="실증센터", year=2027, kind=kind, created_by=1, created_at=MADE, **more
    )


def view(one: BudgetLine, **shares: int) -> LineView:
    return LineView(one, TASK_FORCE, {Origin(name): amount for name, amount in shares.items()})


@pytest.mark.parametrize(
    ("kind", "amounts", "shares", "expected"),
    [
        (Money.COUNTY_PROJECT, {"approved": 500}, {}, 500),
        (Money.COUNTY_PROJECT, {"drafted": 500}, {}, 0),
        (Money.NATIONAL_SUBSIDY, {"approved": 500}, {}, 0),
        (Money.NATIONAL_SUBSIDY, {"approved": 500, "granted": 300}, {}, 300),
        (Money.RESEARCH, {"granted": 300}, {}, 300),
        (Money.LOCAL_SUBSIDY, {"approved": 200, "granted": 100}, {}, 200),
        # half national, half of the county: the council's vote does not make the state's half certain
        (Money.NATIONAL_SUBSIDY, {"approved": 1000}, {"national": 500, "county": 500}, 500),
        (Money.NATIONAL_SUBSIDY, {"approved": 1000, "granted": 500}, {"national": 500, "county": 500}, 1000),
        (Money.NATIONAL_SUBSIDY, {"granted": 900}, {"national": 500, "county": 500}, 500),
        (Money.COUNTY_PROJECT, {"approved": 300}, {"county": 400, "university": 100}, 300),
    ],
)
def test_national_money_is_secured_when_granted_and_other_money_when_voted(kind, amounts, shares, expected):
    one = line(kind, **amounts)

    assert secured(one, {Origin(name): amount for name, amount in shares.items()}) == expected


def test_the_cut_is_what_the_council_took_away():
    assert cut(line(drafted=500, approved=420)) == 80
    assert cut(line(drafted=500)) is None


def test_the_rate_is_what_was_spent_of_what_is_secured():
    assert rate(view(line(approved=400, executed=100))) == Fraction(1, 4)
    assert rate(view(line(drafted=400, executed=100))) is None


def test_totals_are_kept_apart_by_currency_won_first():
    lines = [
        view(line(requested=10, currency="EUR")),
        view(line(requested=500, approved=400, executed=100)),
        view(line(requested=200, approved=100)),
    ]

    won, euro = totals(lines)
    assert (won.currency, won.count, won.requested, won.secured, won.executed, won.rate) == (
        "KRW",
        2,
        700,
        500,
        100,
        Fraction(1, 5),
    )
    assert (euro.currency, euro.requested, euro.secured, euro.rate) == ("EUR", 10, 0, None)


def test_what_goes_over_to_the_next_year_counts_once():
    old = line(id=7, requested=500, approved=500, executed=300, carried_explicit=150, returned=50)
    new = line(id=8, split_from=7, approved=150)

    (both,) = totals([view(old), view(new)])

    assert (both.requested, both.secured, both.executed) == (500, 500, 300)
    assert totals([view(old)])[0].secured == 500


@pytest.mark.parametrize(
    ("requested", "shares", "problem"),
    [
        (1000, {}, None),
        (1000, {"national": 500, "county": 500}, None),
        (1000, {"national": 500, "county": 400}, (1000, 900)),
        (None, {"county": 400}, (0, 400)),
    ],
)
def test_shares_must_add_up_to_the_request(requested, shares, problem):
    assert shares_problem(requested, {Origin(name): amount for name, amount in shares.items()}) == problem


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({"approved": 400, "executed": 400}, []),
        ({"approved": 400, "executed": 401}, ["budget-odd-executed"]),
        ({"approved": 400, "executed": 300, "carried_explicit": 60, "returned": 40}, []),
        ({"approved": 400, "executed": 300, "carried_accident": 60, "returned": 50}, ["budget-odd-rest"]),
        ({"drafted": 400, "approved": 500}, ["budget-odd-approved"]),
        ({"executed": 10}, []),
    ],
)
def test_amounts_that_hardly_can_be_right_are_said(amounts, said):
    assert odd(line(**amounts), {}) == said


def test_lines_stand_under_their_stages_in_order():
    lines = [view(line(stage=Stage.APPROVED)), view(line(stage=Stage.PLANNED)), view(line(stage=Stage.APPROVED))]

    assert [(stage, len(mine)) for stage, mine in by_stage(lines)] == [(Stage.PLANNED, 1), (Stage.APPROVED, 2)]


def test_the_trend_has_what_was_told_last_for_each_day():
    told = [
        Execution(line_id=1, as_of=date(2027, 6, 30), amount=30, person_id=1, told_at=MADE),
        Execution(line_id=1, as_of=date(2027, 3, 31), amount=10, person_id=1, told_at=MADE),
        Execution(line_id=1, as_of=date(2027, 6, 30), amount=35, person_id=1, told_at=MADE),
    ]

    assert [(one.as_of.month, one.amount) for one in trend(told)] == [(3, 10), (6, 35)]
