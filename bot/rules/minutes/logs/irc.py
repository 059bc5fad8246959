"""Logs of chats: MeetBot's `.log.txt`, RRSAgent's and other W3C logs, and what chat programs save."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from bot.rules.minutes.heads import read_head
from bot.rules.minutes.lines import RawLine, Setting
from bot.rules.minutes.logs.bots import IS_ITSELF, is_bot
from bot.rules.minutes.logs.chat import ChatLine, read_chat_line
from bot.rules.minutes.logs.log import Format, Log, as_slack
from bot.rules.minutes.logs.shapes import unwrapped, with_actions, without_brackets
from bot.rules.minutes.logs.stamps import Days, Stamp, find_day, find_moment
from bot.rules.minutes.logs.w3c import as_typed, is_minuted, is_w3c_bot
from bot.rules.minutes.substitutions import act_of

_W3C_WORDS = re.compile(
    r"^\s*(?:present\s?[+-]|regrets\s?[+-]|scribe(?:nick)?\s?[:+]|resol(?:ved|ution)\s?:|sub-?topic\s?:|rrsagent,|zakim,|q[+-])",
    re.IGNORECASE,
)
_MEETBOT_WORDS = re.compile(
    r"^\s*#(?:startmeeting|endmeeting|topic|agreed|accepted|action|info|motion)\b", re.IGNORECASE
)
_LOGGING_TO = re.compile(
    r"(?:.*https?://\S+?/|IRC log of \S+ on )(?P<year>\d{4})[/-](?P<month>\d\d)[/-](?P<day>\d\d)(?:-|$)"
)  # as RRSAgent says, and as its page is headed
_MOST_OFTEN = 0.6  # of a log's lines are in a chat's shape, even if long ones are wrapped


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the text: the file's name, a day that was told, the zone of clocks without one."""

    name: str = ""
    day: date | None = None
    zone: tzinfo = UTC


def chat_lines(text: str) -> list[ChatLine] | None:
    """The lines of a chat's log; None if the text is something else."""
    texts = unwrapped(text)
    lines = with_actions([read_chat_line(line) for line in texts])
    shaped = sum(bool(line.nick or line.system or line.text.startswith((" ", "\t"))) for line in lines)
    if shaped >= _MOST_OFTEN * len(lines) and any(line.nick for line in lines):
        return lines
    return without_brackets(texts)


def read_chat(lines: list[ChatLine], hints: Hints, setting: Setting) -> Log:
    """A chat's log as raw lines, and who its bots are."""
    w3c = _is_w3c(lines)
    lines = as_typed(lines) if w3c else lines
    bots = {line.nick for line in lines if line.nick and (is_bot(line.nick) or IS_ITSELF.match(line.text))}
    days = Days(_first_day(lines, hints), _zone(lines, hints, w3c=w3c))
    raw = list(_raw_lines(lines, bots, days, w3c=w3c))
    last = next((line.at for line in reversed(raw) if line.at), None)
    listed = w3c and any(_W3C_WORDS.match(line.text) and "present" in line.text.lower() for line in lines)
    first, ended = _announced(lines) if last is None else (None, last)
    setting = replace(
        setting,
        bot_names=(*setting.bot_names, *sorted(bots)),
        start=setting.start or first,
        end=setting.end or ended,
        nicknames=True,
        scribed=w3c,
        writers_attend=not listed,
    )
    return Log(Format.W3C if w3c else Format.MEETBOT, tuple(raw), (), setting)


def _is_w3c(lines: Iterable[ChatLine]) -> bool:
    """By its bots and its words; a log with MeetBot's commands is MeetBot's."""
    w3c = meetbot = 0
    for line in lines:
        w3c += is_w3c_bot(line.nick) or bool(_W3C_WORDS.match(line.text))
        meetbot += bool(_MEETBOT_WORDS.match(line.text))
    return w3c > meetbot


def _raw_lines(lines: Iterable[ChatLine], bots: set[str], days: Days, *, w3c: bool) -> Iterator[RawLine]:
    """What people wrote; a wrapped line goes on with the one before it."""
    waiting: RawLine | None = None
    for number, line in enumerate(lines, start=1):
        if line.turn:
            days.turn(line.turn)
        at = days.at(line.stamp) if line.stamp else None
        if not line.nick and not line.system and waiting and not line.stamp:
            waiting = _wrapped(waiting, line.text)
            continue
        if waiting:
            yield waiting
        waiting = _kept(number, line, at, bots, w3c=w3c)
    if waiting:
        yield waiting


def _kept(number: int, line: ChatLine, at: datetime | None, bots: set[str], *, w3c: bool) -> RawLine | None:
    """The line as a raw line; joins, what bots say, and at the W3C what people do (`/me`) are no record."""
    said_by_bot = line.nick in bots and not (w3c and is_minuted(line))
    if line.system or said_by_bot or (line.action and w3c) or not (line.nick or _is_marked(line.text)):
        return None
    return RawLine(f"l{number}", number, as_slack(line.text), line.nick, at)


def _is_marked(text: str) -> bool:
    """Whether a line without a nickname is somebody's all the same: it has a marker."""
    return act_of(read_head(text).word) is not None


def _wrapped(line: RawLine, text: str) -> RawLine:
    """A line that begins with a space was cut by the program; one that does not was typed so."""
    joint = " " if text.startswith((" ", "\t")) else "\n"
    return replace(line, text=f"{line.text}{joint}{as_slack(text.strip())}")


def _first_day(lines: Iterable[ChatLine], hints: Hints) -> date | None:
    """The day of the first stamps that have none: as told, as the log or its bots say, or by the file's name."""
    if hints.day:
        return hints.day
    for line in lines:
        if line.turn or (line.stamp and line.stamp.day):
            return line.turn or (line.stamp and line.stamp.day) or None
        if moment := find_moment(line.text) if IS_ITSELF.match(line.text) else None:
            return moment.astimezone(_offset(line.stamp, moment)).date()
        if match := _LOGGING_TO.match(line.text):
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        if line.text.lower().startswith("date:") and (day := find_day(line.text)):
            return day
    return find_day(hints.name)


def _announced(lines: Iterable[ChatLine]) -> tuple[datetime | None, datetime | None]:
    """When it started and ended, as MeetBot says in a log without stamps."""
    told = [moment for line in lines if IS_ITSELF.match(line.text) and (moment := find_moment(line.text))]
    return (told[0], told[-1] if told[1:] else None) if told else (None, None)


def _zone(lines: Iterable[ChatLine], hints: Hints, *, w3c: bool) -> tzinfo:
    """The zone of the log's clock: RRSAgent's is UTC; MeetBot says in UTC what its clock shows."""
    for line in lines:
        if line.stamp and IS_ITSELF.match(line.text) and (moment := find_moment(line.text)):
            return _offset(line.stamp, moment)
    return UTC if w3c else hints.zone


def _offset(stamp: Stamp | None, moment: datetime) -> tzinfo:
    """How far a clock is from UTC that showed `stamp` at this moment, to the quarter of an hour."""
    if stamp is None:
        return UTC
    utc = moment.astimezone(UTC)
    seconds = (
        (stamp.clock.hour - utc.hour) * 3600 + (stamp.clock.minute - utc.minute) * 60 + stamp.clock.second - utc.second
    )
    quarters = round(seconds / 900)
    return timezone(timedelta(minutes=15 * ((quarters + 48) % 96 - 48)))
