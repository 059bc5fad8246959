"""Handing over, through the wire: shown, done, told with a file; and what happens when somebody leaves."""

import io
import urllib.request
import zipfile

import pytest
from sqlmodel import select

from storage.tables import Departure
from tests.bots import Town
from tests.cast import CHANNEL, PEOPLE
from tests.windows import Message, eventually

GIST_OWNER, COUNTY_OWNER, ENGLISH = (f"<@{PEOPLE[who][0]}>" for who in ("gist owner", "county owner", "english"))


def added(town: Town) -> None:
    town.as_user("gist secretary").mention(f"추가 센터 개소 계획서 초안 {GIST_OWNER} {COUNTY_OWNER} 2026-12-04")
    town.card("A-1").opened()


def sheet_of(message: Message) -> tuple[str, str]:
    """The name of a message's file, and all its words."""
    (file,) = message.raw["files"]
    with urllib.request.urlopen(file["url_private"], timeout=5) as answer:  # noqa: S310
        book = zipfile.ZipFile(io.BytesIO(answer.read()))
    return file["name"], book.read("xl/sharedStrings.xml").decode()


def test_the_lead_hands_over_by_command_and_the_list_arrives_as_a_file(town: Town):
    added(town)
    lead, emma = town.as_user("gist lead"), town.as_user("english")

    lead.command(f"/tft 인계 {GIST_OWNER} {ENGLISH}")
    shown = lead.told("아직 인계하지 않았습니다", "정하늘 교수 → Emma Clarke Researcher", "A-1 센터 개소 계획서 초안")
    lead.click("인계", shown)

    lead.told("인계했습니다", "할 일 1건")
    lead.command("/tft A-1")
    lead.told("GIST 담당: Emma Clarke")
    name, words = sheet_of(emma.written("Handed over", "These are yours now", "A-1"))
    assert name.endswith("_handover_정하늘.xlsx")
    assert "센터 개소 계획서 초안" in words
    name, _ = sheet_of(town.as_user("gist owner").written("인계했습니다", "첨부:"))
    assert name.endswith("_인계목록_정하늘.xlsx")


def test_the_countys_secretary_hands_over_by_mention_button_and_form_and_undoes_it(shared_town: Town):
    added(shared_town)
    secretary, lead = shared_town.as_user("county secretary"), shared_town.as_user("county lead")

    secretary.mention(f"인계 {COUNTY_OWNER}")
    secretary.click("입력 양식 열기", secretary.told("입력 양식"))
    form = secretary.form()
    secretary.submit(form, receiver="박서준 과장", **{"as": "직무대행"})
    page = eventually(lambda: form if "아직 인계하지 않았습니다" in (form := secretary.form()).text else None)
    assert "한도윤 주무관 → 박서준 과장 (직무대행" in page.text
    secretary.submit(page)

    done = secretary.told("인계했습니다")
    shared_town.card("A-1").shows("박서준 과장 (한도윤 주무관 직무대행)")
    sheet_of(lead.written("이제 아래 일의 담당이십니다"))
    secretary.click("되돌리기", done)
    shared_town.card("A-1").shows("영광군 담당: 한도윤 주무관")


def test_who_is_switched_off_is_told_to_the_lead_who_hands_over_from_there(town: Town):
    added(town)
    secretary, lead = town.as_user("gist secretary"), town.as_user("gist lead")

    town.as_user("gist owner").written("새 할 일을 맡으셨습니다")
    lead.act("deactivate", target=PEOPLE["gist owner"][0])

    letter = lead.written("정하늘 교수님이 채널이나 Slack을 떠났습니다", "A-1")
    lead.click("인계하기", letter)
    lead.submit(lead.form(), receiver="김민지 연구원")
    page = eventually(lambda: form if "아직 인계하지 않았습니다" in (form := lead.form()).text else None)
    lead.submit(page)
    town.card("A-1").shows("GIST 담당: 김민지")
    secretary.written("이제 아래 일의 담당이십니다")


def test_who_is_found_to_be_switched_off_is_told_to_the_lead_as_well(town: Town):
    lead = town.as_user("gist lead")
    lead.write_to_bot("추가 교육과정 초안 @정하늘 2026-12-18")
    town.card("A-1").opened()
    town.as_user("gist owner").written("새 할 일을 맡으셨습니다")
    town.workspace.fault(event="user_change", kind="drop", times=9)
    lead.act("deactivate", target=PEOPLE["gist owner"][0])

    lead.command(f"/tft 인계 {GIST_OWNER}")

    assert "정하늘" in lead.form().text
    lead.written("정하늘 교수님이 채널이나 Slack을 떠났습니다", "A-1")


def test_who_goes_out_of_the_channel_and_comes_back_is_noticed(town: Town):
    added(town)
    town.as_user("gist owner").act("leave", channel=CHANNEL)

    def noticed() -> bool | None:
        with town.bot.deps.database.reading() as session:
            return session.exec(select(Departure)).first() is not None or None

    eventually(noticed)
    town.as_user("gist owner").act("join", channel=CHANNEL)

    def back() -> bool | None:
        with town.bot.deps.database.reading() as session:
            return session.exec(select(Departure)).one().returned_at is not None or None

    eventually(back)


def test_files_that_the_workspace_forbids_cost_the_file_only(town: Town):
    added(town)
    town.workspace.fault(method="files.getUploadURLExternal", kind="error", error="file_uploads_disabled", times=9)
    town.expected_refusals.add("file_uploads_disabled")
    owner = town.as_user("gist owner")

    owner.write_to_bot("인계 정하늘 김민지")
    owner.click("인계", owner.written("아직 인계하지 않았습니다"))

    told = town.as_user("gist secretary").written("이제 아래 일의 담당이십니다", "받아 주지 않아")
    assert not told.raw.get("files")


@pytest.mark.parametrize(
    ("handle", "line", "said"),
    [
        ("gist lead", f"인계 {GIST_OWNER} {COUNTY_OWNER}", "같은 측 안에서만 할 수 있습니다"),
        ("english", f"handover {GIST_OWNER} {ENGLISH}", "Only your side’s lead, deputy or secretary"),
        ("english", f"handover {ENGLISH} 홍길동", "Who or which day is meant is not clear: “홍길동”"),
    ],
)
def test_refusals_say_why_and_give_back_what_was_typed(town: Town, handle: str, line: str, said: str):
    window = town.as_user(handle)

    window.command(f"/tft {line}", CHANNEL)

    assert line.split(maxsplit=1)[0] in window.told(said).text
