"""The `tft` command line. Every command imports what it needs itself, so that `tft --help` is quick."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from config import settings as config
from config.settings import BadSettings, Problem, Settings
from config.words import Say, Words

if TYPE_CHECKING:
    from bot.rules.calendars import Calendar
    from bot.wiring import Bot
    from handlers.web import Web

app = typer.Typer(
    help="The TFT bot: joint action items of a two-sided task force, in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")
MANIFEST = Path("manifest.json")
Language = Annotated[str | None, typer.Option(help="ko or en; by default the locale's.")]


@app.command()
def run() -> None:
    """Hear Slack over Socket Mode, keep the schedule, deliver: all in one process: the Procfile's `worker`."""
    with refusals():
        settings = config.load()
        require(settings.lacking())
        bot = built(settings)
        stopping = on_signals()
        bot.enrol()
        bot.start()
        stopping.wait()
        bot.stop()


@app.command()
def web(
    with_worker: Annotated[bool, typer.Option(help="Do the worker's part in the same process.")] = False,
) -> None:
    """Hear Slack by signed HTTP, under gunicorn on PORT."""
    with refusals() as say:
        settings = config.load()
        require(settings.lacking_for_web())
        if settings.on_sqlite and not with_worker:
            stop(say("web-on-sqlite"))
        serve(settings, with_worker=with_worker)


@app.command()
def doctor(
    language: Language = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Name every problem and its mend. Exit status 1 if something is broken."""
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


@app.command()
def manifest(
    as_json: Annotated[bool, typer.Option("--json", help="The manifest itself, for Slack's page.")] = False,
    check: Annotated[bool, typer.Option(help="Compare with manifest.json; exit status 1 if it differs.")] = False,
    url: Annotated[str | None, typer.Option(help="Have Slack send by HTTP to this https address.")] = None,
    language: Language = None,
) -> None:
    """What Slack must know of the app: its scopes with their reasons, or the manifest."""
    from handlers.manifest import manifest as made
    from handlers.manifest import reasons, written

    say = Words().say(language or "ko")
    text = written(made(say, url))
    if check:
        raise typer.Exit(not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != text)
    if as_json:
        typer.echo(text, nl=False)
    else:
        typer.echo("\n".join(f"{scope:20} {reason}" for scope, reason in reasons(voice(language)).items()))


@app.command()
def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew.")] = False,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page, if there is a browser.")] = True,
    port: Annotated[int, typer.Option(help="On 127.0.0.1; if it is taken, the next free one.")] = 8900,
    folder: Annotated[Path, typer.Option(help="Where its state is kept.")] = Path("var/demo"),
) -> None:
    """A local Slack workspace with the bot in it: no Slack account, no network. Ctrl-C ends it, and it goes on next time."""
    import webbrowser

    from bot.wiring import Bot, has_display, machine_time, set_up_logging
    from handlers import demo as state
    from handlers.local_workspace import LocalWorkspace
    from storage.database import Database

    with refusals() as say:
        database = Database(state.database_url(folder), exclusive=True)
        if reset or not state.is_seeded(folder):
            state.empty(folder)
            state.seed(folder, database, machine_time())
        workspace = LocalWorkspace(folder / state.WORLD, folder / state.STATE, port, folder / "workspace.log")
        stopping = on_signals()
        workspace.start()
        try:
            set_up_logging("INFO", (folder / "bot.log").open("w", encoding="utf-8"))
            bot = Bot(state.settings(folder, workspace.url), database)
            bot.enrol()
            bot.start()
            typer.echo(say("demo-ready", url=workspace.url, folder=str(folder)))
            if open_page and has_display():
                webbrowser.open(workspace.url)
            while not stopping.wait(0.5):
                workspace.check()
            bot.stop()
        finally:
            workspace.stop()


@app.command()
def dates(
    expression: Annotated[str, typer.Argument(help="What was written; - reads one a line from standard input.")],
    now: Annotated[str | None, typer.Option(help="The time it is read at, such as 2026-11-22T10:00+09:00.")] = None,
    zone: Annotated[str, typer.Option(help="The zone, where --now names none.")] = "Asia/Seoul",
    country: Annotated[str, typer.Option(help="Whose public holidays.")] = "KR",
    as_json: Annotated[bool, typer.Option("--json", help="One object a line, for programs.")] = False,
    language: Language = None,
) -> None:
    """Show what the bot understands by a due date in words: a date, a question or no date."""
    from bot.messages.dates import understood
    from bot.rules.dates import describe, echo, understand

    say, moment, calendar = voice(language), moment_of(now, zone), calendar_of(country)
    for line in lines_of(expression):
        due = understand(line, moment, calendar)
        echoes = [echo(reading, moment, calendar, say.language) for reading in due.readings]
        typer.echo(json.dumps(describe(due)) if as_json else understood(say, due, echoes))


@db.command()
def upgrade() -> None:
    """Bring the database to the newest tables: the Procfile's `release`."""
    from storage import schema
    from storage.database import Database

    with refusals() as say:
        database = Database(config.load().database_url, exclusive=True)
        schema.upgrade(database)
        database.close()
        typer.echo(say("upgraded", at=schema.newest()))


@db.command()
def draft(title: str) -> None:
    """For developers: write the next migration from what the tables have and the migrations have not."""
    from storage import schema

    typer.echo(schema.draft(title))


def built(settings: Settings) -> "Bot":
    """The bot of this process, which has a SQLite file for itself."""
    from bot.wiring import Bot, set_up_logging
    from storage.database import Database

    set_up_logging(settings.log_level)
    return Bot(settings, Database(settings.database_url, exclusive=True))


def serve(settings: Settings, *, with_worker: bool) -> None:
    """Run gunicorn until it is told to stop; each of its processes builds a bot of its own."""
    from handlers.server import Server

    bots: list[Bot] = []

    def build() -> "Web":
        with refusals():
            bot = built(settings)
            bots.append(bot)
            bot.enrol()
            if with_worker:
                bot.start()
            return bot.web(several_processes=server.several_processes)

    def leave() -> None:
        for bot in bots:
            bot.stop()

    server = Server(settings.port, build, leave, one_process=with_worker)
    server.run()


def on_signals() -> threading.Event:
    """Set by SIGTERM or Ctrl-C; the second one ends the process at once."""
    stopping = threading.Event()

    def ask(number: int, _frame: object) -> None:
        if stopping.is_set():
            sys.exit(128 + number)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stopping


def lines_of(argument: str) -> Iterator[str]:
    """The argument itself, or the lines of standard input."""
    if argument != "-":
        yield argument
    else:
        yield from (line.rstrip("\r\n") for line in typer.get_text_stream("stdin", errors="replace"))


def moment_of(text: str | None, zone: str) -> datetime:
    """The given time, in its own zone or the named one; without one, the time now."""
    from bot.wiring import machine_time

    try:
        here = ZoneInfo(zone)
        given = datetime.fromisoformat(text) if text else machine_time().astimezone(here)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise typer.BadParameter(str(error)) from error
    return given if given.tzinfo else given.replace(tzinfo=here)


def calendar_of(country: str) -> "Calendar":
    """The calendar of a country that has one."""
    from bot.rules.calendars import Calendar, public_holidays

    try:
        public_holidays(country, 2026)
    except NotImplementedError as error:
        raise typer.BadParameter(str(error)) from error
    return Calendar(country)


@contextmanager
def refusals(language: str | None = None) -> Iterator[Say]:
    """What an operator can mend is said in words, without a traceback, and ends with status 1."""
    say = voice(language)
    try:
        yield say
    except Exception as error:
        text = explained(error, say)
        if text is None:
            raise
        stop(text)


def explained(error: Exception, say: Say) -> str | None:
    """What an operator is told instead of a traceback; None for bugs."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.wiring import OldDatabase
    from handlers.installations import SlackUnreachable, TokenRefused
    from handlers.local_workspace import WorkspaceGone
    from storage.database import DatabaseInUse

    match error:
        case BadSettings():
            return "\n".join([say("settings-bad"), *(f"  {one.variable}: {say(one.key)}" for one in error.problems)])
        case DatabaseInUse():
            return say("database-in-use", file=str(error))
        case OldDatabase():
            return say(error.key)
        case TokenRefused():
            return say("token-refused", error=str(error))
        case SlackUnreachable():
            return say("slack-away", error=str(error))
        case WorkspaceGone():
            return say("demo-workspace-gone", said=str(error))
        case SQLAlchemyError():
            return say("database-away", error=type(error).__name__)
    return None


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
