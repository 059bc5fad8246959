"""`tft dates`."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.cli.saying import Language, voice

if TYPE_CHECKING:
    from bot.rules.calendars import Calendar


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
    from bot.rules.dates import describe, echo, offered, understand

    say, moment, calendar = voice(language), moment_of(now, zone), calendar_of(country)
    for line in lines_of(expression):
        due = understand(line, moment, calendar)
        echoes = [echo(reading, moment, calendar, say.language) for reading in offered(due.readings)]
        typer.echo(json.dumps(describe(due)) if as_json else understood(say, due, echoes))


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
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise typer.BadParameter(f"{zone} is no zone; write one such as Asia/Seoul") from error
    try:
        given = datetime.fromisoformat(text) if text else machine_time().astimezone(here)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no time ({error}); write it as 2026-11-22T10:00+09:00") from error
    return given if given.tzinfo else given.replace(tzinfo=here)


def calendar_of(country: str) -> "Calendar":
    """The calendar of a country that has one."""
    from bot.rules.calendars import Calendar, public_holidays

    try:
        public_holidays(country, 2026)
    except NotImplementedError as error:
        raise typer.BadParameter(f"{error}; write a code such as KR or US") from error
    return Calendar(country)
