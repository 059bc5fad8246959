"""Minutes as Markdown: the same document, for wikis and repositories."""

import re
from collections.abc import Iterable
from html import escape as entities

from bot.messages.minutes_html import anchor_id
from bot.rules.minutes_doc import Item, MinutesDoc, Row, Section, Table

_MARKS = re.compile(r"[\\`*_\[\]|~#]")
_BEGINS = re.compile(r"^(?P<number>\d*)(?P<mark>(?<=\d)[.)]|(?<!\d)[-+=])")


def markdown(doc: MinutesDoc) -> str:
    """The whole document. What people wrote is plain text in it, whatever marks they used."""
    parts = [
        *([escape(doc.number)] if doc.number else []),
        f"# {escape(doc.heading)}",
        _facts(doc),
        *(part for section in doc.sections for part in _section(section, doc.message_label)),
        f"## {escape(doc.signers_title)}",
        _table(doc.signers, doc.message_label),
        _paragraph(doc.source),
        "\n".join(_ending(doc)),
    ]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Text that no reader of Markdown takes for marks or HTML."""
    return _MARKS.sub(r"\\\g<0>", entities(" ".join(text.split()), quote=False))


def _paragraph(text: str) -> str:
    """The same at the start of a line, where a number or a dash would begin a list."""
    return _BEGINS.sub(r"\g<number>\\\g<mark>", escape(text))


def _facts(doc: MinutesDoc) -> str:
    (first, title), *rest = doc.facts
    rows = [f"| {escape(first)} | {escape(title)} |", "|---|---|", *(f"| {escape(a)} | {escape(b)} |" for a, b in rest)]
    return "\n".join(rows)


def _section(section: Section, label: str) -> Iterable[str]:
    yield f"## {escape(section.number)} {escape(section.title)}"
    if section.items:
        yield "\n".join(_item(item, label) for item in section.items)
    if section.table:
        yield _table(section.table, label)
    yield from map(_paragraph, section.notes)


def _item(item: Item, label: str) -> str:
    """A line of a list; the office's own numbers, which Markdown does not know, are text."""
    return (
        f"{'  ' * (item.level - 2)}- {_anchor(item.anchor)}{item.number} {escape(item.text)}{_from(item.link, label)}"
    )


def _table(table: Table, label: str) -> str:
    lines = [f"| {' | '.join(map(escape, table.headers))} |", "|" + "---|" * len(table.headers)]
    return "\n".join([*lines, *(_row(row, label) for row in table.rows)])


def _row(row: Row, label: str) -> str:
    *cells, last = map(escape, row.cells)
    cells.append(last + _from(row.link, label))
    cells[0] = _anchor(row.anchor) + cells[0]
    return f"| {' | '.join(cells)} |"


def _anchor(anchor: str) -> str:
    return f'<a id="{anchor_id(anchor)}"></a>' if anchor else ""


def _from(link: str, label: str) -> str:
    """The way to the message that a line comes from; only to a page on the web."""
    if not link.startswith(("https://", "http://")) or re.search(r"[\s<>()\"\\]", link):
        return ""
    return f" [{escape(label)}]({link})"


def _ending(doc: MinutesDoc) -> Iterable[str]:
    """The attachments, and after the last of them the end."""
    if not doc.attachments:
        yield escape(doc.end)
        return
    last = len(doc.attachments)
    yield f"{escape(doc.attachments_label)}\n"
    for at, text in enumerate(doc.attachments, start=1):
        yield f"{at}. {_paragraph(text)}{f'  {doc.end}' if at == last else ''}"
