"""What people do in a task force, as plain facts in the order of time: what the bot is told and what is expected of it rest on these alone."""

from dataclasses import dataclass
from datetime import date, datetime

SIDES = ("GIST", "영광군")
ZONE = "Asia/Seoul"
ABROAD, AFTERNOONS = "U06", "U09"  # one in Berlin, with its summer time; one who wants messages from 13:00 to 17:00
ROLES = ("lead", "deputy", "secretary", "member", "member", "member")
NAMES = "이강민 김민지 정하늘 오세라 문지호 윤가온 박서준 서다은 최유진 한도윤 강다온 임하람".split()


@dataclass(frozen=True)
class Someone:
    """One of the twelve; `user` is the Slack id."""

    user: str
    name: str
    side: str
    role: str
    zone: str = ZONE
    opens: int = 9  # hours
    closes: int = 18


def _someone(number: int) -> Someone:
    user = f"U{number + 1:02}"
    zone = "Europe/Berlin" if user == ABROAD else ZONE
    opens, closes = (13, 17) if user == AFTERNOONS else (9, 18)
    return Someone(user, NAMES[number], SIDES[number // 6], ROLES[number % 6], zone, opens, closes)


PEOPLE = {one.user: one for one in map(_someone, range(12))}


@dataclass(frozen=True)
class Fact:
    """Something that happened. What is not said of it is empty."""

    at: datetime
    act: str
    item: int = 0  # its number; or that of days off
    by: str = ""
    side: str = ""
    person: str = ""
    day: date | None = None
    last: date | None = None
    owners: tuple[str, ...] = ()
