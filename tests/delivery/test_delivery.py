"""What is queued reaches Slack once, in order, and as true as it can be."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from handlers.delivery import Delivery
from storage import outbox
from storage.outbox import Lane
from storage.tables import Account, OutboxLane, OutboxRow
from tests.delivery.office import HERE, OWNER, RECONCILE_S, Office, eventually, together


def test_a_line_is_posted_and_recorded(office: Office):
    office.say("1", "hello")
    office.deliver()
    office.done()

    assert office.texts() == ["hello"]
    assert [(p.kind, p.subject, p.channel_id) for p in office.postings()] == [("line", "1", HERE)]
    assert [posting.ts for posting in office.posted] == [office.messages()[0]["ts"]]


def test_what_is_queued_while_a_worker_waits_is_sent_at_once(office: Office):
    office.workers.append(delivery := Delivery(office.deps, workers=1, poll_s=30))
    delivery.start()
    time.sleep(0.2)

    office.say("1", "hello")

    eventually(lambda: office.texts() or None)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_lanes_are_sent_in_order(crowded: Office):
    office = crowded
    lanes = ["C1", "C2", "C3"]
    for number in range(40):
        for lane in lanes:
            office.say(f"{lane}-{number}", f"{number}", to=lane)
    office.deliver(6)
    office.done(200)

    assert [office.texts(lane) for lane in lanes] == [[str(number) for number in range(40)]] * 3


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_lanes_are_sent_in_order_while_they_grow(crowded: Office):
    crowded.deliver(6)
    said: dict[str, list[str]] = {"C1": [], "C2": []}

    def talk(lane: str, who: int) -> None:
        for number in range(12):
            crowded.say(f"{lane}-{who}-{number}", f"{who}.{number}", to=lane)

    together(*(lambda lane=lane, who=who: talk(lane, who) for lane in said for who in range(3)))
    crowded.done(200)

    for lane in said:
        queued = [row.subject.split("-", 1)[1].replace("-", ".") for row in crowded.rows() if row.channel_id == lane]
        assert crowded.texts(lane) == queued
        assert len(queued) == 36


def held_up(delivery: Delivery) -> threading.Event:
    """Slack's answers are taken note of only when this is set."""
    go_on, settle = threading.Event(), delivery._settle

    def wait(*args: Any) -> None:
        go_on.wait(10)
        settle(*args)

    delivery._settle = wait  # type: ignore[method-assign,assignment]
    return go_on


def test_ten_changes_while_slack_is_slow_are_one_update(office: Office):
    office.say("7", "draft", kind="card")
    delivery = office.deliver()
    office.done()
    go_on = held_up(delivery)

    for number in range(11):
        office.say("7", f"change {number}", kind="card")
        if number == 0:
            eventually(lambda: office.calls("chat.update") or None)
    go_on.set()
    office.done()

    assert office.texts() == ["change 10"]
    assert len(office.calls("chat.update")) == 2, "the one that was under way, and one for the ten"


def test_a_row_that_has_nothing_to_say_is_done(office: Office):
    office.say("1", None)
    office.deliver()
    office.done()

    assert office.calls("chat.postMessage") == []
    assert office.rows()[0].state == "sent"


def test_the_first_reaction_and_the_pin_are_put_on_a_new_message(office: Office):
    office.say("7", "card", kind="card")
    office.say("1", "menu", kind="menu")
    office.deliver()
    office.done()
    office.say("7", "card, changed", kind="card")
    office.done()

    card, menu = office.messages()
    assert [(one["name"], one["count"]) for one in card["reactions"]] == [("white_check_mark", 1)]
    assert [call["arguments"]["timestamp"] for call in office.calls("pins.add")] == [menu["ts"]]
    assert len(office.calls("reactions.add")) == 1


def test_a_seed_that_is_there_already_is_fine(office: Office):
    office.workspace.fault(method="reactions.add", kind="drop_after")
    office.say("7", "card", kind="card")
    office.deliver()
    office.done()

    assert [call["error"] for call in office.calls("reactions.add")][-1] == "already_reacted"
    assert office.parked() == []


def test_a_lost_card_is_posted_again_with_a_note(office: Office):
    office.say("7", "card", kind="card")
    office.deliver()
    office.done()
    first = office.postings()[0].ts
    office.delete(first)

    office.say("7", "card, changed", kind="card")
    office.done()

    (card,) = office.messages()
    assert "다시 올렸습니다" in str(card["blocks"])
    old, new = office.postings()
    assert (old.ts, bool(old.lost_at), new.ts, bool(new.lost_at)) == (first, True, card["ts"], False)
    office.say("7", "card, changed twice", kind="card")
    office.done()
    assert office.texts() == ["card, changed twice"]


def test_a_reply_stands_in_its_thread_and_without_one_in_the_channel(office: Office):
    office.say("7", "card", kind="card")
    office.deliver()
    office.done()
    card = office.postings()[0].ts
    office.say("7", "reply", kind="reply")
    office.done()
    assert [message["text"] for message in office.messages(thread=card)] == ["reply"]

    office.workspace.fault(method="chat.postMessage", kind="error", error="thread_not_found")
    office.say("7", "another", kind="reply")
    office.done()
    assert office.texts()[-1] == "another"


def test_a_direct_message_keeps_the_channel_that_slack_gave(office: Office):
    office.say("1", "psst", kind="direct", to=OWNER)
    office.deliver()
    office.done()
    office.say("2", "psst again", kind="direct", to=OWNER)
    office.done()

    with office.deps.database.reading() as session:
        account = session.get_one(Account, OWNER)
    assert account.dm_channel_id
    assert office.texts(account.dm_channel_id) == ["psst", "psst again"]
    assert len(office.calls("conversations.open")) == 1


def test_a_direct_message_whose_channel_changed_is_opened_anew(office: Office):
    with office.deps.work() as work:
        work.session.add(Account(user_id=OWNER, dm_channel_id="D0GONE", dm_installation_id=1))
    office.say("1", "psst", kind="direct", to=OWNER)
    office.deliver()
    office.done()

    with office.deps.database.reading() as session:
        channel = session.get_one(Account, OWNER).dm_channel_id
    assert channel
    assert office.texts(channel) == ["psst"]


def test_somebody_who_cannot_be_written_to_is_marked_and_mentioned_instead(office: Office):
    office.workspace.fault(method="conversations.open", kind="error", error="user_disabled")
    office.say("1", "psst", kind="direct", to=OWNER)
    office.deliver()
    office.done()

    assert office.parked() == [("1", "conversations.open: user_disabled")]
    assert office.texts() == [f"<@{OWNER}>"]
    with office.deps.database.reading() as session:
        assert session.get_one(Account, OWNER).dm_refused_at
    office.say("2", "better now", kind="direct", to=OWNER)
    office.done()
    with office.deps.database.reading() as session:
        assert session.get_one(Account, OWNER).dm_refused_at is None


@pytest.mark.parametrize(
    "error", ["channel_not_found", "is_archived", "not_in_channel", "invalid_blocks", "never_seen"]
)
def test_a_refusal_for_good_is_parked_and_the_lane_goes_on(office: Office, error: str):
    office.workspace.fault(method="chat.postMessage", kind="error", error=error)
    office.say("1", "refused")
    office.say("2", "fine")
    office.deliver()
    office.done()

    assert office.texts() == ["fine"]
    assert office.parked() == [("1", f"chat.postMessage: {error}")]


def test_a_parked_row_can_be_sent_once_its_cause_is_mended(office: Office):
    office.workspace.fault(method="chat.postMessage", kind="error", error="is_archived")
    office.say("1", "hello")
    office.deliver()
    office.done()

    with office.deps.work() as work:
        parked = work.session.exec(select(OutboxRow)).one()
        outbox.retry_parked(work.session, parked.id or 0, work.machine_now)
    office.done()

    assert office.texts() == ["hello"]
    assert office.parked() == []


def test_a_row_that_cannot_be_rendered_steps_aside(office: Office):
    office.say("1", "hello")
    office.say("2", "fine")
    del office.board["1"]
    office.deliver()
    office.done()

    assert office.texts() == ["fine"]
    assert office.parked() == [("1", "KeyError: '1'")]


def test_a_kind_of_a_newer_version_steps_aside(office: Office):
    office.say("1", "hello", kind="hologram")
    office.say("2", "fine")
    office.deliver()
    office.done()

    assert office.texts() == ["fine"]
    assert office.parked() == [("1", "no such kind of message")]


def test_delivery_outlives_a_database_that_goes_away(office: Office, monkeypatch: pytest.MonkeyPatch):
    ask, away = outbox.is_due, [True]

    def gone(session: Session, now: datetime) -> bool:
        if away:
            raise OperationalError("SELECT", None, Exception("the connection was closed"))
        return ask(session, now)

    monkeypatch.setattr(outbox, "is_due", gone)
    office.say("1", "hello")
    office.deliver()
    time.sleep(0.3)
    away.clear()
    office.done()

    assert office.texts() == ["hello"]


def test_stopping_finishes_what_is_being_sent_and_gives_the_lanes_back(office: Office):
    office.say("1", "being sent")
    office.say("2", "not begun")
    delivery = Delivery(office.deps, workers=1)
    delivery._stopping = held_up(delivery)  # it is told to stop meanwhile
    delivery.start()
    eventually(lambda: office.calls("chat.postMessage") or None)

    delivery.stop()

    assert [(row.subject, row.state.value) for row in office.rows()] == [("1", "sent"), ("2", "pending")]
    with office.deps.database.reading() as session:
        assert [lane.lease for lane in session.exec(select(OutboxLane))] == [None]


def test_the_clock_moves_by_a_month_while_a_post_is_tried_again(hurried: Office):
    office = hurried
    office.workspace.fault(method="chat.postMessage", kind="timeout_after", delay_s=1)
    office.say("1", "hello")
    office.deliver()
    eventually(lambda: office.calls("chat.postMessage") or None)

    office.shift = timedelta(days=31)
    office.done()

    assert office.texts() == ["hello"]
    assert len(office.calls("chat.postMessage")) == 1
    assert office.postings()[0].posted_at > office.rows()[0].created_at + timedelta(days=30)


@pytest.mark.parametrize("effect", [False, True], ids=["before", "after"])
def test_a_worker_that_dies_leaves_its_lane_to_others(hurried: Office, effect: bool):
    """The process ends on its call: what it held is looked for when the lease is over."""
    office = hurried
    dead = Delivery(office.deps, workers=1)

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    dead._settle = die  # type: ignore[method-assign,assignment]
    office.say("1", "hello")
    office.say("2", "next")
    if not effect:
        office.workspace.fault(method="chat.postMessage", kind="drop_before")
    began = time.monotonic()
    with pytest.raises(Killed):
        dead.step()

    office.deliver()
    office.done()

    assert office.texts() == ["hello", "next"]
    assert time.monotonic() - began > RECONCILE_S
    assert len(office.calls("chat.postMessage")) == (2 if effect else 3)


@pytest.mark.postgresql
def test_nothing_is_rendered_while_a_change_to_it_is_not_committed(postgresql_office: Office):
    """The row waits already, queued by an earlier change; without the lane's lock a worker would render the old state."""
    office = postgresql_office
    office.say("7", "old", kind="card")
    holding, go_on = threading.Event(), threading.Event()

    def change() -> None:
        with office.deps.work() as work:
            work.queue(Lane(1, HERE), "card", "7")
            holding.set()
            go_on.wait(10)
            office.board["7"] = "new"

    changing = threading.Thread(target=change)
    changing.start()
    holding.wait(10)
    worker = Delivery(office.deps, workers=1)
    assert not worker.step()
    go_on.set()
    changing.join()
    assert worker.step()

    assert office.texts() == ["new"]
    assert len(office.rows()) == 2, "the card, and its first reaction"
