"""Who is offered to make an item of a message, whose messages may be read, and what the form takes from them."""

import json

import pytest

from bot.messages.post import View
from bot.services.askers import Surface
from bot.services.item_sources import QUOTE_LIMIT, Written, check_channel, form, offered
from bot.services.refused import Refused
from tests.services.team import CHANNEL, OTHER_CHANNEL, Team

LINK = "https://gist.slack.com/archives/C1/p1763856000000100"


def offers(team: Team, handle: str, writer: str | None = "UGOWN", channel: str = CHANNEL) -> bool:
    with team.work() as work:
        asker = team.asker(work, handle, Surface.REACTION, channel)
        return offered(work, asker, "1.2", writer).post is not None


def formed(team: Team, text: str, link: str = LINK, handle: str = "gist member") -> View:
    with team.work() as work:
        view = form(work, team.asker(work, handle), Written(text, link)).view
    assert view
    return view


@pytest.mark.parametrize("handle", ["gist member", "gist lead", "county owner"])
def test_members_are_offered(team: Team, handle):
    assert offers(team, handle)


@pytest.mark.parametrize("handle", ["observer", "stranger", "other team"])
def test_others_are_not(team: Team, handle):
    assert not offers(team, handle)


def test_nobody_outside_a_task_forces_channel_or_on_a_bots_message(team: Team):
    assert not offers(team, "gist member", channel="C9")
    assert not offers(team, "gist member", writer="UBOT")
    assert offers(team, "gist member", writer=None)


@pytest.mark.parametrize("channel", [OTHER_CHANNEL, "C9"])
def test_no_message_of_another_channel_is_read(team: Team, channel):
    with team.work() as work:
        check_channel(work, team.asker(work, "gist member"), CHANNEL)
        with pytest.raises(Refused, match="item-source-elsewhere"):
            check_channel(work, team.asker(work, "gist member"), channel)


def test_the_form_takes_what_the_first_line_says(team: Team):
    view = formed(team, "\n초안 <@UCOWN> <@USTRANGE> <@UGOBS> 2026-12-04까지 #센터\n둘째 줄")

    shown = json.dumps(view, ensure_ascii=False)
    assert '"initial_value": "초안"' in shown
    assert '"initial_date": "2026-12-04"' in shown
    assert "한도윤 주무관" in str(
        [block["element"].get("initial_option") for block in view["blocks"] if "element" in block]
    )
    assert "둘째 줄" in shown
    assert json.loads(view["private_metadata"])["source"]["permalink"] == LINK


@pytest.mark.parametrize("text", ["", " \n ", "<!channel>", "&" * 3000, '"\\' * 3000, "가" * 40000, "x\n" * 5000])
def test_any_message_makes_a_form_that_slack_takes(team: Team, text):
    view = formed(team, text)

    assert len(view["private_metadata"]) <= 3000
    assert len(json.loads(view["private_metadata"])["source"]["quote"]) <= QUOTE_LIMIT
    assert all(len(block["text"]["text"]) <= 3000 for block in view["blocks"] if block["type"] == "section")


def test_an_address_that_is_none_is_not_kept(team: Team):
    assert json.loads(formed(team, "초안", "https://evil.example/")["private_metadata"])["source"]["permalink"] == ""


def test_an_observer_gets_no_form(team: Team):
    with pytest.raises(Refused, match="item-observer-may-not"):
        formed(team, "초안", handle="observer")
