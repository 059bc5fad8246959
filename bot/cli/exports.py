"""`tft export`."""

import io
import zipfile
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import as_json, write
from bot.cli.saying import Language, refusals, stop
from config import settings as config

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.rules.exports import Copy
    from config.words import Say
    from storage.tables import Person, Side, TaskForce


class Shape(StrEnum):
    """What is written. `CSV` is a ZIP with a file per table."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    ICS = "ics"
    PDF = "pdf"


def export(
    task_force: Annotated[str, typer.Argument(help="The task force's name or number.")],
    shape: Annotated[
        Shape, typer.Option("--format", help="csv: a ZIP with a file per table; json: every row that is kept.")
    ] = Shape.XLSX,
    side: Annotated[
        str | None, typer.Option(help="The side whose own copy it is: with its internal things, and no other's.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Everything about this person instead, by name or number, as JSON.")
    ] = None,
    language: Language = None,
    out: Annotated[Path | None, typer.Option(help="The file; by default standard output.")] = None,
) -> None:
    """Write out what is kept of a task force: joint things, or a side's full copy; or one person's data."""
    from bot.wiring import OldDatabase, machine_time, require_there
    from storage import schema
    from storage.database import Database

    with refusals(language) as say:
        settings = config.load()
        require_there(settings)
        database = Database(settings.database_url)
        try:
            if schema.current(database) != schema.newest():
                raise OldDatabase("database-behind")
            with database.reading() as session:
                found = find_task_force(session, task_force, say)
                if person:
                    content = about(session, find_person(session, found, person, say))
                else:
                    own = find_side(session, found, side, say) if side else None
                    content = made(session, found, own, shape, machine_time(), say)
        finally:
            database.close()
        write(content, out, say)


def made(
    session: "Session", task_force: "TaskForce", side: "Side | None", shape: Shape, now: datetime, say: "Say"
) -> bytes:
    """The file's content."""
    from bot.messages import export_listing, exports, listing_pdf, sheets
    from bot.services.exports import calendar, copy_of
    from config.fonts import NoKoreanFont, find
    from storage.exports import of_task_force

    inside = side.id if side else None
    if shape is Shape.JSON:
        return as_json(of_task_force(session, task_force.id or 0, inside))
    copy = copy_of(session, task_force, inside)
    match shape:
        case Shape.ICS:
            return calendar(session, copy, now, say)
        case Shape.PDF:
            try:
                return listing_pdf.pdf(export_listing.listing(copy, now, say), now, find())
            except NoKoreanFont as error:
                stop(say("pdf-no-font", places=str(error)))
        case Shape.CSV:
            return zipped(copy, say)
        case Shape.XLSX:
            return sheets.xlsx(exports.all_sheets(copy, say))


def zipped(copy: "Copy", say: "Say") -> bytes:
    """A CSV per table."""
    from bot.messages import exports, sheets

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in exports.all_sheets(copy, say):
            archive.writestr(f"{sheet.name}.csv", sheets.csv_of(sheet))
    return content.getvalue()


def about(session: "Session", person: "Person") -> bytes:
    """Everything about somebody."""
    from storage.exports import of_person

    return as_json(of_person(session, person))


def find_task_force(session: "Session", wanted: str, say: "Say") -> "TaskForce":
    """By name or number; else what there is."""
    from sqlmodel import col, select

    from storage.tables import TaskForce

    there = session.exec(select(TaskForce).order_by(col(TaskForce.id))).all()
    found = [one for one in there if wanted in (one.name, str(one.id))]
    if not there:
        stop(say("export-no-task-forces"))
    if len(found) != 1:
        stop("\n".join([say("export-no-task-force", name=wanted), *(f"  {one.id}  {one.name}" for one in there)]))
    return found[0]


def find_side(session: "Session", task_force: "TaskForce", wanted: str, say: "Say") -> "Side":
    """By name; else which there are."""
    from storage.people import sides

    there = sides(session, task_force.id or 0)
    found = [one for one in there if one.name == wanted]
    if not found:
        stop("\n".join([say("export-no-side", name=task_force.name), *(f"  {one.name}" for one in there)]))
    return found[0]


def find_person(session: "Session", task_force: "TaskForce", wanted: str, say: "Say") -> "Person":
    """By name or number, whether or not they have left; else who there is."""
    from storage.exports import everyone

    there = everyone(session, task_force.id or 0)
    found = [one for one in there if wanted in (one.name, str(one.id))]
    if len(found) != 1:
        people = (f"  {one.id}  {one.name} {one.job_title}" for one in there)
        stop("\n".join([say("export-no-person", name=task_force.name), *people]))
    return found[0]
