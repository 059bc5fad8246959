"""Milestones in the schedule: who hears of what when, by which message; and that internal lines never leave their side."""

import pytest
from sqlmodel import select

from bot.services import reckoning
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.reactions import apply_reaction
from config.presets import Act
from storage.reactions import Press
from storage.tables import OutboxRow, Outcome, Posting, Role
from tests.services.asking import ask, told
from tests.services.mornings import REMINDERS, SEOUL, Sent, change_person, days, go, reminders, sent, tick
from tests.services.team import CHANNEL, PEOPLE, Team, text_of, user_of
from tests.services.test_budget import submit
from tests.services.test_handovers import hand_over
from tests.services.test_milestones import joint_line, presets, steps

OWNER, GIST = "UCOWN", "UGOWN"


def budget_days(team: Team, first: str, last: str) -> list[tuple[str, str, str]]:
    """Who was told something of the budget when: day, receiver, text."""
    found = [(moment, one) for moment, one in days(team, first, last) if one.kind in REMINDERS]
    return [(moment, one.to, one.text) for moment, one in found if "B-1-" in one.text]


def test_a_task_comes_on_its_ladder_to_the_owner_and_to_the_lead_when_it_is_near(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")  # 12-01, leads 14 and 7, of the county
    sent(team)

    heard = budget_days(team, "11-24 00:00", "12-02 00:00")

    assert sorted((moment, to) for moment, to, _ in heard) == [
        ("11-24 09:30", OWNER),  # seven days before
        ("12-01 09:30", "UCLEAD"),
        ("12-01 09:30", OWNER),
    ]
    assert "7일 남음" in heard[0][2]
    assert "이 메시지에 ✅를 누르면" in heard[0][2]


def test_what_is_overdue_goes_on_and_up_within_its_own_side(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)

    heard = budget_days(team, "12-02 00:00", "12-11 00:00")

    people = {(moment, to) for moment, to, _ in heard}
    assert {
        ("12-04 09:30", OWNER),
        ("12-04 09:30", "UCSEC"),
        ("12-09 09:30", OWNER),
        ("12-09 09:30", "UCDEP"),
    } <= people
    assert not any(to.startswith("UG") for _, to in people)
    told_of_side = [text for _, to, text in heard if to in ("UCSEC", "UCDEP")]
    assert all("담당: 한도윤 주무관" in text and "정하늘" not in text for text in told_of_side)


def test_an_event_is_asked_about_on_its_day_once_more_and_never_again(team: Team):
    joint_line(team)
    presets(team, "국회 예산안 의결", "군의회 의결")
    (vote,) = steps(team)
    assert vote.act is Act.EVENT
    sent(team)

    heard = [one for one in budget_days(team, "12-17 00:00", "12-31 23:00") if one[0] >= "12-21"]

    asked = {(moment, to) for moment, to, _ in heard}
    assert asked == {(f"12-{day} 09:30", to) for day in (21, 24) for to in (OWNER, GIST)}
    assert "오늘 결정되는 일정입니다" in heard[0][2]
    assert "의결 → 금액" in heard[0][2]
    assert "한 번 더 여쭙니다" in heard[-1][2]
    summary = text_of(ask(team, "county lead", "요약 전체").post)  # then in the summary only
    assert "2026. 12. 21.(월)* · 결과 대기 · *B-1-1* 군의회 의결" in summary
    assert "기한 지남(" not in summary


def test_the_channel_hears_30_7_and_1_in_its_one_message_of_the_day(team: Team):
    joint_line(team)
    view = ask(team, "county owner", "예산 일정 B-1").view
    submit(team, "county owner", view, name="정산 자료 제출", agreed="2026-12-31")
    team.add("gist lead", "초안 <@UGOWN> 2026-12-24")
    sent(team)

    heard = [
        (moment, one.text)
        for moment, one in days(team, "11-24 00:00", "12-31 23:00")
        if one.to == CHANNEL and "예산 현황판" not in one.text and one.kind == "channel-nudges"
    ]

    about = [moment for moment, text in heard if "정산 자료 제출" in text]
    assert about == ["12-01 09:30", "12-24 09:30", "12-30 09:30"]
    both = next(text for moment, text in heard if moment == "12-24 09:30")
    assert "초안" in both
    assert len({moment[:5] for moment, _ in heard}) == len(heard)


def test_two_things_of_a_day_are_one_message(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    team.add("county lead", "요구서 <@UCOWN> 2026-12-01")
    sent(team)

    heard = reminders(go(team, "12-01 09:30"))

    assert "요구서" in heard[OWNER]
    assert "B-1-1" in heard[OWNER]
    assert "오늘까지" in heard[OWNER]


def test_the_preview_tells_of_dates_too_each_side_its_own(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)

    mine = told(team, "county owner", "미리보기 알림")

    assert "*2026. 11. 24.(화) 09:30* → 한도윤 주무관\n• 2026. 12. 1.(화) · *B-1-1* 중기지방재정계획" in mine
    assert "B-1-1" in told(team, "county secretary", "미리보기 알림")
    assert "B-1-1" not in told(team, "gist lead", "미리보기 알림")


def test_a_date_that_moved_or_was_done_meanwhile_is_not_said(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)
    ask(team, "county owner", "예산 옮기기 B-1-1 11/30")

    assert OWNER not in reminders(go(team, "11-24 09:30"))
    ask(team, "county owner", "예산 완료 B-1-1")
    assert [
        one for one in days(team, "11-25 00:00", "12-10 00:00") if one[1].to == OWNER and "B-1-1" in one[1].text
    ] == []


def test_what_was_past_when_it_was_written_down_is_silent(team: Team):
    joint_line(team)
    presets(team, "본예산안")
    sent(team)

    assert budget_days(team, "11-24 00:00", "12-10 00:00") == []


def test_a_downtime_is_caught_up_with_the_latest_rung_alone(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)

    heard = reminders(go(team, "12-01 10:00"))

    assert "오늘" in heard[OWNER]
    assert OWNER not in reminders(go(team, "12-02 10:00"))


def press(team: Team, handle: str, *, present: bool = True) -> str:
    """✅ on the reminder about one milestone, wherever it stands."""
    with team.work() as work:
        row = work.session.exec(select(OutboxRow).where(OutboxRow.kind == MILESTONE_NUDGE)).first()
        assert row
        known = work.session.exec(select(Posting).where(Posting.kind == MILESTONE_NUDGE)).first()
        if known is None:
            work.session.add(
                Posting(
                    installation_id=1, channel_id="D1", ts="5.5", kind=row.kind, subject=row.subject, posted_at=team.now
                )
            )
            work.session.flush()
        team.presses += 1
        stamp = f"{team.machine_now.timestamp() + team.presses:.6f}"
        said = apply_reaction(work, Press("D1", "5.5", user_of(handle), "white_check_mark", present, stamp))
        return "\n".join(text_of(one.post) for one in said)


def test_a_tick_on_the_reminder_closes_what_is_ours_and_taking_it_away_opens_it(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)
    go(team, "11-24 09:30")

    assert "완료로 기록했습니다" in press(team, "county owner")
    assert steps(team)[0].outcome is Outcome.DONE
    assert "되돌렸습니다" in press(team, "county owner", present=False)
    assert steps(team)[0].outcome is None


def test_a_tick_of_the_sides_delegate_counts(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    ask(team, "county lead", "위임 최유진")
    sent(team)
    go(team, "11-24 09:30")

    assert "완료로 기록했습니다" in press(team, "county secretary")
    assert steps(team)[0].outcome is Outcome.DONE


@pytest.mark.parametrize("handle", ["gist owner", "county secretary", "observer", "stranger", "other team"])
def test_a_tick_of_somebody_whose_it_is_not_changes_nothing_and_is_told(team: Team, handle: str):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    sent(team)
    go(team, "11-24 09:30")

    assert press(team, handle)
    assert steps(team)[0].outcome is None


def test_how_much_was_spent_is_asked_of_owners_until_somebody_tells(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2026 군직접사업 3억")
    ask(team, "county owner", "예산 단계 B-1 의결 3억")
    sent(team)

    heard = reminders(go(team, "11-30 09:30"))
    assert "지금까지 집행한 금액을 알려 주세요" in heard[OWNER]
    assert set(heard) == {OWNER}
    assert reminders(go(team, "12-01 09:30")) == {}
    ask(team, "county owner", "예산 금액 B-1 집행 1억")
    sent(team)
    assert "집행한 금액" in reminders(go(team, "12-15 09:30"))[OWNER]


def test_the_summary_has_the_budget_for_whose_eyes_it_is(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    team.later(hours=1)
    ask(team, "county owner", "예산 단계 B-1 편성 2억")
    internal_line(team)

    county, gist = (
        text_of(ask(team, "county lead", "요약 전체").post),
        text_of(ask(team, "gist lead", "요약 전체").post),
    )

    assert "요구 300,000 대비 확보 0" in gist
    assert "B-1-1" in gist
    assert "단계: 구상 → 편성" in gist
    assert "극비" in county
    assert "극비" not in gist
    assert "요구 1,000,000 대비" in county
    report = text_of(ask(team, "county lead", "요약 보고").post)
    assert "극비" not in report


def internal_line(team: Team) -> None:
    """B-2, the county's own, with a vote, a task and money to spend."""
    ask(team, "county owner", "예산 추가 극비 진입로 2026 군직접사업 7억 내부")
    number = 2
    ask(team, "county owner", f"예산 단계 B-{number} 의결 6억6천6백만원")
    for words in ("극비 협의 12/4", "극비 심의 의결 12월 10일"):
        ask(team, "county owner", f"예산 일정 B-{number} {words}")
    ask(team, "county owner", f"예산 메모 B-{number} 극비 메모")


HANDED_OVER_ON = 30  # the turn in which somebody else of the county takes the line over
SECRETS = ("극비", "700,000,000", "666,000", "6억", "7억", "B-2")
LOOKS = (
    "예산|예산 2026|요약 전체|요약 보고|미리보기 알림|미리보기 주간|검색 극비|목록|내할일|A-1|이력 A-1|R-1|명단".split(
        "|"
    )
)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_whole_year_nothing_internal_leaves_its_side(team: Team, capfd: pytest.CaptureFixture[str]):
    """Everything that left the bot toward the channel, the other side or another task force; its metadata, and the log."""
    joint_line(team)
    presets(team, "군의회 의결", "분기 집행률 점검", "중기지방재정계획")
    internal_line(team)
    presets(team, "군의회 의결", "연말 지출 마감", "제1회 추가경정예산", number=2)

    everything = play_a_year(team)

    assert sum("극비" in one.text for one in everything if is_county(one.to)) > 5
    assert [one for one in everything if not is_county(one.to) and leaks(one.text)] == []
    with team.database.reading() as session:
        rows = session.exec(select(OutboxRow)).all()
    assert [row for row in rows if leaks(f"{row.kind} {row.subject} {row.key}")] == []
    assert [row for row in rows if not is_county(row.user_id or "") and leaks(str(row.args))] == []
    logged = capfd.readouterr()
    assert "극비" not in logged.out + logged.err


def test_what_is_internal_is_judged_again_when_it_is_sent(team: Team):
    """Whoever became an observer since the morning's message was made does not see what is the side's own any more."""
    ask(team, "county owner", "예산 추가 극비 진입로 2026 군직접사업 7억 내부")
    ask(team, "county owner", "예산 일정 B-1 극비 협의 12/4")
    go(team, "12-01 08:00")
    tick(team)
    team.later(hours=2)
    tick(team)
    (row,) = [one for one in team.outbox() if one.kind in REMINDERS and one.user_id == OWNER]
    assert "극비" in text_of(team.rendered(row))

    change_person(team, "한도윤", role=Role.OBSERVER)

    assert team.rendered(row) is None


@pytest.mark.parametrize("handle", ["gist lead", "gist owner", "observer"])
def test_nothing_that_the_other_side_can_ask_for_shows_what_is_internal(team: Team, handle: str):
    team.joint_item()
    ask(team, "gist lead", "결정 셔틀은 3월부터 운행한다")
    joint_line(team)
    internal_line(team)
    for thing in ("A-1", "R-1"):
        ask(team, "county owner", f"예산 연결 B-2 {thing}")

    for words in LOOKS:
        assert not leaks(told(team, handle, words).replace("검색 극비", "").replace("“극비”", "")), words


def play_a_year(team: Team) -> list[Sent]:
    """From November on: daily for five weeks, then every fifth; with things done to the internal line."""
    found: list[Sent] = []
    acts = {
        3: "예산 금액 B-2 집행 6억",
        20: "예산 옮기기 B-2-1 2027-02-10",
    }
    for turn in range(44):
        team.later(days=1 if turn < 35 else 37)
        for hour in ("09:00", "09:30"):
            found += step(team, hour)
        if turn in acts:
            ask(team, "county owner", acts[turn])
        if turn == HANDED_OVER_ON:
            ask(team, "county owner", "예산 메모 B-2 극비 메모 둘")
            ask(team, "county owner", "되돌리기")
            hand_over(team, "인계 <@UCOWN> <@UCSEC>", "county lead")
    return found


def leaks(text: str) -> bool:
    return any(secret in text for secret in SECRETS)


def is_county(user_id: str) -> bool:
    return any(user_id == person[0] and person[1] == "영광군" for person in PEOPLE.values())


def step(team: Team, hour: str) -> list[Sent]:
    """A tick at an hour of the day that it is in Korea."""
    local = team.now.astimezone(SEOUL).replace(hour=int(hour[:2]), minute=int(hour[3:]))
    team.machine_now += local - team.now
    team.now = local.astimezone(team.now.tzinfo)
    tick(team)
    return sent(team)


def test_what_is_due_when_is_the_same_however_it_was_reached(team: Team):
    """After every kind of change, what is stored equals what is reckoned anew."""
    joint_line(team)
    presets(team, "군의회 의결", "분기 집행률 점검", "중기지방재정계획")
    acts = (
        "예산 옮기기 B-1-1 11/30",
        "예산 나중에 B-1-1 11/30",
        "예산 완료 B-1-1",
        "예산 단계 B-1 의결 3억",
        "예산 금액 B-1 집행 1억",
        "예산 일정 B-1 정산 12/21",
        "예산 단계 B-1 정산",
    )
    for words in acts:
        ask(team, "county owner", words)
        with team.database.reading() as session:
            assert reckoning.misreckoned(session, 1000) == 0, words
    go(team, "11-30 09:30")
    change_person(team, "한도윤", role=Role.LEAD)
    tick(team)
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 0
