"""`tft presets`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.saying import Language, voice

if TYPE_CHECKING:
    from bot.rules.presets import Dated


def presets(
    year: Annotated[int, typer.Option(help="The year of the budget, such as 2027.")],
    money: Annotated[
        str | None, typer.Option(help="A kind of money, such as national-subsidy; all by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One list of objects, for programs.")] = False,
    language: Language = None,
) -> None:
    """Show the dates of the public budget year, each with its rule and its source."""
    from bot.messages import presets as messages
    from bot.rules.calendars import Calendar
    from bot.rules.presets import FIRST_YEAR, LAST_YEAR, in_year, rows_for
    from bot.wiring import machine_time
    from config.presets import Money
    from config.presets import presets as shipped

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise typer.BadParameter(f"{FIRST_YEAR}-{LAST_YEAR}", param_hint="--year")
    if money not in [None, *Money]:
        raise typer.BadParameter(", ".join(Money), param_hint="--money")
    rows = rows_for(shipped(), Money(money)) if money else list(shipped())
    found = [one for one in in_year(shipped(), year, Calendar()) if one.row in rows]
    if as_json:
        typer.echo(json.dumps([described(one) for one in found], ensure_ascii=False, indent=1))
        return
    say, today = voice(language), machine_time().date()
    for one in found:
        typer.echo(messages.line(one, today, say))


def described(one: "Dated") -> dict[str, str | None]:
    """A date for programs; `date` is null where the offices agree on it."""
    from bot.rules.presets import notation

    row = one.row
    return {
        "key": row.key,
        "name_ko": row.name_ko,
        "name_en": row.name_en,
        "date": one.on.isoformat() if one.on else None,
        "rule": notation(row),
        "source": row.source,
    }
