"""Lines as a form writes them: in the words that people type, so that they are read by the same rules."""

from dataclasses import dataclass

from bot.rules.minutes import Marker
from bot.rules.minutes.heads import Head, read_head, word_key
from bot.rules.minutes.substitutions import act_of
from bot.rules.minutes.words import ALONE, Act

# What stands before the colon for each kind that the form offers.
HEADS: dict[str, str] = {
    Marker.TOPIC: "안건",
    Marker.SUBTOPIC: "세부",
    Marker.DECISION: "결정",
    Marker.REJECTED: "부결",
    Marker.OPEN: "보류",
    Marker.PROPOSAL: "제안",
    Marker.ACTION: "할 일",
    Marker.FACT: "정보",
    Marker.IDEA: "아이디어",
    Marker.LINK: "링크",
    Marker.VOTE: "표결",
    Marker.ATTACHMENT: "붙임",
    "present": "참석",
    "observing": "배석",
    "proxy": "대리",
    "absent": "불참",
    "chair": "사회",
}


@dataclass(frozen=True)
class Entry:
    """A line as somebody fills it in. `kind`: one of `HEADS`, or a remark; `speaker`: who said it, if somebody else."""

    kind: str
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Taken:
    """A message that stands beside the record. `writer`: a Slack user's id; `marker`: what it is to be; "": as it says."""

    ts: str
    writer: str
    text: str
    marker: str = ""


def written(entry: Entry) -> str:
    """`정하늘 교수: 결정: …`. A remark may have several lines; anything else is one."""
    head = HEADS.get(entry.kind)
    line = f"{head}: {' '.join(entry.text.split())}" if head else entry.text.strip()
    name = " ".join(entry.speaker.split()).rstrip(":")
    return f"{name}: {line}" if name else line


def in_place_of(proxy: str, name: str) -> str:
    """The line of a proxy: `참석: 영광군 문하린 주무관(박서준 과장 대리)`."""
    return written(Entry("present", f"{proxy}({name} 대리)"))


def end_parts(text: str) -> list[int]:
    """Which lines of a message end a meeting."""
    return [at for at, line in enumerate(text.splitlines()) if _act(read_head(line)) is Act.END]


def _act(head: Head) -> Act | None:
    return act_of(head.word) if head.word else ALONE.get(word_key(head.line).rstrip(".!"))
