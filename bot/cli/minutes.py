"""`tft minutes`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.dates import moment_of
from bot.cli.files import as_json, write
from bot.cli.saying import Language, refusals, stop, voice
from config import settings as config

if TYPE_CHECKING:
    from bot.rules.minutes import Minutes
    from bot.rules.minutes.logs import Log
    from bot.rules.minutes_doc import MinutesDoc
    from config.words import Say

STANDARD = "-"
USERS = "users.json"


class Shape(StrEnum):
    """What the minutes are printed as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    HWPX = "hwpx"
    PDF = "pdf"


def minutes(
    log: Annotated[
        str, typer.Argument(help="The saved log, a Slack export's folder of a channel, or - for standard input.")
    ],
    *,
    shape: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.MD,
    language: Language = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="The day of a log that does not tell, such as 2026-12-03.")
    ] = None,
    zone: Annotated[str, typer.Option(help="The zone of its clock, where the log names none.")] = "Asia/Seoul",
    into: Annotated[
        str | None,
        typer.Option(
            "--import", metavar="CHANNEL", help="Store it as a meeting of the task force in this channel (C…)."
        ),
    ] = None,
    keeper: Annotated[str, typer.Option(help="With --import: whose meeting it is, by name.")] = "",
) -> None:
    """Print the minutes of a saved log: this bot's export, Slack's, MeetBot's, hcoop-meetbot's, the W3C's, or plain text."""
    from bot.rules.minutes import make
    from bot.rules.minutes.logs import UnreadableLog

    say = voice(language)
    try:
        read = read_log(log, day, zone)
    except FileNotFoundError:
        stop(say("minutes-log-missing", file=log))
    except OSError as error:
        stop(say("minutes-log-not-read", file=log, error=error.strerror or str(error)))
    except UnreadableLog as problem:
        stop(
            "\n".join(
                [say(f"minutes-log-{problem.reason}", file=log, detail=problem.detail), say("minutes-log-formats")]
            )
        )
    if out is None and shape in (Shape.HWPX, Shape.PDF) and sys.stdout.isatty():
        stop(say("minutes-needs-out", format=shape.value))
    if into:
        store(read, into, keeper, language)
    else:
        write(printed(make(read.lines, read.people, read.setting), read, shape, say), out, say)


def store(log: "Log", channel_id: str, keeper: str, language: str | None) -> None:
    """Store it; the bot sends what was understood to the keeper when it runs. A SQLite file must not be in use."""
    from bot.services.meeting_imports import keep_log
    from bot.services.refused import Refused
    from bot.wiring import build_deps, require_newest, require_there
    from storage.database import Database

    with refusals(language) as say:
        settings = config.load()
        require_there(settings)
        database = Database(settings.database_url, exclusive=True)
        require_newest(database)
        try:
            with build_deps(settings, database).work() as work:
                meeting = keep_log(work, channel_id, keeper, log)
        except Refused as no:
            stop(say(no.key, **no.args_of_key))
        finally:
            database.close()
        typer.echo(say("imported", ref=f"M-{meeting.number}", title=meeting.title, lines=str(len(log.lines))))


def read_log(log: str, day: str | None, zone: str) -> "Log":
    """The log in a file, in a folder of a Slack export, or on standard input."""
    from bot.rules.minutes import Setting
    from bot.rules.minutes.logs import Hints
    from bot.rules.minutes.logs import read_log as read

    told = moment_of(day, zone)
    hints = Hints(day=told.date() if day else None, zone=told.tzinfo or Hints().zone)
    return read(files_of(log), Setting(zone=zone), hints)


def files_of(log: str) -> list[tuple[str, bytes]]:
    """Names and contents. Beside Slack's files of a channel, the `users.json` in the folder or above it."""
    if log == STANDARD:
        return [("", sys.stdin.buffer.read())]
    path = Path(log)
    if path.is_dir():
        days = [file for file in sorted(path.glob("*.json")) if file.name != USERS]
        return [(file.name, file.read_bytes()) for file in [*days, *users_near(path)]]
    beside = users_near(path.parent) if path.suffix == ".json" and path.name != USERS else []
    return [(file.name, file.read_bytes()) for file in [path, *beside]]


def users_near(folder: Path) -> list[Path]:
    found = (place / USERS for place in (folder, folder.resolve().parent))
    return [file for file in found if file.is_file()][:1]


def printed(made: "Minutes", log: "Log", shape: Shape, say: "Say") -> bytes:
    """The minutes in the asked shape; text in UTF-8 whatever the locale."""
    from bot.rules.minutes.describing import tell

    if shape is Shape.JSON:
        return as_json(tell(made, log.setting.zone))
    return drawn(composed(made, log, say), shape, say)


def composed(made: "Minutes", log: "Log", say: "Say") -> "MinutesDoc":
    """The document of a log's minutes: what a log does not tell is left to be filled in."""
    from bot.messages.minutes_doc import compose
    from bot.rules.minutes.logs import Format
    from bot.rules.minutes_doc import Particulars, Signer

    sides = dict.fromkeys([*log.setting.sides, *(one.side for one in log.people if one.side)])
    signers = tuple(Signer(side) for side in sides)
    from_slack = log.format in (Format.SLACK, Format.EXPORT)
    particulars = Particulars(zone=log.setting.zone, writers=signers, confirmers=signers, from_slack=from_slack)
    return compose(made, particulars, say)


def drawn(doc: "MinutesDoc", shape: Shape, say: "Say") -> bytes:
    """The document as a file."""
    from bot.messages.minutes_html import html
    from bot.messages.minutes_hwpx import hwpx
    from bot.messages.minutes_markdown import markdown
    from bot.messages.minutes_pdf import pdf
    from config.fonts import NoKoreanFont, find

    made_at = moment_of(None, "Asia/Seoul")
    match shape:
        case Shape.HWPX:
            return hwpx(doc, made_at)
        case Shape.PDF:
            try:
                return pdf(doc, made_at, find())
            except NoKoreanFont as error:
                stop(say("pdf-no-font", places=str(error)))
        case _:
            return (html(doc) if shape is Shape.HTML else markdown(doc)).encode()
