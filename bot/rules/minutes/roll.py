"""Who is there, who is not, and who leads: as lines tell it."""

from bot.rules.minutes.drafts import Attendance, Heard
from bot.rules.minutes.people import Named, People
from bot.rules.minutes.tree import Presence, Who
from bot.rules.minutes.words import Act

PRESENCES = {
    Act.PRESENT: Presence.PRESENT,
    Act.OBSERVING: Presence.OBSERVING,
    Act.PROXY: Presence.PROXY,
    Act.ABSENT: Presence.ABSENT,
}


class Roll:
    """The attendance of one meeting; people who are listed may be named from then on.

    `scribed`: the W3C's way, where `Present: …` is the whole list and `Present+ …` adds to it.
    """

    def __init__(self, people: People, *, scribed: bool = False) -> None:
        self._people = people
        self._begins_anew = frozenset({"present", "regrets", "regret", "chair", "chairs"} if scribed else ())
        self.attendance = Attendance()

    def open_with(self, who: Who | None) -> None:
        """Begin anew, led by whoever opens the meeting."""
        self.attendance = Attendance()
        if who:
            self._people.add(who)
            self.attendance.lead(who)

    def attend(self, heard: Heard) -> None:
        presence = PRESENCES[heard.act or Act.PRESENT]
        if heard.word in self._begins_anew and heard.text.strip():
            told = self.attendance.attendees
            self.attendance.attendees = {who: one for who, one in told.items() if one.presence is not presence}
        for named in self._listed(heard):
            proxy = presence is Presence.PRESENT and named.for_whom
            self.attendance.tell(named.who, Presence.PROXY if proxy else presence, named.note, named.for_whom)

    def lead(self, heard: Heard) -> None:
        if heard.word in self._begins_anew and heard.text.strip():
            self.attendance.chairs.clear()
        for named in self._listed(heard):
            self.attendance.lead(named.who)

    def leave(self, heard: Heard) -> None:
        """`present-`, `regrets-`, `#unchair`: as if it had not been said."""
        told = self.attendance.attendees
        for named in self._listed(heard):
            if heard.act is Act.NOT_PRESENT:
                was_away = named.who in told and told[named.who].presence is Presence.ABSENT
                if was_away == heard.word.startswith("regret"):
                    told.pop(named.who, None)
            elif named.who in self.attendance.chairs:
                self.attendance.chairs.remove(named.who)

    def here(self, heard: Heard) -> None:
        """MeetBot's `#here`; a name behind it is the writer's (aliases are known from the start)."""
        if who := self._people.writer(heard.said.writer):
            self._people.add(who)
            self.attendance.tell(who, Presence.PRESENT)

    def _listed(self, heard: Heard) -> list[Named]:
        """Who is listed; nobody: whoever wrote it."""
        if not heard.text.strip():
            return [Named(heard.speaker)] if heard.speaker else []
        listed = self._people.read_list(heard.text, by_spaces=heard.word.startswith("#"))
        for named in listed:
            self._people.add(named.who)
        return listed
