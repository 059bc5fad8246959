"""The whole path, as people of two organisations walk it: from `/tft add` to closed by both sides' reactions."""

import pytest

from tests.windows import eventually


@pytest.fixture
def town_url(database_url: str) -> str:
    """The whole path, on both engines."""
    return database_url


def test_a_task_force_is_set_up_by_its_secretaries_and_both_sides_join(empty_town):
    empty_town.set_up()

    empty_town.as_user("english").command("/tft roster")

    empty_town.as_user("english").told("이강민", "박서준", "Emma Clarke")


def test_an_item_is_made_half_done_closed_and_opened_again(town):
    secretary, gist, county = (town.as_user(one) for one in ("gist secretary", "gist owner", "county owner"))

    secretary.command(f"/tft add 센터 개소 계획서 초안 <@{gist.user}> <@{county.user}> 2026-12-05 #센터")

    secretary.told("A-1", "센터 개소 계획서 초안", "2026. 12. 5.(토)")
    card = town.card("A-1").shows("GIST 담당: 정하늘 교수", "영광군 담당: 한도윤 주무관", "#센터", "완료 확인 대기")
    assert card.buttons == ["완료", "변경", "자세히"]
    county.written("A-1")  # who owns it hears of it

    gist.react(card, "✅")

    town.card("A-1").half_done("GIST")
    gist.told("A-1 GIST 측 완료로 기록했습니다", "👀")

    county.react(card, "✅")

    town.card("A-1").closed()
    county.unreact(card, "✅")
    town.card("A-1").half_done("GIST")


def test_the_bot_seeds_the_first_tick_and_never_counts_it(town):
    secretary, county = town.as_user("gist secretary"), town.as_user("county owner")

    secretary.command(f"/tft 추가 부지 사용 협의 <@{county.user}>")

    eventually(lambda: town.card("A-1").message().reactions() or None)
    town.workspace.settle()
    assert town.card("A-1").opened().reactions() == {"white_check_mark": ["U0BOT"]}


def test_the_side_without_the_app_does_the_same_by_mention_button_and_reaction(shared_town):
    gist, county = shared_town.as_user("gist owner"), shared_town.as_user("county owner")

    county.mention(f"추가 셔틀 노선 협의 <@{gist.user}> <@{county.user}> 2026-12-04")
    card = shared_town.card("A-1").opened()
    county.click("완료", card)

    shared_town.card("A-1").half_done("영광군")
    gist.react(card, "✅")
    shared_town.card("A-1").closed()
