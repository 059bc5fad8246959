"""A pasted list over the real wire: as a mention from the side without the app, and as a command."""

from tests.bots import Town

LIST = "- 센터 계획서 @정하늘\n- 예산 요구서 @한도윤"


def test_the_side_without_the_app_pastes_a_list(shared_town: Town):
    window = shared_town.as_user("county owner")

    window.mention(f"추가\n{LIST}")
    window.click("모두 등록", window.told("아직 만들지 않았습니다"))

    window.told("할 일 2건을 만들었습니다")
    shared_town.card("A-1").shows("센터 계획서", "GIST 담당: 정하늘 교수")
    shared_town.card("A-2").shows("예산 요구서", "영광군 담당: 한도윤 주무관")


def test_a_list_is_made_from_the_direct_message_once(town: Town):
    window = town.as_user("gist secretary")
    window.command(f"/tft add\n{LIST}")
    window.told("아직 만들지 않았습니다")

    window.click("모두 등록", window.written("아직 만들지 않았습니다"))
    town.card("A-2").shows("예산 요구서")
    window.click("모두 등록", window.written("아직 만들지 않았습니다"))

    window.written("이미 등록했거나 취소했거나 14일이 지나 지워진 목록")
