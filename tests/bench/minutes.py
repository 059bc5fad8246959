"""Figure: the minutes of a meeting with 1,000 lines; the floor is reading those lines from this bot's export.

Of a hundred lines six are action items with an owner and a date, six decisions after a vote, six topics; eight people are known.
"""

import statistics
import time
from collections.abc import Callable

from bot.rules.minutes import Known, Minutes, RawLine, make
from bot.rules.minutes.logs import read_log, write_export
from tests.rules.minutes.case import DAY, PEOPLE, SETTING

LINES, ROUNDS = 1000, 25
KNOWN = (*PEOPLE, Known("8", "오세라", "팀장", "스마트산업과", "영광군"))
SAID = (
    "안건: 국비 공동 신청 {0}",
    "산출근거 초안은 지난주에 공유했습니다. 총사업비는 3억 5,000만원입니다.",
    "박서준 과장: 군비 부담분은 추경에 반영하겠습니다.",
    "… 의회 일정은 따로 알려 드리겠습니다.",
    "정보: 군의회 정례회는 12월 1일에 열립니다.",
    "오세라 팀장: 입지 적정성 검토가 먼저 필요합니다.",
    "제안: 신청서를 공동 명의로 제출 {0}",
    "찬성",
    "- 결정: 신청서를 공동 명의로 제출 {0}",
    "□ 할일: 산출근거 확정본 송부 정하늘 교수 12월 11일(금)까지",
    "맞습니다. 다음 주에 한 번 더 보시죠.",
    "https://example.org/{0}",
    "아이디어: 표 하나로 관리",
    "최유진 주무관: 말씀하신 내용은 서면으로 다시 보내 드리겠습니다.",
    "네, 그렇게 하겠습니다.",
    "이강민 단장: 다른 의견이 있으십니까?",
)


def measure() -> dict[str, tuple[float, float]]:
    """Median CPU milliseconds of making the minutes, and of the floor, in turns."""
    lines = [RawLine(f"t{at}", at, SAID[at % len(SAID)].format(at), "김민지", DAY) for at in range(LINES)]
    saved = write_export(lines, KNOWN, SETTING).encode()
    bot, floor = [], []
    for _ in range(ROUNDS):
        bot.append(taken(lambda: make(lines, KNOWN, SETTING)))
        floor.append(taken(lambda: read_log([("", saved)], SETTING)))
    check(make(lines, KNOWN, SETTING))
    return {"minutes of 1,000 lines, CPU ms": (statistics.median(bot), statistics.median(floor))}


def taken(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return (time.thread_time() - began) * 1000


def check(minutes: Minutes) -> None:
    """A figure of something that was not done would be worth nothing."""
    repeats = LINES // len(SAID)
    if min(len(minutes.decisions), len(minutes.actions), len(minutes.topics)) < repeats or minutes.unclear:
        raise RuntimeError("these are not the minutes of those lines")
