"""`tft tick`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.dates import moment_of
from bot.cli.saying import Language, refusals
from config import settings as config

if TYPE_CHECKING:
    from handlers.ticking import Queued


def tick(
    at: Annotated[str | None, typer.Option(help="The time, such as 2026-12-01T09:30+09:00; by default now.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, only show what would be sent.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    language: Language = None,
) -> None:
    """Do what the schedule does at a time, once, and show what is to be sent because of it; the running bot sends it."""
    from bot.wiring import build_deps, machine_time, require_newest, require_there
    from handlers.logs import set_up_logging
    from handlers.ticking import rehearse, tick_at
    from storage.database import Database

    moment = moment_of(at, "Asia/Seoul")
    with refusals(language) as say:
        settings = config.load()
        require_there(settings)
        set_up_logging(settings.log_level)
        database = Database(settings.database_url, exclusive=not dry_run)
        try:
            require_newest(database)
            deps = build_deps(settings, database, machine_time)
            queued = rehearse(deps, moment) if dry_run else tick_at(deps, moment)
        finally:
            database.close()
        nothing = "[]" if as_json else say("tick-nothing")
        typer.echo(told(queued, as_json=as_json) if queued else nothing)


def told(queued: "list[Queued]", *, as_json: bool) -> str:
    """Each message: its kind and subject, to whom, and its text."""
    if as_json:
        return json.dumps([asdict(one) for one in queued], ensure_ascii=False, indent=2)
    return "\n\n".join(
        f"{one.kind} {one.subject} → {one.recipient} {one.name}".rstrip()
        + "".join(f"\n  {line}" for line in one.text.splitlines())
        for one in queued
    )
