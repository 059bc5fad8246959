"""Migrations: what they make is what the tables say, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel, select

from storage import schema
from storage.database import Database
from storage.tables import Account, Installation, Part, Side, TaskForce


def test_an_empty_database_becomes_the_newest(database_url: str):
    database = Database(database_url)
    assert schema.current(database) is None

    schema.upgrade(database)

    assert schema.current(database) == schema.newest()
    assert schema.is_known(schema.newest())
    database.close()


def test_the_numbers_of_the_files_are_the_migrations_in_their_order():
    scripts = ScriptDirectory(str(schema.FOLDER))
    assert schema.newest() == scripts.get_current_head()
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")
        assert schema.is_known(script.revision)


def test_a_second_upgrade_changes_nothing(database_url: str):
    database = Database(database_url)
    schema.upgrade(database)
    before = described(database.engine)

    schema.upgrade(database)

    assert described(database.engine) == before
    database.close()


def test_alembic_finds_no_difference_between_tables_and_migrations(database_url: str):
    database = Database(database_url)
    schema.upgrade(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.close()


def test_migrations_make_what_the_tables_would_make(database_url: str):
    """Alembic's own comparison does not look at conditions of indexes, names and defaults: this does."""
    database = Database(database_url)
    SQLModel.metadata.create_all(database.engine)
    wanted = described(database.engine)
    SQLModel.metadata.drop_all(database.engine)

    schema.upgrade(database)

    made = described(database.engine)
    del made["alembic_version"]
    assert made == wanted
    database.close()


def test_items_that_were_there_before_there_were_handovers_stay(database_url: str):
    database = Database(database_url)
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0001")
    with database.transaction() as session:
        for line in A_PART:
            session.execute(text(line))

    schema.upgrade(database)

    with database.reading() as session:
        (part,) = session.exec(select(Part)).all()
        assert (part.owner_id, part.task, part.acting_for_id) == (1, "요구서", None)
    database.close()


A_PART = (
    (
        "INSERT INTO task_force (id, name, language, country, zone, closing_rule, weekly_weekday, last_item_number, created_at)"
        " VALUES (1, 'TFT', 'ko', 'KR', 'Asia/Seoul', 'both', 0, 1, '2026-11-23 00:00:00')"
    ),
    "INSERT INTO side (id, task_force_id, name, position) VALUES (1, 1, 'GIST', 0)",
    (
        "INSERT INTO person (id, task_force_id, side_id, role, name, department, job_title, state, joined_at)"
        " VALUES (1, 1, 1, 'lead', '이강민', '', '', 'active', '2026-11-23 00:00:00')"
    ),
    (
        "INSERT INTO installation (id, app_name, team_id, team_name, bot_user_id, bot_token, scopes, installed_at)"
        " VALUES (1, 'default', 'T1', '', 'U1', 'x', '', '2026-11-23 00:00:00')"
    ),
    "INSERT INTO bound_channel (id, channel_id, task_force_id, speaker_id, bound_at) VALUES (1, 'C1', 1, 1, '2026-11-23 00:00:00')",
    (
        "INSERT INTO item (id, task_force_id, number, title, stream, status, channel_id, created_by, created_at, description, link,"
        " searchable, due_moves, cancel_reason) VALUES (1, 1, 1, '계획서', '', 'open', 1, 1, '2026-11-23 00:00:00', '', '', '', 0, '')"
    ),
    "INSERT INTO part (id, item_id, side_id, owner_id, task) VALUES (1, 1, 1, 1, '요구서')",
)


def test_an_upgrade_that_fails_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch):
    database = Database(database_url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE side (id INTEGER)"))  # in the way of the migration, half-way through

    with pytest.raises(Exception, match="side"):
        schema.upgrade(database)

    assert inspect(database.engine).get_table_names() == ["side"]
    database.close()


@pytest.mark.postgresql
def test_two_upgrades_at_once_wait_for_each_other(postgresql_url: str):
    databases = [Database(postgresql_url) for _ in range(4)]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(schema.upgrade, databases))

    assert schema.current(databases[0]) == schema.newest()
    for database in databases:
        database.close()


def test_a_database_of_a_newer_bot_is_recognised(database_url: str):
    database = Database(database_url)
    schema.upgrade(database)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert not schema.is_known(schema.current(database) or "")
    database.close()


def upgrade_to(database: Database, revision: str) -> None:
    with database.transaction() as session:
        config = Config(attributes={"connection": session.connection(), "batch": False})
        config.set_main_option("script_location", str(schema.FOLDER))
        command.upgrade(config, revision)


def test_a_database_from_before_several_installations_keeps_its_direct_messages(database_url: str):
    database = Database(database_url)
    with database.transaction() as session:
        command.upgrade(schema._config(session.connection()), "0001")
        session.execute(
            text(
                "INSERT INTO installation (id, app_name, team_id, team_name, bot_user_id, bot_token, scopes, installed_at)"
                " VALUES (7, 'default', 'T1', 'GIST', 'U0BOT', 'xoxb', '', '2026-11-23 00:00:00')"
            )
        )
        session.execute(
            text(
                "INSERT INTO account (user_id, name, title, is_bot, is_deleted, dm_channel_id)"
                " VALUES ('U1', '', '', false, false, 'D1'), ('U2', '', '', false, false, NULL)"
            )
        )

    schema.upgrade(database)

    with database.reading() as session:
        accounts = [session.get_one(Account, user_id) for user_id in ("U1", "U2")]
        assert [(one.dm_channel_id, one.dm_installation_id) for one in accounts] == [("D1", 7), (None, None)]
        assert session.get_one(Installation, 7).expires_at is None
    database.close()


def described(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, as the engine itself tells them."""
    look = inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], str(column["default"]))
                for column in look.get_columns(table)
            },
            "primary key": look.get_pk_constraint(table),
            "foreign keys": by_name(look.get_foreign_keys(table)),
            "unique": by_name(look.get_unique_constraints(table)),
            "indexes": by_name(look.get_indexes(table)),
        }
        for table in look.get_table_names()
    }


def by_name(things: list[Any]) -> dict[str, str]:
    return {str(thing["name"]): str({**thing, "dialect_options": condition(thing)}) for thing in things}


def condition(index: dict[str, Any]) -> dict[str, str]:
    """The options of an index, a condition as its text."""
    return {key: str(value) for key, value in index.get("dialect_options", {}).items()}


def test_what_stood_before_the_settings_gets_their_defaults(database_url: str):
    database = Database(database_url)
    upgrade_to(database, "0001")
    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO task_force (id, name, language, country, zone, closing_rule, weekly_weekday, last_item_number,"
                " created_at) VALUES (1, '모빌리티', 'ko', 'KR', 'Asia/Seoul', 'both', 0, 7, '2026-11-23 00:00:00+00:00')"
            )
        )
        session.execute(text("INSERT INTO side (id, task_force_id, name, position) VALUES (1, 1, '영광군', 0)"))

    schema.upgrade(database)

    with database.reading() as session:
        task_force, side = session.get_one(TaskForce, 1), session.get_one(Side, 1)
    new = TaskForce(name="모빌리티", last_item_number=7, created_at=task_force.created_at)
    assert task_force.model_dump(exclude={"id"}) == new.model_dump(exclude={"id"})
    assert side.role_labels is None
    database.close()
