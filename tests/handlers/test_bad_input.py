"""Bad input over the real wire: on every surface and in both languages a clear answer, with what was typed given back."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import select

from storage import installations
from storage.tables import BoundChannel, Item, Person, PersonAccount, Role, Side, TaskForce
from tests.bots import Town, enlist
from tests.cast import OTHER_CHANNEL, PEOPLE
from tests.delivery.office import together
from tests.windows import Message, Window, _answer

GIST_OWNER, COUNTY_OWNER, STRANGER, COUNTY_LEAD, COUNTY_SECRETARY = (
    f"<@{PEOPLE[handle][0]}>"
    for handle in ("gist owner", "county owner", "stranger", "county lead", "county secretary")
)
THREE_OF_ONE_SIDE = f"{COUNTY_OWNER} {COUNTY_LEAD} {COUNTY_SECRETARY}"
LONG = "가나다라마 " * 500  # 3,000 characters


@dataclass(frozen=True)
class Mistake:
    """A line in English and in Korean, what is answered in each, and what of the line is given back."""

    english: str
    korean: str
    in_english: str
    in_korean: str
    given_back: str


MISTAKES = {
    "a verb with a typo": Mistake("adn Draft", "춯가 Draft", "Did you mean", "혹시", "Draft"),
    "an unknown verb": Mistake("xyzzy plugh", "얼씨구 plugh", "did not understand", "알아듣지 못했습니다", "plugh"),
    "a title of 3,000 characters": Mistake(
        f"add {LONG}", f"추가 {LONG}", "at most 300 characters", "제목은 300자까지", LONG[:2000].strip()
    ),
    "three owners of one side": Mistake(
        f"add Charter {THREE_OF_ONE_SIDE}",
        f"추가 Charter {THREE_OF_ONE_SIDE}",
        "A side has one owner",
        "한 측에 담당은 한 명",
        "Charter @한도윤 @박서준 @최유진",
    ),
    "an owner outside the roster": Mistake(
        f"add Visit {STRANGER}",
        f"추가 Visit {STRANGER}",
        "not in the roster: 나그네",
        "명단에 없는 담당입니다: 나그네",
        "Visit @나그네",
    ),
    "an impossible date": Mistake(
        "add Plan 2026-02-30", "추가 Plan 2026-02-30", "no such date", "달력에 없는 날짜", "Plan 2026-02-30"
    ),
    "a number of another task force": Mistake(
        "show A-77", "보기 A-77", "There is no A-77", "A-77 할 일이 없습니다", "A-77"
    ),
    "no number": Mistake(
        "done everything", "완료 everything", "add the item's number", "할 일 번호를 함께", "everything"
    ),
}
NO_TITLE = {
    "nothing": "",
    "only spaces": "   ",
    "a call to everybody": "<!channel>",
    "an owner alone": COUNTY_OWNER,
}


@pytest.fixture(params=["english", "korean"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(language: str) -> str:
    return {"english": "english", "korean": "gist owner"}[language]


@pytest.fixture(params=["command", "mention", "direct message"])
def surface(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def say(window: Window, surface: str, line: str, *answer: str) -> Message:
    """Say a line somewhere, and have the answer that contains every part."""
    if surface == "command":
        window.command(f"/tft {line}")
        return window.told(*answer)
    if surface == "mention":
        window.mention(line)
        return window.told(*answer)
    window.write_to_bot(line)
    return window.written(*answer)


def test_mistakes_are_answered_and_given_back(town: Town, surface: str, language: str, person: str):
    found_another(town)
    window = town.as_user(person)
    for name, mistake in MISTAKES.items():
        line = getattr(mistake, language)
        answer = getattr(mistake, f"in_{language}")

        told = say(window, surface, line, answer, mistake.given_back)

        assert_harmless(told, name)
    assert_nothing_made(town)


@pytest.mark.parametrize("given", NO_TITLE.values(), ids=NO_TITLE)
def test_without_a_title_the_form_opens_with_what_was_given(
    town: Town, surface: str, language: str, person: str, given: str
):
    window = town.as_user(person)
    verb, hint = {"english": ("add", "The button below"), "korean": ("추가", "아래 버튼")}[language]
    if surface == "command":
        window.command(f"/tft {verb} {given}")
    else:
        window.click("open-form", say(window, surface, f"{verb} {given}", hint))

    form = window.form()

    assert {"english": "Add an item", "korean": "할 일 추가"}[language] in form.text
    if given == COUNTY_OWNER:
        assert "한도윤" in str([block["element"].get("initial_option") for block in form.blocks if "element" in block])
    assert_nothing_made(town)


def test_a_form_with_a_title_of_nothing_stays_open(town: Town, language: str, person: str):
    window = town.as_user(person)
    window.command("/tft add")

    for title in ("   ", "<!channel>", "\u3164"):
        refused = window.act("submit", view_id=window.form().raw["id"], state=filled(window, title))
        assert {"english": "what is to be done", "korean": "제목을 적어 주세요"}[language] in refused["errors"]["title"]
    assert_nothing_made(town)


@pytest.mark.parametrize("surface", ["command", "mention"])
def test_a_channel_without_a_task_force(town: Town, surface: str, language: str, person: str):
    window = town.as_user(person)
    line = {"english": "add Charter", "korean": "추가 Charter"}[language]

    if surface == "command":
        window.command(f"/tft {line}", OTHER_CHANNEL)
    else:
        window.mention(line, OTHER_CHANNEL)

    answer = {"english": "This channel has no task force yet", "korean": "이 채널에는 아직 TFT가 없습니다"}[language]
    window.told(answer, "Charter", channel=OTHER_CHANNEL)
    assert_nothing_made(town)


def test_a_direct_message_of_somebody_in_no_task_force(empty_town: Town, language: str, person: str):
    window = empty_town.as_user(person)

    window.write_to_bot({"english": "add Charter", "korean": "추가 Charter"}[language])

    window.written(
        {"english": "not in the roster of any", "korean": "어느 TFT의 명단에도 없습니다"}[language], "Charter"
    )


def test_a_direct_message_of_somebody_in_two_task_forces(town: Town, language: str, person: str):
    found_another(town, person)
    window = town.as_user(person)

    window.write_to_bot({"english": "add Charter", "korean": "추가 Charter"}[language])
    question = window.written({"english": "Which one do you mean?", "korean": "어느 TFT인가요?"}[language])
    window.click("다른 TFT", question)

    window.told("A-78", "Charter", channel=window.dm())
    town.as_user("stranger").sees("A-78", "Charter", channel=OTHER_CHANNEL)


def test_a_stale_button_on_a_closed_item(town: Town, language: str, person: str):
    window, county = town.as_user(person), town.as_user("county owner")
    county.mention(f"추가 Charter <@{window.user}>")
    stale = window.written("A-1", "Charter")
    window.react(town.card("A-1").opened(), "✅")
    town.card("A-1").closed()

    window.click({"english": "Done", "korean": "완료"}[language], stale)

    already = {"english": "is already finished", "korean": "이미 끝난 할 일"}[language]
    window.told(already, channel=window.dm())
    town.card("A-1").closed()


def test_two_people_close_at_once(town: Town):
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    gist.command(f"/tft add Charter <@{gist.user}> <@{county.user}>")
    card = town.card("A-1").opened()

    together(lambda: gist.react(card, "✅"), lambda: county.react(card, "✅"))

    town.card("A-1").closed()
    gist.command("/tft history A-1")
    assert gist.told("A-1 이력").text.count("완료로 닫힘") == 1


def found_another(town: Town, *handles: str) -> None:
    """Another task force in the other channel: its item is A-77, the stranger leads it, and these people are in it."""
    with town.bot.deps.work() as work:
        session, now = work.session, work.now
        task_force = TaskForce(name="다른 TFT", created_at=now, last_item_number=76)
        session.add(task_force)
        session.flush()
        of = task_force.id or 0
        side = Side(task_force_id=of, name="도청", position=0)
        speaker = installations.standing(session)[0].id or 0
        session.add_all(
            [side, BoundChannel(channel_id=OTHER_CHANNEL, task_force_id=of, speaker_id=speaker, bound_at=now)]
        )
        session.flush()
        enlist(session, "stranger", "lead", side.id or 0, of, now)
        for handle in handles:
            person = Person(task_force_id=of, side_id=side.id or 0, role=Role.MEMBER, name=handle, joined_at=now)
            session.add(person)
            session.flush()
            session.add(PersonAccount(task_force_id=of, user_id=PEOPLE[handle][0], person_id=person.id or 0))
    stranger = town.as_user("stranger")
    stranger.command("/tft add 비밀 계획", OTHER_CHANNEL)
    stranger.told("A-77", channel=OTHER_CHANNEL)


def assert_harmless(told: Message, name: str) -> None:
    """Nothing of the other task force, nothing that pings, and no reference number: it is the person's mistake, not a bug."""
    assert "비밀" not in told.text, name
    assert "<!channel>" not in str(told.raw), name
    assert "문의 번호" not in told.text, name
    assert "the reference" not in told.text, name


def assert_nothing_made(town: Town) -> None:
    with town.bot.deps.database.reading() as session:
        assert [item.title for item in session.exec(select(Item)) if item.number != 77] == []


def filled(window: Window, title: str) -> dict[str, Any]:
    """The form's state with this title, as Slack sends it."""
    inputs = [block for block in window.form().blocks if block["type"] == "input"]
    given = {block["block_id"]: title if block["block_id"] == "title" else None for block in inputs}
    return {block["block_id"]: _answer(block["element"], given[block["block_id"]]) for block in inputs}
