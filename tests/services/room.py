"""A channel with its task force, and people who do things in it; for tests of services, on the database given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from bot.messages.post import Post, Reply
from bot.rules.grammar import read_line
from bot.rules.roster import Details
from bot.rules.setup import ChannelPeople, SetupAnswers, SideAnswer
from bot.services import joining, members, own_settings, posts, roster_pages, setup
from bot.services.askers import Asker, Surface, Who, find_asker
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Words
from playground import blocks
from storage import people
from storage.database import Database
from storage.people import Profile
from storage.roster import entry
from storage.tables import Installation, OutboxRow, Person, PersonState, Role, Side, TaskForce
from tests import stores

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
WORDS = Words()
BOT = "U0BOT"
NAMES = {
    "U1": "이강민",  # GIST's lead
    "U2": "최유진",  # the county's secretary
    "U3": "정하늘",
    "U4": "Emma Clarke",
    "U5": "한도윤",
    "U9": "나그네",
    BOT: "TFT봇",
    "U0ROBOT": "Robot",
}
VERBS = {
    "join": joining.open_join,
    "roster": roster_pages.show,
    "member": members.change,
    "settings": own_settings.settings,
    "setup": setup.open_setup,
}


@contextmanager
def installed(url: str) -> Iterator[Database]:
    """A database in which the app is installed and Slack's people are known."""
    database = stores.made_once(url, _install)
    yield database
    database.close()


def _install(database: Database) -> None:
    with database.transaction() as session:
        session.add(Installation(team_id="T1", team_name="GIST", bot_user_id=BOT, bot_token="xoxb", installed_at=NOW))
        for user_id, name in NAMES.items():
            locale = None if user_id == "U5" else "en-GB" if user_id == "U4" else "ko-KR"
            is_bot = user_id in (BOT, "U0ROBOT")
            profile = Profile(user_id, "T1", name, locale, "Asia/Seoul", is_bot, False, title="과장")
            people.remember_profile(session, profile, NOW)


@dataclass
class Room:
    """One transaction in one channel. `U1` leads GIST, `U2` is the county's secretary."""

    work: Work
    channel: str = "C1"

    def set_up(self, answers: SetupAnswers | None = None, by: str = "U9", members: set[str] | None = None) -> Reply:
        """Make the channel's task force."""
        answers = answers or ANSWERS
        here = self.here(by, members)
        return checked(setup.set_up(self.work, self.asker(by, Surface.FORM), self.channel, answers, here))

    def here(self, by: str, members: set[str] | None = None) -> ChannelPeople:
        """Who is in the channel; everybody unless said."""
        accounts = {user_id: people.account(self.work.session, user_id) for user_id in NAMES}
        return ChannelPeople(set(NAMES) if members is None else members, accounts, by, BOT)

    def asker(self, user: str, surface: Surface = Surface.COMMAND, channel: str | None = "") -> Asker:
        """A person who acts in the channel, or elsewhere."""
        installation = self.work.session.exec(select(Installation)).one()
        return find_asker(self.work, Who(user, self.channel if channel == "" else channel, installation, surface))

    def says(self, user: str, line: str, channel: str | None = "") -> Reply:
        """`/tft line`."""
        read = read_line(line)
        assert read.verb
        return checked(VERBS[read.verb](self.work, self.asker(user, channel=channel), read.rest))

    def refused(self, user: str, line: str, channel: str | None = "") -> str:
        """Why a line was refused, in the person's own language."""
        with pytest.raises(Refused) as raised:
            self.says(user, line, channel)
        return self.asker(user).say(raised.value.key, **raised.value.args_of_key)

    def asks_to_join(self, user: str, side: str, name: str = "") -> Person:
        """Fill in the form; gives who waits now."""
        details = Details(name or NAMES[user], "정책과", "주무관")
        joining.ask(self.work, self.asker(user, Surface.FORM), self.side(side).id or 0, details)
        return self.person(user)

    def joins(self, user: str, side: str, role: Role = Role.MEMBER) -> Person:
        """Ask to join and be let in, with a role."""
        person = self.asks_to_join(user, side)
        decider = "U1" if side == "GIST" else "U2"
        joining.decide(self.work, self.asker(decider), person.id or 0, approve=True)
        person.role = role
        self.work.session.flush()
        return person

    def task_force(self) -> TaskForce:
        bound = people.bound_channel(self.work.session, self.channel)
        assert bound
        return self.work.session.get_one(TaskForce, bound.task_force_id)

    def side(self, name: str) -> Side:
        key = self.task_force().id or 0
        return next(side for side in people.sides(self.work.session, key) if side.name == name)

    def person(self, user: str) -> Person:
        found = entry(self.work.session, self.task_force().id or 0, user)
        assert found
        return found

    def roster(self) -> list[tuple[str, str, str]]:
        """Side, name and role of everybody in the roster; who waits has a question mark."""
        query = select(Side.name, Person).join(Person, col(Person.side_id) == col(Side.id))
        query = query.where(Person.state != PersonState.LEFT, Side.task_force_id == self.task_force().id)
        found = self.work.session.exec(query.order_by(col(Side.position), col(Person.id)))
        return [
            (side, one.name, one.role.value + ("?" if one.state is PersonState.PENDING else "")) for side, one in found
        ]

    def queued(self, kind: str) -> list[tuple[str, Post]]:
        """To whom something will be sent, and how it will look."""
        rows = self.work.session.exec(select(OutboxRow).where(OutboxRow.kind == kind).order_by(col(OutboxRow.id)))
        return [(row.user_id or row.channel_id or "", self.rendered(row)) for row in rows]

    def rendered(self, row: OutboxRow) -> Post:
        say = posts.voice(self.work.session, row, WORDS)
        post = posts.render(self.work.session, row, say, NOW)
        assert checked(Reply(post)).post
        return post or Post("")

    def sent(self) -> None:
        """Everything that waited has gone out."""
        for row in self.work.session.exec(select(OutboxRow)):
            self.work.session.delete(row)
        self.work.session.flush()


ANSWERS = SetupAnswers(
    "스마트 모빌리티 TFT",
    (SideAnswer("GIST", "U1", "이강민", Role.LEAD), SideAnswer("영광군", "U2", "최유진", Role.SECRETARY)),
    weekday=1,
)


def checked(reply: Reply) -> Reply:
    """A reply as Slack takes it: its blocks, its form, a text that notifications can hold."""
    if reply.post:
        blocks.check_message(reply.post.blocks)
        assert 0 < len(reply.post.text) <= 4000
    if reply.view:
        blocks.check_view(reply.view)
    return reply


def buttons(post: Post | None) -> dict[str, str]:
    """Action id → value of every button and select of a message."""
    assert post
    found = {}
    for block in post.blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if "action_id" in element:
                found[element["action_id"]] = element.get("value", "")
    return found
