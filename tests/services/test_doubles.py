"""What Slack tells twice, with another event id each time, has one effect: for every event that the app subscribes to."""

from collections.abc import Iterator
from typing import Any

import pytest

from handlers.manifest import EVENTS
from tests.services.desk import Desk, Dump
from tests.services.team import CARD_TS, CHANNEL, Team
from tests.services.verb_lines import working_desk

TICK = {
    "reaction": "white_check_mark",
    "item_user": "UBOT",
    "item": {"type": "message", "channel": CHANNEL, "ts": CARD_TS},
}
IN_MEETING = {"text": "결정: 두 번 온 결정", "thread_ts": "1763850004.000100"}
# By whom, where, and what it says besides.
TOLD: dict[str, tuple[str, str, dict[str, Any]]] = {
    "app_mention": ("gist lead", CHANNEL, {"text": "<@UBOT> 추가 두 번 온 일"}),
    "message.im": ("gist lead", "DUGLEAD", {"text": "추가 두 번 온 일", "channel_type": "im"}),
    "message.channels": ("gist owner", CHANNEL, {**IN_MEETING, "channel_type": "channel"}),
    "message.groups": ("gist owner", CHANNEL, {**IN_MEETING, "channel_type": "group"}),
    "reaction_added": ("gist owner", CHANNEL, TICK),
    "reaction_removed": ("gist owner", CHANNEL, TICK),
    "member_joined_channel": ("stranger", CHANNEL, {}),
    "member_left_channel": ("gist owner", CHANNEL, {}),
    "user_change": ("gist owner", CHANNEL, {"user": {"id": "UGOWN", "deleted": True, "profile": {}}}),
    "channel_id_changed": ("gist lead", CHANNEL, {"old_channel_id": CHANNEL, "new_channel_id": "C7"}),
    **dict.fromkeys(("channel_archive", "channel_unarchive", "channel_left"), ("gist lead", CHANNEL, {})),
    **dict.fromkeys(("group_archive", "group_unarchive", "group_left"), ("gist lead", CHANNEL, {})),
    "app_home_opened": ("gist owner", "DUGOWN", {"tab": "home"}),
}
REMOVALS = {"app_uninstalled", "tokens_revoked"}  # what is taken out is out: tests of installations
FIRST = {
    "reaction_removed": "reaction_added",
    "channel_unarchive": "channel_archive",
    "group_unarchive": "group_archive",
}  # what must have been told before, for there to be an effect
SHOWN_ANEW = {"app_home_opened"}  # the Home is as it is, however often somebody looks


def test_every_event_that_is_subscribed_to_is_told_twice():
    assert set(TOLD) == set(EVENTS) - REMOVALS


@pytest.fixture
def desk(team: Team) -> Iterator[Desk]:
    with working_desk(team) as desk:
        yield desk


@pytest.mark.parametrize("event", TOLD)
def test_what_arrives_twice_with_different_event_ids_has_one_effect(desk: Desk, event: str):
    handle, channel, more = TOLD[event]
    if event in FIRST:
        desk.heard(handle, desk.event(handle, channel, FIRST[event], **more))
    before = desk.dump()
    body = desk.event(handle, channel, event.partition(".")[0], **more)

    desk.heard(handle, {**body, "event_id": "Ev1"})
    once, calls = desk.dump(), len(desk.slack.calls)
    desk.heard(handle, {**body, "event_id": "Ev2"})

    assert once != before or event in SHOWN_ANEW
    assert without_receipts(desk.dump()) == without_receipts(once)
    assert len(desk.slack.calls) == calls or event in SHOWN_ANEW


def without_receipts(dump: Dump) -> Dump:
    """What is kept, but for what says what was heard, and when a profile was."""
    return {name: rows for name, rows in dump.items() if name not in ("receipt", "account")}
