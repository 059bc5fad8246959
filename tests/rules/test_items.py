"""When an item is done, whose turn it is, and who may say so."""

from datetime import UTC, date, datetime

import pytest

from bot.rules.items import (
    CannotConfirm,
    ItemView,
    Share,
    first_confirmations,
    is_done,
    is_overdue,
    overdue_days,
    turn_day,
    why_not_confirm,
)
from storage.tables import (
    ClosingRule,
    Confirmation,
    DaysOff,
    Item,
    ItemStatus,
    Part,
    Person,
    PersonState,
    Role,
    Side,
    Source,
    TaskForce,
)

GIST, COUNTY, THIRD = 1, 2, 3
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
TASK_FORCE = TaskForce(id=1, name="TFT", created_at=MONDAY)


def person(id: int = 1, side: int = GIST, role: Role = Role.MEMBER, state: PersonState = PersonState.ACTIVE) -> Person:
    return Person(id=id, task_force_id=1, side_id=side, role=role, name="정하늘", state=state, joined_at=MONDAY)


def part(side: int = GIST, owner: int = 1, confirmed: datetime | None = None) -> Part:
    return Part(item_id=1, side_id=side, owner_id=owner, confirmed_at=confirmed)


def confirmation(id: int, side: int = GIST, person_id: int = 1, day: int = 23) -> Confirmation:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Confirmation(id=id, item_id=1, side_id=side, person_id=person_id, source=Source.BUTTON, confirmed_at=at)


def item(due: date | None = None, status: ItemStatus = ItemStatus.OPEN) -> Item:
    return Item(
        id=1,
        task_force_id=1,
        number=1,
        title="초안",
        due_on=due,
        status=status,
        channel_id=1,
        created_by=1,
        created_at=MONDAY,
    )


def view(*parts: Part, due: date | None = None, off: list[DaysOff] | None = None) -> ItemView:
    sides = {GIST: "GIST", COUNTY: "영광군"}
    shares = tuple(
        Share(Side(id=one.side_id, task_force_id=1, name=sides[one.side_id], position=0), one, person(one.owner_id))
        for one in parts
    )
    return ItemView(item(due), TASK_FORCE, shares, off or [])


@pytest.mark.parametrize(
    ("who", "parts", "why"),
    [
        pytest.param(person(1), [part(owner=1)], None, id="the owner"),
        pytest.param(person(2, role=Role.LEAD), [part(owner=1)], None, id="the side's lead"),
        pytest.param(person(2, role=Role.DEPUTY), [part(owner=1)], None, id="the side's deputy"),
        pytest.param(person(2, role=Role.SECRETARY), [part(owner=1)], CannotConfirm.NOT_OWNER, id="a secretary"),
        pytest.param(person(2), [part(owner=1)], CannotConfirm.NOT_OWNER, id="a colleague"),
        pytest.param(person(1, role=Role.SECRETARY), [part(owner=1)], None, id="a secretary who owns it"),
        pytest.param(person(1, role=Role.OBSERVER), [part(owner=1)], CannotConfirm.OBSERVER, id="an observer"),
        pytest.param(
            person(9, COUNTY, Role.LEAD), [part(owner=1)], CannotConfirm.NO_PART, id="the lead of a side without a part"
        ),
        pytest.param(
            person(9, COUNTY),
            [part(owner=1), part(COUNTY, 2)],
            CannotConfirm.NOT_OWNER,
            id="somebody of the other side",
        ),
        pytest.param(None, [part(owner=1)], CannotConfirm.STRANGER, id="a stranger"),
    ],
)
def test_who_may_confirm(who, parts, why):
    assert why_not_confirm(who, parts, []) is why


def test_nobody_counts_for_two_sides():
    moved = person(1, COUNTY, Role.LEAD)

    assert (
        why_not_confirm(moved, [part(), part(COUNTY, 2)], [confirmation(1, GIST, 1)]) is CannotConfirm.FOR_ANOTHER_SIDE
    )
    assert why_not_confirm(moved, [part(), part(COUNTY, 2)], [confirmation(1, GIST, 5)]) is None


@pytest.mark.parametrize(
    ("rule", "sides", "confirmed", "expected"),
    [
        pytest.param(ClosingRule.BOTH, {GIST, COUNTY}, set(), False, id="nobody"),
        pytest.param(ClosingRule.BOTH, {GIST, COUNTY}, {GIST}, False, id="one side is not enough"),
        pytest.param(ClosingRule.BOTH, {GIST, COUNTY}, {GIST, COUNTY}, True, id="both"),
        pytest.param(ClosingRule.BOTH, {GIST}, {GIST}, True, id="the only side that has an owner"),
        pytest.param(ClosingRule.BOTH, {GIST, COUNTY}, {GIST, THIRD}, False, id="a side without an owner adds nothing"),
        pytest.param(ClosingRule.BOTH, {GIST, COUNTY, THIRD}, {GIST, COUNTY}, False, id="all of three"),
        pytest.param(ClosingRule.ANY, {GIST, COUNTY}, {COUNTY}, True, id="any"),
        pytest.param(ClosingRule.ANY, {GIST, COUNTY}, {THIRD}, False, id="any of those that have an owner"),
    ],
)
def test_is_done(rule, sides, confirmed, expected):
    assert is_done(rule, sides, confirmed) is expected


def test_the_longest_standing_confirmation_is_the_sides():
    late, early, other = confirmation(1, day=25), confirmation(2, day=24), confirmation(3, COUNTY, day=26)

    assert first_confirmations([late, other, early]) == {GIST: early, COUNTY: other}


@pytest.mark.parametrize(
    ("confirmed", "today", "day"),
    [
        pytest.param(MONDAY, date(2026, 11, 23), 1, id="the day itself"),
        pytest.param(MONDAY, date(2026, 11, 24), 2, id="the next working day"),
        pytest.param(MONDAY, date(2026, 11, 30), 6, id="a weekend does not count"),
        pytest.param(
            datetime(2026, 11, 28, 3, tzinfo=UTC), date(2026, 11, 29), 1, id="pressed on Saturday, seen on Sunday"
        ),
        pytest.param(
            datetime(2026, 11, 28, 3, tzinfo=UTC), date(2026, 11, 30), 1, id="pressed on Saturday, seen on Monday"
        ),
        pytest.param(
            datetime(2026, 11, 23, 15, tzinfo=UTC), date(2026, 11, 24), 1, id="at midnight in Seoul it is Tuesday"
        ),
        pytest.param(datetime(2026, 12, 24, 3, tzinfo=UTC), date(2026, 12, 28), 2, id="Christmas does not count"),
    ],
)
def test_whose_turn_it_is_since_when(confirmed, today, day):
    assert turn_day(view(part(confirmed=confirmed), part(COUNTY, 2)), today) == day


@pytest.mark.parametrize(
    ("due", "status", "today", "late", "days"),
    [
        pytest.param(
            date(2026, 11, 23), ItemStatus.OPEN, date(2026, 11, 23), False, 0, id="the due day counts in full"
        ),
        pytest.param(date(2026, 11, 23), ItemStatus.OPEN, date(2026, 11, 24), True, 1, id="the day after"),
        pytest.param(date(2026, 11, 27), ItemStatus.OPEN, date(2026, 11, 29), True, 0, id="no working day since"),
        pytest.param(date(2026, 11, 23), ItemStatus.CLOSED, date(2026, 11, 24), False, 0, id="closed"),
        pytest.param(None, ItemStatus.OPEN, date(2026, 11, 24), False, 0, id="no due date"),
    ],
)
def test_overdue(due, status, today, late, days):
    shown = view(part(), due=due)
    shown.item.status = status

    assert is_overdue(shown.item, today) is late
    assert overdue_days(shown, today) == days


def day_off(day: int, side: int | None = None, person_id: int | None = None) -> DaysOff:
    on = date(2026, 11, day)
    return DaysOff(task_force_id=1, side_id=side, person_id=person_id, first=on, last=on, added_by=1)


@pytest.mark.parametrize(
    ("off", "day"),
    [
        pytest.param([], 4, id="nothing added"),
        pytest.param([day_off(24)], 3, id="a day off of all"),
        pytest.param([day_off(24, COUNTY)], 3, id="of the side whose turn it is"),
        pytest.param([day_off(24, GIST)], 4, id="of the side that is done"),
        pytest.param([day_off(24, COUNTY, 7)], 4, id="somebody's leave"),
        pytest.param([day_off(24), day_off(25, COUNTY), day_off(26, COUNTY)], 1, id="all of them"),
    ],
)
def test_a_sides_turn_is_counted_without_its_days_off(off, day):
    half_done = view(part(confirmed=MONDAY), part(COUNTY, 2), off=off)
    assert turn_day(half_done, date(2026, 11, 26)) == day


def test_overdue_days_leave_out_the_days_off_of_all():
    off = [day_off(24), day_off(25, COUNTY)]
    assert overdue_days(view(part(), part(COUNTY, 2), due=date(2026, 11, 23), off=off), date(2026, 11, 26)) == 2
