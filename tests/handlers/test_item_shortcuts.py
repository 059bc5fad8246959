"""Items made from a message, by its shortcut or by 📝, and from anywhere; over the real wire."""

from sqlmodel import select

from storage.tables import BoundChannel, ItemSource, Person, PersonAccount, Side, TaskForce
from tests.bots import Town
from tests.cast import CHANNEL, OTHER_CHANNEL, PEOPLE
from tests.windows import Form, Message, Window, eventually

TEXT = "센터 개소 계획서 초안 부탁드립니다\n<@U0CTYOWN> 자료는 붙임과 같습니다."


def shortcut(window: Window, message: Message) -> None:
    place = {"channel": message.channel, "ts": message.ts}
    window.act("message_shortcut", app=window.app, callback_id="make-item", **place)


def written(window: Window, text: str = TEXT, channel: str | None = None) -> Message:
    ts = window.write(text, channel)
    return next(one for one in window.messages(channel) if one.ts == ts)


def source(town: Town) -> ItemSource:
    with town.bot.deps.database.reading() as session:
        return session.exec(select(ItemSource)).one()


def test_a_message_becomes_an_item_by_its_shortcut(town: Town):
    message = written(town.as_user("county owner"))
    window = town.as_user("gist secretary")

    shortcut(window, message)
    form = window.form()
    assert "센터 개소 계획서 초안 부탁드립니다" in form.text
    assert "자료는 붙임과 같습니다." in form.text
    window.submit(form)

    town.card("A-1").shows("센터 개소 계획서 초안 부탁드립니다", "GIST 담당: 김민지 연구원")
    assert source(town).permalink == f"https://gist.slack.com/archives/{CHANNEL}/p{message.ts.replace('.', '')}"
    window.command("/tft show A-1")
    shown = window.told("이 할 일이 나온 글")
    assert "@한도윤 자료는 붙임과 같습니다." in shown.text
    assert "<@" not in shown.text


def test_a_note_on_a_message_offers_the_form_to_both_sides(shared_town: Town):
    message = written(shared_town.as_user("gist owner"))
    window = shared_town.as_user("county owner")

    window.react(message, "📝")
    offer = window.told("이 글을 할 일로 만들까요?")
    assert not shared_town.as_user("gist owner").whispers()
    window.click("할 일로 만들기", offer)
    window.submit(window.form(), **{"owner-2": "한도윤 주무관"})

    shared_town.card("A-1").shows("센터 개소 계획서 초안", "영광군 담당: 한도윤 주무관")
    assert source(shared_town).quote.startswith("센터 개소 계획서 초안")


def test_a_note_in_a_thread_reads_that_very_message(town: Town):
    parent = written(town.as_user("gist owner"), "회의 자료")
    window = town.as_user("gist secretary")
    ts = town.as_user("gist owner").write("산출근거 정리", thread=parent)
    reply = next(one for one in window.messages(thread=parent) if one.ts == ts)

    window.react(reply, "📝")
    window.click("할 일로 만들기", window.told("이 글을 할 일로 만들까요?"))

    assert "산출근거 정리" in window.form().text


def test_a_stranger_and_the_bots_own_messages_are_left_alone(town: Town):
    message = written(town.as_user("gist owner"))
    stranger, window = town.as_user("stranger"), town.as_user("gist secretary")
    stranger.react(message, "📝")
    window.command("/tft add 초안")
    card = town.card("A-1").shows("초안")
    window.react(card, "📝")
    window.react(message, "📝")

    window.told("이 글을 할 일로 만들까요?")

    assert len([one for one in window.whispers() if "만들까요" in one.text]) == 1
    assert not stranger.whispers()


def test_the_global_shortcut_opens_the_form(town: Town):
    window = town.as_user("gist secretary")

    window.act("global_shortcut", app=window.app, callback_id="add-item")
    window.submit(window.form(), title="전역 초안")

    town.card("A-1").shows("전역 초안", "GIST 담당: 김민지 연구원")


def test_who_is_in_two_task_forces_chooses_one_first(town: Town):
    with town.bot.deps.work() as work:
        other = TaskForce(name="다른 모임", created_at=work.now)
        work.session.add(other)
        work.session.flush()
        side = Side(task_force_id=other.id or 0, name="GIST", position=0)
        bound = BoundChannel(channel_id=OTHER_CHANNEL, task_force_id=other.id or 0, speaker_id=1, bound_at=work.now)
        work.session.add_all([side, bound])
        work.session.flush()
        person = Person(name="정하늘", joined_at=work.now, task_force_id=other.id or 0, side_id=side.id or 0)
        work.session.add(person)
        work.session.flush()
        known = PersonAccount(task_force_id=other.id or 0, user_id=PEOPLE["gist owner"][0], person_id=person.id or 0)
        work.session.add(known)
    window = town.as_user("gist owner")

    window.act("global_shortcut", app=window.app, callback_id="add-item")
    window.click("다른 모임", window.form())

    def item_form() -> Form | None:
        found = window.form()
        return found if found.raw["callback_id"] == "item-form" else None

    form = eventually(item_form)
    window.submit(form, title="다른 초안")

    window.sees("A-1", "다른 초안", channel=OTHER_CHANNEL)
