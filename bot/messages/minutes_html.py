"""Minutes as a page that prints like a document: A4, Korean fonts, a place to link to for every line."""

import re
from collections.abc import Iterable
from html import escape

from bot.rules.minutes_doc import Item, MinutesDoc, Row, Section, Table

_STYLE = """
@page { size: A4; margin: 20mm 20mm 18mm; @bottom-center { content: "- " counter(page) " -"; font: 9pt sans-serif; } }
* { box-sizing: border-box; }
html { background: #e9e9e6; color-scheme: only light; }
body { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 20mm; background: #fff; color: #111; line-height: 1.6;
  font: 11pt/1.6 "HCR Batang", "함초롬바탕", "Noto Serif KR", "NanumMyeongjo", "Nanum Myeongjo", "Batang", serif;
  word-break: keep-all; overflow-wrap: anywhere; }
h1, h2, th, .title, .label { font-family: "Malgun Gothic", "맑은 고딕", "NanumGothic", "Nanum Gothic", "Noto Sans KR", sans-serif; }
h1 { margin: 4mm 0 6mm; text-align: center; font-size: 22pt; letter-spacing: .35em; text-indent: .35em; }
html[lang=en] h1 { letter-spacing: .04em; text-indent: 0; }
.number { min-height: 1.6em; text-align: right; font-size: 10pt; }
h2 { margin: 6mm 0 2mm; font-size: 12.5pt; break-after: avoid; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 10pt; border-top: 1.2pt solid #111; border-bottom: 1.2pt solid #111; }
th, td { padding: 1.2mm 2mm; border: .4pt solid #777; text-align: left; vertical-align: middle; }
th:first-child, td:first-child { border-left: 0; } th:last-child, td:last-child { border-right: 0; }
th { background: #eef0f2; text-align: center; font-weight: 600; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.facts th { width: 30mm; }
.sign td { height: 10mm; }
p { margin: 1mm 0; } .item { display: flex; gap: .5em; } .item > .at { flex: none; min-width: 1.4em; }
.l2 { padding-left: 4mm; } .l3 { padding-left: 10mm; } .l4 { padding-left: 16mm; }
.note { padding-left: 4mm; }
a.from { color: #666; font-size: 8pt; text-decoration: none; white-space: nowrap; }
:target { background: #fff3c4; }
.source { margin-top: 6mm; font-size: 9.5pt; color: #444; } .end { margin-top: 3mm; }
.draft::before { content: attr(data-draft); position: fixed; inset: 40% 0 auto; text-align: center; font: 700 90pt sans-serif;
  color: rgba(0, 0, 0, .045); white-space: nowrap; transform: rotate(-28deg); pointer-events: none; }
@media (max-width: 220mm) { body { width: auto; margin: 0; padding: 6mm; } }
@media screen and (max-width: 150mm) { table:not(.facts) { display: block; overflow-x: auto; } .facts th { width: 24mm; }
  table:not(.facts) th, table:not(.facts) td { overflow-wrap: normal; min-width: 3.2em; padding: 1mm 1.4mm; } h1 { font-size: 18pt; }
  .draft::before { font-size: 52pt; } }
@media print { html { background: none; } body { width: auto; min-height: 0; margin: 0; padding: 0; } a.from { display: none; } :target { background: none; } }
"""
_NO_ID = re.compile(r"[^A-Za-z0-9.-]+")


def html(doc: MinutesDoc) -> str:
    """A page of its own: no script, nothing loaded from elsewhere. Whatever people wrote is text in it."""
    draft = f' class="draft" data-draft="{escape(doc.draft_mark)}"' if doc.draft_mark else ""
    head = (
        f'<!DOCTYPE html>\n<html lang="{doc.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(doc.title)} {escape(doc.heading)}</title>\n"
        f'<meta name="description" content="{escape(doc.summary)}">\n'
        f'<meta name="keywords" content="{escape(", ".join(doc.keywords))}">\n<style>{_STYLE}</style>\n</head>\n'
    )
    body = [
        f"<body{draft}>",
        f'<div class="number">{escape(doc.number)}</div>',
        f"<h1>{escape(doc.heading)}</h1>",
        _facts(doc),
        *(_section(section, doc.message_label) for section in doc.sections),
        f"<h2>{escape(doc.signers_title)}</h2>",
        _table(doc.signers, doc.message_label, "sign"),
        f'<p class="source">{escape(doc.source)}</p>',
        *_ending(doc),
        "</body>\n</html>\n",
    ]
    return head + "\n".join(body)


def _facts(doc: MinutesDoc) -> str:
    rows = "".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in doc.facts)
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def _section(section: Section, label: str) -> str:
    parts = [f"<h2>{escape(section.number)} {escape(section.title)}</h2>"]
    parts += [_item(item, label) for item in section.items]
    parts += [_table(section.table, label)] if section.table else []
    parts += [f'<p class="note">{escape(note)}</p>' for note in section.notes]
    return "\n".join(parts)


def _item(item: Item, label: str) -> str:
    text = f"<span>{escape(item.text)}{_from(item.link, label)}</span>"
    return f'<p class="item l{item.level}"{_id(item.anchor)}><span class="at">{escape(item.number)}</span>{text}</p>'


def _table(table: Table, label: str, name: str = "") -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in table.widths)
    heads = "".join(f"<th>{escape(header)}</th>" for header in table.headers)
    rows = "".join(_row(row, label) for row in table.rows)
    style = f' class="{name}"' if name else ""
    return f"<table{style}><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(row: Row, label: str) -> str:
    *cells, last = map(escape, row.cells)
    cells.append(last + _from(row.link, label))
    return f"<tr{_id(row.anchor)}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _id(anchor: str) -> str:
    return f' id="{anchor_id(anchor)}"' if anchor else ""


def anchor_id(anchor: str) -> str:
    """The name under which a line can be linked to: letters, digits, dots and dashes."""
    return "line-" + _NO_ID.sub("-", anchor)


def _from(link: str, label: str) -> str:
    """The way to the message that a line comes from; only to a page on the web."""
    if not link.startswith(("https://", "http://")):
        return ""
    return f' <a class="from" href="{escape(link)}" rel="noopener noreferrer">{escape(label)}</a>'


def _ending(doc: MinutesDoc) -> Iterable[str]:
    """`붙임  1. … 1부.  끝.`; without attachments the end stands alone below the last table."""
    if not doc.attachments:
        yield f'<p class="end">{escape(doc.end)}</p>'
        return
    label, last = escape(doc.attachments_label), len(doc.attachments)
    for at, text in enumerate(doc.attachments, start=1):
        before = f"{label}&ensp;" if at == 1 else ""
        end = f"&ensp;{escape(doc.end)}" if at == last else ""
        yield f'<p class="end">{before}{at}. {escape(text)}{end}</p>'
