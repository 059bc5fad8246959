"""The document of minutes, and the files made from it."""

import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser

from bot.messages.minutes_doc import compose
from bot.messages.minutes_html import html
from bot.messages.minutes_markdown import markdown
from bot.rules.minutes import Minutes, RawLine, Setting, Who, make
from bot.rules.minutes_doc import MinutesDoc, Particulars, Signer, attached, closing
from config.words import LANGUAGES, Words
from tests.browser import chromium
from tests.messages.hostile import HOSTILE
from tests.rules.minutes.case import DAY, PEOPLE, SETTING, said, typed

__all__ = ["chromium"]


class Parts(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def document(minutes: Minutes, language: str = "ko", particulars: Particulars = Particulars()) -> MinutesDoc:  # noqa: B008 - frozen
    return compose(minutes, particulars, Words().say(language))


def scripted(language: str = "ko", particulars: Particulars = Particulars()) -> MinutesDoc:  # noqa: B008 - frozen
    linked = [replace(line, link=f"https://gist.slack.com/archives/C0TFT/p{line.ordinal}") for line in typed()]
    return document(make(linked, PEOPLE, SETTING), language, particulars)


def facts(doc: MinutesDoc) -> dict[str, str]:
    return dict(doc.facts)


def test_the_facts_that_the_law_asks_for_are_there_even_if_nobody_has_told_them():
    assert list(facts(document(said("말"))))[:4] == ["회의명", "개최기관", "일시", "장소"]
    assert facts(document(said("말")))["개최기관"] == ""


def test_a_draft_says_so_until_it_is_confirmed():
    assert scripted().heading == "회의록(안)"
    assert scripted(particulars=Particulars(is_draft=False)).heading == "회의록"
    assert "확인할 사항" not in [
        section.title for section in scripted(particulars=Particulars(is_draft=False)).sections
    ]


def test_a_meeting_past_midnight_names_both_days():
    late = make(
        [
            RawLine("a", 1, "말", "정하늘", DAY.replace(hour=23)),
            RawLine("b", 2, "회의 종료", "정하늘", DAY.replace(day=4, hour=1)),
        ],
        PEOPLE,
        Setting(),
    )

    assert facts(document(late))["일시"] == "2026. 12. 3.(목) 23:00 ~ 2026. 12. 4.(금) 01:00"
    assert facts(document(late, "en"))["Date and time"] == "Thu 3 Dec 2026 23:00 ~ Fri 4 Dec 2026 01:00"


def test_both_sides_write_and_confirm():
    at = datetime(2026, 12, 7, 10, tzinfo=ZoneInfo("Asia/Seoul"))
    signed = Signer("영광군", Who("박서준", "과장", "기획예산실", "영광군"), at)

    doc = scripted(
        particulars=Particulars(writers=(Signer("GIST"), Signer("영광군")), confirmers=(Signer("GIST"), signed))
    )

    assert [row.cells for row in doc.signers.rows] == [
        ("작성자", "GIST", "", "", ""),
        ("작성자", "영광군", "", "", ""),
        ("확인자", "GIST", "", "", ""),
        ("확인자", "영광군", "기획예산실", "박서준 과장", "2026. 12. 7.(월)"),
    ]


def test_all_decisions_without_a_vote():
    (section,) = [one for one in document(said("결정: 함")).sections if one.title == "표결 내용"]

    assert section.notes == ("모든 결정 사항은 표결 없이 합의함.",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_widths_of_tables_add_up(language: str):
    tables = [section.table for section in scripted(language).sections if section.table] + [scripted(language).signers]

    assert [(sum(table.widths), len(table.widths)) for table in tables] == [
        (100, len(table.headers)) for table in tables
    ]
    assert all(len(row.cells) == len(table.headers) for table in tables for row in table.rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [html, markdown])
def test_no_mention_markup_or_picture_is_left(language: str, write):
    made = said(
        "참석: 정하늘 교수님", "결정: *크게* @정하늘 교수님 👍 :tada: <@U0GISTOWN>, 하늘님 의견대로 박서준님과 협의"
    )

    page = write(document(made, language))

    assert "크게 정하늘 교수 정하늘 교수" in page
    assert not re.search(r"님|👍|:tada:|@정|U0GIST", page.partition("</style>")[2] or page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_text_on_the_page(language: str):
    markers = ["", "안건: ", "결정: ", "할일: ", "참석: ", "제안: ", "사회: ", "불참: ", "회의명: "]
    lines = [f"{marker}{text}" for text in HOSTILE for marker in markers]
    raw = [RawLine(f'"><b>{at}', at, text, "정하늘", DAY, link="javascript:alert(1)") for at, text in enumerate(lines)]
    particulars = Particulars(number=HOSTILE[0], host=HOSTILE[2], place=HOSTILE[0], attachments=(HOSTILE[2],))
    doc = document(make(raw, PEOPLE, SETTING), language, particulars)

    page = Parts(html(doc))
    harmless = Parts(html(scripted(language)))
    assert page.tags <= harmless.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [value for name, value in page.attributes if name in {"href", "src"} and "javascript" in (value or "")]
    assert "alert(1)" in page.text
    text = markdown(doc)
    assert not re.search(r"<(?!a id=\"line-[\w.-]+\"></a>|/a>)", text)
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert "\u202e" not in text


def test_every_line_has_its_anchor_and_the_way_to_its_message():
    page = html(scripted())

    ids = re.findall(r' id="(line-[^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"line-t21", "line-t12", "line-t51"} <= set(ids)
    assert 'href="https://gist.slack.com/archives/C0TFT/p21"' in page
    text = markdown(scripted())
    assert '<a id="line-t21"></a>' in text
    assert "[원문](https://gist.slack.com/archives/C0TFT/p21)" in text


def test_nothing_is_loaded_from_elsewhere():
    page = html(scripted())

    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(", page)
    assert "default-src 'none'" in page


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_a4_with_its_page_numbers(chromium: Browser, language: str):
    page = chromium.new_page()
    page.set_content(html(scripted(language)))

    printed = page.pdf(prefer_css_page_size=True)

    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)(?:\.\d+)? (\d+)", printed)) == {(b"594", b"841")}
    assert 2 <= len(re.findall(rb"/Type /Page\b", printed)) <= 5
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


@pytest.mark.browser
def test_it_stays_paper_where_the_browser_makes_pages_dark(chromium: Browser):
    page = chromium.new_page(color_scheme="dark")
    page.context.new_cdp_session(page).send("Emulation.setAutoDarkModeOverride", {"enabled": True})
    page.set_content(html(scripted()))

    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")

    assert shown.getpixel((shown.width // 2, 45)) == (255, 255, 255)
    page.close()


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        (["산출근거 1부"], ["산출근거 1부."]),
        (["붙임  1. 산출근거 1부.", "      2. 배치도 2부.  끝."], ["산출근거 1부.", "배치도 2부."]),
        (["- 산출근거 1부 끝", "", " . ", "산출근거 1부."], ["산출근거 1부."]),
        (["없음.", "해당 없음", "None"], []),
        (["2026. 12. 3. 회의자료 1부.끝."], ["2026. 12. 3. 회의자료 1부."]),
        (["붙임 양식 1부", "업무의 끝"], ["붙임 양식 1부.", "업무의 끝."]),
        (
            ["Cost estimate, 1 copy.  End.", "Plan until the year's End"],
            ["Cost estimate, 1 copy.", "Plan until the year's End."],
        ),
    ],
)
def test_attachments_as_people_write_them(lines: list[str], listed: list[str]):
    assert attached(lines) == tuple(listed)


@pytest.mark.parametrize(("language", "label", "end"), [("ko", "붙임", "끝."), ("en", "Attachments", "End.")])
def test_lines_of_the_record_and_those_told_beside_it_are_one_list(language: str, label: str, end: str):
    made = said("안건: 예산", "붙임: 산출근거 1부", "결정: 신청함", "*attachment:* 정하늘 교수님 의견서 1부")
    doc = document(made, language, Particulars(attachments=("배치도 1부", "산출근거 1부.")))

    assert [line.strip("\u2003\u00a0") for line in closing(doc)] == [
        f"{label}\u00a0\u00a01. 산출근거 1부.",
        "2. 정하늘 교수 의견서 1부.",
        f"3. 배치도 1부.\u00a0\u00a0{end}",
    ]
    assert not [item for section in doc.sections for item in section.items if "산출근거" in item.text]
    assert closing(document(said("결정: 신청함"), language)) == [end]


def test_what_is_told_beside_the_record_is_cleaned_too():
    doc = document(
        said("안건: 예산"), particulars=Particulars(summary="*정하늘 교수님* 안 👍", keywords=(" *국비* ", "", "👍"))
    )

    assert (doc.summary, doc.keywords) == ("정하늘 교수 안", ("국비",))
    assert document(said("안건: 예산"), particulars=Particulars(keywords=("",))).keywords == ("예산",)
