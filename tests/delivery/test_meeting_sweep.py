"""What happened at a meeting while the bot could not hear it; on both engines."""

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from sqlmodel import select

from bot.wiring import Bot
from handlers import meeting_sweep, nudges
from storage.tables import Meeting, MeetingLine, Phase
from tests.cast import CHANNEL
from tests.delivery.village import Village, village
from tests.windows import Message, eventually

__all__ = ["village"]
pytestmark = pytest.mark.timeout(180)
HEARD = ("message", "reaction_added", "reaction_removed")


def card(village: Village, bot: Bot, *parts: str) -> Message:
    return village.town(bot).as_user("gist lead").sees("M-1 ", *parts)


def card_without(village: Village, bot: Bot, *parts: str) -> None:
    """Wait until the card shows none of these."""
    eventually(lambda: not any(part in card(village, bot).text for part in parts) or None, f"none of {parts}")


def line(village: Village, bot: Bot, thread: Message, text: str) -> Message:
    found = village.town(bot).as_user("gist lead").messages(thread=thread)[1:]
    return next(one for one in found if text in one.text)


def meeting(bot: Bot) -> Meeting:
    with bot.deps.database.reading() as session:
        return session.exec(select(Meeting)).one()


def kept(bot: Bot) -> list[str]:
    with bot.deps.database.reading() as session:
        return [one.text for one in session.exec(select(MeetingLine)) if one.kind == "message"]


def begun(village: Village, bot: Bot) -> Message:
    """A meeting with five lines that were heard, one of them marked with 📌 by the county's owner."""
    town = village.town(bot)
    town.found()
    town.as_user("gist secretary").command("/tft 회의 시작 실무회의")
    thread = eventually(lambda: card(village, bot, "진행 중"))
    for text in (
        "결정: 하나",
        "결정: 지울 것",
        "국비를 함께 신청합시다",
        "견적을 받겠습니다 한도윤 주무관",
        "셔틀을 늘립시다",
    ):
        town.as_user("gist owner").write(text, thread=thread)
    eventually(lambda: len(kept(bot)) == 5 or None, "five lines")
    town.as_user("county owner").react(line(village, bot, thread, "셔틀"), "pushpin")
    card(village, bot, "셔틀을 늘립시다")
    return thread


def take_nothing_for_deleted(bot: Bot) -> None:
    """A look at the thread that is stopped before its end proves nothing."""
    before, stopping = kept(bot), Event()
    stopping.set()
    assert not meeting_sweep.look(bot.deps, meeting(bot), stopping).is_whole
    assert kept(bot) == before


def take_for_silent_only_what_was_read(village: Village, bot: Bot, thread: Message) -> None:
    """Hours without a line that was heard: Slack does not answer, then has a line, then none."""
    village.unheard("message")
    village.town(bot).as_user("county owner").write("결정: 밤늦게", thread=thread)
    later = replace(bot.deps, clock=lambda: bot.deps.clock() + timedelta(hours=3, minutes=5))
    village.workspace.fault(method="conversations.replies", kind="error", error="internal_error", times=1)

    nudges.tick(later)
    assert meeting(bot).phase is Phase.LIVE
    assert "결정: 밤늦게" not in kept(bot)
    nudges.tick(replace(later, clock=lambda: later.clock() + timedelta(minutes=2)))

    assert meeting(bot).phase is Phase.LIVE
    card(village, bot, "진행 중", "밤늦게")
    much_later = later.clock() + timedelta(hours=4)
    nudges.tick(replace(later, clock=lambda: much_later))
    assert meeting(bot).phase is Phase.ENDED


def test_a_gap_loses_nothing_of_a_meeting(village: Village):
    with village.bot() as bot:
        thread = begun(village, bot)
        take_nothing_for_deleted(bot)
        town = village.town(bot)
    first, second, third, fourth, fifth = [
        line(village, bot, thread, text) for text in ("하나", "지울 것", "국비", "견적", "셔틀")
    ]
    village.unheard(*HEARD)
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    gist.act("edit", channel=CHANNEL, ts=first.ts, text="결정: 하나만")
    gist.act("delete", channel=CHANNEL, ts=second.ts)
    gist.write("기록제외: 단가 이야기", thread=thread)
    county.write("결정: 그사이", thread=thread)
    county.react(third, "pushpin")
    county.react(fourth, "memo")
    county.unreact(fifth, "pushpin")
    beside = county.write("현판도 함께 주문합시다")
    gist.react(next(one for one in gist.messages() if one.ts == beside), "memo")
    village.heard()

    with village.bot() as bot:
        card(village, bot, "하나만", "그사이", "국비를 함께 신청합시다", "A-1  견적을 받겠습니다")
        card_without(village, bot, "지울 것", "셔틀")
        town = village.town(bot)
        town.as_user("gist owner").click("할 일로 회의록에 넣기", town.as_user("gist owner").told("회의록에 넣을까요?"))
        card(village, bot, "현판도 함께 주문합시다")
        assert not [text for text in kept(bot) if "단가" in text or "지울" in text]
        take_for_silent_only_what_was_read(village, bot, thread)
