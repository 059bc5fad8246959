"""The weekly summary on paper; on both engines."""

import pytest

from bot.services.refused import Refused
from bot.services.weekly import PAPER
from storage import people
from tests.services.asking import ask, buttons, told
from tests.services.deciding import TEXT, agreed, proposed
from tests.services.meeting import send
from tests.services.reading import needs_font, pdf_text
from tests.services.team import COUNTY_OWNER, GIST_OWNER, Team, user_of

IN_KOREAN = [
    "스마트모빌리티TFT주간현황",
    "1.먼저처리할일",
    "A-2센터개소계획서초안영광군2026.11.23.(월)부터1일째",
    "A-3[GIST내부]단가협의",
]
IN_ENGLISH = [
    "스마트모빌리티TFT:weeklystatus",
    "1.Tobedonefirst",
    "A-2센터개소계획서초안영광군sinceMon23Nov2026,day1",
    "A-3[GISTonly]단가협의",
]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("language", "line", "name", "says"),
    [
        ("ko", "요약 pdf", "2026-11-23_주간현황_스마트_모빌리티_TFT.pdf", IN_KOREAN),
        ("en", "summary print", "2026-11-23_weekly-status_스마트_모빌리티_TFT.pdf", IN_ENGLISH),
    ],
)
def test_it_is_for_the_asker_and_marks_what_is_internal(
    team: Team, language: str, line: str, name: str, says: list[str]
):
    needs_font()
    told(team, "gist lead", "추가 단장 결재 *초안* 👍 <@UGLEAD> 2026-11-27")
    team.joint_item()
    team.done("gist owner", 2)
    told(team, "gist lead", f"추가 내부: 단가협의 {GIST_OWNER} 2026-12-03")
    told(team, "county owner", f"추가 내부: 군내부검토 {COUNTY_OWNER} 2026-12-03")
    form = ask(team, "gist member", "회의 예약 12월 1일 14시 점검회의").view
    assert form
    send(team, "gist member", form)
    proposed(team, ts="1763856001.000100")
    agreed(team)
    with team.work() as work:
        people.account(work.session, "UGLEAD").language = language

    ask(team, "gist lead", line)
    (row,) = team.queued(PAPER)
    post = team.rendered(row)

    assert row.user_id == user_of("gist lead")
    assert post
    assert post.file
    assert post.file.name == name
    text = pdf_text(post.file.content)
    assert [part for part in [*says, "A-1단장결재초안", "M-1점검회의", f"R-1{bare(TEXT)}"] if part not in text] == [], (
        text
    )
    assert "군내부검토" not in text
    assert "👍" not in text


def test_without_a_font_it_is_refused_at_once(team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("config.fonts.find.__defaults__", (("/nowhere",),))

    with pytest.raises(Refused, match="export-no-font"):
        ask(team, "gist lead", "요약 pdf")
    assert team.queued(PAPER) == []


def test_its_button_stands_beside_that_of_the_text_for_a_report(team: Team):
    assert list(buttons(ask(team, "gist lead", "요약").post))[-2:] == ["보고용 텍스트", "인쇄용 PDF"]
    assert list(buttons(ask(team, "gist lead", "요약 전체").post))[-2:] == ["보고용 텍스트", "인쇄용 PDF"]
