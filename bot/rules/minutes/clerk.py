"""Reads the lines of a meeting one after the other, as somebody who takes the minutes does."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.rules.minutes.drafts import Attendance, Draft, TopicDraft
from bot.rules.minutes.heads import Head, read_head, word_key
from bot.rules.minutes.lines import LineKind, Setting
from bot.rules.minutes.people import Named, People
from bot.rules.minutes.settling import Standing
from bot.rules.minutes.substitutions import act_of
from bot.rules.minutes.tree import Marker, Outcome, Presence, Who
from bot.rules.minutes.votes import Ballot, Cast, may_be_counts, read_counts, read_short
from bot.rules.minutes.words import ALONE, CHOICES, ONLY_SCRIBED, TO_A_TOOL, Act

_OUTCOMES = {Act.DECISION: Outcome.AGREED, Act.REJECTED: Outcome.REJECTED, Act.OPEN: Outcome.OPEN}
MARKER_OF = {outcome: Marker(act.value) for act, outcome in _OUTCOMES.items()}
_ATTENDS = {
    Act.PRESENT: Presence.PRESENT,
    Act.OBSERVING: Presence.OBSERVING,
    Act.PROXY: Presence.PROXY,
    Act.ABSENT: Presence.ABSENT,
}
_URL = re.compile(r"<?https?://\S")
_NO_SPEAKER = re.compile(r"propos(?:ed|al)|(?:issue|action)-\d+|github|https?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A line as it was understood: what it does (None: a remark), who said it, its own words."""

    said: Standing
    act: Act | None
    speaker: Who | None
    text: str
    word: str = ""


class Clerk:
    """The state of the minutes between two lines."""

    def __init__(self, setting: Setting, people: People, scribes: Sequence[str] = ()) -> None:
        self.people = people
        self.attendance = Attendance()
        self.topics = [TopicDraft(None)]
        self.name, self.start, self.end = "", setting.start, setting.end
        self._setting = setting
        self._scribes = {scribe.casefold() for scribe in scribes} or None  # nobody was named: whoever writes may
        self._is_command = _calls(setting.bot_names)
        self._motion: Draft | None = None
        self._decision: Draft | None = None
        self._last: Draft | None = None
        self._off = self._ended = False
        self._handlers = _handlers(self)

    def hear(self, said: Standing) -> None:
        """The next line. What follows the end is no record; nor is what is said to the bot."""
        if self._ended or self._is_command(said.text) or (self._setting.scribed and TO_A_TOOL.match(said.text)):
            return
        head = read_head(said.text)
        if head.continues:
            self._go_on(said, head)
            return
        heard = self._understand(said, head)
        self._off = heard.act is Act.OFF
        if heard.act is None:
            self._remark(heard)
        else:
            self._handlers[heard.act](heard)

    # --- what a line is ---

    def _understand(self, said: Standing, head: Head) -> Heard:
        act, text, word = self._act(head), head.rest, head.word
        speaker = self.people.writer(said.writer)
        if act is None and head.before and (named := self._named_speaker(said, head)):
            speaker, inner = named, read_head(head.rest)
            act, word = self._act(inner), inner.word
            text = inner.rest if act else inner.line
        elif act is None:
            text = head.line
        if not said.told:
            return Heard(said, act, speaker, text, word)
        return self._as_told(Heard(said, act, speaker, text, word), head.line)

    def _act(self, head: Head) -> Act | None:
        if head.word in ONLY_SCRIBED and not self._setting.scribed:
            return None
        return act_of(head.word) if head.word else ALONE.get(word_key(head.line).rstrip(".!"))

    def _named_speaker(self, said: Standing, head: Head) -> Who | None:
        """Who is named before the colon; among nicknames, and from others than the scribe, that is whom one speaks to."""
        if self._setting.scribed:
            if self._scribes is not None and said.writer.casefold() not in self._scribes:
                return None
            fits = " " not in head.before and not _NO_SPEAKER.fullmatch(head.before)
            return self.people.named(head.before) or (Who(head.before) if fits else None)
        if self._setting.nicknames and " " not in head.before:
            return None
        return self.people.named(head.before)

    def _as_told(self, heard: Heard, line: str) -> Heard:
        """With what the secretary, a button or a reaction has told about the line."""
        told, act, text, speaker = heard.said.told, heard.act, heard.text, heard.speaker
        if mark := told.get(LineKind.MARK):
            act = None if mark == Marker.REMARK else Act(mark)
            text = line if act is None else text
        if LineKind.WORDING in told:
            text = told[LineKind.WORDING]
        if named := self.people.read(told.get(LineKind.SPEAKER, "")):
            speaker = named.who
        return Heard(heard.said, act, speaker, text, heard.word)

    # --- filing ---

    def _file(self, heard: Heard, marker: Marker, text: str | None = None) -> Draft:
        draft = self._draft(heard, marker, heard.text if text is None else text)
        self.topics[-1].lines.append(draft)
        return draft

    def _draft(self, heard: Heard, marker: Marker, text: str) -> Draft:
        said = heard.said
        if heard.speaker and self._setting.writers_attend:
            self.attendance.spoke(heard.speaker)
        head = self.topics[-1].head
        nicks = heard.word.startswith("#")
        self._last = Draft(
            said.place, marker, text, heard.speaker, said.writer, said.at, said.link, said.told, nicks, head
        )
        return self._last

    def _go_on(self, said: Standing, head: Head) -> None:
        """A line that begins with `…` belongs to the one before it, if that is by the same writer."""
        last = self._last
        if self._off:
            return
        if last is None or last.writer != said.writer:
            self._remark(Heard(said, None, self.people.writer(said.writer), head.rest))
        elif LineKind.WORDING not in last.told:
            last.text = f"{last.text} {head.rest}".strip()

    def _remark(self, heard: Heard) -> None:
        cast = self._cast(heard)
        if cast and (ballot := self._ballot()) is not None:
            ballot.add(cast, heard.speaker)
            self._file(heard, Marker.VOTE)
        else:
            self._file(heard, Marker.LINK if _URL.match(heard.text) else Marker.REMARK)

    def _cast(self, heard: Heard) -> Cast | None:
        """Whether a line without a marker votes; `GIST: 찬성 3, 반대 0` has its side before the colon."""
        if cast := read_short(heard.text):
            return cast
        return read_counts(heard.text, self.people) if may_be_counts(heard.text) else None

    def _ballot(self) -> Ballot | None:
        """What is voted on: the open proposal, else the decision just written."""
        voted_on = self._motion or self._decision
        return voted_on.ballot if voted_on else None

    # --- markers ---

    def topic(self, heard: Heard) -> None:
        head = self._draft(heard, Marker(heard.act or ""), heard.text)
        self.topics.append(TopicDraft(head))
        self._motion = self._decision = None

    def note(self, heard: Heard) -> None:
        self._file(heard, Marker(heard.act or ""))

    def propose(self, heard: Heard) -> None:
        self._motion, self._decision = self._file(heard, Marker.PROPOSAL), None

    def decide(self, heard: Heard) -> None:
        self._settle(heard, _OUTCOMES[heard.act or Act.DECISION], heard.text)

    def _settle(self, heard: Heard, outcome: Outcome, text: str) -> None:
        """A decision; without words of its own it has those of the open proposal, and always that one's votes."""
        motion, self._motion = self._motion, None
        draft = self._file(heard, MARKER_OF[outcome], text or (motion.text if motion else ""))
        draft.outcome = outcome
        if motion:
            draft.ballot, motion.decided = motion.ballot, draft.place
        self._decision = draft

    def close(self, heard: Heard) -> None:
        """The votes decide; without any the proposal stays open."""
        outcome = self._motion.ballot.outcome() if self._motion else None
        if self._motion and outcome:
            self._settle(heard, outcome, "")

    def vote(self, heard: Heard) -> None:
        """`찬성: …`, `표결: …`, `#vote +1`; `#vote` with other words puts them to the vote."""
        ballot = self._ballot()
        choice = CHOICES.get(heard.word.removeprefix("#"))
        counts = f"{heard.word} {heard.text}" if choice else heard.text
        cast = read_short(heard.text) or read_counts(counts, self.people) or (Cast(own=choice) if choice else None)
        if cast and ballot is not None:
            ballot.add(cast, heard.speaker)
            self._file(
                heard, Marker.VOTE, heard.text if heard.word.startswith("#") else read_head(heard.said.text).line
            )
        elif heard.word == "#vote" and heard.text and not cast:
            self.propose(heard)
        else:
            self._file(heard, Marker.REMARK, read_head(heard.said.text).line)

    # --- people ---

    def attend(self, heard: Heard) -> None:
        presence = _ATTENDS[heard.act or Act.PRESENT]
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

    def _listed(self, heard: Heard) -> list[Named]:
        """Who is listed; nobody: whoever wrote it."""
        if not heard.text.strip():
            return [Named(heard.speaker)] if heard.speaker else []
        listed = self.people.read_list(heard.text, by_spaces=heard.word.startswith("#"))
        for named in listed:
            self.people.add(named.who)
        return listed

    def here(self, heard: Heard) -> None:
        """MeetBot's `#here`; a name behind it is the writer's (aliases are known from the start)."""
        if who := self.people.writer(heard.said.writer):
            self.people.add(who)
            self.attendance.tell(who, Presence.PRESENT)

    def scribe(self, heard: Heard) -> None:
        names = [name.split("=")[0].strip() for name in heard.text.split(",")] if heard.text else [heard.said.writer]
        changed = {name.casefold() for name in names}
        before = self._scribes or set()
        if heard.act is Act.NOT_SCRIBE:
            self._scribes = before - changed
        else:
            self._scribes = before | changed if "+" in heard.word else changed

    # --- the meeting ---

    def call(self, heard: Heard) -> None:
        self.name = heard.text

    def begin(self, heard: Heard) -> None:
        """`#startmeeting`: what was said before it is no record; whoever writes it leads."""
        self.attendance, self.topics = Attendance(), [TopicDraft(None)]
        self._motion = self._decision = self._last = None
        self.name, self.start = heard.text or self.name, heard.said.at or self.start
        if heard.speaker:
            self.people.add(heard.speaker)
            self.attendance.lead(heard.speaker)

    def finish(self, heard: Heard) -> None:
        self._ended, self.end = True, heard.said.at or self.end


def _handlers(clerk: Clerk) -> dict[Act, Callable[[Heard], None]]:
    """What is done for each kind of marked line."""
    groups: tuple[tuple[Callable[[Heard], None], tuple[Act, ...]], ...] = (
        (clerk.topic, (Act.TOPIC, Act.SUBTOPIC)),
        (clerk.note, (Act.ACTION, Act.FACT, Act.IDEA, Act.LINK, Act.HELP)),
        (clerk.propose, (Act.PROPOSAL,)),
        (clerk.decide, (Act.DECISION, Act.REJECTED, Act.OPEN)),
        (clerk.close, (Act.CLOSE,)),
        (clerk.vote, (Act.VOTE,)),
        (clerk.attend, tuple(_ATTENDS)),
        (clerk.lead, (Act.CHAIR,)),
        (clerk.leave, (Act.NOT_PRESENT, Act.NOT_CHAIR)),
        (clerk.here, (Act.HERE,)),
        (clerk.scribe, (Act.SCRIBE, Act.NOT_SCRIBE)),
        (clerk.call, (Act.NAME,)),
        (clerk.begin, (Act.START,)),
        (clerk.finish, (Act.END,)),
        (_nothing, (Act.DATE, Act.NOTHING, Act.OFF, Act.UNDO)),
    )
    return {act: handler for handler, acts in groups for act in acts}


def _nothing(_heard: Heard) -> None:
    """Said to a tool, or not to be kept."""


def _calls(names: Sequence[str]) -> Callable[[str], bool]:
    """Whether a line begins by calling one of these: `@TFT봇 …`, `<@U0BOT> …`, `meetbot: …`."""
    if not names:
        return lambda _text: False
    either = "|".join(re.escape(name) for name in names)
    pattern = re.compile(
        rf"\s*(?:<@(?:{either})(?:\|[^>]*)?>|@(?:{either})(?=[\s,:]|$)|(?:{either})\s*[,:])", re.IGNORECASE
    )
    return lambda text: pattern.match(text) is not None
