"""Over the real wire, with the workspace's clock moved: reminders, what is pressed on them, and messages that wait."""

from typing import Any

import pytest

from storage.items import by_number
from storage.tables import ItemStatus
from tests.bots import Town
from tests.windows import Message, Window, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]


def add(town: Town, title: str, due: str, *owners: str) -> None:
    named = " ".join(f"<@{town.as_user(owner).user}>" for owner in owners)
    town.as_user("gist secretary").mention(f"추가 {title} {named} {due}")
    town.as_user("gist lead").sees(title, "완료 확인 대기")


def choose(window: Window, message: Message, title: str, act: str) -> None:
    """Choose from the menu at the end of a line."""
    block: dict[str, Any] = next(one for one in message.blocks if title in str(one.get("text")) and "accessory" in one)
    options = block["accessory"]["options"]
    chosen = next(one for one in options if one["text"]["text"] == act)
    window.act(
        "click",
        app=window.app,
        action_id=block["accessory"]["action_id"],
        block_id=block["block_id"],
        container=message.container,
        selected_option=chosen,
    )


def test_the_only_reminder_of_a_day_is_done_by_a_tick_on_it(shared_town: Town):
    add(shared_town, "센터 개소 계획서", "2026-12-04", "county owner")
    county = shared_town.as_user("county owner")

    shared_town.move_clock("2026-12-03T10:00")

    nudge = county.written("A-1", "2026. 12. 4.(금)까지", "1근무일 남음")
    assert nudge.buttons == ["완료", "나중에 알림", "기한 변경", "인계", "자세히", "메뉴"]
    eventually(lambda: county.written("1근무일 남음").reactions().get("white_check_mark"), "the bot's own ✅")
    county.react(nudge, "✅")
    shared_town.card("A-1").closed()
    county.unreact(nudge, "✅")
    shared_town.card("A-1").opened()


def test_a_digest_takes_no_tick_but_acts_from_its_lines(shared_town: Town):
    for title in ("센터 개소 계획서", "협약서 초안"):
        add(shared_town, title, "2026-12-04", "county owner", "gist owner")
    county = shared_town.as_user("county owner")

    shared_town.move_clock("2026-12-04T10:00")

    digest = county.written("오늘 챙기실 일 2건", "오늘까지")
    county.react(digest, "✅")
    choose(county, digest, "A-2", "완료")
    shared_town.card("A-2").half_done("영광군")
    shared_town.card("A-1").opened()
    choose(county, digest, "A-1", "인계")
    assert "인계" in county.form().text
    choose(county, digest, "A-1", "나중에 알림")
    asked = county.told("알림을 언제까지 쉴까요", channel=county.dm())
    county.click("item-snooze-pick", asked, selected_date="2026-12-15")
    county.told("2026. 12. 15.(화) 전까지", channel=county.dm())
    with shared_town.bot.deps.database.reading() as session:
        item = by_number(session, 1, 1)
        assert item
        assert item.status is ItemStatus.OPEN


def test_the_channel_is_reminded_once_a_day_and_names_nobody(town: Town):
    add(town, "센터 개소 계획서", "2026-11-25", "county owner", "gist owner")

    town.move_clock("2026-11-25T17:00")

    town.as_user("gist lead").sees("기한이 다가온 할 일", "오늘")
    reminders = [one for one in town.as_user("gist lead").messages() if "기한이 다가온 할 일" in one.text]
    assert len(reminders) == 2  # on the working day before, and on the day
    assert "한도윤" not in reminders[-1].text
    assert "오늘" in reminders[-1].text


def test_an_assignment_in_the_evening_waits_for_the_morning_and_an_answer_does_not(town: Town):
    county, secretary = town.as_user("county owner"), town.as_user("gist secretary")
    town.move_clock("2026-11-23T21:00")

    secretary.command(f"/tft add 밤에 정한 건 <@{county.user}> 2026-12-04")

    secretary.told("할 일을 만들었습니다")
    county.write_to_bot("내할일")
    county.written("밤에 정한 건")  # an answer comes at once
    assert not [one for one in county.direct_messages() if "새 할 일을 맡으셨습니다" in one.text]
    town.move_clock("2026-11-24T09:01")
    county.written("새 할 일을 맡으셨습니다", "밤에 정한 건")


def test_what_is_put_off_by_a_button_comes_again_on_the_day(town: Town):
    add(town, "센터 개소 계획서", "2026-12-04", "county owner")
    county = town.as_user("county owner")
    town.move_clock("2026-12-01T10:00")

    county.click("나중에 알림", county.written("3근무일 남음"))
    county.click("item-snooze-0", county.told("알림을 언제까지 쉴까요", channel=county.dm()))
    county.told("2026. 12. 2.(수) 전까지", channel=county.dm())

    town.move_clock("2026-12-02T10:00")
    county.written("2근무일 남음")


def test_a_lead_confirms_objects_and_answers_from_the_lines_of_one_message(town: Town):
    lead, secretary = town.as_user("county lead"), town.as_user("gist secretary")
    for text in ("셔틀은 3월부터 운행한다", "정류장은 다섯 곳으로 한다"):
        secretary.mention(f"결정 {text}")
        lead.sees(text)
    secretary.command("/tft 회의 예약 12월 1일 14시 실무회의")
    secretary.submit(secretary.form(), place="영광군청")
    lead.sees("실무회의", "미응답")

    town.move_clock("2026-11-26T10:00")

    digest = lead.written("오늘 챙기실 일 3건", "우리 측 확인 대기 3근무일", "참석 여부를 알려 주세요")
    choose(lead, digest, "R-1", "확인")
    lead.sees("R-1", "영광군 측: ✅ 확인 · 박서준 과장")
    choose(lead, digest, "R-2", "이의")
    lead.submit(lead.form(), words="예산이 없습니다")
    lead.sees("R-2", "이의로 보류 · 이의: 영광군")
    choose(lead, digest, "M-1", "참석")
    lead.sees("실무회의", "참석 1명(박서준 과장)")
