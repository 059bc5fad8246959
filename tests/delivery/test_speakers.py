"""One installation speaks in a channel; when it cannot any more, another goes on, and nothing is lost or said twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from storage.tables import BoundChannel, OutboxRow, OutboxState, Silence
from tests import bots, cast
from tests.bots import Town
from tests.towns import expect_honest
from tests.windows import Message, eventually

NOTE = "말하는 앱이 바뀌어"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """T3: GIST's installation speaks, the county's is in the channel too."""
    with bots.twice(f"sqlite:///{tmp_path / 'tft.db'}") as town:
        town.expected_refusals |= {"account_inactive", "not_in_channel", "is_archived", "channel_not_found"}
        yield town
        expect_honest(town)


def bound(town: Town) -> BoundChannel:
    with town.bot.deps.database.reading() as session:
        return session.exec(select(BoundChannel)).one()


def parked(town: Town) -> list[OutboxRow]:
    with town.bot.deps.database.reading() as session:
        return list(session.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)))


def an_item(town: Town, title: str = "셔틀 노선 협의") -> Message:
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    gist.command(f"/tft add {title} <@{gist.user}> <@{county.user}>")
    return town.card("A-1").opened()


def posted_by(town: Town, user: str, part: str) -> list[Message]:
    found = town.as_user("county lead").messages()
    return [one for one in found if one.raw["user"] == user and part in one.text]


def test_the_speaker_is_uninstalled_and_the_other_sides_bot_goes_on(town: Town):
    an_item(town)
    old = town.card("A-1").message()
    county, gist = town.as_user("county owner"), town.as_user("gist owner")

    town.as_user("gist lead").act("uninstall", app="A0TFT")

    card = eventually(lambda: next(iter(posted_by(town, cast.COUNTY_BOT, "A-1 ")), None))
    assert NOTE in card.text
    county.react(card, "✅")
    town.card("A-1").half_done("영광군")
    gist.write(f"<@{cast.COUNTY_BOT}> done A-1")  # a partner without commands from now on
    town.card("A-1").closed()
    county.react(old, "👀")  # on the message of the bot that is gone: known, and without harm
    gist.write_to_bot_of(cast.COUNTY_BOT, "reopen A-1")
    town.card("A-1").opened()
    assert len(posted_by(town, cast.COUNTY_BOT, "A-1 ")) == 1
    assert parked(town) == []


def test_what_was_queued_is_said_by_the_next_speaker_once(town: Town):
    an_item(town)
    slow = {"kind": "ratelimited", "retry_after": 2, "times": 50, "match": {"channel": cast.CHANNEL}}
    town.workspace.fault(method="chat.postMessage", **slow)
    county = town.as_user("county owner")
    county.command(f"/tft add 대기 중인 일 <@{county.user}>")

    town.as_user("gist lead").act("uninstall", app="A0TFT")
    eventually(lambda: (bound(town).silent_since is None and bound(town).speaker_id == 2) or None)
    town.workspace.clear_faults()

    town.card("A-2").opened()
    eventually(lambda: posted_by(town, cast.COUNTY_BOT, "A-1 ") or None)
    assert len(posted_by(town, cast.COUNTY_BOT, "A-2 ")) == 1
    assert posted_by(town, cast.BOT, "A-2 ") == []
    assert parked(town) == []


def test_a_card_that_went_out_as_the_speaker_went_is_known_and_posted_again(tmp_path: Path):
    with bots.twice(f"sqlite:///{tmp_path / 'tft.db'}", TFT_RECONCILE_S=2) as town:
        town.workspace.fault(method="chat.postMessage", kind="drop_after", match={"channel": cast.CHANNEL})
        county = town.as_user("county owner")
        county.command(f"/tft add 떠나며 올린 일 <@{county.user}>")
        old = eventually(lambda: next(iter(posted_by(town, cast.BOT, "A-1 ")), None))

        town.as_user("gist lead").act("uninstall", app="A0TFT")

        card = eventually(lambda: next(iter(posted_by(town, cast.COUNTY_BOT, "A-1 ")), None))
        assert NOTE in card.text
        county.react(old, "✅")
        town.card("A-1").closed()
        assert len(posted_by(town, cast.COUNTY_BOT, "A-1 ")) == 1


def test_the_speaker_is_taken_out_of_the_channel(town: Town):
    an_item(town)
    town.workspace.fault(event="*", kind="twice", times=100)

    town.as_user("gist lead").act("kick", channel=cast.CHANNEL, target=cast.BOT)

    eventually(lambda: posted_by(town, cast.COUNTY_BOT, "A-1 ") or None)
    town.as_user("gist owner").command("/tft done A-1")  # the app is still installed there
    town.card("A-1").half_done("GIST")


def test_without_any_speaker_it_waits_the_leads_are_told_and_who_comes_back_goes_on(town: Town):
    an_item(town)
    lead, gist = town.as_user("gist lead"), town.as_user("gist owner")
    lead.act("kick", channel=cast.CHANNEL, target=cast.COUNTY_BOT)
    lead.act("kick", channel=cast.CHANNEL, target=cast.BOT)

    lead.written("올릴 수 없습니다", "/invite")
    town.as_user("county lead").written("올릴 수 없습니다")
    gist.write_to_bot("done A-1")
    gist.written("A-1")
    assert bound(town).silent_why is Silence.SPEAKERLESS
    town.card("A-1").opened()

    lead.act("invite", channel=cast.CHANNEL, target=cast.BOT)

    town.card("A-1").half_done("GIST")
    assert parked(town) == []
    assert len([one for one in lead.direct_messages() if "올릴 수 없습니다" in one.text]) == 1


def test_in_an_archived_channel_messages_wait_until_it_is_open_again(town: Town):
    an_item(town)
    lead = town.as_user("gist lead")
    town.workspace.fault(event="*", kind="twice", times=100)
    lead.act("archive", channel=cast.CHANNEL)
    eventually(lambda: bound(town).silent_why is Silence.ARCHIVED or None)
    town.as_user("county owner").write_to_bot("done A-1")
    town.as_user("county owner").written("A-1", "완료")

    lead.act("unarchive", channel=cast.CHANNEL)

    town.card("A-1").half_done("영광군")
    assert bound(town).speaker_id == 1
    assert parked(town) == []


def test_a_row_that_is_being_sent_follows_the_channel_to_its_new_id(town: Town):
    an_item(town)
    lead = town.as_user("gist lead")
    town.workspace.fault(event="*", kind="twice", times=100)
    town.workspace.fault(method="chat.postMessage", kind="slow", delay_s=1.5, match={"channel": cast.CHANNEL})
    town.as_user("gist owner").command(f"/tft add 공유가 끝나는 날 <@{town.as_user('gist owner').user}>")

    new = lead.act("unshare", channel=cast.CHANNEL, team=cast.COUNTY)["channel"]

    lead.sees("공유가 끝나는 날", channel=new)
    assert bound(town).channel_id == new
    assert len([one for one in lead.messages(new) if "공유가 끝나는 날" in one.text]) == 1
    assert parked(town) == []
    shared = lead.act("share", channel=new, team=cast.COUNTY)["channel"]
    lead.command("/tft done A-2", channel=shared)
    eventually(lambda: [one for one in lead.messages(shared) if "A-2 " in one.text and "완료" in one.text] or None)
