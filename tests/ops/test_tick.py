"""`tft tick` and `tft doctor --repair`, as operators use them: real processes on a real file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlmodel import select

from bot.services import items, meeting_plans
from bot.services.items import Draft
from bot.services.meeting_plans import Plan
from bot.wiring import build_deps
from config.settings import Settings
from handlers import nudges
from handlers.ticking import rehearse
from storage import schema
from storage.database import Database
from storage.tables import Nudge, OutboxRow, Part, Person, SetAside
from tests.ops import processes
from tests.ops.processes import tft
from tests.services.asking import ask
from tests.services.mornings import at
from tests.services.team import Team, set_up

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
TOKENS = {**processes.TOKENS, "SLACK_API_URL": "http://127.0.0.1:9/api/"}  # nobody listens there
MORNING = ("tick", "--at", "2026-12-04T09:30+09:00", "--language", "ko")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "var").mkdir()
    opened = Database(f"sqlite:///{tmp_path}/var/tft.db")
    schema.upgrade(opened)
    team = set_up(opened)
    add(team, "센터 개소 계획서", "정하늘")
    yield opened
    opened.close()


def add(team: Team, title: str, owner: str) -> None:
    with team.work() as work:
        person = work.session.exec(select(Person).where(Person.name == owner)).one()
        asker = team.asker(work, "gist owner")
        items.create(work, asker, Draft(title, (person,), date(2026, 12, 4)))


def queued(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(row.kind for row in session.exec(select(OutboxRow)) if row.kind != items.CARD)


def test_a_dry_run_shows_what_would_be_sent_and_changes_nothing(database: Database, tmp_path: Path):
    told = tft(tmp_path, *MORNING, "--dry-run", **TOKENS)
    assert told.returncode == 0, told.stderr
    assert "nudge 1:1 → UGOWN" in told.stdout
    assert "까지* · 오늘" in told.stdout
    assert queued(database) == []
    with database.reading() as session:
        assert session.exec(select(Nudge)).all() == []


def test_as_json_it_is_kind_subject_recipient_and_text(database: Database, tmp_path: Path):
    found = json.loads(tft(tmp_path, *MORNING, "--dry-run", "--json", **TOKENS).stdout)
    nudge = next(one for one in found if one["kind"] == "nudge")
    assert nudge["subject"] == "1:1"
    assert nudge["recipient"] == "UGOWN"
    assert "A-1* 센터 개소 계획서" in nudge["text"]
    assert {one["kind"] for one in found} == {"nudge", "channel-nudges"}


def test_a_tick_does_it_once(database: Database, tmp_path: Path):
    first = tft(tmp_path, *MORNING, **TOKENS)
    assert "까지* · 오늘" in first.stdout, first.stderr
    assert queued(database).count("nudge") == 1
    again = tft(tmp_path, *MORNING, **TOKENS)
    assert again.stdout.strip() == "그 시각에 보낼 것이 없습니다."
    assert queued(database).count("nudge") == 1


def test_the_dry_run_says_what_the_tick_then_does(database: Database, tmp_path: Path):
    seen = json.loads(tft(tmp_path, *MORNING, "--dry-run", "--json", **TOKENS).stdout)
    done = json.loads(tft(tmp_path, *MORNING, "--json", **TOKENS).stdout)
    assert seen == done
    assert seen


def test_a_real_tick_is_refused_while_the_bot_runs(database: Database, tmp_path: Path):
    running = Database(database.url, exclusive=True)
    told = tft(tmp_path, *MORNING, **TOKENS)
    assert told.returncode == 1
    assert "이미" in told.stderr
    assert tft(tmp_path, *MORNING, "--dry-run", **TOKENS).returncode == 0
    running.close()


def test_the_doctor_finds_wrong_times_and_what_was_set_aside_and_repairs(database: Database, tmp_path: Path):
    tft(tmp_path, "tick", "--at", "2026-11-24T09:00+09:00", **TOKENS)
    with database.transaction() as session:
        session.exec(select(Part)).one().next_due_at = at("12-24 09:30")
        session.add(SetAside(noun="weekly", subject="2", failures=3, error="ValueError: x", until=at("12-01 09:00")))
    told = tft(tmp_path, "doctor", "--language", "ko", **TOKENS).stdout
    assert "알림 예정 시각이 맞지 않는 것이 1건 있습니다" in told
    assert "weekly 2: ValueError: x" in told
    repaired = tft(tmp_path, "doctor", "--repair", "--language", "ko", **TOKENS)
    assert repaired.stdout.strip() == "알림 예정 시각 1건을 바로잡았습니다.", repaired.stderr
    assert "알림 예정 시각이 모두 맞습니다" in tft(tmp_path, "doctor", "--language", "ko", **TOKENS).stdout
    with database.reading() as session:
        assert session.exec(select(Part)).one().next_due_at == at("11-25 09:30")


def test_what_is_awaited_and_what_is_planned_is_rehearsed_and_the_clock_stops_there(database: Database):
    team, deps = Team(database), build_deps(Settings(_env_file=None), database)
    ask(team, "gist owner", "결정 셔틀을 운행한다")
    with team.work() as work:
        meeting_plans.plan(work, team.asker(work, "gist member"), Plan("실무회의", date(2026, 12, 10), time(14)))
    kept = queued(database)

    told = {one.recipient: one.text for one in rehearse(deps, at("11-26 09:30"))}
    assert "R-1" in told["UCLEAD"]
    assert any("M-1" in one.text for one in rehearse(deps, at("12-03 09:30")) if one.kind == "meeting-agenda-draft")
    assert any("M-1" in one.text for one in rehearse(deps, at("12-07 09:30")) if one.kind == "nudges")
    assert queued(database) == kept
    stops = set(nudges.dues(replace(deps, clock=lambda: at("11-24 09:00"))))
    assert {at("11-26 09:30"), at("12-03 09:30")} <= stops
