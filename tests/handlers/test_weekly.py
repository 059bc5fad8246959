"""Over the real wire, with the workspace's clock moved: the weekly summary, and asking for it in both languages."""

import pytest

from tests.bots import Town
from tests.handlers.test_nudges import add

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]


def test_leads_and_secretaries_get_the_summary_on_monday_morning(shared_town: Town):
    add(shared_town, "센터 개소 계획서", "2026-12-04", "county owner", "gist owner")
    shared_town.as_user("county owner").click("완료", shared_town.card("A-1").opened())
    shared_town.card("A-1").half_done("영광군")

    shared_town.move_clock("2026-11-30T09:05")

    for handle in ("gist lead", "county lead", "gist secretary", "county secretary"):
        summary = shared_town.as_user(handle).written("주간 요약", "첫 주간 요약입니다", "GIST 차례 6일째")
        assert "2026. 12. 4.(금)" in summary.text
    owner = shared_town.as_user("county owner")
    assert not [one for one in owner.direct_messages() if "주간 요약" in one.text]


def test_its_buttons_show_the_rest_and_the_text_for_a_report(shared_town: Town):
    add(shared_town, "센터 개소 계획서", "2026-12-04", "county owner", "gist owner")
    shared_town.move_clock("2026-11-30T09:05")
    lead = shared_town.as_user("county lead")

    lead.click("보고용 텍스트", lead.written("주간 요약"))

    lead.told("□ 영광 모빌리티 TFT 주간 현황", "센터 개소 계획서 (A-1)", channel=lead.dm())
    lead.click("자세히", lead.written("주간 요약"))
    lead.told("3. 누구 차례인가", channel=lead.dm())


def test_the_summary_and_the_preview_are_asked_for_in_both_languages(shared_town: Town):
    add(shared_town, "센터 개소 계획서", "2026-12-04", "county owner")
    english, county = shared_town.as_user("english"), shared_town.as_user("county owner")

    english.command("/tft summary")
    english.told("weekly summary", "A-1")
    english.command("/tft preview nudges")
    english.told("Next reminders")
    county.write_to_bot("미리보기 알림")
    county.written("다음 알림", "→ 한도윤 주무관", "A-1")
    county.write_to_bot("미리보기 주간")
    county.written("단장·부단장·간사에게")
