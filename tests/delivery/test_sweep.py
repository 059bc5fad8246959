"""What happened to the cards while the bot could not hear it."""

from datetime import UTC, datetime, timedelta

import pytest

from config.slack import Fate
from handlers.calls import Outcome, seen_at
from tests import cast
from tests.bots import Card, Town
from tests.cast import PEOPLE
from tests.delivery.asking import ask
from tests.delivery.village import Village, village
from tests.windows import Message, eventually

__all__ = ["village"]
pytestmark = pytest.mark.timeout(180)  # these wait for what takes its time

OWNERS = f"<@{PEOPLE['gist owner'][0]}> <@{PEOPLE['county owner'][0]}>"


def add(town: Town) -> Card:
    """An item with its card, complete with the first reaction."""
    town.found()
    town.as_user("gist secretary").command(f"/tft add 센터 개소 계획서 초안 {OWNERS} 2027-03-05")
    card = town.card("A-1")
    eventually(lambda: "white_check_mark" in card.opened().reactions() or None)
    return card


def test_reactions_that_came_and_went_while_the_bot_was_down(village: Village):
    with village.bot() as bot:
        card = add(village.town(bot)).message()
    village.unheard("reaction_added", "reaction_removed")
    people = village.town(bot)
    people.as_user("gist owner").react(card, "✅")
    people.as_user("county owner").react(card, "✅")
    people.as_user("county owner").unreact(card, "✅")
    village.heard()

    with village.bot() as bot:
        village.town(bot).card("A-1").half_done("GIST")


def test_a_check_taken_away_while_the_bot_was_down_opens_the_item_again(village: Village):
    with village.bot() as bot:
        town = village.town(bot)
        card = add(town)
        for owner in ("gist owner", "county owner"):
            town.as_user(owner).react(card.message(), "✅")
        card.closed()
    village.unheard("reaction_added", "reaction_removed")
    people = village.town(bot)
    people.as_user("gist owner").unreact(card.message(), "✅")
    village.heard()

    with village.bot() as bot:
        village.town(bot).card("A-1").half_done("영광군")


def test_a_card_that_was_lost_while_the_bot_was_down_is_posted_again(village: Village):
    with village.bot() as bot:
        card = add(village.town(bot)).message()
        client = bot.deps.slack.client_of_token("xoxb-test")
    client.chat_delete(channel=card.channel, ts=card.ts)

    with village.bot() as bot:
        again = village.town(bot).card("A-1").shows("센터 개소 계획서 초안", "다시 올렸습니다")
        assert again.ts != card.ts


def test_a_decision_is_confirmed_by_a_tick_while_the_bot_was_down(village: Village):
    with village.bot() as bot:
        town = village.town(bot)
        town.found()
        town.as_user("gist secretary").command("/tft decide 셔틀은 2027년 3월부터 운행한다")
        card = eventually(lambda: seeded(town))
    village.unheard("reaction_added", "reaction_removed")
    for lead in ("gist lead", "county lead"):
        village.town(bot).as_user(lead).react(card, "✅")
    village.heard()

    with village.bot() as bot:
        village.town(bot).as_user("county lead").sees("R-1  ", "확정 · 2026", "영광군 측: ✅ 확인 · 박서준 과장")


def seeded(town: Town) -> Message | None:
    """The decision's card, complete with the first reaction."""
    found = town.as_user("gist lead").sees("R-1  ")
    return found if "white_check_mark" in found.reactions() else None


def test_what_was_missed_is_found_after_a_cut(village: Village):
    with village.bot() as bot:
        town = village.town(bot)
        card = add(town)
        village.unheard("reaction_added", "reaction_removed")
        town.as_user("gist owner").react(card.message(), "✅")
        village.heard()
        card.opened()

        ask(village.workspace.url + "/_sockets/disconnect", {"app": "A0TFT", "cut": True})

        card.half_done("GIST")


def test_a_check_before_the_post_s_own_answer_counts(village: Village):
    """Slack shows the card two seconds before the answer of the post is here."""
    with village.bot() as bot:
        town = village.town(bot)
        town.found()
        village.workspace.fault(
            method="chat.postMessage", kind="slow_after", delay_s=2.0, match={"channel": cast.CHANNEL}
        )
        town.as_user("gist secretary").command(f"/tft add 센터 개소 계획서 초안 {OWNERS} 2027-03-05")
        for owner in ("gist owner", "county owner"):
            town.as_user(owner).react(town.card("A-1").message(), "✅")
        town.card("A-1").closed()


BEGAN = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "took_s", "stamp"),
    [
        ("Mon, 23 Nov 2026 09:00:07 GMT", 0.25, "1795424406.750000"),  # Slack's clock is ahead of ours: it counts
        (None, 0.25, f"{BEGAN.timestamp():.6f}"),
    ],
)
def test_a_look_is_dated_before_slack_looked(date: str | None, took_s: float, stamp: str):
    outcome = Outcome("reactions.get", Fate.DONE, headers={"Date": date} if date else {})
    assert seen_at(outcome, BEGAN, BEGAN + timedelta(seconds=took_s)) == stamp
