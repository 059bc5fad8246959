"""Who speaks in a channel, and which bot writes to whom, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from bot.services import channels, speakers
from bot.services.work import Work
from storage import channels as stored
from storage import installations, outbox, people
from storage.outbox import Lane
from storage.tables import BoundChannel, Installation, OutboxRow, OutboxState, Posting, Silence
from tests.services.room import NOW, WORDS, Room, installed


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    """A task force in `C1`, the app in both organisations' workspaces."""
    with installed(database_url) as database, database.transaction() as session:
        county = Installation(team_id="T2", bot_user_id="U0BOT2", bot_token="xoxb-2", installed_at=NOW)
        room = Room(Work(session, NOW, NOW, WORDS))
        room.set_up()
        session.add(county)
        session.flush()
        people.account(session, "U2").team_id = "T2"
        yield room


def both(room: Room) -> tuple[Installation, Installation]:
    gist, county = room.work.session.exec(select(Installation).order_by(col(Installation.id))).all()
    return gist, county


def channel(room: Room) -> BoundChannel:
    return room.work.session.exec(select(BoundChannel)).one()


def lanes(room: Room, kind: str) -> list[str]:
    rows = room.work.session.exec(select(OutboxRow).where(OutboxRow.kind == kind).order_by(col(OutboxRow.id)))
    return [row.lane for row in rows if row.state in outbox.WAITING]


def test_a_letter_comes_from_the_bot_of_the_own_workspace(room: Room):
    gist, county = both(room)
    for user_id in ("U1", "U2", "U-unknown"):
        room.work.queue(Lane(gist.id or 0, user_id=user_id), "letter", user_id)

    assert lanes(room, "letter") == [f"{gist.id}:U1", f"{county.id}:U2", f"{gist.id}:U-unknown"]


def test_letters_of_an_installation_that_is_gone_go_through_the_other(room: Room):
    gist, county = both(room)
    room.work.queue(Lane(gist.id or 0, user_id="U1"), "letter", "1")

    speakers.uninstalled(room.work, gist)
    speakers.uninstalled(room.work, gist)  # told twice
    room.work.queue(Lane(gist.id or 0, user_id="U1"), "letter", "2")

    assert lanes(room, "letter") == [f"{county.id}:U1", f"{county.id}:U1"]
    assert channel(room).silent_why is Silence.SPEAKERLESS


def test_the_next_speaker_takes_over_what_waits_in_its_order_and_nothing_twice(room: Room):
    gist, county = both(room)
    session, here = room.work.session, Lane(gist.id or 0, "C1")
    room.sent()
    session.add(
        Posting(installation_id=gist.id or 0, channel_id="C1", ts="1.1", kind="menu", subject="1", posted_at=NOW)
    )
    for subject in ("1", "2"):
        room.work.queue(here, "line", subject)
    room.work.queue(here, "menu", "1")  # a change of the menu waits
    room.work.queue(Lane(gist.id or 0, "C1", aside=True), "seed", "1.1:eyes")
    sending = session.exec(select(OutboxRow).where(OutboxRow.subject == "1", OutboxRow.kind == "line")).one()
    sending.state, sending.tried_at = OutboxState.SENDING, NOW
    speakers.uninstalled(room.work, gist)

    for _ in range(2):
        speakers.break_silence(room.work, channel(room).id or 0, county, is_archived=False)

    assert channel(room).speaker_id == county.id
    assert channel(room).silent_since is None
    (again,) = session.exec(select(OutboxRow).where(OutboxRow.kind == "menu")).all()
    assert (again.lane, again.args) == (f"{county.id}:C1", {speakers.AGAIN: speakers.ANOTHER_SPEAKER})  # with a note
    assert lanes(room, "line") == [f"{gist.id}:C1", f"{county.id}:C1"]  # whoever sends the first one, takes it along:
    assert str(speakers.where(session, sending)) == f"{county.id}:C1"
    assert lanes(room, "seed") == []
    key = sending.key
    outbox.rehome(session, sending, Lane(county.id or 0, "C1"), NOW)
    assert (sending.key, sending.state, sending.tried_at) == (key, OutboxState.SENDING, NOW)


def test_nobody_is_left_to_tell_it(room: Room):
    for one in both(room):
        speakers.uninstalled(room.work, one)

    speakers.break_silence(room.work, channel(room).id or 0, None, is_archived=False)

    assert lanes(room, speakers.SILENT) == []
    assert channel(room).silence_told_at is None


def test_leads_are_told_once_by_whom_is_left(room: Room):
    gist, county = both(room)
    speakers.left(room.work, gist.bot_user_id, "C1")
    for _ in range(2):
        speakers.break_silence(room.work, channel(room).id or 0, None, is_archived=False)

    assert lanes(room, speakers.SILENT) == [f"{gist.id}:U1", f"{county.id}:U2"]


def test_another_bot_that_leaves_changes_nothing(room: Room):
    speakers.left(room.work, both(room)[1].bot_user_id, "C1")

    assert channel(room).silent_since is None


def test_a_row_that_is_on_its_way_belongs_to_the_channels_newest_id(room: Room):
    session, speaker = room.work.session, both(room)[0].id or 0
    room.work.queue(Lane(speaker, "C1"), "line", "1")
    row = session.exec(select(OutboxRow).where(OutboxRow.kind == "line")).one()
    row.state = OutboxState.SENDING

    channels.move(room.work, "C1", "C2")
    channels.move(room.work, "C1", "C2")  # told twice
    channels.move(room.work, "C2", "C3")

    session.expire_all()
    assert str(speakers.where(session, row)) == f"{speaker}:C3"
    channels.move(room.work, "C3", "C1")  # and back
    assert stored.current(session, "C1") == "C1"
    assert stored.current(session, "C2") == "C1"


def test_an_installation_that_comes_back_has_its_letters_looked_at(room: Room):
    gist, county = both(room)
    for one in (gist, county):
        speakers.uninstalled(room.work, one)
    room.work.queue(Lane(gist.id or 0, user_id="U1"), "letter", "1")
    row = room.work.session.exec(select(OutboxRow).where(OutboxRow.kind == "letter")).one()
    assert speakers.where(room.work.session, row) is None

    gist.removed_at = None
    speakers.installed(room.work, gist)

    assert str(speakers.where(room.work.session, row)) == f"{gist.id}:U1"
    assert [one.id for one in installations.standing(room.work.session)] == [gist.id]
