"""The weekly summary and the channel's reminder, as their readers get them; on both engines."""

from datetime import date

from sqlmodel import select

from bot.rules.grammar import Verb
from bot.services import item_changes, items, reckoning
from bot.services.channel_reminders import CHANNEL_NUDGES
from bot.services.items import Draft
from bot.services.weekly import WEEKLY, WEEKLY_COPY
from handlers.weekly import VERBS
from storage.tables import DaysOff, Person, PersonState, SetAside, TaskForce, Weekly
from tests.services import asking as verbs
from tests.services.mornings import Sent, at, days, go, sent, tick
from tests.services.team import CHANNEL, Team, text_of

READERS = {"UGLEAD", "UCLEAD", "UCDEP", "UCSEC", "UOTHER"}


def add(team: Team, title: str, due: str | None = None, owners: str = "정하늘 한도윤", by: str = "gist lead") -> None:
    with team.work() as work:
        found = [work.session.exec(select(Person).where(Person.name == name)).one() for name in owners.split()]
        draft = Draft(title, tuple(found), date.fromisoformat(due) if due else None)
        items.create(work, team.asker(work, by), draft)


def weeklies(found: list[Sent]) -> dict[str, str]:
    return {one.to: one.text for one in found if one.kind == WEEKLY}


def ask(team: Team, handle: str, verb: Verb, rest: str = "") -> str:
    with team.work() as work:
        return text_of(VERBS[verb](work, team.asker(work, handle), rest).post)


def set_up(team: Team, **values: object) -> None:
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        for name, value in values.items():
            setattr(task_force, name, value)
        reckoning.reckon_later(task_force)


def test_leads_deputies_and_secretaries_get_it_on_monday_at_nine(team: Team):
    tick(team)
    sent(team)
    found = [(when, one.to) for when, one in days(team, "11-23 22:00", "12-14 09:30") if one.kind == WEEKLY]
    mondays = ("11-30 09:00", "12-07 09:00", "12-14 09:00")
    assert sorted(found) == sorted((day, who) for day in mondays for who in READERS)


def test_the_first_and_an_uneventful_week_say_so(team: Team):
    go(team, "11-27 12:00")
    first = weeklies(go(team, "11-30 09:00"))["UGLEAD"]
    assert "첫 주간 요약입니다" in first
    assert "지금 하실 일이 없습니다" in first
    second = weeklies(go(team, "12-07 09:00"))["UGLEAD"]
    assert "2026. 11. 30.(월) 요약 이후 새로 생기거나 끝나거나 기한이 바뀐 할 일이 없습니다" in second
    assert "*4. " not in second  # not said twice


def test_it_tells_what_to_do_what_comes_whose_turn_it_is_and_what_changed(team: Team):
    add(team, "끝날 협약", "2026-12-10")
    add(team, "반쯤 된 협약", "2026-12-09")
    add(team, "밀릴 계획", "2026-12-04")
    add(team, "단장 결재", "2026-12-08", "이강민")
    add(team, "먼 계획", "2027-02-01")
    go(team, "11-30 09:00")
    for handle in ("gist owner", "county owner"):
        team.done(handle, 1)
    team.done("gist owner", 2)
    with team.work() as work:
        item_changes.change_now(work, team.asker(work, "gist lead"), team.item(3), {"due": "2026-12-18"})
    add(team, "새 협의")
    text = weeklies(go(team, "12-07 09:00"))["UGLEAD"]
    parts = text.split("*2. 앞으로 2주 일정*")[-2], *text.split("*2. 앞으로 2주 일정*")[-1].split("*3. 누구 차례인가*")
    coming, rest = parts[1], parts[2]
    turns, since = rest.split("*4. 지난 요약 이후*")
    assert "A-4 단장 결재" in parts[0]
    assert "A-2 반쯤 된 협약" in coming
    assert "A-3 밀릴 계획" in coming
    assert "먼 계획" not in text
    assert "영광군 차례 6일째 · A-2 반쯤 된 협약 · 2026. 11. 30.(월)부터" in turns
    assert "완료 1건: A-1" in since
    assert "기한 변경 1건: A-3 2026. 12. 4.(금) → 2026. 12. 18.(금)" in since
    assert "새 할 일 1건: A-6" in since


def test_what_is_late_on_a_side_is_told_to_that_side_alone(team: Team):
    add(team, "지연 건", "2026-12-01")
    team.done("gist owner")
    found = weeklies(go(team, "12-07 09:00"))
    assert "*2026. 12. 1.(화)* · 4근무일 지남 · A-1 지연 건 · 담당: 한도윤 주무관" in found["UCLEAD"]
    assert "지남" not in found["UGLEAD"]
    assert "한도윤" not in found["UGLEAD"]


def test_a_secretary_gets_the_button_for_what_others_are_late_with_by_delegation_alone(team: Team):
    add(team, "지연 건", "2026-12-01")
    team.later(days=14)
    offered = []

    for given in ("", "위임 최유진"):
        if given:
            verbs.ask(team, "county lead", given)
        with team.work() as work:
            post = VERBS[Verb.SUMMARY](work, team.asker(work, "county secretary"), "").post
        assert post
        (menu,) = [one["accessory"] for one in post.blocks if "A-1 지연 건" in str(one) and "accessory" in one]
        offered.append([one["text"]["text"] for one in menu["options"]])

    assert offered[1] == ["완료", *offered[0]]


def test_who_waits_to_be_let_in_is_told_to_the_side(team: Team):
    with team.work() as work:
        one = Person(task_force_id=1, side_id=2, name="새 사람", state=PersonState.PENDING, joined_at=team.now)
        work.session.add(one)
    found = weeklies(go(team, "11-30 09:00"))
    assert "우리 측 참여 승인 대기: 1명" in found["UCSEC"]
    assert "참여 승인" not in found["UGLEAD"]


def test_it_has_twelve_lines_at_most_and_the_rest_behind_a_button(team: Team):
    for number in range(30):
        add(team, f"계획 {number}", "2026-12-09", "이강민")
    text = weeklies(go(team, "12-07 09:00"))["UGLEAD"]
    shown = text[: text.index("*전체*") if "*전체*" in text else len(text)].split("첫 주간 요약입니다")[1]
    assert sum(line.startswith("• ") for line in shown.splitlines()) <= 12
    assert "자세히 (그 밖에" in text
    whole = ask(team, "gist lead", Verb.SUMMARY, "전체")
    assert "A-29 계획 28" in whole


def test_a_monday_off_moves_it_to_the_next_working_day(team: Team):
    go(team, "11-27 12:00")
    with team.work() as work:
        on = date(2026, 11, 30)
        work.session.add(DaysOff(task_force_id=1, first=on, last=on, name="임시공휴일", added_by=1, added_at=team.now))
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    assert weeklies(go(team, "11-30 12:00")).keys() == {"UOTHER"}
    assert weeklies(go(team, "12-01 09:00")).keys() == READERS - {"UOTHER"}
    assert weeklies(go(team, "12-07 09:00")).keys() == READERS


def test_of_several_that_were_missed_the_last_is_sent(team: Team):
    go(team, "11-27 12:00")
    assert weeklies(go(team, "12-16 10:00")).keys() == READERS
    with team.database.reading() as session:
        mine = [one.at for one in session.exec(select(Weekly).where(Weekly.task_force_id == 1))]
    assert mine == [at("12-14 09:00")]
    assert weeklies(go(team, "12-21 09:00")).keys() == READERS


def test_the_channel_gets_a_copy_without_who_is_late_where_it_is_wanted(team: Team):
    set_up(team, weekly_in_channel=True)
    add(team, "지연 건", "2026-12-01")
    add(team, "반쯤 된 건", "2026-12-02")
    team.done("gist owner", 2)
    copy = next(one for one in go(team, "12-07 09:00") if one.kind == WEEKLY_COPY)
    assert copy.to == CHANNEL
    assert "영광군 차례 · A-2 반쯤 된 건" in copy.text
    for secret in ("지연 건", "일째", "한도윤", "정하늘", "먼저 하실 일"):
        assert secret not in copy.text.replace("새 할 일 2건: A-1, A-2", "")


def test_the_summary_now_and_its_text_for_a_report(team: Team):
    add(team, "센터 개소 계획서", "2026-11-27")
    add(team, "협약서 초안", "2026-12-01")
    team.done("gist owner", 2)
    assert "A-1 센터 개소 계획서" in ask(team, "gist owner", Verb.SUMMARY)
    text = ask(team, "gist owner", Verb.SUMMARY, "보고")
    assert "□ 스마트 모빌리티 TFT 주간 현황(2026. 11. 23.(월) 기준)" in text
    assert "  - 2026. 11. 27.(금) 센터 개소 계획서 (A-1)" in text
    assert "  - 영광군: 협약서 초안 (A-2)" in text
    assert "✅" not in text
    assert "정하늘" not in text


def test_a_preview_shows_the_next_summary_and_when_it_comes(team: Team):
    tick(team)
    text = ask(team, "gist lead", Verb.PREVIEW, "주간")
    assert "다음 주간 요약은 2026. 11. 30.(월) 09:00에 보냅니다" in text
    assert "단장·부단장·간사에게" in ask(team, "gist owner", Verb.PREVIEW, "weekly")


def test_a_preview_of_reminders_shows_whom_one_may_know_about(team: Team):
    add(team, "센터 개소 계획서", "2026-12-04")
    tick(team)
    mine = ask(team, "gist owner", Verb.PREVIEW, "알림")
    assert "*2026. 11. 25.(수) 09:30* → 정하늘 교수\n• 2026. 12. 4.(금) · A-1 센터 개소 계획서" in mine
    assert "한도윤" not in mine
    sides = ask(team, "county secretary", Verb.PREVIEW)
    assert "한도윤 주무관" in sides
    assert "정하늘" not in sides


def test_what_the_preview_says_is_what_comes(team: Team):
    add(team, "센터 개소 계획서", "2026-12-04", "한도윤")
    tick(team)
    sent(team)
    assert "*2026. 11. 25.(수) 09:30* → 한도윤" in ask(team, "county owner", Verb.PREVIEW, "알림")
    found = [(when, one.to) for when, one in days(team, "11-24 00:00", "11-25 12:00") if one.kind == "nudge"]
    assert found == [("11-25 09:30", "UCOWN")]


def test_the_channel_hears_of_today_and_the_next_working_day_once_a_day(team: Team):
    add(team, "금요일 건", "2026-12-04")
    add(team, "주말 건", "2026-12-05")
    add(team, "월요일 건", "2026-12-07")
    add(team, "화요일 건", "2026-12-08")
    add(team, "늦은 건", "2026-12-01")
    found = [(when, one) for when, one in days(team, "12-03 00:00", "12-06 22:00") if one.kind == CHANNEL_NUDGES]
    assert [when for when, _ in found] == ["12-03 09:30", "12-04 09:30"]
    text = found[1][1].text
    assert "기한이 다가온 할 일 3건" in text
    assert text.index("금요일 건") < text.index("주말 건") < text.index("월요일 건")
    for secret in ("화요일 건", "늦은 건", "정하늘", "한도윤"):
        assert secret not in text


def test_the_channel_hears_nothing_when_nothing_is_due(team: Team):
    add(team, "먼 건", "2027-02-01")
    assert [one for _, one in days(team, "11-24 00:00", "11-27 22:00") if one.to == CHANNEL] == []


def test_the_channel_is_not_reminded_at_night_after_a_time_of_trouble(team: Team):
    add(team, "오늘 건", "2026-12-04")
    go(team, "12-02 12:00")
    assert [one for one in go(team, "12-03 22:00") if one.to == CHANNEL] == []
    assert [one.kind for one in go(team, "12-04 09:30") if one.to == CHANNEL] == [CHANNEL_NUDGES]


def test_after_a_day_away_the_channel_hears_at_the_usual_time_not_when_its_hours_begin(team: Team):
    add(team, "오늘 건", "2026-12-04")
    go(team, "12-02 12:00")

    found = days(team, "12-04 02:00", "12-04 12:00")

    assert [when for when, one in found if one.to == CHANNEL] == ["12-04 09:30"]


def test_a_task_force_that_cannot_be_summed_up_steps_aside(team: Team):
    set_up(team, zone="Nowhere/Land")
    found = weeklies(go(team, "11-30 09:00"))
    assert found.keys() == {"UOTHER"}
    with team.database.reading() as session:
        assert [one.noun for one in session.exec(select(SetAside))] == ["task-force"]
    set_up(team, zone="Asia/Seoul")
    assert weeklies(go(team, "12-07 09:00")).keys() == READERS
    with team.database.reading() as session:
        assert session.exec(select(SetAside)).all() == []
