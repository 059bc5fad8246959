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
) -> None:
    """Name every problem and its mend. Exit status 1 if something is broken."""
    if retry:
        return retry_parked(language)
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
