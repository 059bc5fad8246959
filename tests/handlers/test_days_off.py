"""Days off over the wire: by command in Korean and English, and by the county's lead without commands (T2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bots import Town, town
from tests.cast import world
from tests.handlers.test_roster import begun, joins
from tests.towns import expect_honest


@pytest.fixture
def t1(tmp_path: Path) -> Iterator[Town]:
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(), tmp_path / "slack.db") as made:
        yield begun(made)
        expect_honest(made)


@pytest.fixture
def t2(tmp_path: Path) -> Iterator[Town]:
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(connect=True), tmp_path / "slack.db") as made:
        yield begun(made)
        expect_honest(made)


def test_by_command_in_korean_added_listed_and_removed(t1: Town):
    lead, county = t1.as_user("gist lead"), t1.as_user("county secretary")

    lead.command("/tft 휴일 추가 2026-12-24 우리 측 개교기념일")

    said = lead.told("등록했습니다", "2026. 12. 24.(목) · 개교기념일 · GIST 측")
    county.sees("휴일 추가", "개교기념일 · GIST 측", "등록: 이강민 단장")
    lead.command("/tft 휴일")
    listed = lead.told("다가오는 공휴일", "개교기념일")
    assert "삭제" in listed.buttons
    lead.click("삭제", said)
    lead.told("삭제했습니다", "개교기념일")
    county.sees("휴일 삭제", "개교기념일")
    lead.click("삭제", listed)
    lead.told("이미 삭제되었거나")


def test_by_command_in_english_and_in_the_form(t1: Town):
    joins(t1, "english", "gist lead", side="GIST")
    emma, lead = t1.as_user("english"), t1.as_user("gist lead")

    emma.command("/tft holiday add 2026-12-24 our side Founding day")
    refused = emma.told("Days off are set by leads, deputies and secretaries", "이강민 단장")
    assert "Founding day" in refused.text, "the typed text is given back"
    emma.command("/tft leave 12/24~12/28")
    emma.told("Added:", "Thu 24 Dec 2026 – Mon 28 Dec 2026", "Leave", "Emma Clarke")

    lead.command("/tft 휴일 추가 12월 24일쯤 우리 측 개교기념일")
    form = lead.form()
    assert "어림한 날짜" in form.text
    assert lead.submit(form, first="2026-12-31", last="2026-12-30")["errors"]["last"].startswith("끝나는 날이")
    lead.submit(lead.form(), first="2026-12-31", last="2026-12-31", whose="전체")
    lead.told("등록했습니다", "2026. 12. 31.(목) · 개교기념일 · 전체")


def test_the_partners_people_without_commands_by_mention_message_and_button(t2: Town):
    secretary = t2.as_user("county secretary")

    secretary.mention("휴일 12/24 우리 측 군민의 날")
    secretary.told("등록했습니다", "군민의 날 · 영광군 측")
    secretary.mention("휴일")
    secretary.click("휴일 추가", secretary.told("영광 모빌리티 TFT 휴일", "군민의 날"))
    form = secretary.form()
    assert secretary.submit(form, first="2026-12-31", name="종무일", whose="영광군 측")["ok"]
    secretary.told("종무일 · 영광군 측")

    secretary.write_to_bot("휴가 12/28")
    secretary.written("등록했습니다", "2026. 12. 28.(월) · 휴가 · 최유진 주무관")
    secretary.write_to_bot("휴일 추가")
    secretary.click("입력 양식 열기", secretary.written("입력 양식"))
    assert "휴일 추가" in secretary.form().text


def test_a_stranger_sees_and_changes_nothing(t1: Town):
    lead, stranger = t1.as_user("gist lead"), t1.as_user("stranger")
    lead.command("/tft 휴일 12/24 비밀 휴무")
    lead.told("등록했습니다")

    for line in ("휴일", "휴일 삭제 12/24", "휴가", "휴일 12/31 종무일"):
        stranger.command(f"/tft {line}")
        assert "비밀" not in stranger.told("아직", "명단에 없습니다").text
