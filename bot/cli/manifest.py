"""`tft manifest`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.saying import Language, stop, voice
from config.words import Words

MANIFEST = Path("manifest.json")


def manifest(
    as_json: Annotated[bool, typer.Option("--json", help="The manifest itself, for Slack's page.")] = False,
    check: Annotated[bool, typer.Option(help="Compare with manifest.json; exit status 1 if it differs.")] = False,
    url: Annotated[str | None, typer.Option(help="Have Slack send by HTTP to this https address.")] = None,
    app: Annotated[str | None, typer.Option(help="Which app of the file that TFT_APPS names.")] = None,
    rotation: Annotated[bool, typer.Option(help="Tokens that expire; they are refreshed by the bot.")] = False,
    language: Language = None,
) -> None:
    """What Slack must know of the app: its scopes with their reasons, or the manifest."""
    from config.apps import SlackApp
    from handlers.manifest import manifest as made
    from handlers.manifest import reasons, written

    if url and not url.startswith("https://"):
        raise typer.BadParameter(f"{url}: Slack sends to https:// addresses only", param_hint="--url")
    say = Words().say(language or "ko")
    text = written(made(say, url, SlackApp(name=app) if app else None, rotation=rotation))
    if check:
        if not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != text:
            told = voice(language)
            stop(f"{told('doctor-manifest-differs')}\n{told('mend-manifest-differs')}")
        return
    if as_json:
        typer.echo(text, nl=False)
    else:
        typer.echo("\n".join(f"{scope:20} {reason}" for scope, reason in reasons(voice(language)).items()))
