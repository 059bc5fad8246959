"""What was there before decisions came: it goes on, and its decisions are numbered from 1."""

from alembic import command
from sqlalchemy import text

from storage import items, schema
from storage.database import Database
from storage.tables import TaskForce


def test_task_forces_from_before_decisions_number_theirs_from_one(database_url: str):
    database = Database(database_url)
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0001")
        columns = "id, name, language, country, zone, closing_rule, weekly_weekday, last_item_number, created_at"
        values = "1, '모빌리티', 'ko', 'KR', 'Asia/Seoul', 'both', 0, 7, '2026-11-23 00:00:00+00:00'"
        session.execute(text(f"INSERT INTO task_force ({columns}) VALUES ({values})"))  # noqa: S608  # our own words

    schema.upgrade(database)

    with database.transaction() as session:
        assert items.lock_numbers(session, 1).last_decision_number == 0
        assert session.get_one(TaskForce, 1).last_item_number == 7
    database.close()
