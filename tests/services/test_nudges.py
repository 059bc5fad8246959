"""Reminders over days: who hears what when, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest
from sqlmodel import Session, col, func, select

from bot.rules.days_off import Span
from bot.rules.item_changes import OWN_DUE
from bot.services import (
    days_off,
    item_changes,
    item_endings,
    item_reactions,
    item_snoozes,
    items,
    part_plans,
    posts,
    previews,
    receivers,
    reckoning,
)
from bot.services.item_mentions import MENTION
from bot.services.items import Draft
from bot.services.nudges import NUDGES
from bot.services.reactions import NUDGE
from bot.services.refused import Refused
from bot.services.weekly import WEEKLY
from storage import digests
from storage.database import Database
from storage.tables import Account, DaysOff, Digest, Nudge, Part, Person, PersonAccount, Role, SetAside, TaskForce
from tests.services.mornings import REMINDERS, Sent, at, change_person, days, go, reminders, sent, tick
from tests.services.team import Team, set_up, text_of

GIST, COUNTY, SECRETARY, DEPUTY = "UGOWN", "UCOWN", "UCSEC", "UCDEP"


@pytest.fixture
def team(team: Team) -> Team:
    """Monday at 09:00, and the first tick was."""
    tick(team)
    return team


def add(
    team: Team,
    title: str,
    due: str | None,
    owners: str = "정하늘 한도윤",
    *,
    by: str = "gist lead",
    of: int = 1,
    seen: bool = True,
) -> None:
    """An item whose owners have said that they have seen it."""
    with team.work() as work:
        found = [_person(work.session, name, of) for name in owners.split()]
        draft = Draft(title, tuple(found), date.fromisoformat(due) if due else None)
        item = items.create(work, team.asker(work, by, channel="C1" if of == 1 else "C2"), draft)
        for person in found if seen else ():
            item_reactions.seen(work, item, person)
    sent(team)


def told(found: list[tuple[str, Sent]], user_id: str) -> list[str]:
    """When somebody was reminded."""
    return [when for when, one in found if one.to == user_id and one.kind in REMINDERS]


def take_days_off(team: Team, first: date, last: date, *, of: str | None = None) -> None:
    """Of all, or of one person."""
    with team.work() as work:
        person = work.session.exec(select(Person).where(Person.name == (of or "이강민"))).one()
        off = DaysOff(task_force_id=1, first=first, last=last, added_by=person.id or 0, added_at=team.now)
        if of:
            off.side_id, off.person_id = person.side_id, person.id
        work.session.add(off)
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))


def test_owners_of_both_sides_are_reminded_on_the_ladders_days_at_half_past_nine(team: Team):
    add(team, "개소 계획서", "2026-12-04")
    found = days(team, "11-23 20:00", "12-05 12:00")
    assert [(when, one.to) for when, one in found if one.kind == NUDGE] == [
        (f"{day} 09:30", who) for day in ("11-25", "12-01", "12-03", "12-04") for who in (COUNTY, GIST)
    ]


def test_a_days_rungs_are_one_message_the_most_urgent_first(team: Team):
    add(team, "늦은 일", "2026-12-01")
    add(team, "오늘 일", "2026-12-04")
    add(team, "다음 일", "2026-12-09")
    go(team, "12-03 20:00")
    text = reminders(go(team, "12-04 09:30"))[GIST]
    assert "오늘 챙기실 일 3건" in text
    assert text.index("늦은 일") < text.index("오늘 일") < text.index("다음 일")
    assert text.index("기한 지남") < text.index("오늘까지") < text.index("다가오는 기한")
    assert "3근무일 지남" in text
    assert "함께: 영광군 한도윤 주무관" in text


def test_the_rest_of_what_is_mine_is_behind_a_button(team: Team):
    for number in range(1, 4):
        add(team, f"먼 일 {number}", f"2027-02-0{number}")
    add(team, "가까운 일", "2026-12-04")
    add(team, "이어지는 일", "2026-12-04")
    text = reminders(go(team, "12-04 09:30"))[GIST]
    assert "그 밖의 내 할 일 3건" in text
    assert "먼 일" not in text


def test_nothing_to_say_nothing_sent(team: Team):
    add(team, "먼 일", "2027-02-01")
    sent_meanwhile = [one for _, one in days(team, "11-24 00:00", "11-27 23:30")]
    assert sent_meanwhile == []


def test_what_is_made_today_is_not_reminded_of_today(team: Team):
    add(team, "급한 일", "2026-11-26")  # three working days ahead
    assert reminders(go(team, "11-23 10:00")) == {}
    assert reminders(go(team, "11-25 09:30")).keys() == {GIST, COUNTY}


def test_what_is_closed_between_planning_and_sending_is_not_sent(team: Team):
    add(team, "곧 닫힐 일", "2026-12-04")
    team.now = at("12-01 09:30")
    tick(team)
    team.done("gist owner")
    team.done("county owner")
    assert [team.rendered(row) for row in team.queued(NUDGE)] == [None, None]


def test_a_side_that_is_done_hears_nothing_more_and_the_other_that_it_is_alone(team: Team):
    add(team, "반쯤 된 일", "2026-12-04")
    team.done("gist owner")
    found = reminders(go(team, "12-03 09:30"))
    assert found.keys() == {COUNTY}
    assert "GIST 정하늘 교수 완료" in found[COUNTY]


def test_what_was_closed_and_opened_again_says_nothing_of_what_passed(team: Team):
    add(team, "다시 열 일", "2026-12-01")
    go(team, "12-01 09:30")
    team.done("gist owner")
    team.done("county owner")
    go(team, "12-09 08:00")
    team.reopen("gist lead")
    assert reminders(go(team, "12-09 10:00")) == {}  # six working days overdue, but heard of today
    assert reminders(go(team, "12-14 09:30")).keys() == {GIST, COUNTY}


def test_a_date_that_moved_after_a_rung_was_said_has_its_own_rungs(team: Team):
    add(team, "미룰 일", "2026-12-04")
    go(team, "12-01 09:30")
    with team.work() as work:
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), {"due": "2026-12-11"})
    assert reminders(go(team, "12-02 09:30")).keys() == {GIST, COUNTY}  # seven working days before
    assert reminders(go(team, "12-04 10:00")) == {}
    assert reminders(go(team, "12-08 09:30")).keys() == {GIST, COUNTY}
    with team.work() as work:  # and back, to the old date
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), {"due": "2026-12-10"})
    assert reminders(go(team, "12-09 09:30")).keys() == {GIST, COUNTY}


def test_own_dates_of_a_side_are_reminded_of_by_themselves(team: Team):
    add(team, "나눠 할 일", "2026-12-11")
    with team.work() as work:
        part = work.session.exec(select(Part).where(Part.owner_id == _person(work.session, "정하늘").id)).one()
        wished = {f"{OWN_DUE}{part.side_id}": "2026-12-04"}
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), wished)
    found = reminders(go(team, "12-04 09:30"))
    assert "2026. 12. 4.(금)까지" in found[GIST]
    assert "오늘" in found[GIST]
    assert "2026. 12. 11.(금)까지" in found[COUNTY]  # seven working days before was on the 2nd, and missed


def test_a_snooze_moves_one_persons_reminder_alone(team: Team):
    add(team, "나중 일", "2026-12-04")
    go(team, "12-01 09:30")
    with team.work() as work:
        item_snoozes.snooze(work, team.asker(work, "gist owner"), team.item(), "2026-12-02")
    assert reminders(go(team, "12-02 09:30")).keys() == {GIST}
    assert reminders(go(team, "12-03 09:30")).keys() == {GIST, COUNTY}


def test_a_snooze_over_the_due_date_rests_until_its_end(team: Team):
    add(team, "쉴 일", "2026-12-04", "정하늘")
    with team.work() as work:
        item_snoozes.snooze(work, team.asker(work, "gist owner"), team.item(), "2026-12-12")
    assert told(days(team, "11-24 00:00", "12-16 12:00"), GIST) == [
        "12-14 09:30"
    ]  # the first working day; "+6" falls on the same day


def test_who_looks_after_a_side_is_reminded_as_such_when_the_own_rest_ends(team: Team):
    """A rest is one person's about one thing, in whatever role: the secretary owns nothing when it is over."""
    add(team, "늦어진 일", "2026-12-01")
    go(team, "12-04 09:30")
    with team.work() as work:
        item_snoozes.snooze(work, team.asker(work, "county secretary"), team.item(), "2026-12-08")
    assert SECRETARY not in reminders(go(team, "12-07 10:00"))

    with team.work() as work:
        coming = text_of(previews.preview(work, team.asker(work, "county secretary"), "알림").post).splitlines()
    found = {one.to: one for one in go(team, "12-08 09:30") if one.to == SECRETARY}

    own_line = next(at for at, line in enumerate(coming) if line.endswith("최유진 주무관")) + 1
    assert coming[own_line].endswith("A-1 늦어진 일 · 담당: 한도윤 주무관")
    assert found[SECRETARY].kind == NUDGES  # ✅ on it would not count
    assert "우리 측 담당자에게 확인해 주세요" in found[SECRETARY].text
    assert "담당: 한도윤 주무관" in found[SECRETARY].text
    assert "우리 측을 살피는 역할이라" in found[SECRETARY].text
    assert "완료" not in found[SECRETARY].text


def test_overdue_goes_to_the_own_secretary_then_the_deputy_and_never_to_the_other_side(team: Team):
    add(team, "늦어진 일", "2026-12-01")
    first = reminders(go(team, "12-04 09:30"))
    assert first.keys() == {GIST, COUNTY, SECRETARY}
    assert "우리 측 담당자에게 확인해 주세요" in first[SECRETARY]
    assert "담당: 한도윤 주무관" in first[SECRETARY]
    assert "정하늘" not in first[SECRETARY]
    assert reminders(go(team, "12-09 09:30")).keys() == {GIST, COUNTY, DEPUTY}


def test_an_owner_who_has_not_said_seen_for_three_working_days_is_told_to_the_secretary(team: Team):
    add(team, "못 본 일", "2027-02-01", seen=False)
    assert reminders(go(team, "11-26 09:29")) == {}
    text = reminders(go(team, "11-26 09:30"))[SECRETARY]
    assert "아직 확인하지 않은 담당: 한도윤 주무관" in text
    assert reminders(go(team, "11-27 09:30")) == {}


def test_who_has_said_seen_or_took_it_on_is_not_told_on(team: Team):
    add(team, "본 일", "2027-02-01", "한도윤", seen=False)
    team.card_posted()
    team.press("county owner", "eyes")
    add(team, "맡은 일", "2027-02-01", "한도윤", by="county owner", seen=False)
    assert reminders(go(team, "12-02 09:30")) == {}


def test_leads_hear_of_their_own_on_the_day_alone(team: Team):
    add(team, "단장 일", "2026-12-04", "이강민", by="gist owner")
    assert told(days(team, "11-24 00:00", "12-16 12:00"), "UGLEAD") == ["12-04 09:30"]


def test_an_owner_without_slack_is_reached_through_the_sides_secretary(team: Team):
    add(team, "전할 일", "2026-12-04", "한도윤")
    with team.work() as work:
        owner = _person(work.session, "한도윤")
        work.session.delete(work.session.exec(select(PersonAccount).where(PersonAccount.person_id == owner.id)).one())
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    assert reminders(go(team, "12-04 09:30")).keys() == {SECRETARY}


def test_somebody_abroad_hears_it_in_the_own_morning(team: Team):
    with team.work() as work:
        work.session.get_one(Account, GIST).own_zone = "Europe/Berlin"
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    add(team, "멀리서 할 일", "2026-12-04", "정하늘")
    go(team, "12-02 17:30")
    assert told(days(team, "12-03 00:00", "12-05 00:00"), GIST) == ["12-03 17:30", "12-04 17:30"]


def test_own_hours_move_the_days_message(team: Team):
    with team.work() as work:
        account = work.session.get_one(Account, GIST)
        account.hours_from, account.hours_until = time(13), time(17)
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    add(team, "오후의 일", "2026-12-04", "정하늘")
    assert told(days(team, "12-03 00:00", "12-03 23:30"), GIST) == ["12-03 13:00"]


def test_what_falls_into_a_leave_is_said_before_it(team: Team):
    add(team, "휴가 앞의 일", "2026-12-04", "정하늘")
    take_days_off(team, date(2026, 12, 2), date(2026, 12, 8), of="정하늘")
    go(team, "11-27 17:30")
    assert told(days(team, "11-28 00:00", "12-10 12:00"), GIST) == [
        "12-01 09:30",
        "12-09 09:30",
    ]  # 3 and 1 days before and the day itself; then 3 working days after


def test_a_leave_taken_late_is_caught_up_with_though_the_secretary_was_told_that_morning(team: Team):
    add(team, "휴가 앞의 일", "2026-11-30", "한도윤", seen=False)
    before = days(team, "11-24 00:00", "11-26 09:30")
    assert (told(before, COUNTY), told(before, SECRETARY)) == (["11-25 09:30"], ["11-26 09:30"])
    team.now = at("11-26 15:00")
    with team.work() as work:
        who, span = _person(work.session, "한도윤"), Span(date(2026, 11, 27), date(2026, 12, 1))
        days_off.add(work, team.asker(work, "county owner"), span, who.side_id, who)
    found = days(team, "11-26 16:00", "12-02 12:00")
    assert told(found, COUNTY) == ["11-26 17:30"]
    assert told(found, SECRETARY) == []


def test_a_holiday_declared_late_is_caught_up_with_at_once(team: Team):
    add(team, "금요일 일", "2026-12-04", "정하늘")
    go(team, "12-03 09:30")
    team.now = at("12-03 15:00")
    take_days_off(team, date(2026, 12, 4), date(2026, 12, 4))
    found = reminders(go(team, "12-03 15:00"))
    assert found == {}  # one message a day: the day's has been
    assert "오늘" not in reminders(go(team, "12-07 09:30")).get(GIST, "")


def test_downtime_is_caught_up_with_once_by_the_latest(team: Team):
    add(team, "놓친 일", "2026-12-04", "정하늘")
    text = reminders(go(team, "12-08 11:00"))[GIST]  # it was down since November
    assert "2근무일 지남" in text
    assert reminders(go(team, "12-08 12:00")) == {}
    with team.database.reading() as session:
        assert [nudge.rung for nudge in session.exec(select(Nudge))] == ["0"]


def test_what_was_missed_and_is_found_at_night_waits_for_the_morning(team: Team):
    add(team, "밤의 일", "2026-12-04", "정하늘")
    assert reminders(go(team, "12-03 22:00")) == {}
    assert reminders(go(team, "12-04 09:00")) == {}
    assert "오늘" in reminders(go(team, "12-04 09:30"))[GIST]


def test_somebody_in_two_task_forces_gets_one_message(team: Team):
    with team.work() as work:
        other = work.session.exec(select(Person).where(Person.name == "문지호")).one()
        twin = Person(task_force_id=2, side_id=other.side_id, name="정하늘", role=Role.MEMBER, joined_at=team.now)
        work.session.add(twin)
        work.session.flush()
        work.session.add(PersonAccount(task_force_id=2, user_id=GIST, person_id=twin.id or 0))
        work.session.get_one(TaskForce, 2).nudge_at = time(10)
        for of in (1, 2):
            reckoning.reckon_later(work.session.get_one(TaskForce, of))
    add(team, "첫째 TFT의 일", "2026-12-04", "정하늘")
    add(team, "둘째 TFT의 일", "2026-12-04", "정하늘", by="other team", of=2)
    text = reminders(go(team, "12-04 09:30"))[GIST]
    assert "*A-1* 첫째 TFT의 일 · 스마트 모빌리티 TFT" in text
    assert "*A-1* 둘째 TFT의 일 · 다른 TFT" in text
    assert reminders(go(team, "12-04 10:00")) == {}


def test_the_only_reminder_of_a_day_takes_a_tick_and_says_so(team: Team):
    add(team, "한 가지 일", "2026-12-04", "정하늘")
    text = reminders(go(team, "12-04 09:30"))[GIST]
    assert "이 메시지에 ✅를 눌러도 우리 측 완료로 기록합니다" in text
    for label in ("완료", "나중에 알림", "기한 변경", "인계", "자세히"):
        assert label in text


def test_a_digest_says_nothing_of_ticks(team: Team):
    add(team, "하나", "2026-12-04", "정하늘")
    add(team, "둘", "2026-12-04", "정하늘")
    assert "✅" not in reminders(go(team, "12-04 09:30"))[GIST]


def test_a_row_that_cannot_be_planned_steps_aside_and_the_others_are_said(team: Team):
    add(team, "멀쩡한 일", "2026-12-04", "정하늘")
    add(team, "이상한 일", "2026-12-04", "한도윤")
    with team.work() as work:
        work.session.merge(team.item(2)).ladder = "매주"
    assert reminders(go(team, "12-04 09:30")).keys() == {GIST}
    with team.database.reading() as session:
        aside = session.exec(select(SetAside)).one()
        assert (aside.noun, aside.failures, aside.until) == ("part", 1, at("12-04 09:35"))
    go(team, "12-04 09:34")
    go(team, "12-04 09:36")
    with team.database.reading() as session:
        assert session.exec(select(SetAside)).one().failures == 2
    with team.work() as work:
        work.session.merge(team.item(2)).ladder = None
    assert reminders(go(team, "12-04 12:00")).keys() == {COUNTY}
    with team.database.reading() as session:
        assert session.exec(select(SetAside)).all() == []


def test_an_item_may_have_its_own_ladder(team: Team):
    add(team, "미리 챙길 건", "2026-12-11", "정하늘")
    with team.work() as work:
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), {"ladder": "10,2"})
    assert told(days(team, "11-24 00:00", "12-12 00:00"), GIST) == ["11-27 09:30", "12-09 09:30"]
    with team.work() as work:
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), {"ladder": ""})
    assert team.item().ladder is None


def test_what_is_no_ladder_is_refused(team: Team):
    add(team, "사다리 건", "2026-12-11", "정하늘")
    with pytest.raises(Refused, match="item-ladder-strange"), team.work() as work:
        item_changes.change_now(work, team.asker(work, "gist owner"), team.item(), {"ladder": "매주"})


def test_who_cannot_be_written_to_is_mentioned_at_each_items_card(team: Team):
    add(team, "첫째 건", "2026-12-04", "정하늘")
    add(team, "둘째 건", "2026-12-04", "정하늘")
    team.now = at("12-04 09:30")
    tick(team)
    row = team.queued("nudges")[0]
    with team.work() as work:
        work.session.get_one(Account, GIST).dm_refused_at = team.now
        hook = posts.kinds()["nudges"].when_unreachable
        assert hook
        hook(work, row)
    mentions = team.queued(MENTION)
    assert [one.subject for one in mentions] == ["1", "2"]
    assert f"<@{GIST}>" in text_of(team.rendered(mentions[0]))


@pytest.mark.postgresql
def test_several_schedulers_on_one_database_say_everything_once(postgresql_url: str):
    """Eight threads tick at the same moment, over and over: each rung is said once, in one message a person and day."""
    database = Database(postgresql_url)
    team = set_up(database)
    for number in range(40):
        add(team, f"건 {number}", f"2026-12-{1 + number % 9:02}")
    go(team, "11-23 10:00")
    found = []
    for morning in ("12-01 09:30", "12-02 09:30", "12-03 09:30"):
        team.now = at(morning)
        with ThreadPoolExecutor(8) as threads:
            for done in [threads.submit(tick, team) for _ in range(8)]:
                done.result()
        found.append(reminders(sent(team)))
    assert [one.keys() for one in found] == [{GIST, COUNTY}] * 3
    with database.reading() as session:
        said = session.exec(select(Nudge)).all()
        assert all(nudge.digest_id for nudge in said)
        assert session.exec(select(func.count(col(Digest.id))).where(Digest.recipient == GIST)).one() == 3
    database.close()


def test_a_task_force_that_cannot_be_read_steps_aside(team: Team, monkeypatch: pytest.MonkeyPatch):
    """What is read of several at once must not let one keep the others from being said."""
    add(team, "보고서", "2026-12-04", "한도윤")
    asked: list[int] = []

    def broken(_session: Session, task_force: TaskForce, *_more: object) -> None:
        asked.append(task_force.id or 0)
        raise ValueError("no such zone")

    monkeypatch.setattr(receivers, "made_of", broken)
    team.now = at("12-03 09:30")
    with team.work() as work:
        part_plans.plan_parts(work)

    assert len(asked) > 1  # with the others, and alone
    with team.database.reading() as session:
        assert session.exec(select(SetAside)).one().noun == "part"


def test_somebodys_message_is_made_by_one_scheduler(postgresql_url: str):
    """Two had a part of somebody's reminders each, now and then, and waited for the other's until PostgreSQL ended one."""
    database = Database(postgresql_url)

    def taken() -> list[str]:
        with database.transaction() as session:
            return digests.take_up(session, [GIST, COUNTY])

    with ThreadPoolExecutor(1) as another, database.transaction() as session:
        assert digests.take_up(session, [GIST]) == [GIST]
        assert another.submit(taken).result() == [COUNTY]
    assert sorted(taken()) == sorted([GIST, COUNTY])
    database.close()


def test_who_left_or_gave_it_to_somebody_is_not_reminded(team: Team):
    add(team, "넘길 일", "2026-12-04", "한도윤")
    with team.work() as work:
        secretary = _person(work.session, "최유진")
        wished = {f"owner-{secretary.side_id}": str(secretary.id)}
        item_changes.change_now(work, team.asker(work, "county owner"), team.item(), wished)
        item_reactions.seen(work, team.item(), secretary)
    assert reminders(go(team, "12-04 09:30")).keys() == {SECRETARY}


def test_a_cancelled_item_is_not_reminded_of(team: Team):
    add(team, "그만둘 일", "2026-12-04", "정하늘")
    with team.work() as work:
        item_endings.cancel(work, team.asker(work, "gist lead"), team.item(), "예산 미반영")
    assert reminders(go(team, "12-04 09:30")) == {}


def test_a_new_secretary_hears_what_the_old_one_would_have(team: Team):
    add(team, "늦을 일", "2026-12-01", "한도윤")
    change_person(team, "최유진", role=Role.MEMBER)
    change_person(team, "서다은", role=Role.SECRETARY)
    assert reminders(go(team, "12-04 09:30")).keys() == {COUNTY, DEPUTY}


def test_nobody_reads_who_is_late_on_the_other_side(team: Team):
    add(team, "양측 지연", "2026-12-01")
    found = [one for _, one in days(team, "12-02 00:00", "12-24 12:00") if one.kind != WEEKLY]
    assert {one.to for one in found} == {GIST, COUNTY, SECRETARY, DEPUTY}
    assert all("정하늘" not in one.text for one in found if one.to in (SECRETARY, DEPUTY))


def _person(session: Session, name: str, of: int = 1) -> Person:
    return session.exec(select(Person).where(Person.name == name, Person.task_force_id == of)).one()
