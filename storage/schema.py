"""The state of the database's tables: which migration they are at, and bringing them to the newest."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:  # Alembic takes 0.4 s to import: only for who migrates
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
_UPGRADING = 7_483_651  # any number of our own: who holds PostgreSQL's advisory lock of this number is migrating


def newest() -> str:
    """The last migration that this code knows."""
    return _known()[-1]


def current(database: Database) -> str | None:
    """The migration that the database is at; None for an empty one."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        at: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return at


def is_known(revision: str) -> bool:
    """Whether this code has that migration; if not, a newer version of the bot has used the database."""
    return revision in _known()


def upgrade(database: Database) -> None:
    """Run what is missing, all or nothing. Two who do so at once wait for each other. There is no way back but a backup."""
    from alembic import command  # noqa: PLC0415

    with database.transaction() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADING})
        command.upgrade(_config(connection), "head")


def draft(title: str) -> Path:
    """Write the next migration from what the tables have and the migrations have not; a person reads and names it."""
    from alembic import command  # noqa: PLC0415

    number = f"{int(newest()) + 1:04}"
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/draft.db")
        upgrade(database)
        with database.transaction() as session:
            config = _config(session.connection(), batch=True)
            command.revision(config, title, autogenerate=True, rev_id=number)
        database.close()
    return next((FOLDER / "versions").glob(f"{number}*.py"))


def _known() -> list[str]:
    """The migrations, oldest first: a file's name begins with its number."""
    return sorted(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py"))


def _config(connection: Connection, *, batch: bool = False) -> "Config":
    """Alembic's configuration: no file, our folder, this connection. `batch`: SQLite changes a table by copying it."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config(attributes={"connection": connection, "batch": batch})
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return made
