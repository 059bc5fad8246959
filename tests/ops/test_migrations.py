"""Databases that have something in them survive each migration."""

from datetime import UTC, datetime
from typing import Any

from alembic import command
from sqlalchemy import text
from sqlmodel import col, select

from storage import schema
from storage.database import Database
from storage.tables import Decision, Meeting

NOW = "2026-11-23 00:00:00"
ROWS: list[tuple[str, dict[str, Any]]] = [
    (
        "task_force",
        {
            "name": "TFT",
            "language": "ko",
            "country": "KR",
            "zone": "Asia/Seoul",
            "closing_rule": "both",
            "weekly_weekday": 0,
            "last_item_number": 1,
            "created_at": NOW,
        },
    ),
    ("side", {"task_force_id": 1, "name": "GIST", "position": 0}),
    (
        "installation",
        {
            "app_name": "",
            "team_id": "T1",
            "team_name": "",
            "bot_user_id": "U1",
            "bot_token": "",
            "scopes": "",
            "installed_at": NOW,
        },
    ),
    ("bound_channel", {"channel_id": "C1", "task_force_id": 1, "speaker_id": 1, "bound_at": NOW}),
    (
        "person",
        {
            "task_force_id": 1,
            "side_id": 1,
            "role": "lead",
            "name": "이강민",
            "department": "",
            "job_title": "",
            "state": "active",
            "joined_at": NOW,
        },
    ),
    (
        "item",
        {
            "task_force_id": 1,
            "number": 1,
            "title": "하나",
            "stream": "",
            "status": "open",
            "channel_id": 1,
            "created_by": 1,
            "created_at": NOW,
            "description": "",
            "link": "",
            "searchable": "",
            "due_moves": 0,
            "cancel_reason": "",
        },
    ),
    ("part", {"item_id": 1, "side_id": 1, "owner_id": 1, "task": ""}),
]


def at_the_first_tables(url: str) -> Database:
    """A database as the first version left it, with an item in it."""
    database = Database(url)
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0001")
        for table, row in ROWS:
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            line = f"INSERT INTO {table} (id, {names}) VALUES (1, {values})"  # noqa: S608  # our own names
            session.execute(text(line), row)
    return database


def test_items_from_before_there_were_internal_ones_are_joint(database_url: str):
    database = at_the_first_tables(database_url)

    schema.upgrade(database)

    with database.reading() as session:
        assert session.execute(text("SELECT title, internal_to FROM item")).all() == [("하나", None)]
    database.close()


def test_a_review_that_was_told_of_is_not_told_of_again(database_url: str):
    database = at_the_first_tables(database_url)
    decision: dict[str, Any] = {
        "task_force_id": 1,
        "text": "",
        "stream": "",
        "status": "in-force",
        "decided_on": "2026-11-20",
        "recorded_at": NOW,
        "recorded_by": 1,
        "channel_id": 1,
        "wording": 1,
        "review_on": "2027-03-02",
        **dict.fromkeys(("withdrawn_reason", "link", "quote", "searchable"), ""),
    }
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0010")
        for number, told in ((1, "2027-03-02"), (2, None)):
            row = {**decision, "number": number, "review_told_for": told}
            line = f"INSERT INTO decision ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"  # noqa: S608
            session.execute(text(line), row)

    schema.upgrade(database)

    with database.reading() as session:
        first, second = session.exec(select(Decision).order_by(col(Decision.number))).all()
        assert session.execute(text("SELECT reckon_after FROM task_force")).scalar() == 0
    assert first.heard_until == datetime(2027, 3, 2, 23, 59, 59, 999999, tzinfo=UTC)
    assert second.heard_until is None
    database.close()


def test_what_is_on_record_is_looked_at_once_more_to_keep_what_it_says(database_url: str):
    database = at_the_first_tables(database_url)
    meeting: dict[str, Any] = {
        "task_force_id": 1,
        "channel_id": 1,
        "created_by": 1,
        "created_at": NOW,
        "keeper_id": 1,
        "told": "{}",
        "wording": 1,
        "end_ordinal": 0,
        **dict.fromkeys(("title", "place", "end_reason", "thread_ts", "permalink", "head", "disclosure"), ""),
        **dict.fromkeys(("summary", "next_meeting", "fingerprint", "searchable"), ""),
    }
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0019")
        for number, phase in enumerate(("live", "draft", "final"), start=1):
            row = {**meeting, "number": number, "phase": phase, "registered_at": "2026-11-24 00:00:00"}
            line = f"INSERT INTO meeting ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"  # noqa: S608
            session.execute(text(line), row)

    schema.upgrade(database)

    with database.reading() as session:
        due = session.exec(select(Meeting.next_due_at).order_by(col(Meeting.number))).all()
    assert due == [None, datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)]
    database.close()
