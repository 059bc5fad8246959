"""`tft doctor`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import built
from bot.cli.saying import Language, refusals, require, voice
from config import settings as config
from config.settings import BadSettings


def doctor(
    language: Language = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was parked; stop the bot before.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Reckon anew when reminders are due; stop the bot before.")
    ] = False,
) -> None:
    """Name every problem and its mend. Exit status 1 if something is broken."""
    if retry:
        return retry_parked(language)
    if repair:
        return repair_dues(language)
    from bot.wiring import machine_time
    from handlers.doctor import Doctor, is_ill, on_settings, told, told_as_json

    say = voice(language)
    try:
        settings = config.load()
        findings = [*on_settings(settings.lacking(), say), *Doctor(settings, machine_time, Path()).examine()]
    except BadSettings as bad:
        findings = on_settings(bad.problems, say)
    typer.echo(told_as_json(findings, say) if as_json else told(findings, say))
    raise typer.Exit(is_ill(findings))


def repair_dues(language: str | None) -> None:
    """When reminders, channels' and weekly summaries are due, derived once more from everything that it depends on."""
    from bot.wiring import build_deps, machine_time, require_newest, require_there
    from handlers.ticking import repair
    from storage.database import Database

    with refusals(language) as say:
        settings = config.load()
        require_there(settings)
        database = Database(settings.database_url, exclusive=True)
        try:
            require_newest(database)
            mended = repair(build_deps(settings, database, machine_time))
        finally:
            database.close()
        typer.echo(say("repaired", count=mended))


def retry_parked(language: str | None) -> None:
    """What was parked goes out, or has its effect, when the bot is started again."""
    from handlers.parked import retry

    with refusals(language) as say:
        settings = config.load()
        require(settings.lacking())
        bot = built(settings)
        again = retry(bot.deps, bot.apps)
        bot.stop()
        typer.echo(say("retried", posts=again.posts, events=again.events, failed=again.failed))
        raise typer.Exit(again.failed > 0)
