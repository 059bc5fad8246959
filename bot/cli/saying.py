"""How the command line speaks to operators: in their language, and without tracebacks for what they can mend."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer

from config.settings import BadSettings, Problem
from config.words import LANGUAGES, Say, Words


def _known(language: str | None) -> str | None:
    """A language that the bot speaks, also with its country: `ko-KR`."""
    if language and re.split("[-_.]", language)[0].lower() not in LANGUAGES:
        raise typer.BadParameter(f"{language}: {' or '.join(LANGUAGES)}")
    return language


Language = Annotated[str | None, typer.Option(help="ko or en; by default the locale's.", callback=_known)]


@contextmanager
def refusals(language: str | None = None, in_use: str = "database-in-use") -> Iterator[Say]:
    """What an operator can mend is said in words, without a traceback, and ends with status 1."""
    say = voice(language)
    try:
        yield say
    except Exception as error:
        text = explained(error, say, in_use)
        if text is None:
            raise
        stop(text)


def explained(error: Exception, say: Say, in_use: str) -> str | None:
    """What an operator is told instead of a traceback; None for bugs."""
    from slack_sdk.errors import SlackApiError
    from sqlalchemy.exc import SQLAlchemyError

    from bot.wiring import OldDatabase
    from handlers.installations import SlackUnreachable, TokenRefused
    from handlers.local_workspace import WorkspaceGone
    from storage.database import DatabaseInUse

    match error:
        case BadSettings():
            return "\n".join([say("settings-bad"), *(f"  {one.variable}: {say(one.key)}" for one in error.problems)])
        case DatabaseInUse():
            key, args = in_use, {"file": str(error)}
        case OldDatabase():
            key, args = error.key, {}
        case TokenRefused():
            key, args = "token-refused", {"error": str(error)}
        case SlackUnreachable():
            key, args = "slack-away", {"error": str(error)}
        case SlackApiError():
            key, args = "app-token-refused", {"error": str(error.response["error"])}
        case WorkspaceGone():
            key, args = "demo-workspace-gone", {"said": str(error)}
        case OSError() if error.filename:
            key, args = "path-refused", {"file": str(error.filename), "error": error.strerror or str(error)}
        case SQLAlchemyError():
            key, args = "database-away", {"error": type(error).__name__}
        case _:
            return None
    return say(key, **args)


def require(problems: list[Problem]) -> None:
    """Go on only if nothing that is needed is missing."""
    if problems:
        raise BadSettings(problems)


def voice(language: str | None) -> Say:
    """The asked language, else the one of the operator's locale, which need not be installed; else the bot's default."""
    told = (os.environ.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "TFT_LANGUAGE"))
    known = (tag for tag in told if tag and not tag.startswith(("C", "POSIX")))
    return Words().say(language or next(known, None))


def stop(text: str) -> NoReturn:
    """Say why, and end."""
    typer.echo(text, err=True)
    raise typer.Exit(1)
