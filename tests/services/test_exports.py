"""Files for whoever asks, on both engines: what they see, and nothing that they do not."""

import csv
import io
import json
from typing import Any

import pytest
import vobject
from openpyxl import load_workbook
from sqlmodel import SQLModel

from bot.messages.exports import all_sheets
from bot.messages.post import Post
from bot.messages.sheets import csv_of
from bot.rules.item_changes import OWN_DUE
from bot.services import exports, meeting_news, milestones
from bot.services.askers import Surface
from bot.services.exports import FILE, copy_of
from bot.services.item_changes import change_now
from bot.services.refused import Refused
from storage.exports import of_person, of_task_force
from storage.tables import Account, OutboxRow, OutboxState, Person, PersonState, TaskForce
from tests.services.asking import ask, told
from tests.services.deciding import TEXT, agreed, proposed
from tests.services.reading import needs_font, pdf_text
from tests.services.team import COUNTY_OWNER, GIST_OWNER, WORDS, Team, text_of, user_of
from tests.services.verb_lines import plan

SECRET = "단가협의안"


@pytest.fixture
def some(team: Team) -> Team:
    """A-1 joint and half done, A-2 GIST's alone, A-3 cancelled, R-1 in force."""
    team.joint_item()
    team.done("gist owner")
    told(team, "gist lead", f"추가 내부: {SECRET} {GIST_OWNER} 2026-12-09 15:00 #예산")
    told(team, "county owner", f"추가 =cmd|' /C calc'!A0 {COUNTY_OWNER} 2026-12-11")
    told(team, "county owner", "취소 A-3 중복")
    told(team, "gist owner", "진행 A-1 초안 공유함")
    told(team, "gist owner", f"진행 A-2 {SECRET} 진행 기록")
    proposed(team, ts="1763856001.000100")
    agreed(team)
    return team


def sent(team: Team, handle: str, line: str = "내보내기") -> Post:
    """What comes as a direct message after the line."""
    ask(team, handle, line)
    (row,) = team.queued(FILE)
    assert row.user_id == user_of(handle)
    post = team.rendered(row)
    assert post
    with team.work() as work:
        work.session.get_one(OutboxRow, row.id).state = OutboxState.SENT
    return post


def sheet(post: Post, name: str) -> list[dict[str, Any]]:
    """A sheet's rows by their heads."""
    assert post.file
    heads, *rows = load_workbook(io.BytesIO(post.file.content))[name].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_the_sheet_has_items_and_decisions_as_they_are(some: Team):
    post = sent(some, "gist lead")

    assert post.file
    assert post.file.name == "2026-11-23_할일과결정_스마트_모빌리티_TFT.xlsx"
    one, two, three = sheet(post, "할 일")
    assert (one["번호"], one["할 일"], one["상태"], one["분과"]) == (
        "A-1",
        "센터 개소 계획서 초안",
        "일부 완료",
        "센터",
    )
    assert str(one["기한"].date()) == "2026-12-05"
    assert (one["GIST 담당"], one["영광군 담당"]) == ("정하늘 교수", "한도윤 주무관")
    assert (str(one["GIST 완료일"].date()), one["영광군 완료일"]) == ("2026-11-23", None)
    assert (two["할 일"], two["시각"], two["공개 범위"]) == (SECRET, "15:00", "GIST 내부")
    assert (three["할 일"], three["상태"], three["취소 사유"]) == ("=cmd|' /C calc'!A0", "취소", "중복")
    (decision,) = sheet(post, "결정사항")
    assert (decision["번호"], decision["결정사항"], decision["상태"]) == ("R-1", TEXT, "확정")
    assert decision["GIST 의견"] == "확인 · 이강민 단장"
    assert [row["내용"] for row in sheet(post, "진행 기록")] == ["초안 공유함", f"{SECRET} 진행 기록"]
    assert "박서준" in [row["성명"] for row in sheet(post, "명단")]
    assert "GIST 측 내부" in text_of(post)


def test_in_english(some: Team):
    post = sent(some, "gist lead", "export")
    with some.work() as work:
        copy = copy_of(work.session, work.session.get_one(TaskForce, 1), None)
        heads = [one.heads for one in all_sheets(copy, WORDS.say("en"))]

    assert post.file
    assert heads[0][:3] == ["No.", "Item", "State"]
    assert "GIST: owner" in heads[0]


@pytest.mark.parametrize("handle", ["county lead", "county owner", "observer"])
@pytest.mark.parametrize("shape", ["xlsx", "ics", "pdf"])
def test_what_is_internal_goes_to_nobody_else(some: Team, handle: str, shape: str):
    if shape == "pdf":
        needs_font()

    post = sent(some, handle, f"export {shape}")

    assert post.file
    text = readable(post).replace(" ", "")
    assert SECRET not in text
    assert "센터개소계획서초안" in text
    assert ("공동 사항만" in text_of(post)) is (handle == "observer")


@pytest.mark.parametrize("shape", ["xlsx", "ics", "pdf"])
def test_the_own_sides_people_get_theirs_and_it_says_so(some: Team, shape: str):
    if shape == "pdf":
        needs_font()

    text = readable(sent(some, "gist member", f"export {shape}"))

    assert SECRET in text
    assert text.replace(" ", "").count("GIST내부") == 1


def readable(post: Post) -> str:
    """All that can be read in a file."""
    assert post.file
    if post.file.name.endswith("xlsx"):
        book = load_workbook(io.BytesIO(post.file.content))
        return "\n".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    if post.file.name.endswith("pdf"):
        return pdf_text(post.file.content)
    calendar = vobject.readOne(post.file.content.decode())
    found = [one.contents for one in calendar.contents["vevent"]]
    return "\n".join(value.value for one in found for key in ("summary", "description") for value in one.get(key, []))


def test_the_calendar_has_every_date_under_a_name_that_stays(some: Team):
    before = events(sent(some, "gist lead", "내보내기 달력"))
    told(some, "gist lead", "기한 A-1 2026-12-18")
    some.later(minutes=1)
    after = events(sent(some, "gist lead", "export calendar"))

    assert [one.summary.value.split()[1] for one in before.values()] == ["A-1", "A-2", "A-3"]
    assert before.keys() == after.keys()
    (name,) = [uid for uid, one in after.items() if "A-1" in one.summary.value]
    assert str(before[name].dtstart.value) == "2026-12-05"
    assert str(after[name].dtstart.value) == "2026-12-18"
    assert int(after[name].sequence.value) > int(before[name].sequence.value)
    statuses = {one.summary.value.split()[1]: one.status.value for one in after.values()}
    assert statuses == {"A-1": "CONFIRMED", "A-2": "CONFIRMED", "A-3": "CANCELLED"}
    timed = next(one for one in after.values() if "A-2" in one.summary.value)
    assert timed.dtstart.value.isoformat() == "2026-12-09T06:00:00+00:00"  # 15:00 in Seoul


def events(post: Post) -> dict[str, Any]:
    assert post.file
    calendar = vobject.readOne(post.file.content.decode())
    return {event.uid.value: event for event in calendar.contents.get("vevent", [])}


def test_a_date_that_was_taken_away_is_cancelled_in_calendars_that_have_it_for_a_while(team: Team):
    team.joint_item()
    with team.work() as work:
        asker, item = team.asker(work, "gist lead"), team.item()
        change_now(work, asker, item, {f"{OWN_DUE}1": "2026-12-02"})
    before = events(sent(team, "gist lead", "export calendar"))
    team.later(minutes=1)
    with team.work() as work:
        change_now(work, team.asker(work, "gist lead"), team.item(), {"due": "", f"{OWN_DUE}1": ""})
    after = events(sent(team, "gist lead", "export calendar"))
    team.later(days=91)

    said = [(str(one.dtstart.value), one.summary.value, one.status.value) for one in before.values()]
    title = "[기한] A-1 센터 개소 계획서 초안"
    assert said == [("2026-12-05", title, "CONFIRMED"), ("2026-12-02", f"{title} · GIST 몫", "CONFIRMED")]
    assert [(uid, str(one.dtstart.value), one.status.value) for uid, one in after.items()] == [
        (uid, str(one.dtstart.value), "CANCELLED") for uid, one in before.items()
    ]
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in before)
    assert events(sent(team, "gist lead", "export calendar")) == {}


def test_dates_of_the_budget_are_in_it_for_whose_eyes_they_are(team: Team):
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 12억")
    ask(team, "county owner", "예산 추가 극비진입로 2027 군직접사업 7억 내부")
    ask(team, "county owner", "예산 일정 B-1 정산 12/21")
    ask(team, "county owner", "예산 일정 B-1 군의회 의결 12월 10일")
    ask(team, "county owner", "예산 일정 B-2 극비심의 12/9")
    before = events(sent(team, "gist lead", "export ics"))
    team.later(minutes=1)
    ask(team, "county owner", "예산 옮기기 B-1-1 12/22")
    with team.work() as work:
        asker = team.asker(work, "county owner")
        milestones.drop(work, asker, milestones.find_step(work, asker, 1, 2)[1])
    after = events(sent(team, "gist lead", "export ics"))

    assert [one.summary.value for one in before.values()] == [
        "[예산] B-1-1 정산 (실증센터)",
        "[예산] B-1-2 군의회 의결 (실증센터)",
    ]
    assert [(str(one.dtstart.value), one.status.value) for one in after.values()] == [
        ("2026-12-22", "CONFIRMED"),
        ("2026-12-10", "CANCELLED"),
    ]
    assert before.keys() == after.keys()
    theirs = sent(team, "county lead", "export ics")
    assert "극비심의" in readable(theirs)
    assert "영광군 내부" in readable(theirs)


def test_a_meeting_has_the_name_that_its_own_file_gives_it(team: Team):
    plan(team, title="점검회의")
    (row,) = team.queued(meeting_news.CALENDAR)
    invitation = team.rendered(row)

    assert invitation
    assert events(sent(team, "county lead", "export ics")).keys() == events(invitation).keys()


def test_a_decisions_review_is_a_date_too(team: Team):
    proposed(team, line=f"{TEXT} 재검토 2027-03-02")

    (event,) = events(sent(team, "gist lead", "export ics")).values()

    assert str(event.dtstart.value) == "2027-03-02"
    assert event.summary.value.startswith("[재검토] R-1")


def test_a_shape_that_nobody_knows_is_refused_with_those_there_are(some: Team):
    with pytest.raises(Refused, match="export-which") as raised:
        ask(some, "gist lead", "내보내기 한글")

    assert "달력" in WORDS.say("ko")(raised.value.key, **raised.value.args_of_key)


def test_a_pdf_without_a_font_is_refused_at_once(some: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("config.fonts.find.__defaults__", (("/nowhere",),))

    with pytest.raises(Refused, match="export-no-font"):
        ask(some, "gist lead", "export pdf")


@pytest.mark.parametrize("handle", ["stranger", "other team"])
def test_outsiders_get_nothing(some: Team, handle: str):
    with pytest.raises(Refused):
        ask(some, handle, "export")
    assert some.queued(FILE) == []


def test_who_has_left_meanwhile_gets_nothing(some: Team):
    ask(some, "gist member", "export")
    left = person_id(some, "김민지")
    with some.work() as work:
        work.session.get_one(Person, left).state = PersonState.LEFT

    (row,) = some.queued(FILE)
    assert some.rendered(row) is None


def person_id(team: Team, name: str) -> int:
    with team.work() as work:
        copy = copy_of(work.session, work.session.get_one(TaskForce, 1), None)
    return next(one.id or 0 for one in copy.people if one.name == name)


@pytest.mark.parametrize(("side", "sees"), [("GIST", True), ("영광군", False), (None, False)])
def test_a_sides_full_copy_has_its_own_and_never_the_others(some: Team, side: str | None, sees: bool):
    told(some, "gist lead", "휴가 12/24")
    with some.work() as work:
        sides = copy_of(work.session, work.session.get_one(TaskForce, 1), None).sides
        inside = next((one.id for one in sides if one.name == side), None)
        rows = of_task_force(work.session, 1, inside)

    text = json.dumps(rows, ensure_ascii=False)
    assert (SECRET in text) is sees
    assert len(rows["item"]) == (3 if sees else 2)
    assert bool(rows["day_off"]) is sees
    assert {change["subject_kind"] for change in rows["change"]} >= {"item", "decision"}
    assert rows["decision"][0]["text"] == TEXT
    assert "searchable" not in rows["item"][0]


def test_a_persons_data_is_what_they_are_have_and_did(some: Team):
    asked = person_id(some, "정하늘")
    with some.work() as work:
        rows = of_person(work.session, work.session.get_one(Person, asked))

    assert [one["name"] for one in rows["person"]] == ["정하늘"]
    assert [one["user_id"] for one in rows["account"]] == [user_of("gist owner")]
    assert len(rows["part"]) == 2
    assert [one["text"] for one in rows["note"]] == ["초안 공유함", f"{SECRET} 진행 기록"]
    assert {one["act"] for one in rows["change"]} >= {"confirmed"}
    assert "최유진" not in json.dumps(rows, ensure_ascii=False)


def test_csv_has_the_same_rows(some: Team):
    with some.work() as work:
        copy = copy_of(work.session, work.session.get_one(TaskForce, 1), None)
    items = all_sheets(copy, WORDS.say("ko"))[0]

    rows = list(csv.DictReader(io.StringIO(csv_of(items).decode("utf-8-sig"), newline="")))

    assert [row["번호"] for row in rows] == ["A-1", "A-3"]
    assert rows[1]["할 일"] == "'=cmd|' /C calc'!A0"


def test_the_file_waits_once(some: Team):
    ask(some, "gist lead", "export")
    ask(some, "gist lead", "내보내기 엑셀")
    ask(some, "gist lead", "내보내기 달력")

    assert sorted(row.subject.partition(":")[2] for row in some.queued(exports.FILE)) == ["ics", "xlsx"]


def test_who_cannot_be_written_to_is_told_at_once(some: Team):
    with some.work() as work:
        work.session.get_one(Account, user_of("gist lead")).dm_refused_at = some.machine_now

    with pytest.raises(Refused, match="export-no-dm"):
        ask(some, "gist lead", "export")
    assert ask(some, "gist lead", "export", Surface.DIRECT, "D1").post


# Between the bot and one person (so in that person's data), or the schedule's own.
APART = {"item_question", "pasted_list", "person_account", "reckoned_by", "snooze", "weekly"}


def test_no_table_is_forgotten(some: Team):
    """A new table of a task force's or a person's joins the copies, or is named above."""
    with some.work() as work:
        copied = set(of_task_force(work.session, 1, 1))
        about = set(of_person(work.session, work.session.get_one(Person, 1)))
    tables = {table.name: set(table.columns.keys()) for table in SQLModel.metadata.sorted_tables}

    keys = {"task_force_id", "item_id", "decision_id", "line_id", "meeting_id"}
    of_all = {name for name, columns in tables.items() if columns & keys}
    assert of_all - copied == APART
    assert {name for name, columns in tables.items() if "person_id" in columns} - about == set()
