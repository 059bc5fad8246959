"""The scripted meeting of sixty lines over the real wire, the bot killed three times on the way; and as one pasted block."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.messages.minutes_doc import compose
from bot.messages.minutes_markdown import markdown
from bot.rules.minutes import Minutes, make
from bot.services.meeting_minutes import minutes_of
from config.words import Words
from playground import Workspace
from storage.database import Database
from storage.tables import Meeting, MeetingLine, Person, Phase
from tests import bots, cast
from tests.ops.processes import Process
from tests.rules.minutes.case import DAY, PEOPLE, SETTING, pasted, scripted, typed
from tests.rules.minutes.test_meeting import PARTICULARS, substance
from tests.windows import Message, Window, eventually

pytestmark = pytest.mark.timeout(240)
HANDLES = {person[2]: handle for handle, person in cast.PEOPLE.items()}


@contextmanager
def village(folder: Path, url: str) -> Iterator[Workspace]:
    """The task force of the script, with departments, at the script's hour; the bot is not running."""
    world = {**cast.world(connect=True), "clock": DAY.replace(hour=14).isoformat()}
    with Workspace(world, state=folder / "slack.db") as workspace:
        with bots.running(url, workspace, TFT_CLOCK_URL=f"{workspace.url}/_clock") as bot:
            bots.found(bot.deps)
            with bot.deps.work() as work:
                known = {one.name: one.department for one in PEOPLE}
                for person in work.session.exec(select(Person)):
                    person.department = known.get(person.name, "")
        yield workspace


@contextmanager
def process(folder: Path, workspace: Workspace, url: str) -> Iterator[Process]:
    bot = Process(
        folder,
        "run",
        SLACK_BOT_TOKEN="xoxb-test",
        SLACK_APP_TOKEN="xapp-1-A0TFT-1-test",
        SLACK_API_URL=workspace.api_url,
        DATABASE_URL=url,
        TFT_CLOCK_URL=f"{workspace.url}/_clock",
        TFT_LOG_LEVEL="INFO",
    )
    try:
        bot.wait_for("connected")
        yield bot
    finally:
        if bot.running.poll() is None:
            bot.stop(signal.SIGKILL)


def window(workspace: Workspace, handle: str) -> Window:
    user, team = cast.PEOPLE[handle][:2]
    return Window(workspace.url, user, "A0TFT", cast.BOT, cast.CHANNEL, command_allowed=team == cast.GIST)


def begun(workspace: Workspace) -> Message:
    secretary = window(workspace, "gist secretary")
    secretary.command("/tft 회의 시작 제7차 GIST·영광군 공동 TFT 회의")
    return eventually(lambda: secretary.sees("M-1 ", "진행 중"))


def in_database(url: str, look: Any) -> Any:
    """What `look` finds in a session, once it finds something."""
    database = Database(url)

    def once() -> Any:
        with database.reading() as session:
            return look(session)

    try:
        return eventually(once)
    finally:
        database.close()


def meeting_in(session: Any, phase: Phase) -> Meeting | None:
    found = session.exec(select(Meeting)).one()
    return found if found.phase is phase else None


def minutes_in(session: Any) -> Minutes | None:
    """The minutes once the meeting has ended."""
    meeting = meeting_in(session, Phase.ENDED)
    return minutes_of(session, meeting) if meeting else None


def text_of(made: Minutes) -> str:
    """The document without anchors, ways to messages, and the hour of the clock."""
    shown = markdown(compose(replace(made, title=SETTING.title or made.title), PARTICULARS, Words().say("ko")))
    shown = re.sub(r'<a id="[^"]*"></a>', "", re.sub(r" ?\[원문\]\([^)]*\)", "", shown))
    return re.sub(r"\d\d:\d\d", "hh:mm", shown)


def expected() -> Minutes:
    return make(typed(), PEOPLE, SETTING)


def settled(url: str, wanted: str) -> None:
    """Wait until everything that was written has been heard, in whatever order Slack told it."""
    database, deadline = Database(url), time.monotonic() + 150
    while time.monotonic() < deadline:
        with database.reading() as session:
            meeting = meeting_in(session, Phase.ENDED)
            if meeting and text_of(minutes_of(session, meeting)) == wanted:
                break
        time.sleep(0.3)
    database.close()


def without_keys(told: Any) -> str:
    """Who people are in one database is not who they are in another: by name alone."""
    return re.sub(r"key='[^']*'|Place\([^)]*\)", "", repr(told))


def test_typed_by_five_people_and_killed_three_times_the_minutes_are_as_expected_word_by_word(tmp_path: Path):
    lines, url = scripted(), f"sqlite:///{tmp_path / 'tft.db'}"
    with village(tmp_path, url) as workspace:
        windows = {name: window(workspace, HANDLES[name]) for name in {writer for _, writer, _ in lines}}
        assert len(windows) == 5
        at, thread = 0, None
        for stop in (13, 31, 47, len(lines)):
            with process(tmp_path, workspace, url) as bot:
                thread = thread or begun(workspace)
                while at < stop:
                    windows[lines[at][1]].write(lines[at][2], thread=thread)
                    at += 1
                if at < len(lines):
                    bot.stop(signal.SIGKILL)
                else:
                    settled(url, text_of(expected()))
                    assert bot.stop() == 0
            if at < len(lines):  # nobody hears this one
                windows[lines[at][1]].write(lines[at][2], thread=thread)
                at += 1

        made = in_database(url, minutes_in)
        assert text_of(made).splitlines() == text_of(expected()).splitlines()
        kept = in_database(url, lambda session: session.exec(select(MeetingLine)).all())
    words = "\n".join(line.text for line in kept)
    for word in ("단가", "2억원", "인사 이야기", "neither", "경쟁 대학", "다음에 뵙겠습니다", "TFT봇"):
        assert word not in words, word
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("tft.db*")) + b"".join(
        file.read_bytes() for file in tmp_path.glob("*.log")
    )
    for word in ("단가 협상", "인사 이야기", "and this neither", "경쟁 대학"):
        assert word.encode() not in raw, word


def test_pasted_as_one_block_by_the_secretary_it_says_the_same(tmp_path: Path, database_url: str):
    (block,), url = pasted(), database_url
    with village(tmp_path, url) as workspace, process(tmp_path, workspace, url):
        thread = begun(workspace)

        window(workspace, "gist secretary").write(block.text, thread=thread)

        made = in_database(url, minutes_in)
    assert without_keys(substance(made)) == without_keys(substance(expected()))
    assert text_of(made).splitlines() == text_of(expected()).splitlines()
