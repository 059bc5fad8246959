"""Lines of chat programs: a stamp if there is one, a nickname in one of the usual shapes, the text."""

import re
from dataclasses import dataclass
from datetime import date

from bot.rules.minutes.heads import word_key
from bot.rules.minutes.logs.stamps import Stamp, find_day, read_stamp
from bot.rules.minutes.substitutions import act_of

_NICK = r"[@+%&~! ]?(?P<nick>[^\s<>|:]+(?: [^\s<>|:]+){0,2})"
_BRACKETED = re.compile(rf"\s*<{_NICK}>(?: (?P<text>.*)|\s*(?P<tabbed>\S.*)?)$")  # <nick> text
_ACTION = re.compile(
    r"\s+?(?:\*|—|-\*-|•)\s+(?P<nick>[^\s*=-]\S*?):? (?P<text>.+)$|\* (?P<nick2>[^\s*=-]\S*) (?P<text2>.+)$"
)  # * nick waves, • nick: waves
_ANGLE = re.compile(r"\s*[@+]?(?P<nick>[^\s<>|:*]+)> (?P<text>.*)$")  # nick> text
_BAR = re.compile(r"[\s@+%]*(?P<nick>[^\s<>|]+) \| (?P<text>.*)$")  # nick | text
_TABBED = re.compile(r"\t[@+%&~]?(?P<nick>[^\t]+)\t(?P<text>.*)$")  # weechat
_HOST = re.compile(r"\s*[<>] (?P<nick>[^\s!:]+)(?:![^\s:]+)?: (?P<text>.*)$")  # bip
_COLON = re.compile(r"\s*(?P<nick>[^\s:<>\[\]*=-][^:<>\[\]\t]{0,30}?)\s?: (?P<text>.*)$")  # only behind a stamp
_BAR_SYSTEM = re.compile(
    r"\s*(?:(?:[<>-]{2,}|«[^»]*»|\*) \||<->\s)"
)  # where `nick | text` or `<nick> text` has a sign instead of a nickname
_BAR_WRAPPED = re.compile(r"\s+\| (?P<text>\S.*)$")  # nick | text, cut by the program
_UNSTAMPED_SYSTEM = re.compile(r"\* \S+ (?:\([^()\s]*\) )?has (?:joined|left|quit)\b")
_SYSTEM = re.compile(
    r"\s*(?:-!-|\*\*\*|={2,}|=!=|-->|<--|<->|--(?=[\s\t])|→|←|⇐|- \{|«|[<>-]+ \|| == |"
    r"---(?=\s)|\* (?:\S+ )?(?:has )?(?:joined|left|quit|sets? mode|topic is|→|is now known as|changed the topic))|#\S+$",
)
_WEECHAT_SYSTEM = re.compile(r"\t(?:-->|<--|--|=!=)\t")
_DAY_CHANGE = re.compile(r"\s*---?\s.*\b(?:Log opened|Day changed|Log started|Log closed)\b(?P<when>.*)", re.IGNORECASE)
_OWN_NOTICE = re.compile(
    r"(?P<nick>\S+) has (?:joined|left|quit|changed the topic to:?)\b|\S+ (?:has )?(?:joined|left) #\S+$"
)
_FORMATTING = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|[\x01\x02\x0f\x16\x1d\x1f]")  # IRC's colours and bold


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line of a log. Without a nickname it goes on with the line before; `turn` is a day that begins with it."""

    nick: str
    text: str
    stamp: Stamp | None = None
    action: bool = False  # /me
    system: bool = False  # joins, parts, topics
    turn: date | None = None


def read_chat_line(line: str) -> ChatLine:
    """A line of any chat program, as far as it is one."""
    line = _FORMATTING.sub("", line)
    if match := _DAY_CHANGE.match(line):
        return ChatLine("", "", system=True, turn=find_day(_year_last(match["when"])))
    stamp, rest = read_stamp(line)
    if _WEECHAT_SYSTEM.match(rest) or (stamp and _BAR_SYSTEM.match(rest)) or _UNSTAMPED_SYSTEM.match(rest):
        return ChatLine("", rest.strip(), stamp, system=True)
    if stamp is None and (match := _BAR_WRAPPED.match(rest)):
        return ChatLine("", f" {match['text']}")
    if match := _first(rest):
        text = match["text"] if match.re is not _BRACKETED else match["text"] or match["tabbed"] or ""
        notice = _OWN_NOTICE.match(text)
        own = bool(notice and (notice["nick"] is None or notice["nick"] == match["nick"]))
        return ChatLine(match["nick"].strip(), text.rstrip(), stamp, system=own)
    return _without_nick(rest, stamp, line)


def _first(rest: str) -> re.Match[str] | None:
    return next((match for shape in (_TABBED, _BRACKETED, _HOST, _BAR, _ANGLE) if (match := shape.match(rest))), None)


def _without_nick(rest: str, stamp: Stamp | None, line: str) -> ChatLine:
    if _SYSTEM.match(rest) and (stamp or not rest.startswith("- ")):
        return ChatLine("", rest.strip(), stamp, system=True)
    if stamp is None:
        return ChatLine("", line.rstrip())
    if match := _ACTION.match(rest):
        return ChatLine(match["nick"] or match["nick2"], match["text"] or match["text2"], stamp, action=True)
    if (match := _COLON.match(rest)) and act_of(word_key(match["nick"])) is None:
        return ChatLine(match["nick"].strip(), match["text"].rstrip(), stamp)
    return ChatLine("", rest.strip(), stamp)


def _year_last(when: str) -> str:
    """`Thu Dec 03 14:00:00 2026` with its year beside its day."""
    return re.sub(r"\d{1,2}:\d\d(?::\d\d)?\s?", "", when)
