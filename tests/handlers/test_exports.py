"""Files over the wire: asked for in every way, they come as a direct message."""

import io
import urllib.request

import vobject
from openpyxl import load_workbook

from tests.bots import Town
from tests.cast import PEOPLE
from tests.windows import Message

GIST_OWNER, COUNTY_OWNER = (f"<@{PEOPLE[who][0]}>" for who in ("gist owner", "county owner"))


def added(town: Town) -> None:
    town.as_user("gist secretary").mention(f"추가 센터 개소 계획서 초안 {GIST_OWNER} {COUNTY_OWNER} 2026-12-04")
    town.card("A-1").opened()


def content(message: Message) -> tuple[str, bytes]:
    """The name of a message's file, and what is in it."""
    (file,) = message.raw["files"]
    with urllib.request.urlopen(file["url_private"], timeout=5) as answer:  # noqa: S310
        return file["name"], answer.read()


def titles(message: Message) -> list[str]:
    name, sheet = content(message)
    assert name.endswith(".xlsx")
    return [str(row[1].value) for row in load_workbook(io.BytesIO(sheet)).worksheets[0].iter_rows(min_row=2)]


def test_the_sheet_comes_by_command_and_in_english(town: Town):
    added(town)

    town.as_user("gist lead").command("/tft 내보내기")
    town.as_user("gist lead").told("메시지로 보내 드립니다")
    assert titles(town.as_user("gist lead").written("엑셀 파일로 보내 드립니다")) == ["센터 개소 계획서 초안"]

    town.as_user("english").command("/tft export")
    assert titles(town.as_user("english").written("a sheet with 1 item, 0 decisions and 0 budget lines")) == [
        "센터 개소 계획서 초안"
    ]


def test_without_a_command_it_comes_by_mention_direct_message_and_button(shared_town: Town):
    added(shared_town)
    secretary, owner, lead = (shared_town.as_user(who) for who in ("county secretary", "county owner", "county lead"))

    secretary.mention("내보내기 달력")
    name, calendar = content(secretary.written("달력 파일입니다"))
    assert name.endswith(".ics")
    event = vobject.readOne(calendar.decode()).vevent
    assert event.summary.value == "[기한] A-1 센터 개소 계획서 초안"

    owner.write_to_bot("내보내기")
    assert titles(owner.written("엑셀 파일로 보내 드립니다")) == ["센터 개소 계획서 초안"]

    lead.mention("목록")
    lead.click("엑셀로 받기", lead.told("센터 개소 계획서 초안"))
    assert titles(lead.written("엑셀 파일로 보내 드립니다")) == ["센터 개소 계획서 초안"]
