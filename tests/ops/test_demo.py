"""The demo: its past agrees with itself, its six steps work as they are written, and it ends and goes on."""

import json
import re
import signal
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from sqlmodel import select

from bot.services import meeting_finals, posts
from bot.services.meeting_minutes import minutes_of
from bot.wiring import machine_time
from config import demo as case
from config.words import Words
from handlers import demo
from playground.block_limits import chart_problems
from storage.database import Database
from storage.tables import (
    Account,
    Change,
    Decision,
    Item,
    ItemStatus,
    Meeting,
    OutboxLane,
    OutboxRow,
    Person,
    PersonState,
    Phase,
    Posting,
    Reaction,
    Role,
    Side,
)
from tests.ops.demos import BOT, CHANNEL, running
from tests.ops.processes import ROOT, tft
from tests.windows import Message, Window, eventually

BLOCKS = json.loads((ROOT / "playground" / "slack" / "block-kit.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    database = Database(demo.database_url(folder))
    demo.seed(folder, database, machine_time())
    database.close()
    return folder


@pytest.fixture(scope="module")
def world(seeded: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((seeded / demo.WORLD).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def database(seeded: Path) -> Iterator[Database]:
    opened = Database(demo.database_url(seeded))
    yield opened
    opened.close()


def messages(world: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every past message by channel and ts."""
    return {(channel["id"], message["ts"]): message for channel in world["channels"] for message in channel["messages"]}


def everything(database: Database, table: type[Any]) -> list[Any]:
    with database.reading() as session:
        return list(session.exec(select(table)))


def test_two_sides_with_their_offices_and_a_dozen_items_in_different_states(database: Database):
    people = [person for person in everything(database, Person) if person.state is PersonState.ACTIVE]
    sides = {side.id: side.name for side in everything(database, Side)}
    offices = {(sides[person.side_id], person.role) for person in people}
    assert set(sides.values()) == {"GIST", "영광군"}
    for side in sides.values():
        assert {(side, role) for role in (Role.LEAD, Role.DEPUTY, Role.SECRETARY, Role.MEMBER)} <= offices
    assert len(people) >= 8
    assert all(person.department and person.job_title for person in people)

    items = everything(database, Item)
    today = datetime(2026, 11, 23, tzinfo=UTC).date()
    assert len(items) >= 12
    assert {item.status for item in items} == {ItemStatus.OPEN, ItemStatus.CLOSED, ItemStatus.CANCELLED}
    assert any(item.due_on is None for item in items)
    assert any(item.status is ItemStatus.OPEN and item.due_on and item.due_on < today for item in items)
    assert any(item.due_on == today for item in items)
    assert any(item.reopened_at for item in items)


def test_every_posting_is_a_message_and_every_message_of_the_bot_a_posting(database: Database, world: dict[str, Any]):
    shown = {key for key, message in messages(world).items() if message["user"] == BOT}
    assert shown == {(posting.channel_id, posting.ts) for posting in everything(database, Posting)}
    said = [act for meeting in case.load().meetings for act in meeting.acts if act.says]
    written = len(case.load().chat) + len(said)
    assert len(shown) == sum(len(channel["messages"]) for channel in world["channels"]) - written


def test_one_meeting_is_in_progress_and_one_is_final_as_it_was_confirmed(database: Database, world: dict[str, Any]):
    final, live = sorted(everything(database, Meeting), key=lambda meeting: meeting.number)
    assert (final.phase, live.phase) == (Phase.FINAL, Phase.LIVE)
    with database.reading() as session:
        assert list(meeting_finals.altered(session)) == []
        lines = [line for held in (final, live) for line in minutes_of(session, held).lines()]
    by_place = messages(world)
    card = by_place["C0TFT", live.thread_ts]
    assert "명칭 공모를 12월에 시작함" in str(card["blocks"])
    thread = [one for one in by_place.values() if one.get("thread_ts") == live.thread_ts]
    assert len(thread) == 6
    marked = [one["text"] for one in thread if {"name": "pushpin", "users": [BOT]} in one.get("reactions", [])]
    assert marked == ["결정: 명칭 공모를 12월에 시작함"]
    assert {line.link.partition("?")[0] for line in lines} == {address(line.place.key) for line in lines}
    made = [one for one in [*everything(database, Item), *everything(database, Decision)] if one.meeting_id]
    assert {one.link.partition("?")[0] for one in made} <= {address(line.place.key) for line in lines}
    assert made


def address(ts: str) -> str:
    """Where a message stands in the demo's workspace."""
    return f"https://gist-demo.slack.com/archives/{CHANNEL}/p{ts.replace('.', '')}"


def test_every_message_updated_in_place_shows_what_would_be_shown_now(database: Database, world: dict[str, Any]):
    seen = 0
    for posting in everything(database, Posting):
        if not posts.kinds()[posting.kind].in_place:
            continue
        row = OutboxRow(
            lane="-",
            installation_id=1,
            channel_id=posting.channel_id,
            user_id=None if posting.channel_id.startswith("C") else f"U0{posting.channel_id.removeprefix('D0')}",
            kind=posting.kind,
            subject=posting.subject,
            key="-",
            not_before=machine_time(),
            created_at=machine_time(),
        )
        with database.reading() as session:
            post = posts.render(session, row, posts.voice(session, row, Words()), case.load().start)
        assert post
        assert messages(world)[posting.channel_id, posting.ts]["text"] == post.text
        seen += 1
    assert seen > len(everything(database, Item))


def test_reactions_are_the_same_on_both_sides(database: Database, world: dict[str, Any]):
    shown = {
        (channel, ts, user, reaction["name"])
        for (channel, ts), message in messages(world).items()
        for reaction in message.get("reactions", [])
        for user in reaction["users"]
        if user != BOT
    }
    kept = [row for row in everything(database, Reaction) if row.present]
    assert shown == {(row.channel_id, row.ts, row.user_id, row.emoji) for row in kept}
    assert len(shown) > 8


def test_the_first_confirmation_is_on_every_card_and_the_menu_is_pinned(database: Database, world: dict[str, Any]):
    for posting in everything(database, Posting):
        kind, message = posts.kinds()[posting.kind], messages(world)[posting.channel_id, posting.ts]
        for emoji in kind.seeds:
            assert any(one["name"] == emoji and BOT in one["users"] for one in message["reactions"])
        assert bool(message.get("pinned")) == kind.pinned


def test_nothing_waits_to_be_sent(database: Database):
    assert everything(database, OutboxRow) == everything(database, OutboxLane) == []


def test_everybody_can_be_written_to_without_asking_slack(database: Database, world: dict[str, Any]):
    direct = {channel["id"] for channel in world["channels"] if channel.get("kind") == "im"}
    for account in everything(database, Account):
        assert account.refreshed_at
        assert account.locale
    assert direct <= {account.dm_channel_id for account in everything(database, Account)}


def test_the_history_is_in_order_and_before_the_beginning(database: Database):
    moments = [change.at for change in everything(database, Change)]
    assert moments == sorted(moments)
    assert moments[-1] < case.load().start


def test_messages_are_as_old_as_they_say(world: dict[str, Any]):
    """Machine time: as long ago as business time says."""
    newest = max(float(ts) for _, ts in messages(world))
    assert 5 * 60 < time.time() - newest < 60 * 60  # the meeting in progress; seen at nine
    friday = [
        float(ts) for place, ts in messages(world) if place == "C0TFT" and "thread_ts" not in messages(world)[place, ts]
    ]
    assert 60 * 3600 < time.time() - sorted(friday)[-2] < 70 * 3600  # Friday afternoon, seen on Monday morning


def test_slack_would_take_every_block(world: dict[str, Any]):
    schema = {"$ref": "#/definitions/Blocks", **BLOCKS}
    for message in messages(world).values():
        if "blocks" in message:
            charts = [block for block in message["blocks"] if block["type"] == "data_visualization"]
            jsonschema_rs.validate(schema, [block for block in message["blocks"] if block not in charts])
            assert [problem for chart in charts for problem in chart_problems(chart)] == []  # the schema knows none


# --- the real thing --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_it_begins_ends_goes_on_and_begins_anew(tmp_path: Path):
    with running(tmp_path) as (process, url):
        with urllib.request.urlopen(f"{url}/", timeout=10) as page:  # noqa: S310  # on this machine
            assert page.status == 200
        add(url, "첫 시연 항목")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not_listening(url)

    with running(tmp_path) as (process, url):
        assert "첫 시연 항목" in channel_text(url)
        add(url, "살아남는 항목")
        process.kill()
        process.wait()
        eventually(lambda: not_listening(url) or None, "the end of the workspace, which it does not leave behind")

    with running(tmp_path) as (_, url):
        assert "살아남는 항목" in channel_text(url)

    with running(tmp_path, "--reset") as (_, url):
        assert "첫 시연 항목" not in channel_text(url)
        assert "A-14" in channel_text(url)


def add(url: str, title: str) -> None:
    window(url, "U0MINJI").command(f"/tft 추가 {title} @정하늘 2026-12-05")
    eventually(lambda: title in channel_text(url) or None)


def take_the_files(me: Window) -> None:
    """The past meeting's final minutes come as files to whoever presses the button for them."""
    me.click("파일 받기", me.sees("M-1 제6차 TFT 실무회의 결과"))
    eventually(lambda: filed(me.direct_messages()) == ["hwpx", "pdf", "html", "md"] or None, "all four files")


def filed(messages: list[Message]) -> list[str]:
    """The shapes of the files of the minutes, in their order."""
    files = [file for one in messages for file in one.raw.get("files", [])]
    return [file["name"].rpartition(".")[2] for file in files if file["name"].startswith("2026-11-20_제6차_회의록.")]


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_six_steps_work_as_they_are_written_and_the_clock_moves(tmp_path: Path):
    steps = case.load().facts["steps"]
    typed = [re.findall(r"`(/tft [^`]+)`", step["ko"]) for step in steps]
    with running(tmp_path) as (_, url):
        who = [window(url, case.load().member(step["as"]).id) for step in steps]

        who[0].command(typed[0][0])
        card = who[1].sees("센터 개소 계획서 초안", "완료 확인 대기")
        eventually(lambda: who[1].sees("센터 개소 계획서 초안").reactions().get("white_check_mark"), "the bot's own ✅")
        who[1].react(card, "✅")
        who[1].sees("센터 개소 계획서 초안", "GIST 완료 · 차례: 영광군(1일째)")
        who[2].react(card, "✅")
        who[2].sees("센터 개소 계획서 초안", "\n완료 · 2026. 11. 23.(월)")
        who[3].click("되돌리기", who[3].told("되돌리기"))
        who[3].sees("센터 개소 계획서 초안", "GIST 완료 · 차례: 영광군(1일째)")
        for line in typed[4]:
            who[4].command(line)
            who[4].told("A-")
        who[4].write_to_bot("목록 차례")
        who[4].written("A-17")
        who[5].command(typed[5][0])
        assert "영광군" in who[5].form().text
        take_the_files(who[0])

        someone = who[0]
        someone.sees("A-4 ", "차례: 영광군(3일째)")
        request = urllib.request.Request(  # noqa: S310  # the workspace on this machine
            f"{url}/_clock", b'{"advance_s": 86400}', {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=20).close()  # noqa: S310
        someone.sees("A-4 ", "차례: 영광군(4일째)")  # cards count the days


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_what_is_in_its_way_at_the_start(tmp_path: Path):
    """A port that is taken is left to whoever has it; what was half seeded is begun anew; a second demo says that there is one.

    Killed while seeding: the database is there, the world's file, which is written last, is not.
    """
    sqlite3.connect(tmp_path / demo.DATABASE).execute("CREATE TABLE junk (id)").connection.close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(tmp_path, "--port", str(port)) as (_, url):
            assert port < int(url.rpartition(":")[2]) < port + 100
            assert "A-14" in channel_text(url)

            told = tft(tmp_path, "demo", "--no-open", "--folder", str(tmp_path), LC_ALL="en_US.UTF-8")
            assert told.returncode == 1
            assert "running already" in told.stderr


def window(url: str, user: str) -> Window:
    return Window(url, user, "A0TFT", BOT, CHANNEL)


def channel_text(url: str) -> str:
    return "\n".join(message.text for message in window(url, "U0GANGMIN").messages())


def not_listening(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  # on this machine
    except OSError:
        return True
    return False
