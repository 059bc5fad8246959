"""Minutes as HWPX: valid by the library's own checks, and given back whole by an independent reader."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import thread_time
from typing import Any
from zipfile import ZipFile

import hwpforge
import pytest
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document

from bot.messages.minutes_hwpx import hwpx
from bot.rules.minutes import RawLine, make
from bot.rules.minutes_doc import MinutesDoc, Particulars, Signer
from config.words import LANGUAGES
from tests.messages.hostile import HOSTILE
from tests.messages.test_minutes_doc import document, scripted
from tests.rules.minutes.case import DAY, PEOPLE, SETTING, said

MADE = datetime(2026, 12, 4, 1, tzinfo=UTC)
FULL = Particulars(
    number="TFT-2026-07",
    host="GIST",
    joint_hosts=("영광군",),
    place="GIST 행정동 3층 회의실",
    disclosure="부분공개",
    next_meeting="2026. 12. 17.(목) 14:00 영광군청",
    attachments=("산출근거 1부.", "배치도 1부."),
    writers=(Signer("GIST"), Signer("영광군")),
    confirmers=(Signer("GIST"), Signer("영광군")),
)


def texts(node: Any) -> Iterator[str]:
    """All text of an independent reader's document, in order."""
    if isinstance(node, dict):
        if isinstance(node.get("Text"), str):
            yield node["Text"]
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def read(content: bytes) -> list[str]:
    return list(texts(json.loads(hwpforge.Document.from_bytes(content).to_json().text)))


def words_of(doc: MinutesDoc) -> list[str]:
    """Everything that the document says, in order, as far as it says anything."""
    parts = [doc.number, doc.heading, *(word for fact in doc.facts for word in fact)]
    for section in doc.sections:
        parts.append(f"{section.number} {section.title}")
        parts += [f"{item.number} {item.text}" for item in section.items]
        parts += cells_of(section.table) if section.table else []
        parts += section.notes
    return [part for part in [*parts, doc.signers_title, *cells_of(doc.signers), doc.source] if part]


def cells_of(table: Any) -> list[str]:
    return [*table.headers, *(cell for row in table.rows for cell in row.cells)]


def assert_valid(content: bytes, folder: Path) -> None:
    file = folder / "minutes.hwpx"
    file.write_bytes(content)
    assert validate_document(file).ok, validate_document(file).issues
    assert validate_package(file).ok
    assert hwpforge.Document.from_bytes(content).validate()["ok"]


def section_xml(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("Contents/section0.xml").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_independent_reader_gives_back_every_field(language: str, tmp_path: Path):
    doc = scripted(language, FULL)

    content = hwpx(doc, MADE)

    assert_valid(content, tmp_path)
    found = read(content)
    assert [text for text in found if text.strip()][:-2] == words_of(doc)
    assert "".join(found[-2:]).split() == [
        *doc.attachments_label.split(),
        *"1. 산출근거 1부. 2. 배치도 1부.".split(),
        doc.end,
    ]


def test_its_particulars_are_those_of_the_minutes_alone():
    doc = scripted(particulars=FULL)

    content = hwpx(doc, MADE)

    about = hwpforge.Document.from_bytes(content).inspect()["metadata"]
    assert about == {
        "title": f"{doc.title} 회의록(안)",
        "author": "",
        "subject": doc.summary,
        "description": "",
        "last_saved_by": "",
        "created": "2026-12-04T01:00:00Z",
        "modified": "2026-12-04T01:00:00Z",
        "keywords": [", ".join(doc.keywords)],
    }
    assert doc.summary
    assert doc.keywords
    with ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"synthetic" not in everything
    assert b"2025-09-17" not in everything


def test_tables_go_over_pages_and_repeat_their_heads_and_pages_are_numbered():
    xml = section_xml(hwpx(scripted(particulars=FULL), MADE))

    assert xml.count('<hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/>') == 1
    assert xml.count('repeatHeader="1"') == 3  # attendance, actions, signatures
    assert xml.count('treatAsChar="0"') == 3  # all but the signatures, which stay on one page
    assert 'header="1"' in xml


def test_rows_are_as_high_as_their_text():
    long = "국비 신청서 초안을 두 기관이 함께 검토하고 고친 다음 다시 올림 " * 20

    xml = section_xml(hwpx(document(said(f"할일: {long}", "할일: 짧음")), MADE))

    heights = [int(part.split('"')[0]) for part in xml.split('height="')[1:]]
    assert max(heights) > 20 * 1300
    assert 282 not in heights


def test_fifty_decisions_and_a_hundred_actions_are_quick(tmp_path: Path):
    lines = [f"결정: {at}번째로 정한 일을 두 기관이 함께 하기로 함" for at in range(50)]
    lines += [f"할일: {at}번째 할 일을 정리해 공유 @정하늘 12. 11." for at in range(100)]
    doc = document(said(*lines))

    began = thread_time()
    content = hwpx(doc, MADE)

    assert thread_time() - began < 5  # the library's own way to cells takes half a minute
    assert_valid(content, tmp_path)
    assert [text for text in read(content) if text.strip()][:-1] == words_of(doc)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(language: str, tmp_path: Path):
    markers = ["", "안건: ", "결정: ", "할일: ", "참석: ", "회의명: "]
    lines = [f"{marker}{text}" for text in HOSTILE for marker in markers]
    raw = [RawLine(f"t{at}", at, text, "정하늘", DAY) for at, text in enumerate(lines)]
    particulars = Particulars(number=HOSTILE[0], host=HOSTILE[2], place=HOSTILE[-2], attachments=(HOSTILE[0],))
    doc = document(make(raw, PEOPLE, SETTING), language, particulars)

    content = hwpx(doc, MADE)

    assert_valid(content, tmp_path)
    assert [text for text in read(content) if text.strip()][:-1] == words_of(doc)
    assert "<script>" not in section_xml(content)
