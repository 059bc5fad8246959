"""Settings over the wire: the window and its pages, one's own, and the Home; with commands and without them (T2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bots import Town, town
from tests.cast import PEOPLE, world
from tests.handlers.test_roster import begun, joins
from tests.towns import expect_honest
from tests.windows import Form, Window, eventually


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


def page(window: Window, label: str) -> Form:
    """One page of the settings, opened from the window that is on top."""
    window.click(f"settings-page-{label}", window.form())
    return showing(window, "닫기", kind="settings")


def showing(window: Window, *parts: str, kind: str = "") -> Form:
    """The form on top once it shows these parts."""

    def look() -> Form | None:
        form = window.form()
        shown = form.text + str((form.raw.get("close") or {}).get("text"))
        return form if (not kind or form.raw["callback_id"] == kind) and all(part in shown for part in parts) else None

    return eventually(look, f"a form with {parts}")


def test_a_lead_changes_settings_page_by_page(t1: Town):
    lead = t1.as_user("gist lead")
    lead.command("/tft 설정")
    assert "7일 전, 3일 전, 1일 전, 당일" in showing(lead, "TFT 설정").text

    reminders = page(lead, "reminders")
    errors = lead.submit(reminders, ladder="글쎄", nudge_at="07:00")["errors"]
    assert errors["ladder"].startswith("0에서 60 사이의 숫자를")
    assert errors["nudge_at"].startswith("09:00부터 18:00 전까지")
    assert lead.submit(reminders, ladder="5, 당일", nudge_at="10:00")["ok"]
    showing(lead, "저장했습니다", "기한 전 알림 변경: 7일 전, 3일 전, 1일 전, 당일 → 5일 전, 당일", "이강민 단장")

    basics = page(lead, "basics")
    assert lead.submit(
        basics, name="영광 미래차 TFT", zone="도쿄", country="일본", closing_rule="한 측만 확인해도 완료"
    )["ok"]
    showing(lead, "TFT 이름 변경: 영광 모빌리티 TFT → 영광 미래차 TFT", "도쿄 · Asia/Tokyo", "일본 (JP)")
    lead.sees("영광 미래차 TFT")

    records = page(lead, "records")
    assert lead.submit(records, upper_government="전라남도", label_lead="센터장")["ok"]
    showing(lead, "단장 변경: 보통 이름 → 센터장", "전라남도")
    lead.command("/tft 명단")
    lead.told("*센터장* 이강민")


def test_the_partners_secretary_does_so_by_mention_and_button(t2: Town):
    secretary = t2.as_user("county secretary")
    secretary.mention("설정")
    secretary.click("입력 양식 열기", secretary.told("입력 양식"))

    records = page(secretary, "records")
    assert "영광군 측에서 부르는 역할 이름" in records.text
    assert secretary.submit(records, comment_days="5근무일")["ok"]
    showing(secretary, "회의록(안) 의견 기간 변경: 3근무일 → 5근무일")

    secretary.write_to_bot("설정")
    secretary.click("영광 모빌리티 TFT 설정", secretary.written("TFT를 골라 주세요"))
    showing(secretary, "최유진 주무관", "회의록(안) 의견 기간")


def test_who_may_not_learns_who_may(t1: Town):
    joins(t1, "english", "gist lead", side="GIST")
    emma = t1.as_user("english")
    emma.command("/tft setup")
    emma.told("already has", "이강민 단장", "최유진 주무관")


def test_another_emoji_counts_on_the_card_once_it_is_set(t1: Town):
    lead, secretary = t1.as_user("gist lead"), t1.as_user("county secretary")
    lead.command(f"/tft 추가 보고서 초안 <@{PEOPLE['gist lead'][0]}> <@{PEOPLE['county secretary'][0]}> 2026-12-04")
    card = lead.sees("A-1", "보고서 초안", "맡겠습니다")
    lead.command("/tft 설정")
    lead.submit(page(lead, "basics"), done_emoji=":tada:")
    showing(lead, "저장했습니다")

    secretary.react(card, "tada")

    secretary.sees("영광군 완료")
    secretary.told("A-1 영광군 측 완료로 기록했습니다")


def test_ones_own_language_hours_and_zone(t1: Town):
    lead = t1.as_user("gist lead")
    lead.command("/tft 내설정")
    form = showing(lead, "내 시간대")
    assert lead.submit(form, hours_from="19:00", hours_until="18:00")["errors"]["hours_until"].startswith("19:00보다")
    assert lead.submit(form, language="English", hours_from="08:00", hours_until="20:00", zone="도쿄")["ok"]
    said = lead.told("Saved.", "Language: English", "08:00–20:00", "Tokyo · Asia/Tokyo")
    lead.click("My settings", said)
    showing(lead, "My time zone")


def test_ones_own_language_without_commands(t2: Town):
    secretary = t2.as_user("county secretary")
    secretary.write_to_bot("내설정")
    secretary.click("입력 양식 열기", secretary.written("입력 양식"))
    assert secretary.submit(showing(secretary, "내 시간대"), language="English")["ok"]
    secretary.mention("settings korean")
    secretary.told("저장했습니다", "언어: 한국어")


def test_the_home_has_deadlines_settings_and_leave(t1: Town):
    lead = t1.as_user("gist lead")
    joins(t1, "english", "gist lead", side="GIST")
    lead.command(f"/tft 추가 보고서 초안 <@{PEOPLE['english'][0]}> 내일까지")
    lead.told("보고서 초안")

    home = lead.home("2주 안의 기한", "A-1 보고서 초안")
    lead.click("영광 모빌리티 TFT 설정", home)
    showing(lead, "TFT 설정", "기한 전 알림")
    emma = t1.as_user("english").home()
    assert "Due within two weeks" in emma.text
    assert "Settings of" not in emma.text
    t1.as_user("english").click("My settings", emma)
    showing(t1.as_user("english"), "My time zone")
