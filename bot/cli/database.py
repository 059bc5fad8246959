"""`tft db …`."""

import typer

from bot.cli.saying import refusals
from config import settings as config


def upgrade() -> None:
    """Bring the database to the newest tables: the Procfile's `release`."""
    from storage import schema
    from storage.database import Database

    with refusals() as say:
        database = Database(config.load().database_url, exclusive=True)
        schema.upgrade(database)
        database.close()
        typer.echo(say("upgraded", at=schema.newest()))


def draft(title: str) -> None:
    """For developers: write the next migration from what the tables have and the migrations have not."""
    from storage import schema

    typer.echo(schema.draft(title))
