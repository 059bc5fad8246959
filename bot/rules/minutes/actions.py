"""Action items in the lines of a meeting, read by the parser of `/tft add`."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.rules.dates import Due, Kind
from bot.rules.item_changes import read_due_word
from bot.rules.lines import AddLine, read_add, says_nothing
from bot.rules.minutes.heads import narrow
from bot.rules.minutes.lines import LineKind, Place, Setting
from bot.rules.minutes.people import People
from bot.rules.minutes.tree import Action, Unclear, Who, Why
from bot.rules.owners import without_owner

_NOTHING_TO_ASK = frozenset({"no-date", "unmarked", "undecided", "empty", ""})  # no due date was meant
_JOINT = re.compile(r"\s*[:：]\s*|\s+[–—-]\s+|\s+(?:to|will)\s+(?=\w)")
_BETWEEN = re.compile(r"\s?,\s?(?:and\s)?|\s및\s|\sand\s|\s&amp;\s")
_CALLED = re.compile(
    r"[A-Z][\w.$%-]*(?: [A-Z][\w.-]*){0,2}|[^\W\d][\w.-]*[\d_$%][\w.$%-]*"
)  # a name, or clearly a nickname
_ONE_WORD = re.compile(r"[^\W\d][\w.$%-]*")
_NOBODYS_NAME = frozenset(
    """all everyone everybody someone somebody anyone nobody tbd group team note notes update todo due add adapt agree apply ask
    assign attempt bring check commit connect continue contribute convert decide discuss figure find forward get go have
    investigate link listen look make map merge migrate move need offer pass plan point post prepare present propose publish push
    reach refer remember reply report respond return review see send speak start submit suggest switch talk try upload
    volunteer want work write""".split()
)  # verbs that `to` follows, and words that mean nobody by name
_LAST_PARENTHESES = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*\.?$")
_COMMA_BEFORE_DUE = re.compile(r"\s*[,;/·]\s*(?=(?:기한|마감일?|due|deadline)\s*[:：])", re.IGNORECASE)
_DATE = re.compile(r"[~∼]?\s?\d")
_UNTIL = re.compile(r"^[~∼]?\s?(\d{1,2}[./]\s?\d{1,2}\.?(?:\s?\([월화수목금토일]\))?)(?!.*까지)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NAMES_LIMIT = 60
_NO_DAY = Due(Kind.NONE, (), "context")  # 금요일까지 in a log that does not say of which day it is


class ActionReader:
    """Reads the action lines of one meeting. `nicks`: MeetBot's way, any nickname in the text is an owner."""

    def __init__(self, setting: Setting, people: People) -> None:
        self._setting, self._people = setting, people

    def read(
        self, place: Place, text: str, at: datetime | None, told: dict[LineKind, str], *, nicks: bool = False
    ) -> tuple[Action, list[Unclear]]:
        """The action, and what must be asked about it; `told` are answers that were given already."""
        assigned, text = self._assigned(text)
        beside, line = self._parsed(text, at)
        owners = [*assigned, *beside, *self._owners(line)]
        title = line.title
        if nicks and not owners:
            owners, title = self._nicks(title)
        elif self._setting.scribed and not owners:
            owners, title = self._first_word(title)
        asks = [] if owners and nicks else self._asks(place, line)
        if LineKind.OWNERS in told:
            owners, asks = [one.who for one in self._people.read_list(told[LineKind.OWNERS])], []
            title = self._without(title, line, owners)
        if not owners and not asks:
            asks = [Unclear(place, Why.NO_OWNER)]
        if says_nothing(title):
            asks.append(Unclear(place, Why.NO_TITLE))
        on, due_time, due_asks = _due(place, line, told)
        action = Action(place, title, tuple(dict.fromkeys(owners)), on, due_time, line.stream)
        return action, [*asks, *due_asks]

    def _without(self, title: str, line: AddLine, owners: list[Who]) -> str:
        """Words that were asked about are no part of the title once they turn out to have named an owner."""
        _, everybody = self._people.roster()
        for asked in line.asked:
            if any(everybody[one.id or 0] in owners for one in asked.candidates):
                title = without_owner(title, asked.written)
        return title

    def _parsed(self, text: str, at: datetime | None) -> tuple[list[Who], AddLine]:
        """By the parser of `/tft add`; owners and date may stand in parentheses at the end, as offices write them."""
        text = _COMMA_BEFORE_DUE.sub(" ", text)
        if match := _LAST_PARENTHESES.search(text):
            owners, inside = self._inside(match["inside"])
            line = self._read_add(f"{text[: match.start()]} {inside}", at)
            if owners or line.people or line.owners or line.due.readings:
                return owners, line
        return [], self._read_add(text, at)

    def _inside(self, text: str) -> tuple[list[Who], str]:
        """`정하늘 교수·최유진 주무관, ~12/11`: names that are all known, then the date."""
        date_at = _DATE.search(text)
        names, rest = (text[: date_at.start()], text[date_at.start() :]) if date_at else (text, "")
        listed = self._people.read_list(names.replace("·", ",").rstrip(" ,/;"))
        if listed and all(self._people.has(named.who) for named in listed):
            return [named.who for named in listed], _UNTIL.sub(r"\1까지", rest)
        return [], text

    def _read_add(self, text: str, at: datetime | None) -> AddLine:
        setting, zone = self._setting, ZoneInfo(self._setting.zone)
        roster, _ = self._people.roster()
        now = at or setting.start
        if now is not None:
            return read_add(text, now.astimezone(zone), setting.calendar, "", roster)
        year = _YEAR.search(text)  # a log without days: a date counts if it names its year
        line = read_add(text, datetime(int(year[1]) if year else 2000, 1, 1, tzinfo=zone), setting.calendar, "", roster)
        return line if year or not line.due.readings else replace(line, due=_NO_DAY)

    def _assigned(self, text: str) -> tuple[list[Who], str]:
        """`정하늘 교수: …`, `정하늘 교수 - …`, `Ann and Bob to …`: the owners and the rest, if all of them are known."""
        match = _JOINT.search(text, 0, _NAMES_LIMIT)
        if match is None:
            return [], text
        written = [name.strip() for name in _BETWEEN.split(text[: match.start()]) if name.strip()]
        names = [self._people.named(name) for name in written]
        if self._setting.scribed:
            plainly = len(written) > 1 or ":" in narrow(match[0])
            names = [who or _by_form(name, plainly=plainly) for who, name in zip(names, written, strict=True)]
        people = [who for who in names if who is not None]
        return (people, text[match.end() :]) if names and len(people) == len(names) else ([], text)

    def _owners(self, line: AddLine) -> list[Who]:
        _, everybody = self._people.roster()
        named = [everybody[one.id or 0] for one in line.people]
        return [*named, *(who for user in line.owners if (who := self._people.account(user)))]

    def _nicks(self, title: str) -> tuple[list[Who], str]:
        """`#action ann send the slides`: a name at the start goes, one among the words stays."""
        owners, title = self._first_word(title)
        named = (self._people.known(word.strip(",.:;@()")) for word in title.split())
        return owners or [who for who in named if who], title

    def _first_word(self, title: str) -> tuple[list[Who], str]:
        """`ann send the slides`: the owner and the rest."""
        first, _, rest = title.partition(" ")
        who = self._people.known(first.strip(",:@"))
        return ([who], rest) if who is not None and rest else ([], title)

    def _asks(self, place: Place, line: AddLine) -> list[Unclear]:
        """Names that nobody or several bear, and mentions of people who are not in the roster."""
        _, everybody = self._people.roster()
        asks = [
            Unclear(place, Why.OWNER, asked.written, tuple(everybody[one.id or 0] for one in asked.candidates))
            for asked in line.asked
        ]
        return asks + [Unclear(place, Why.OWNER, user) for user in line.owners if not self._people.account(user)]


def _by_form(name: str, *, plainly: bool) -> Who | None:
    """Who is named in front of `to` or a colon at the W3C, also if that person is nowhere else in the log.

    `plainly`: a list, or a colon behind it, so that any word is a name.
    """
    called = _CALLED.fullmatch(name) or (plainly and _ONE_WORD.fullmatch(name))
    return Who(name) if called and name.casefold() not in _NOBODYS_NAME else None


def _due(place: Place, line: AddLine, told: dict[LineKind, str]) -> tuple[date | None, time | None, list[Unclear]]:
    if LineKind.DUE in told:
        return *read_due_word(told[LineKind.DUE]), []
    due = line.due
    if due.kind is Kind.DATE:
        return due.reading.date, due.reading.time, []
    if due.kind is Kind.QUESTION or due.key not in _NOTHING_TO_ASK:
        return None, None, [Unclear(place, Why.DUE, line.due_text, due=due)]
    return None, None, []
