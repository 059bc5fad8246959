"""`tft export`: files for operators, from a database that is there."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from storage import schema
from storage.database import Database
from storage.tables import Account, BoundChannel, Installation, Item, Part, Person, Role, Side, TaskForce
from tests.services.team import MONDAY

SECRET = "단가협의안"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with a task force, an item of both sides and one that is GIST's alone."""
    url = f"sqlite:///{tmp_path}/tft.db"
    database = Database(url)
    schema.upgrade(database)
    rows = [
        Installation(
            id=1, team_id="T1", team_name="GIST", bot_user_id="UBOT", bot_token="xoxb-secret", installed_at=MONDAY
        ),
        Account(user_id="U1", locale="ko-KR"),
        TaskForce(id=1, name="모빌리티 TFT", created_at=MONDAY),
        BoundChannel(id=1, channel_id="C1", task_force_id=1, speaker_id=1, bound_at=MONDAY),
        *(Side(id=at, task_force_id=1, name=name, position=at) for at, name in ((1, "GIST"), (2, "영광군"))),
        Person(id=1, task_force_id=1, side_id=1, role=Role.LEAD, name="이강민", job_title="단장", joined_at=MONDAY),
        Person(id=2, task_force_id=1, side_id=2, role=Role.LEAD, name="박서준", job_title="과장", joined_at=MONDAY),
        *(
            Item(
                id=at,
                task_force_id=1,
                number=at,
                title=title,
                channel_id=1,
                created_by=1,
                created_at=MONDAY,
                due_on=MONDAY.date(),
                internal_to=side,
            )
            for at, title, side in ((1, "센터 개소 계획서", None), (2, SECRET, 1))
        ),
        *(Part(item_id=at, side_id=1, owner_id=1) for at in (1, 2)),
    ]
    with database.transaction() as session:
        for row in rows:
            session.add(row)
            session.flush()
    database.close()
    return url


def tft(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", *arguments, "--language", "ko"], env={"DATABASE_URL": url})


@pytest.mark.parametrize(
    ("more", "titles"), [((), ["센터 개소 계획서"]), (("--side", "GIST"), ["센터 개소 계획서", SECRET])]
)
def test_a_sheet_of_what_is_joint_or_of_a_sides_own(url: str, tmp_path: Path, more: tuple[str, ...], titles: list[str]):
    file = tmp_path / "out.xlsx"

    result = tft(url, "모빌리티 TFT", "--out", str(file), *more)

    assert (result.exit_code, result.output) == (0, "")
    rows = load_workbook(file)["할 일"].iter_rows(min_row=2, values_only=True)
    assert [row[1] for row in rows] == titles


def test_csv_json_and_calendar_for_programs(url: str):
    archive = zipfile.ZipFile(io.BytesIO(tft(url, "1", "--format", "csv").stdout_bytes))
    rows = json.loads(tft(url, "1", "--format", "json", "--side", "GIST").stdout)
    calendar = tft(url, "1", "--format", "ics", "--side", "영광군").stdout

    assert archive.namelist() == ["할 일.csv", "결정사항.csv", "진행 기록.csv", "명단.csv"]
    assert archive.read("할 일.csv").startswith(b"\xef\xbb\xbf")
    assert [one["title"] for one in rows["item"]] == ["센터 개소 계획서", SECRET]
    assert calendar.count("BEGIN:VEVENT") == 1
    assert SECRET not in calendar
    assert "xoxb" not in json.dumps(rows)


def test_a_persons_data(url: str):
    rows = json.loads(tft(url, "1", "--person", "이강민").stdout)

    assert [one["name"] for one in rows["person"]] == ["이강민"]
    assert len(rows["part"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("없는 TFT",), "모빌리티 TFT"),
        (("1", "--side", "전남도"), "영광군"),
        (("1", "--person", "홍길동"), "박서준 과장"),
        (("1", "--out", "/nowhere/x.xlsx"), "쓰지 못했습니다"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(url: str, arguments: tuple[str, ...], said: str):
    result = tft(url, *arguments)

    assert result.exit_code == 1
    assert said in result.stderr


def test_a_database_without_its_tables_says_what_to_do(tmp_path: Path):
    (tmp_path / "empty.db").touch()
    result = tft(f"sqlite:///{tmp_path}/empty.db", "1")

    assert result.exit_code == 1
    assert "tft db upgrade" in result.stderr


def test_a_database_without_a_task_force_says_so(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path}/new.db")
    schema.upgrade(database)
    database.close()

    assert "DATABASE_URL" in tft(f"sqlite:///{tmp_path}/new.db", "1").stderr
