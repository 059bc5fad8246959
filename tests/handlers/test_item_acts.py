"""Over the real wire: moving a date, another owner, giving up and noting, with and without the app's commands."""

from storage.items import by_number
from tests.bots import Town
from tests.cast import PEOPLE
from tests.windows import eventually

ADD = "추가 센터 개소 계획서 초안 <@{}> <@{}> 2026-12-04"


def added(town: Town) -> None:
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    town.as_user("gist secretary").mention(ADD.format(gist.user, county.user))
    town.card("A-1").opened()


def test_the_side_without_the_app_moves_a_date_and_the_other_hears_it(shared_town: Town):
    added(shared_town)
    gist, county = shared_town.as_user("gist owner"), shared_town.as_user("county owner")

    county.write_to_bot("기한 A-1 2026-12-11")

    shared_town.card("A-1").shows("2026. 12. 11.(금)", "기한 변경 1회")
    gist.written("2026. 12. 4.(금) → 2026. 12. 11.(금)")


def test_an_owner_asks_for_another_by_the_form_and_the_side_gives_it(shared_town: Town):
    added(shared_town)
    owner, secretary = shared_town.as_user("county owner"), shared_town.as_user("county secretary")

    owner.click("담당 변경 요청", owner.written("새 할 일을 맡으셨습니다"))
    owner.submit(owner.form(), words="다음 달부터 휴직합니다")

    asked = secretary.written("담당을 바꿔 달라고", "다음 달부터 휴직합니다")
    secretary.click("담당 바꾸기", asked)
    secretary.submit(secretary.form(), **{"owner-2": " ".join(PEOPLE["county lead"][2:4])})
    shared_town.card("A-1").shows("영광군 담당: 박서준")
    shared_town.as_user("county lead").written("새 할 일을 맡으셨습니다")


def test_an_item_is_given_up_with_a_reason_and_opened_again(town: Town):
    added(town)
    secretary, county = town.as_user("gist secretary"), town.as_user("county owner")

    secretary.command("/tft cancel A-1")
    secretary.submit(secretary.form(), words="예산 미반영")

    card = town.card("A-1").shows("취소 · 사유: 예산 미반영")
    county.written("맡으신 할 일이 취소되었습니다")
    county.click("다시 열기", card)
    town.card("A-1").opened()


def test_a_note_by_direct_message_and_reminders_put_off_by_buttons(town: Town):
    added(town)
    county = town.as_user("county owner")

    county.write_to_bot("진행 A-1 견적 두 곳 받음")
    details = county.written("진행 기록을 남겼습니다")
    county.click("자세히", details)
    county.click("미루기", county.told("견적 두 곳 받음", channel=county.dm()))
    county.click("나에게 오는 알림만", county.told("무엇을 미룰까요", channel=county.dm()))
    county.click("item-snooze-1", county.told("언제까지 쉴까요", channel=county.dm()))

    county.told("알림을 나에게는 보내지 않습니다", channel=county.dm())
    with town.bot.deps.database.reading() as session:
        item = eventually(lambda: by_number(session, 1, 1))
    assert item.due_moves == 0
