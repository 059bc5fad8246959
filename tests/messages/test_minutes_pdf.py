"""Minutes as PDF: what can be read out of the file again is what the document says."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
from pypdf import PdfReader

from bot.messages import listing_pdf
from bot.messages.minutes_pdf import pdf
from bot.rules.listings import Listing
from bot.rules.minutes import RawLine, make
from bot.rules.minutes_doc import Particulars, Row, Section, Table
from config.fonts import PACKAGE, Fonts, NoKoreanFont, _files, find
from config.words import LANGUAGES
from tests.messages.hostile import HOSTILE
from tests.messages.test_minutes_doc import document, scripted
from tests.messages.test_minutes_hwpx import FULL, MADE, words_of
from tests.rules.minutes.case import DAY, PEOPLE, SETTING, said


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    """This machine's; without a Korean one there is no PDF to test."""
    try:
        return find()
    except NoKoreanFont:
        pytest.skip("no Korean font: Debian's fonts-nanum")


def bare(text: str) -> str:
    """Without spaces: where a line breaks is not what the document says."""
    return re.sub(r"\s", "", text)


def pages(content: bytes, mark: str = "") -> list[str]:
    """The text of each page behind the mark of a draft and the page's number."""
    texts = [bare(page.extract_text()) for page in PdfReader(BytesIO(content)).pages]
    before = [f"{mark}-{at}-" for at, _ in enumerate(texts, start=1)]
    assert [text[: len(head)] for text, head in zip(texts, before, strict=True)] == before
    return [text.removeprefix(head) for text, head in zip(texts, before, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_file_is_the_documents(language: str, fonts: Fonts):
    doc = scripted(language, replace(FULL, is_draft=False))

    found = "".join(pages(pdf(doc, MADE, fonts)))

    ending = f"{doc.attachments_label}1.산출근거1부.2.배치도1부.{doc.end}"
    assert found == bare("".join(words_of(doc))) + bare(ending)


def test_its_particulars_and_its_fonts(fonts: Fonts):
    doc = scripted(particulars=FULL)

    reader = PdfReader(BytesIO(pdf(doc, MADE, fonts)))

    about = reader.metadata
    assert about is not None
    assert (about.title, about.subject, about.author) == (f"{doc.title} 회의록(안)", doc.summary, "")
    assert str(about["/Keywords"]) == ", ".join(doc.keywords)
    assert about.creation_date == MADE
    for page in reader.pages:
        width, height = (float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height))
        assert (round(width), round(height)) == (210, 297)
        resources: Any = page["/Resources"]
        used = [font.get_object() for font in resources["/Font"].values()]
        embedded = [font for font in used if "/FontFile2" in font.get("/FontDescriptor", {})]
        assert embedded
        assert embedded == [font for font in used if str(font["/Subtype"]) == "/TrueType"]


def test_a_draft_says_so_on_every_page(fonts: Fonts):
    doc = scripted(particulars=FULL)

    drafted, final = pdf(doc, MADE, fonts), pdf(replace(doc, draft_mark=""), MADE, fonts)

    assert doc.draft_mark == "안"
    assert pages(drafted, doc.draft_mark) == pages(final)


def test_the_same_twice(fonts: Fonts):
    doc = scripted(particulars=FULL)

    assert pdf(doc, MADE, fonts) == pdf(doc, MADE, fonts)


def test_a_long_table_goes_over_pages_and_repeats_its_head(fonts: Fonts):
    lines = [f"결정: {at}번째로 정한 일을 두 기관이 함께 하기로 함" for at in range(50)]
    lines += [f"할일: {at}번째 할 일을 정리해 공유 @정하늘 12. 11." for at in range(100)]
    doc = document(said(*lines), particulars=Particulars(is_draft=False))

    began = thread_time()
    content = pdf(doc, MADE, fonts)

    assert thread_time() - began < 5
    found = pages(content)
    head = "번호조치사항담당기한관련안건"
    with_rows = [text for text in found if "번째할일을정리해공유" in text]
    assert len(with_rows) > 3
    assert all(text.count(head) == 1 for text in with_rows)
    assert "".join(found).replace(head, "").count("번째할일을정리해공유") == 100


def test_lines_break_between_words(fonts: Fonts):
    text = "결정: " + "영광군의회가 국비신청서를 적정함으로 의결하였음을 확인함 " * 8

    drawn = PdfReader(BytesIO(pdf(document(said(text)), MADE, fonts))).pages
    lines = [line for page in drawn for line in page.extract_text().splitlines() if "국비신청서" in line]

    assert len(lines) > 3
    assert all(
        re.search(r"(영광군의회가|국비신청서를|적정함으로|의결하였음을|확인함)$", line.strip()) for line in lines[:-1]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(language: str, fonts: Fonts):
    markers = ["", "안건: ", "결정: ", "할일: ", "참석: ", "회의명: "]
    lines = [f"{marker}{text}" for text in HOSTILE for marker in markers]
    raw = [RawLine(f"t{at}", at, text, "정하늘", DAY) for at, text in enumerate(lines)]
    particulars = Particulars(
        number=HOSTILE[0], host=HOSTILE[2], place=HOSTILE[-2], attachments=(HOSTILE[0],), is_draft=False
    )
    doc = document(make(raw, PEOPLE, SETTING), language, particulars)

    content = pdf(doc, MADE, fonts)

    found = "".join(pages(content))
    for text in words_of(doc):
        if len(text) < 1000 and not re.search(r"[\u0590-\u06ff]", text):
            assert bare(text) in found, text
    assert found.count("가") >= 3000 * 6
    assert found.count("x") >= 3000 * 6
    assert not re.search(rb"/JavaScript|/JS\b|/Launch|/URI|/EmbeddedFile", content)


def test_letters_that_no_font_has_are_named(fonts: Fonts):
    doc = document(said("결정: 𒀀 표기를 씀"), particulars=Particulars(is_draft=False))

    found = "".join(pages(pdf(doc, MADE, fonts)))

    assert "〓표기를씀" in found
    assert found.endswith(bare(f"{doc.letters_missing} U+12000"))


def test_fonts_of_a_package_are_found_without_running_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / PACKAGE
    (folder / "fonts").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError")
    for name in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        (folder / "fonts" / name).write_bytes(b"")
    monkeypatch.syspath_prepend(str(tmp_path))
    _files.cache_clear()

    assert find((PACKAGE,)).plain == folder / "fonts" / "NanumGothic.ttf"
    _files.cache_clear()


def test_without_a_korean_font_the_places_are_named(tmp_path: Path):
    (tmp_path / "Other.ttf").write_bytes(b"")

    with pytest.raises(NoKoreanFont, match=str(tmp_path)):
        find((str(tmp_path),))


def test_no_title_stands_alone_at_the_foot_of_a_page(fonts: Fonts):
    """Sections of 1 to 24 rows of up to four lines, so that titles come at every height of a page."""
    long = "실증센터 부지와 장비의 산출근거를 두 기관이 함께 정리함 " * 4
    sections = tuple(
        Section(f"{at}.", f"제목{at}끝", table=Table(("번호", "할 일"), (60, 40), (Row(("가", long)),) * at))
        for at in range(1, 25)
    )
    listing = Listing("ko", "현황", "2026. 12. 1.", sections, "")

    found = pages(listing_pdf.pdf(listing, MADE, fonts))

    assert len(found) > 20
    assert [text[-20:] for text in found if re.search(r"제목\d+끝(번호할일)?$", text)] == []
