"""The state of the database's tables: which migration they are at, and bringing them to the newest."""

from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

FOLDER = Path(__file__).parent / "migrations"
_UPGRADING = 7_483_651  # any number of our own: who holds PostgreSQL's advisory lock of this number is migrating


def newest() -> str:
    """The last migration that this code knows."""
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def current(database: Database) -> str | None:
    """The migration that the database is at; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this code has that migration; if not, a newer version of the bot has used the database."""
    return any(script.revision == revision for script in ScriptDirectory(str(FOLDER)).walk_revisions())


def upgrade(database: Database) -> None:
    """Run what is missing, all or nothing. Two who do so at once wait for each other. There is no way back but a backup."""
    with database.transaction() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADING})
        command.upgrade(_config(connection), "head")


def draft(title: str) -> Path:
    """Write the next migration from what the tables have and the migrations have not; a person reads and names it."""
    number = f"{int(newest()) + 1:04}"
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/draft.db")
        upgrade(database)
        with database.transaction() as session:
            config = _config(session.connection(), batch=True)
            command.revision(config, title, autogenerate=True, rev_id=number)
        database.close()
    return next((FOLDER / "versions").glob(f"{number}*.py"))


def _config(connection: Connection, *, batch: bool = False) -> Config:
    """Alembic's configuration: no file, our folder, this connection. `batch`: SQLite changes a table by copying it."""
    made = Config(attributes={"connection": connection, "batch": batch})
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return made
