"""A saved log of a meeting, read into raw lines."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.minutes.lines import Known, RawLine, Setting


class Format(StrEnum):
    """What a log was saved by."""

    EXPORT = "export"  # this bot
    SLACK = "slack"  # Slack's export of a channel
    HCOOP = "hcoop"  # hcoop-meetbot's raw .log.json
    MEETBOT = "meetbot"  # MeetBot's .log.txt, and other logs of IRC
    W3C = "w3c"  # irc.log, RRSAgent's text, what a scribe wrote
    PLAIN = "plain"  # text that somebody typed or pasted


@dataclass(frozen=True, slots=True)
class Log:
    """What `make` needs to make the minutes of a log."""

    format: Format
    lines: tuple[RawLine, ...]
    people: tuple[Known, ...]
    setting: Setting


class UnreadableLog(ValueError):
    """A file that is no log of a known kind. `reason` is a key: empty, binary, page, bad-json, unknown-json; `detail` where."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail


def as_slack(text: str) -> str:
    """A raw line's text is written as Slack hands text over: these three characters are entities there."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
