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
    """The attendance of one meeting; people who are listed may be named from then on."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.attendance = Attendance()

    def open_with(self, who: Who | None) -> None:
        """Begin anew, led by whoever opens the meeting."""
        self.attendance = Attendance()
        if who:
            self._people.add(who)
            self.attendance.lead(who)

    def attend(self, heard: Heard) -> None:
        presence = PRESENCES[heard.act or Act.PRESENT]
        for named in self._listed(heard):
            proxy = presence is Presence.PRESENT and named.for_whom
            self.attendance.tell(named.who, Presence.PROXY if proxy else presence, named.note, named.for_whom)

    def lead(self, heard: Heard) -> None:
        for named in self._listed(heard):
            self.attendance.lead(named.who)

    def leave(self, heard: Heard) -> None:
        """`present-`, `regrets-`, `#unchair`: as if it had not been said."""
        for named in self._listed(heard):
            if heard.act is Act.NOT_PRESENT:
                self.attendance.attendees.pop(named.who, None)
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
