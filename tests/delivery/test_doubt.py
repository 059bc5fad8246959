"""Slack fails in every way it can: what was queued still stands there once, and is true."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from handlers.delivery import Delivery
from storage.tables import Installation
from tests.delivery.office import GIVES_UP_S, OWNER, RECONCILE_S, Office, eventually, opened

pytestmark = pytest.mark.timeout(180)  # these wait for what takes its time

LATE_S = 1.4 * GIVES_UP_S  # after it was given up, long before it is looked for
WITHOUT_EFFECT: dict[str, dict[str, Any]] = {
    "429": {"kind": "ratelimited", "retry_after": 1},
    "500": {"kind": "http_500"},
    "no answer, no effect": {"kind": "timeout", "delay_s": LATE_S},
    "dropped before": {"kind": "drop_before"},
    "internal_error": {"kind": "error", "error": "internal_error"},
    "temporary": {"kind": "error", "error": "service_unavailable"},
}
WITH_EFFECT: dict[str, dict[str, Any]] = {
    "500 after": {"kind": "http_500_after"},
    "no answer": {"kind": "timeout_after", "delay_s": LATE_S},
    "dropped after": {"kind": "drop_after"},
    "late answer": {"kind": "slow_after", "delay_s": LATE_S},
    "late effect": {"kind": "slow", "delay_s": LATE_S},
}
FAULTS = WITHOUT_EFFECT | WITH_EFFECT


CHANNELS = {name: f"C{number}" for number, name in enumerate(FAULTS, 1)}  # each fault has a channel of its own


@pytest.fixture
def troubled(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A hurried office with a channel for each fault, so that all are waited for at once."""
    with opened(database_url, monkeypatch, reconcile_s=RECONCILE_S, channels=len(FAULTS)) as office:
        yield office


def trouble(office: Office, method: str, times: int) -> None:
    """Each channel's next calls of a method fail in its own way."""
    for name, fault in FAULTS.items():
        office.workspace.fault(method=method, times=times, match={"channel": CHANNELS[name]}, **fault)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_a_post_stands_there_once(troubled: Office, times: int):
    trouble(troubled, "chat.postMessage", times)
    for channel in CHANNELS.values():
        troubled.say(f"{channel}-1", "hello", to=channel)
        troubled.say(f"{channel}-2", "next", to=channel)
    troubled.deliver(len(CHANNELS))
    troubled.done(50)

    assert {name: troubled.texts(channel) for name, channel in CHANNELS.items()} == {
        name: ["hello", "next"] for name in CHANNELS
    }
    assert troubled.parked() == []
    standing = {(posting.channel_id, posting.ts) for posting in troubled.postings() if posting.lost_at is None}
    assert standing == {(c, message["ts"]) for c in CHANNELS.values() for message in troubled.messages(c)}


@pytest.mark.slow
def test_what_stands_there_is_found_and_not_sent_again(troubled: Office):
    trouble(troubled, "chat.postMessage", 1)
    for name in WITH_EFFECT:
        troubled.say(name, "hello", to=CHANNELS[name])
    troubled.deliver(len(WITH_EFFECT))
    troubled.done(50)

    sent = Counter(call["arguments"]["channel"] for call in troubled.calls("chat.postMessage"))
    assert sent == Counter(CHANNELS[name] for name in WITH_EFFECT)


@pytest.mark.slow
def test_a_card_is_true(troubled: Office):
    for channel in CHANNELS.values():
        troubled.say(channel, "card", kind="card", to=channel)
    troubled.deliver(len(CHANNELS))
    troubled.done()
    trouble(troubled, "chat.update", 1)

    for channel in CHANNELS.values():
        troubled.say(channel, "changed", kind="card", to=channel)
    eventually(lambda: len(troubled.calls("chat.update")) >= len(CHANNELS) or None)
    for channel in CHANNELS.values():
        troubled.say(channel, "changed again", kind="card", to=channel)
    troubled.done(50)

    assert {name: troubled.texts(channel) for name, channel in CHANNELS.items()} == {
        name: ["changed again"] for name in CHANNELS
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ratelimited", "drop_before", "drop_after"])
def test_the_other_calls_are_made_again(hurried: Office, kind: str):
    for method in ("reactions.add", "conversations.open", "conversations.history"):
        hurried.workspace.fault(method=method, kind=kind)
    hurried.workspace.fault(method="chat.postMessage", kind="drop_after", times=2)
    hurried.say("7", "card", kind="card")
    hurried.say("8", "card", kind="card", to=OWNER)
    hurried.deliver()
    hurried.done(40)

    assert {posting.subject for posting in hurried.postings()} == {"7", "8"}
    for posting in hurried.postings():
        (message,) = hurried.messages(posting.channel_id)
        assert message["ts"] == posting.ts
        assert [one["name"] for one in message["reactions"]] == ["white_check_mark"]
    assert hurried.parked() == []


@pytest.mark.slow
def test_a_post_that_lands_after_the_look_up_is_taken_away(hurried: Office):
    """Nobody waits for it any more, the look-up misses it, it is sent again: then the first one arrives."""
    hurried.workspace.fault(method="chat.postMessage", kind="slow", delay_s=GIVES_UP_S + RECONCILE_S + 1)
    hurried.say("7", "card", kind="card")
    hurried.deliver()
    hurried.done(40)

    assert len(hurried.calls("chat.postMessage")) == 2
    assert hurried.texts() == ["card"]
    standing = [posting.ts for posting in hurried.postings() if posting.lost_at is None]
    assert standing == [hurried.messages()[0]["ts"]]
    assert len(hurried.posted) == 2, "what people put on the one that was taken away counts, too"


@pytest.mark.slow
def test_an_update_that_lands_after_a_newer_one_does_not_stay(hurried: Office):
    hurried.say("7", "card", kind="card")
    hurried.deliver()
    hurried.done()
    hurried.workspace.fault(method="chat.update", kind="slow", delay_s=GIVES_UP_S + RECONCILE_S + 1)

    hurried.say("7", "changed", kind="card")
    eventually(lambda: hurried.calls("chat.update") or None)
    hurried.say("7", "changed again", kind="card")
    hurried.done(40)

    assert hurried.texts() == ["changed again"]


@pytest.mark.slow
def test_an_answer_that_comes_after_the_lane_went_to_somebody_else(hurried: Office):
    """A worker that was held up longer than its lease finds that the row is done: nothing is doubled, nothing undone."""
    slow = Delivery(hurried.deps, workers=1)
    send = slow._settle

    def held_up(*args: object) -> None:
        hurried.deliver()
        eventually(lambda: [row for row in hurried.rows() if row.state == "sent"] or None)
        send(*args)  # type: ignore[arg-type]

    slow._settle = held_up  # type: ignore[method-assign,assignment]
    hurried.say("1", "hello")
    slow.step()
    hurried.done(40)

    assert hurried.texts() == ["hello"]
    assert len(hurried.postings()) == 1


def test_a_message_that_cannot_be_looked_for_is_left_to_a_person(hurried: Office):
    """Sending it again might double it: whoever takes the scope away must see to it."""
    hurried.workspace.fault(method="chat.postMessage", kind="drop_before")
    hurried.workspace.fault(method="conversations.history", kind="error", error="missing_scope")
    hurried.say("1", "hello")
    hurried.say("2", "next")
    hurried.deliver()
    hurried.done(40)

    assert hurried.parked() == [("1", "conversations.history: missing_scope")]
    assert hurried.texts() == ["next"]


def test_slack_that_cannot_be_reached_at_all_is_waited_for(hurried: Office):
    hurried.say("1", "hello")
    with hurried.deps.database.reading() as session:
        client = hurried.deps.slack.client(session.get_one(Installation, 1))
    there, client.base_url = client.base_url, "http://127.0.0.1:9/api/"
    hurried.deliver()
    eventually(lambda: [row for row in hurried.rows() if row.attempts > 1] or None)
    assert "refused" in str(hurried.rows()[0].error)

    client.base_url = there
    hurried.done()

    assert hurried.calls("conversations.history") == [], "it was surely never sent"
    assert hurried.texts() == ["hello"]
