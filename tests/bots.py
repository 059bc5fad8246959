"""The real bot in the local workspace: what tests of a whole story start from."""

import json
import secrets
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.wiring import TICKS, Bot, require_newest
from config.settings import Settings
from handlers.deps import Deps
from handlers.logs import set_up_logging
from playground import Workspace
from storage import installations, reckoning, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Account, BoundChannel, Person, PersonAccount, Role, Side, TaskForce
from tests import cast
from tests.cast import BOT, CHANNEL, COUNTY, COUNTY_BOT, GIST, PEOPLE
from tests.windows import Message, Window, eventually

START = "2026-11-23T09:00:00+09:00"  # within everybody's hours
NAME = "영광 모빌리티 TFT"
ROLES = {
    "gist lead": "lead",
    "gist owner": "member",
    "english": "member",
    "county lead": "lead",
    "county owner": "member",
}


FIRST = {"gist secretary": "secretary", "county secretary": "secretary"}


@dataclass
class Town:
    """A workspace, the bot in it, and the windows of the cast."""

    workspace: Workspace
    bot: Bot
    is_connect: bool = False  # T2: the county has its own workspace, without the app
    county_app: str | None = None  # T3, T4: the app that the county has installed, with a bot of its own
    guest_commands: bool = True  # T1: whether guests may use commands
    windows: dict[str, Window] = field(default_factory=dict)
    expected_refusals: set[str] = field(default_factory=set)  # what a story makes Slack refuse

    def as_user(self, handle: str) -> Window:
        """The window of one of the cast."""
        if handle not in self.windows:
            user, team = PEOPLE[handle][:2]
            has_app = team == GIST or (bool(self.county_app) if self.is_connect else self.guest_commands)
            app, bot = (self.county_app, COUNTY_BOT) if self.county_app and team == COUNTY else ("A0TFT", BOT)
            self.windows[handle] = Window(self.workspace.url, user, app, bot, CHANNEL, command_allowed=has_app)
        return self.windows[handle]

    def set_up(self) -> None:
        """A task force with everybody but the stranger in it: each side's secretary puts the own people in."""
        first = {"side-0": "GIST", "person-0": "김민지", "role-0": "간사"}
        second = {"side-1": "영광군", "person-1": "최유진", "role-1": "간사"}
        secretary = self.as_user("gist secretary")
        secretary.command("/tft setup")
        secretary.submit(secretary.form(), name=NAME, **first, **second)
        secretary.sees(NAME)
        for handle, role in ROLES.items():
            side = "county secretary" if handle.startswith("county") else "gist secretary"
            by = self.as_user(side)
            if by.command_allowed:
                by.command(f"/tft member <@{PEOPLE[handle][0]}> {role}")
            else:
                by.mention(f"member <@{PEOPLE[handle][0]}> {role}")
                by.click("open-form", by.told("양식"))
            by.submit(by.form())
            by.told(PEOPLE[handle][2])

    def found(self) -> None:
        """The same task force, written straight into the database: for stories that begin later."""
        found(self.bot.deps)
        if self.is_connect:
            with self.bot.deps.work() as work:
                for user_id, team, *_ in PEOPLE.values():
                    if account := work.session.get(Account, user_id):
                        account.team_id = team  # as Slack says when somebody is put into the roster

    def move_clock(self, to: str) -> None:
        """Business time jumps to a moment such as `2026-12-04T09:30`, in Korea, and stops wherever something is due."""
        eventually(lambda: _is_reckoned(self.bot.deps) or None, "everything reckoned")
        eventually(lambda: self.next_stops() <= self.named_stops() or None, "the next stops named")
        body = json.dumps({"to": f"{to}:00+09:00"}).encode()
        request = urllib.request.Request(  # noqa: S310  # the workspace on this machine
            f"{self.workspace.url}/_clock", body, {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=50).close()  # noqa: S310

    def next_stops(self) -> set[datetime]:
        """Where the clock must stop: whatever the bot's ticks are due at, as far as that is ahead."""
        found = {moment for tick in TICKS if tick.dues for moment in tick.dues(self.bot.deps)}
        return {moment for moment in found if moment > self.bot.deps.clock()}

    def named_stops(self) -> set[datetime]:
        """Where it does."""
        return set(self.workspace.hub.clock._stops.get("tft", []))

    def card(self, ref: str) -> "Card":
        """The card of an item in the channel."""
        return Card(self, ref)


@dataclass(frozen=True)
class Card:
    """An item's card, as somebody sees it now; each `expect` waits for it."""

    town: Town
    ref: str

    def message(self) -> Message:
        return self.town.as_user("gist lead").sees(f"{self.ref} ")

    def shows(self, *parts: str) -> Message:
        """Wait until the card contains every part."""

        def look() -> Message:
            message = self.message()
            missing = [part for part in parts if part not in message.text]
            assert not missing, f"{missing} not on the card:\n{message.text}"
            return message

        return eventually(look)

    def half_done(self, side: str) -> Message:
        """This side has confirmed, another has not."""
        return self.shows(f"{side} 완료 · 차례:")

    def closed(self) -> Message:
        """Every side that had to has confirmed."""
        return self.shows("\n완료 · 2026")

    def opened(self) -> Message:
        """Nobody has confirmed."""
        return self.shows("진행 중 · 완료 확인 대기")


def _is_reckoned(deps: Deps) -> bool:
    with deps.database.reading() as session:
        return not reckoning.is_anything_waiting(session)


def found(deps: Deps) -> None:
    """The task force of the cast in the database."""
    with deps.work() as work:
        session, now = work.session, work.now
        task_force = TaskForce(name=NAME, created_at=now)
        session.add(task_force)
        session.flush()
        sides = {
            GIST: Side(task_force_id=task_force.id or 0, name="GIST", position=0),
            COUNTY: Side(task_force_id=task_force.id or 0, name="영광군", position=1),
        }
        speaker = installations.standing(session)[0].id or 0
        bound = BoundChannel(channel_id=CHANNEL, task_force_id=task_force.id or 0, speaker_id=speaker, bound_at=now)
        session.add_all([*sides.values(), bound])
        session.flush()
        for handle, role in {**FIRST, **ROLES}.items():
            enlist(session, handle, role, sides[PEOPLE[handle][1]].id or 0, task_force.id or 0, now)


def enlist(session: Session, handle: str, role: str, side_id: int, task_force_id: int, now: datetime) -> None:
    """Put one of the cast into the roster."""
    user_id, _, name, title, _ = PEOPLE[handle]
    person = Person(
        task_force_id=task_force_id, side_id=side_id, role=Role(role), name=name, job_title=title, joined_at=now
    )
    session.add_all([person, Account(user_id=user_id)])
    session.flush()
    session.add(PersonAccount(task_force_id=task_force_id, user_id=user_id, person_id=person.id or 0))


@contextmanager
def town(url: str, world: dict[str, Any], state: Path | None = None, **settings: Any) -> Iterator[Town]:
    """The bot on the database `url`, connected by Socket Mode to a workspace of this world, on a Monday at nine."""
    with Workspace({"clock": START, **world}, state=state) as workspace, running(url, workspace, **settings) as bot:
        yield Town(workspace, bot, is_connect=len(world["teams"]) > 1)


@contextmanager
def twice(url: str, **settings: Any) -> Iterator[Town]:
    """T3: the app in both workspaces, the county's installation as an OAuth page left it; with its task force."""
    with Workspace({"clock": START, **cast.installed_twice()}) as workspace, running(url, workspace, **settings) as bot:
        found = Installed(COUNTY, "영광군", COUNTY_BOT, "B0CTYBOT", cast.COUNTY_TOKEN, "", app_id="A0TFT")
        with bot.deps.work() as work:
            installations.remember(work.session, found, Seal(), work.machine_now, is_anew=True)
        town = Town(workspace, bot, is_connect=True, county_app="A0TFT")
        town.found()
        yield town


@contextmanager
def two_apps(url: str, folder: Path) -> Iterator[Town]:
    """T4: two apps in one process, one database; with their task force."""
    file = folder / "apps.toml"
    file.write_text(
        '[gist]\nbot_token = "xoxb-test"\napp_token = "xapp-1-A0TFT-1-test"\n'
        f'[county]\nbot_token = "{cast.COUNTY_TOKEN}"\napp_token = "{cast.COUNTY_APP_TOKEN}"\n'
    )
    none = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"))
    with (
        Workspace({"clock": START, **cast.two_apps()}) as workspace,
        running(url, workspace, **none, TFT_APPS=file) as bot,
    ):
        town = Town(workspace, bot, is_connect=True, county_app="A0CTY")
        town.found()
        yield town


@contextmanager
def running(url: str, workspace: Workspace, **settings: Any) -> Iterator[Bot]:
    """The bot alone, for stories in which it goes and comes back."""
    told = {
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_APP_TOKEN": "xapp-1-A0TFT-1-test",
        "SLACK_SIGNING_SECRET": secrets.token_hex(16),
        "SLACK_API_URL": workspace.api_url,
        "TFT_CLOCK_URL": f"{workspace.url}/_clock",
        "DATABASE_URL": url,
        **settings,
    }
    database = Database(url, exclusive=True)
    if not database.is_sqlite:
        schema.upgrade(database)
    require_newest(database)
    set_up_logging("WARNING")
    bot = Bot(Settings(_env_file=None, **told), database)
    bot.enrol()
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()
