"""The `tft` command line. Every command imports what it needs itself, so that `tft --help` is quick."""

import gc
from collections.abc import Callable

import typer

from bot.cli import database, dates, demo, doctor, exports, manifest, minutes, presets, running, tick

gc.set_threshold(50_000, 20, 20)  # what is loaded stays: to look through it over and over takes a tenth of a start

app = typer.Typer(
    help="The TFT bot: joint action items of a two-sided task force, in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
COMMANDS: tuple[Callable[..., None], ...] = (
    running.run,
    running.web,
    doctor.doctor,
    manifest.manifest,
    demo.demo,
    dates.dates,
    minutes.minutes,
    exports.export,
    tick.tick,
    presets.presets,
)
for command in COMMANDS:
    app.command(short_help=(command.__doc__ or "").split(". ")[0].split(".\n")[0].rstrip("."))(command)
db.command()(database.upgrade)
db.command()(database.draft)
app.add_typer(db, name="db")
