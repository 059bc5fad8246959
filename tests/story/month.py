"""`python -m tests.story.month` plays the demo's month day by day and writes into `docs/month.md` who got how many messages.

Twice, over the wire, each time from the beginning: nobody answers anything, which is the most that can come; and everybody
does in time what is theirs, answers what is asked, and makes something new every week.
"""

import json
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import col, or_, select

from bot.rules.milestones import due_of, is_alive
from bot.services.budget_views import views_of
from config import demo
from config.demo import Member
from config.presets import Act
from config.words import Words
from handlers.demo import database_url
from storage.database import Database
from storage.outbox import WAITING
from storage.tables import BudgetLine, Item, ItemStatus, OutboxRow, Part, Person, Posting
from tests.ops.demos import BOT, CHANNEL, running
from tests.windows import Window, eventually

PAGE = Path("docs/month.md")
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 31)
SEOUL = ZoneInfo("Asia/Seoul")
MORNING, WORK, EVENING = time(10), time(16), time(18, 30)
SUMMARY = "weekly"
REMINDERS = ("nudge", "nudges", "milestone-nudge")
TO_THE_CHANNEL = ("channel-nudges", "weekly-channel")
ASKED_ON = (date(2026, 11, 30), date(2026, 12, 15))  # how much was spent
NEW = "추가 {day:%-m월 %-d일} 점검 결과 정리 @오세린 @한도윤 {due} #운영"


@dataclass(frozen=True)
class Sent:
    """A message as somebody got it, in business time; `to`: a handle, or "" for the channel."""

    at: datetime
    to: str
    kind: str
    text: str

    @property
    def letter(self) -> str:
        return "w" if self.kind == SUMMARY else "r" if self.kind in REMINDERS or not self.to else "m"


class Office:
    """The demo's people at work: each act is what a person would type."""

    def __init__(self, url: str, database: Database) -> None:
        self.url, self.database = url, database
        self.members = [member for member in demo.load().members if member.role]

    def window(self, member: Member) -> Window:
        return Window(self.url, member.id, "A0TFT", BOT, CHANNEL)

    def move(self, day: date, at: time) -> None:
        to = datetime.combine(day, at, SEOUL).isoformat()
        request = urllib.request.Request(  # noqa: S310  # the workspace on this machine
            f"{self.url}/_clock", json.dumps({"to": to}).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=120).close()  # noqa: S310
        eventually(lambda: self._are_all_told() or None, "the last message")

    def _are_all_told(self) -> bool:
        """Cards may be updated later: Slack allows fifty a minute."""
        is_message = or_(col(OutboxRow.user_id).is_not(None), col(OutboxRow.kind).in_(TO_THE_CHANNEL))
        waiting = select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING), is_message)
        with self.database.reading() as session:
            return session.exec(waiting.limit(1)).first() is None

    def type(self, name: str, line: str) -> Window:
        """A command by the person of this name; gives their window once it was answered."""
        window = self.window(next(member for member in self.members if member.name == name))
        window.command(f"/tft {line}")
        return window

    def do_what_is_due(self, day: date) -> None:
        """Everybody closes what is due of theirs."""
        query = select(Item, Part, Person).where(Part.item_id == Item.id, Part.owner_id == Person.id)
        with self.database.reading() as session:
            rows = session.exec(query).all()
        for item, part, person in rows:
            due = part.due_on or item.due_on
            if item.status is ItemStatus.OPEN and not part.confirmed_at and due and due <= day:
                self.type(person.name, f"완료 A-{item.number}").told(f"A-{item.number}")

    def answer_for_the_budget(self, day: date) -> None:
        """Owners say what came of their dates, and how much was spent."""
        with self.database.reading() as session:
            views = views_of(session, session.exec(select(BudgetLine)).all())
        for view in views:
            owner, number = view.owners[0][1].name, view.line.number
            for one in view.milestones:
                due = due_of(one)
                if due and due <= day and is_alive(one):
                    window = self.type(owner, f"예산 완료 B-{number}-{one.number}")
                    if one.act is Act.EVENT:
                        window.submit(window.form(), amount="2억원")
            if view.line.stage == "executing" and day in ASKED_ON:
                self.type(owner, f"예산 금액 B-{number} 집행 {200 + day.day}000000")

    def work(self, day: date) -> None:
        """What people of a diligent office do in an afternoon."""
        self.do_what_is_due(day)
        self.answer_for_the_budget(day)
        if day.weekday() == 0:
            self.type("최유진", NEW.format(day=day, due=day + timedelta(days=10))).told("할 일을 만들었습니다")


def days() -> Iterator[date]:
    """The month's, weekends too."""
    yield from (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))


def played(folder: Path, *, is_diligent: bool) -> list[Sent]:
    """Everything that was sent from the demo's beginning to the end of the month."""
    with running(folder) as (_, url), closing(Database(database_url(folder))) as database:
        office = Office(url, database)
        for day in days():
            office.move(day, MORNING)
            if is_diligent and day.weekday() < 5:
                office.move(day, WORK)
                office.work(day)
            office.move(day, EVENING)
        return list(_received(office))


def _received(office: Office) -> Iterator[Sent]:
    """What the workspace shows that was posted since the beginning: direct messages, and the channel's reminders."""
    with office.database.reading() as session:
        postings = {(one.channel_id, one.ts): one for one in session.exec(select(Posting))}
    for member in office.members:
        window = office.window(member)
        for message in window.direct_messages():
            yield from _since_the_beginning(postings.get((window.dm(), message.ts)), member.handle, message.text)
    for message in office.window(office.members[0]).messages():
        posting = postings.get((CHANNEL, message.ts))
        if posting and posting.kind in TO_THE_CHANNEL:
            yield from _since_the_beginning(posting, "", message.text)


def _since_the_beginning(posting: Posting | None, to: str, text: str) -> Iterator[Sent]:
    if posting and posting.posted_at >= demo.load().start:
        yield Sent(posting.posted_at.astimezone(SEOUL), to, posting.kind, text)


def counted(sent: Sequence[Sent]) -> list[str]:
    """A row for each person: summaries, reminders, other messages, and all together."""
    say, rows = Words().say("en"), []
    head = [
        "| who | side, role | weekly summaries | other messages | of them reminders | most in a day |",
        "|---|---|---|---|---|---|",
    ]
    for member in [one for one in demo.load().members if one.role]:
        mine = [one for one in sent if one.to == member.handle]
        of = Counter(one.letter for one in mine)
        others = Counter(one.at.date() for one in mine if one.letter != "w")
        role = f"{member.side}, {say(f'role-{member.role}')}"
        cells = (member.name, role, of["w"], of["r"] + of["m"], of["r"], max(others.values(), default=0))
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    channel = [one for one in sent if not one.to]
    return [*head, *rows, f"| the channel | | | {len(channel)} | {len(channel)} | {1 if channel else 0} |"]


def calendar(sent: Sequence[Sent]) -> list[str]:
    """A row for each day on which something came."""
    people = [one for one in demo.load().members if one.role]
    found = {(one.at.date(), one.to): "" for one in sent}
    for one in sorted(sent, key=lambda one: (one.letter != "w", one.at)):
        found[one.at.date(), one.to] += one.letter
    handles = [*(one.handle for one in people), ""]
    rows = ["| day | " + " | ".join(one.name for one in people) + " | the channel |", "|---" * (len(handles) + 1) + "|"]
    eventful = [day for day in days() if any((day, handle) in found for handle in handles)]
    for day in eventful:
        cells = [found.get((day, handle), "") for handle in handles]
        rows.append("| " + " | ".join([f"{day:%a %m-%d}", *cells]) + " |")
    return rows


def page(quiet: Sequence[Sent], diligent: Sequence[Sent]) -> str:
    """The whole document."""
    return "\n".join([*OPENING, *counted(diligent), *SECOND, *counted(quiet), *THIRD, *calendar(quiet), ""])


OPENING = (
    "# A month of messages",
    "",
    "The demo's case from Mon 2026-11-23 to Thu 2026-12-31, day by day, over the wire: who got how many direct messages from the bot. Made by",
    "`.venv/bin/python -m tests.story.month`, never by hand; `tests/story/test_month.py` plays it again and holds it to this page.",
    "A lead gets six weekly summaries and at most six other messages; nobody more than one reminder a day, nor any on a day off.",
    "",
    "## When people do their work",
    "",
    "Everybody does on its day what is theirs, says what came of the budget's dates, and the county's secretary adds an item every Monday.",
    "",
)
SECOND = (
    "",
    "## When nobody answers anything",
    "",
    "The most that can come: no item is closed, no question answered, no reminder put off, for six weeks.",
    "",
)
THIRD = (
    "",
    "Day by day: `w` the weekly summary, `r` the day's reminder (in the channel its one message), `m` another message.",
    "",
)


def main() -> None:
    """Plays it twice and writes the page."""
    plays: list[list[Sent]] = []
    for is_diligent in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            plays.append(played(Path(folder), is_diligent=is_diligent))
    PAGE.write_text(page(*plays), encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
