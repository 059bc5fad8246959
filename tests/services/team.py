"""A task force for tests of services: two sides, their people, and short ways to have them do things."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from bot.messages.post import Post, Reply
from bot.services import confirmations, items, posts
from bot.services.askers import Asker, Surface, Who, find_asker
from bot.services.item_lines import add
from bot.services.reactions import Whisper, apply_reaction
from bot.services.work import Work
from config.words import Words
from storage import history
from storage.database import Database
from storage.items import by_number
from storage.reactions import Press
from storage.tables import (
    Account,
    BoundChannel,
    Installation,
    Item,
    OutboxRow,
    OutboxState,
    Person,
    PersonAccount,
    Posting,
    Role,
    Side,
    TaskForce,
)

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
WORDS = Words()
CHANNEL, OTHER_CHANNEL, CARD_TS = "C1", "C2", "1763856000.000100"
PEOPLE = {
    # handle: (user id, side, role, name, title)
    "gist lead": ("UGLEAD", "GIST", Role.LEAD, "이강민", "단장"),
    "gist owner": ("UGOWN", "GIST", Role.MEMBER, "정하늘", "교수"),
    "gist member": ("UGMEM", "GIST", Role.MEMBER, "김민지", "연구원"),
    "observer": ("UGOBS", "GIST", Role.OBSERVER, "오세진", "참관"),
    "county lead": ("UCLEAD", "영광군", Role.LEAD, "박서준", "과장"),
    "county deputy": ("UCDEP", "영광군", Role.DEPUTY, "서다은", "팀장"),
    "county owner": ("UCOWN", "영광군", Role.MEMBER, "한도윤", "주무관"),
    "county secretary": ("UCSEC", "영광군", Role.SECRETARY, "최유진", "주무관"),
}
OTHERS = {"stranger": "USTRANGE", "other team": "UOTHER", "robot": "UROBOT", "our bot": "UBOT"}
GIST_OWNER, COUNTY_OWNER = "<@UGOWN>", "<@UCOWN>"


@dataclass
class Team:
    """The task force and its clocks; each act is a transaction of its own."""

    database: Database
    now: datetime = MONDAY
    machine_now: datetime = MONDAY
    presses: int = field(default=0)

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self.database.transaction() as session:
            yield Work(session, self.now, self.machine_now, WORDS)

    def asker(
        self, work: Work, handle: str, surface: Surface = Surface.COMMAND, channel: str | None = CHANNEL
    ) -> Asker:
        installation = work.session.exec(select(Installation)).one()
        return find_asker(work, Who(user_of(handle), channel, installation, surface))

    def join_the_other(self, handle: str) -> None:
        """Somebody is in the other task force as well, as a member of its first side."""
        with self.work() as work:
            other = self.asker(work, "other team", channel=OTHER_CHANNEL).person
            assert other
            name = PEOPLE[handle][3]
            person = Person(task_force_id=2, side_id=other.side_id, role=Role.MEMBER, name=name, joined_at=self.now)
            work.session.add(person)
            work.session.flush()
            work.session.add(PersonAccount(task_force_id=2, user_id=user_of(handle), person_id=person.id or 0))

    def add(self, handle: str, line: str, **options: str) -> Reply:
        with self.work() as work:
            return add(work, self.asker(work, handle, **options), line)  # type: ignore[arg-type]

    def item(self, number: int = 1) -> Item:
        with self.database.reading() as session:
            item = by_number(session, 1, number)
        assert item
        return item

    def item_inside(self, number: int = 1, side: int = 1) -> Item:
        """The item as this side's people see it, be it joint or internal."""
        with self.database.reading() as session:
            item = by_number(session, 1, number, side)
        assert item
        return item

    def acts_inside(self, number: int = 1) -> list[str]:
        """The history of an item that may be internal to GIST, oldest first."""
        with self.database.reading() as session:
            return [change.act for change in history.of(session, ("item", self.item_inside(number).id or 0))]

    def joint_item(self) -> Item:
        """A-1, owned by both sides, its card in the channel."""
        self.add("gist lead", f"센터 개소 계획서 초안 {GIST_OWNER} {COUNTY_OWNER} 2026-12-05 #센터")
        self.card_posted()
        return self.item()

    def card_posted(self, number: int = 1, ts: str = CARD_TS) -> None:
        """Delivery has posted the card and records where."""
        with self.work() as work:
            self.record_card(work, number, ts)

    def record_card(self, work: Work, number: int = 1, ts: str = CARD_TS) -> None:
        """The same within a transaction."""
        item = by_number(work.session, 1, number)
        assert item
        posting = Posting(
            installation_id=1,
            channel_id=CHANNEL,
            ts=ts,
            kind=items.CARD,
            subject=str(item.id),
            posted_at=self.machine_now,
        )
        work.session.add(posting)
        hook = posts.kinds()[items.CARD].on_posted
        assert hook
        hook(work, posting)

    def press(
        self,
        handle: str,
        emoji: str = "white_check_mark",
        *,
        present: bool = True,
        at: float | None = None,
        ts: str = CARD_TS,
    ) -> list[Whisper]:
        """An emoji comes or goes on the card; each later than the one before, unless `at` (seconds) says otherwise."""
        self.presses += 1
        event_ts = f"{self.machine_now.timestamp() + (self.presses if at is None else at):.6f}"
        with self.work() as work:
            return apply_reaction(work, Press(CHANNEL, ts, user_of(handle), emoji, present, event_ts))

    def unpress(self, handle: str, emoji: str = "white_check_mark", at: float | None = None) -> list[Whisper]:
        return self.press(handle, emoji, present=False, at=at)

    def done(self, handle: str, number: int = 1) -> None:
        with self.work() as work:
            confirmations.done(work, self.asker(work, handle), self.item(number))

    def undo(self, handle: str, number: int = 1) -> None:
        with self.work() as work:
            confirmations.undo(work, self.asker(work, handle), self.item(number))

    def reopen(self, handle: str, number: int = 1) -> None:
        with self.work() as work:
            confirmations.reopen(work, self.asker(work, handle), self.item(number))

    def later(self, **step: float) -> None:
        """Both clocks go on."""
        self.now += timedelta(**step)
        self.machine_now += timedelta(**step)

    def card(self, number: int = 1, language: str = "ko") -> Post:
        """The card as delivery would render it now."""
        with self.database.reading() as session:
            subject = str(self.item(number).id)
            row = OutboxRow(
                lane="1:C1",
                installation_id=1,
                channel_id=CHANNEL,
                kind=items.CARD,
                subject=subject,
                key="-",
                not_before=MONDAY,
                created_at=MONDAY,
            )
            post = posts.render(session, row, WORDS.say(language), self.now)
        assert post
        return post

    def queued(self, kind: str) -> list[OutboxRow]:
        """What waits to be sent, of one kind."""
        with self.database.reading() as session:
            query = select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.state == OutboxState.PENDING)
            return list(session.exec(query.order_by(col(OutboxRow.id))))

    def outbox(self) -> list[OutboxRow]:
        """Everything that waits to be sent, or was."""
        with self.database.reading() as session:
            return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    def rendered(self, row: OutboxRow) -> Post | None:
        with self.database.reading() as session:
            return posts.render(session, row, posts.voice(session, row, WORDS), self.now)

    def acts(self, number: int = 1) -> list[str]:
        """The history, oldest first."""
        with self.database.reading() as session:
            return [change.act for change in history.of(session, ("item", self.item(number).id or 0))]


def user_of(handle: str) -> str:
    return PEOPLE[handle][0] if handle in PEOPLE else OTHERS[handle]


def text_of(post: Post | None) -> str:
    """Everything that can be read on a post."""
    assert post
    return "\n".join([post.text, *_texts(post.blocks)])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def set_up(database: Database) -> Team:
    """In a database with tables, the task force `스마트 모빌리티 TFT` in C1, and another one in C2 with one person."""
    with database.transaction() as session:
        session.add(Installation(team_id="T1", bot_user_id="UBOT", bot_token="xoxb", installed_at=MONDAY))
        for user_id in [*(one[0] for one in PEOPLE.values()), *OTHERS.values()]:
            is_bot = user_id in (OTHERS["robot"], OTHERS["our bot"])
            session.add(Account(user_id=user_id, name=user_id, locale="ko-KR", is_bot=is_bot))
        session.flush()
        _task_force(session, "스마트 모빌리티 TFT", CHANNEL, PEOPLE)
        other = {"other team": (OTHERS["other team"], "GIST", Role.LEAD, "문지호", "교수")}
        _task_force(session, "다른 TFT", OTHER_CHANNEL, other)
    return Team(database)


def _task_force(session: Session, name: str, channel: str, roster: dict[str, tuple[str, str, Role, str, str]]) -> None:
    task_force = TaskForce(name=name, created_at=MONDAY)
    session.add(task_force)
    session.flush()
    of = task_force.id or 0
    session.add(BoundChannel(channel_id=channel, task_force_id=of, speaker_id=1, bound_at=MONDAY))
    sides = {side: Side(task_force_id=of, name=side, position=at) for at, side in enumerate(("GIST", "영광군"))}
    session.add_all(sides.values())
    session.flush()
    for user_id, side, role, person, title in roster.values():
        one = Person(
            task_force_id=of,
            side_id=sides[side].id or 0,
            role=role,
            name=person,
            job_title=title,
            joined_at=MONDAY,
        )
        session.add(one)
        session.flush()
        session.add(PersonAccount(task_force_id=of, user_id=user_id, person_id=one.id or 0))
