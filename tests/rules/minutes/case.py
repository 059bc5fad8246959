"""A meeting as it is told in tests: who is known, and its lines."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rules.minutes import Known, LineKind, Minutes, RawLine, Setting, make

DATA = Path(__file__).parents[1] / "data" / "minutes"
SEOUL = ZoneInfo("Asia/Seoul")
DAY = datetime(2026, 12, 3, tzinfo=SEOUL)
BOT = "U0BOT"

PEOPLE = (
    Known("1", "이강민", "단장", "모빌리티연구소", "GIST", (), ("U0GISTLEAD",)),
    Known("2", "김민지", "연구원", "모빌리티연구소", "GIST", (), ("U0GISTSEC",)),
    Known("3", "정하늘", "교수", "AI융합학과", "GIST", ("하늘쌤",), ("U0GISTOWN", "haneul")),
    Known("4", "Emma Clarke", "Researcher", "Mobility Institute", "GIST", (), ("U0ENGLISH",)),
    Known("5", "박서준", "과장", "기획예산실", "영광군", (), ("U0CTYLEAD",)),
    Known("6", "최유진", "주무관", "기획예산실", "영광군", (), ("U0CTYSEC",)),
    Known("7", "한도윤", "주무관", "스마트산업과", "영광군", (), ("U0CTYOWN",)),
)
SETTING = Setting(start=DAY.replace(hour=14), bot_names=(BOT, "TFT봇"))


def scripted() -> list[tuple[str, str, str]]:
    """Hour, writer and text of the scripted meeting's lines."""
    rows = (DATA / "meeting.tsv").read_text(encoding="utf-8").splitlines()
    return [(hour, writer, text) for hour, writer, text in (row.split("\t") for row in rows)]


def typed() -> list[RawLine]:
    """The scripted meeting as five people type it."""
    return [
        RawLine(f"t{at}", at, text, writer, DAY.replace(hour=int(hour[:2]), minute=int(hour[3:])))
        for at, (hour, writer, text) in enumerate(scripted())
    ]


def pasted() -> list[RawLine]:
    """The same as one block by the secretary, who writes before each remark of others who said it."""
    titles = {one.name: f"{one.name} {one.title}" for one in PEOPLE}
    own = [writer == "김민지" or text.startswith("s/") for _, writer, text in scripted()]
    lines = [
        text if is_own else f"{titles[writer]}: {text}"
        for is_own, (_, writer, text) in zip(own, scripted(), strict=True)
    ]
    return [RawLine("block", 1, "\n".join(lines), "김민지", DAY.replace(hour=14))]


def said(*texts: str, people: Iterable[Known] = PEOPLE, setting: Setting = SETTING, writer: str = "김민지") -> Minutes:
    """The minutes of a meeting in which one person writes these lines."""
    return make([RawLine(f"t{at}", at, text, writer, DAY) for at, text in enumerate(texts)], people, setting)


def about(key: str, kind: LineKind, text: str = "", *, part: int = 0, ordinal: int = 1000) -> RawLine:
    """A correction of a line."""
    return RawLine(f"{kind.value}-{key}-{part}-{ordinal}", ordinal, text, "김민지", DAY, kind, key, part)
