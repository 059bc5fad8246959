"""What happens to channels, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.services import channels
from bot.services.work import Work
from storage import people
from storage.outbox import Lane
from storage.tables import Installation, OutboxRow, OutboxState, Posting, Reaction
from tests.services.room import NOW, WORDS, Room, buttons, installed


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    with installed(database_url) as database, database.transaction() as session:
        yield Room(Work(session, NOW, NOW, WORDS))


def greet(room: Room, channel: str) -> None:
    channels.greet(room.work, room.work.session.exec(select(Installation)).one(), channel)


def test_the_bot_says_once_and_in_both_languages_how_to_begin(room: Room):
    greet(room, "C1")
    [(where, hello)] = room.queued("answer")
    room.sent()
    greet(room, "C1")

    assert where == "C1"
    assert "/tft 설정" in hello.text
    assert "/tft setup" in hello.text
    assert set(buttons(hello)) == {"run-setup_ko", "run-setup_en"}
    assert room.queued("answer") == []


def test_nothing_is_said_where_a_task_force_is(room: Room):
    room.set_up()
    greet(room, "C1")

    assert room.queued("answer") == []


def test_everything_follows_a_channel_to_its_new_id(room: Room):
    room.set_up()
    session = room.work.session
    speaker = session.exec(select(Installation)).one().id or 0
    session.add(Posting(installation_id=speaker, channel_id="C1", ts="1.1", kind="x", subject="1", posted_at=NOW))
    session.add(Reaction(channel_id="C1", ts="1.1", user_id="U1", emoji="eyes", present=True, event_ts="1.2"))
    room.work.queue(Lane(speaker, "C1"), "parked", "1", {"kept": 1})
    session.exec(select(OutboxRow).where(OutboxRow.kind == "parked")).one().state = OutboxState.PARKED
    session.flush()

    channels.move(room.work, "C1", "C9")

    session.expire_all()
    assert people.bound_channel(session, "C1") is None
    assert people.bound_channel(session, "C9")
    assert session.exec(select(Posting.channel_id)).all() == ["C9"]
    assert session.exec(select(Reaction.channel_id)).all() == ["C9"]
    rows = session.exec(select(OutboxRow).where(OutboxRow.user_id == None)).all()  # noqa: E711
    assert {(row.kind, row.channel_id, row.lane, row.state) for row in rows} == {
        ("menu", "C9", f"{speaker}:C9", OutboxState.PENDING),
        ("parked", "C9", f"{speaker}:C9", OutboxState.PENDING),
    }
    assert next(row.args for row in rows if row.kind == "parked") == {"kept": 1}
