"""Nothing of the other side's own leaves in a file, whatever the file is; on both engines."""

import io
import json
from dataclasses import asdict, dataclass
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, select

from bot.messages.export_listing import listing
from bot.messages.exports import all_sheets
from bot.messages.sheets import csv_of, xlsx
from bot.messages.weekly_listing import listing as weekly_listing
from bot.rules.handovers import Wish
from bot.rules.item_changes import SCOPE
from bot.services import handovers
from bot.services.exports import calendar, copy_of
from bot.services.item_changes import change_now
from bot.services.weekly import facts_now
from storage import people
from storage.exports import of_person, of_task_force
from storage.tables import DaysOff, Person, TaskForce
from tests.services.asking import ask
from tests.services.team import COUNTY_OWNER, WORDS, Team, user_of


@dataclass(frozen=True)
class Own:
    """What one side alone has: everything has its word in it. `number`: of its item and its budget line."""

    word: str
    side_id: int
    number: int
    lead: str
    giver: str
    successor: str

    @property
    def owner(self) -> str:
        return f"<@{user_of(self.giver)}>"


GIST = Own("지스트속사정", 1, 2, "gist lead", "gist owner", "gist member")
COUNTY = Own("군속사정", 2, 3, "county lead", "county owner", "county secretary")
SIDES = [pytest.param(GIST, COUNTY, id="GIST"), pytest.param(COUNTY, GIST, id="county")]


@pytest.fixture
def both(team: Team) -> Team:
    """A-1 and B-1 are joint."""
    team.joint_item()
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 12억")
    for own in (GIST, COUNTY):
        make(team, own)
    return team


def make(team: Team, own: Own) -> None:
    """An internal item with its note and its changes, a budget line with all that hangs on it, days off, a handover."""
    for line in (
        f"추가 내부: {own.word}건 {own.owner} 2026-12-03 #{own.word}",
        f"진행 A-{own.number} {own.word}기록",
        f"기한 A-{own.number} 2026-12-04",
        f"예산 추가 {own.word}사업 2027 군직접사업 7억 내부",
        f"예산 일정 B-{own.number} {own.word}심의 12/9",
        f"예산 메모 B-{own.number} {own.word}메모",
        f"예산 금액 B-{own.number} 집행 1억",
    ):
        ask(team, own.lead, line)
    with team.work() as work:
        by, on = team.asker(work, own.lead).person, date(2026, 12, 24)
        assert by
        row = DaysOff(task_force_id=1, first=on, last=on, name=own.word, added_by=by.id or 0, added_at=team.now)
        row.side_id = own.side_id
        work.session.add(row)
    with team.work() as work:
        giver, successor = (person_id(work.session, one) for one in (own.giver, own.successor))
        asker, wish = team.asker(work, own.lead), Wish(giver, successor)
        handovers.hand_over(work, asker, wish)


def person_id(session: Session, handle: str) -> int:
    """Somebody of the cast."""
    person = people.person_of(session, session.get_one(TaskForce, 1), user_of(handle))
    assert person
    return person.id or 0


def in_files(team: Team, own: Own | None) -> dict[str, str]:
    """All that the files of a side's people say, or of an observer (None)."""
    side_id, say = own.side_id if own else None, WORDS.say("ko")
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        copy = copy_of(work.session, task_force, side_id)
        person = team.asker(work, own.lead if own else "observer").person
        assert person
        book = load_workbook(io.BytesIO(xlsx(all_sheets(copy, say))))
        return {
            "xlsx": str([cell.value for page in book for row in page.iter_rows() for cell in row]),
            "csv": "".join(csv_of(sheet).decode() for sheet in all_sheets(copy, say)),
            "json": json.dumps(of_task_force(work.session, 1, side_id), ensure_ascii=False),
            "ics": calendar(work.session, copy, work.now, say).decode().replace("\r\n ", ""),
            "pdf": str(asdict(listing(copy, work.now, say))),
            "weekly": str(asdict(weekly_listing(facts_now(work.session, task_force, person, work.now), say))),
        }


@pytest.mark.parametrize(("own", "other"), SIDES)
def test_a_sides_files_have_its_own_and_nothing_of_the_others(both: Team, own: Own, other: Own):
    files = in_files(both, own)

    assert [name for name, text in files.items() if own.word not in text] == []
    assert [name for name, text in files.items() if other.word in text] == []


def test_an_observers_files_have_what_is_joint_alone(both: Team):
    assert [name for name, text in in_files(both, None).items() if "속사정" in text] == []


@pytest.mark.parametrize(("own", "other"), SIDES)
def test_a_persons_data_has_nothing_of_the_other_sides(both: Team, own: Own, other: Own):
    with both.work() as work:
        members = work.session.exec(select(Person).where(Person.side_id == own.side_id)).all()
        data = {one.name: json.dumps(of_person(work.session, one), ensure_ascii=False) for one in members}

    assert [name for name, text in data.items() if other.word in text] == []
    assert [name for name, text in data.items() if own.word in text]


def test_what_became_the_other_sides_own_is_no_longer_in_its_makers_data(team: Team):
    ask(team, "gist lead", f"추가 군청 검토 {COUNTY_OWNER} 2026-12-04")
    with team.work() as work:
        wished = {SCOPE: "2", "title": "군 내부 검토", "description": "속사정"}
        change_now(work, team.asker(work, "county lead"), team.item(), wished)
        maker = work.session.exec(select(Person).where(Person.name == "이강민")).one()
        rows = of_person(work.session, maker)

    assert rows["item"] == []
    assert "속사정" not in json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize(("own", "other"), SIDES)
def test_a_handover_list_has_its_sides_own_marked_and_nothing_of_the_others(both: Team, own: Own, other: Own):
    told = user_of(own.lead).removesuffix("LEAD")  # of this side are UGLEAD, UGMEM …
    posts = [both.rendered(row) for row in both.queued(handovers.TOLD) if (row.user_id or "").startswith(told)]

    assert posts
    for post in posts:
        assert post
        assert post.file
        page = load_workbook(io.BytesIO(post.file.content)).worksheets[0]
        scopes = {str(row[1].value): row[-1].value for row in page.iter_rows(min_row=2)}
        assert scopes["센터 개소 계획서 초안"] == "공동"
        assert scopes[f"{own.word}건"] == f"{'GIST' if own is GIST else '영광군'} 내부"
        assert not [title for title in scopes if other.word in title]
