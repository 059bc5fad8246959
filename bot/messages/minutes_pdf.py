"""Minutes as PDF, for reading and printing: fonts in the file, text that can be found and copied."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import MM, SHADE, WIDTH, About, build, grid, is_long
from bot.messages.pdf_parts import missing, section, table_of, title
from bot.rules.minutes_doc import WIDE_GAP, MinutesDoc, ending
from config.fonts import Fonts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

LABELS = (18, 82)  # widths of the table at the top, in percent
SIGNED = 10 * MM  # the height of a row that somebody signs


def pdf(doc: MinutesDoc, made_at: datetime, fonts: Fonts) -> bytes:
    """The file; the same for the same arguments. `made_at` (aware) is what it says about when it was made."""
    about = About(f"{doc.title} {doc.heading}", doc.language, made_at, doc.summary, doc.keywords, doc.draft_mark)
    setter = Typesetter(fonts)
    return build(_parts(doc, setter), about, setter)


def _parts(doc: MinutesDoc, setter: Typesetter) -> Iterator["Flowable"]:
    """The document as ReportLab's flowables."""
    yield setter(doc.number, "number")
    yield setter(doc.heading, "heading")
    yield _facts(doc.facts, setter)
    for one in doc.sections:
        yield from section(one, setter)
    yield _together([*title(doc.signers_title, setter), table_of(doc.signers, setter, SIGNED)])
    yield setter(doc.source, "plain")
    yield from _ending(doc, setter)
    yield from missing(doc.letters_missing, setter)


def _together(flowables: list["Flowable"]) -> "Flowable":
    """On one page, unless they fill more than one."""
    from reportlab.platypus import KeepTogether  # noqa: PLC0415

    return KeepTogether(flowables)


def _facts(facts: Sequence[tuple[str, str]], setter: Typesetter) -> "Grid":
    rows = [(setter(label, "head"), setter(value, "cell")) for label, value in facts]
    return grid(rows, LABELS, [("BACKGROUND", (0, 0), (0, -1), SHADE)], torn=is_long(facts))


def _ending(doc: MinutesDoc, setter: Typesetter) -> Iterator["Flowable"]:
    """`붙임  1. …`, the numbers one below the other."""
    from reportlab.platypus import Table as Grid  # noqa: PLC0415

    lines = [setter(line, "plain") for line in ending(doc.attachments, doc.end)]
    if not doc.attachments:
        yield from lines
        return
    label = setter(doc.attachments_label, "plain")
    space = setter.width(f"{doc.attachments_label}{WIDE_GAP}", "plain")
    rows = [[label if at == 0 else "", line] for at, line in enumerate(lines)]
    everywhere = ((0, 0), (-1, -1))
    style = [("LEFTPADDING", *everywhere, 0), ("RIGHTPADDING", *everywhere, 0), ("VALIGN", *everywhere, "TOP")]
    yield Grid(rows, colWidths=[space, WIDTH - space], style=style)
