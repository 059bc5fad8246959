"""Reads the lines of a meeting one after the other, as somebody who takes the minutes does."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.rules.minutes.commands import calls
from bot.rules.minutes.drafts import Draft, Heard, TopicDraft
from bot.rules.minutes.heads import Head, read_head, word_key
from bot.rules.minutes.lines import LineKind, Setting
from bot.rules.minutes.people import People
from bot.rules.minutes.roll import PRESENCES, Roll
from bot.rules.minutes.scribing import Scribes, assigned, own_words, scribes_of
from bot.rules.minutes.settling import Standing
from bot.rules.minutes.substitutions import act_in, off_word
from bot.rules.minutes.tree import Marker, Outcome, Who
from bot.rules.minutes.votes import Ballot, Cast, may_be_counts, read_counts, read_short
from bot.rules.minutes.words import ALONE, CHOICES, ONLY_SCRIBED, TO_A_TOOL, Act

_OUTCOMES = {Act.DECISION: Outcome.AGREED, Act.REJECTED: Outcome.REJECTED, Act.OPEN: Outcome.OPEN}
MARKER_OF = {outcome: Marker(act.value) for act, outcome in _OUTCOMES.items()}
_URL = re.compile(r"<?https?://\S")
_ADDRESS = r"(?:<https?:[^>]*>|https?:\S+)"
_TO_AN_ADDRESS = re.compile(
    rf"--?(?:>|&gt;)\s*(?:(?P<address>{_ADDRESS})\s*(?P<words>.*)|(?P<before>\S.*?):?\s+(?P<last>{_ADDRESS}))$"
)  # `-> https://… words`, `-> words https://…`
_CONTINUED = frozenset(
    {Marker(word) for word in "decision rejected open proposal action fact idea help topic subtopic".split()}
)


class Clerk:
    """The state of the minutes between two lines."""

    def __init__(
        self, setting: Setting, people: People, scribes: Sequence[str] = (), writers: Iterable[str] = ()
    ) -> None:
        self.people = people
        self.roll = Roll(people, scribed=setting.scribed)
        self.topics = [TopicDraft(None)]
        self.name, self.start, self.end = "", setting.start, setting.end
        self._setting = setting
        self._scribes = Scribes(scribes, writers) if setting.scribed else None
        self._is_command = calls(setting.bot_names)
        self._motion: Draft | None = None
        self._decision: Draft | None = None
        self._early: list[tuple[Draft, Cast, Who | None]] = []  # votes told before what they decided is written
        self._last: Draft | None = None
        self._last_of: dict[str, Draft] = {}
        self._off: set[str] = set()  # whose last line was off the record
        self._off_just_now = self._ended = False
        self._handlers = _handlers(self, self.roll)

    def hear(self, said: Standing) -> None:
        """The next line. What follows the end is no record; nor is what is said to the bot."""
        if self._ended or self._is_command(said.text) or (self._setting.scribed and TO_A_TOOL.match(said.text)):
            return
        head = read_head(said.text)
        if head.continues:
            self._go_on(said, head)
            return
        self._off_just_now = bool(off_word(head))
        if self._off_just_now:
            self._off.add(said.writer)
            return
        self._off.discard(said.writer)
        heard = self._understand(said, head)
        if heard.act is None:
            self._remark(heard)
        else:
            self._handlers[heard.act](heard)

    # --- what a line is ---

    def _understand(self, said: Standing, head: Head) -> Heard:
        act, text, word = self._act(head), head.rest, head.word
        speaker = self.people.writer(said.writer)
        if act is None and self._scribes and (text := assigned(head.line)):
            act, word = Act.ACTION, "action"
        elif act is None and head.before and (named := self._named_speaker(said, head)):
            speaker, inner = named, read_head(head.rest)
            act, word = self._act(inner), inner.word
            text = inner.rest if act else inner.line
        elif act is None:
            text = own_words(head.line) if self._scribes else head.line
        if not said.told:
            return Heard(said, act, speaker, text, word)
        return self._as_told(Heard(said, act, speaker, text, word), head.line)

    def _act(self, head: Head) -> Act | None:
        if head.word in ONLY_SCRIBED and not self._setting.scribed:
            return None
        if head.word:
            return act_in(head, numbered=self._setting.counts_markers)
        return ALONE.get(word_key(head.line).rstrip(".!"))

    def _named_speaker(self, said: Standing, head: Head) -> Who | None:
        """Who is named before the colon; among nicknames, and from others than the scribe, that is whom one speaks to."""
        if self._scribes:
            return self._scribes.named(head.before, self.people) if self._scribes.may_name(said.writer) else None
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
            self.roll.attendance.spoke(heard.speaker)
        head = self.topics[-1].head
        nicks = heard.word.startswith("#")
        self._last = Draft(
            said.place, marker, text, heard.speaker, said.writer, said.at, said.link, said.told, nicks, head
        )
        self._last_of[said.writer] = self._last
        return self._last

    def _go_on(self, said: Standing, head: Head) -> None:
        """A line that begins with `…` belongs to the writer's one before it; behind another's words it is a remark of its own."""
        last = self._last_of.get(said.writer)
        if self._off_just_now or said.writer in self._off or not head.rest:
            return
        if last is None or (last is not self._last and last.marker not in _CONTINUED):
            speaker = last.speaker if last else self.people.writer(said.writer)
            self._remark(Heard(said, None, speaker, head.rest))
        elif LineKind.WORDING not in last.told:
            last.text = f"{last.text} {head.rest}".strip()

    def _remark(self, heard: Heard) -> None:
        cast = self._cast(heard)
        if cast and (ballot := self._ballot()) is not None:
            ballot.add(cast, heard.speaker)
            self._file(heard, Marker.VOTE)
        elif link := _TO_AN_ADDRESS.match(heard.text):
            words, address = (link["words"] or link["before"] or "").strip(" \"'"), link["address"] or link["last"]
            self._file(heard, Marker.LINK, f"{words} ({address})" if words else address)
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
        self._early.clear()

    def note(self, heard: Heard) -> None:
        self._file(heard, Marker(heard.act or ""))

    def propose(self, heard: Heard) -> None:
        self._motion, self._decision = self._file(heard, Marker.PROPOSAL), None
        self._early.clear()

    def decide(self, heard: Heard) -> None:
        self._settle(heard, _OUTCOMES[heard.act or Act.DECISION], heard.text)

    def _settle(self, heard: Heard, outcome: Outcome, text: str) -> None:
        """A decision; without words of its own it has those of the open proposal, and always that one's votes."""
        motion, self._motion = self._motion, None
        draft = self._file(heard, MARKER_OF[outcome], text or (motion.text if motion else ""))
        draft.outcome = outcome
        if motion:
            draft.ballot, motion.decided = motion.ballot, draft.place
        else:
            self._count_early(draft.ballot)
        self._decision = draft

    def _count_early(self, ballot: Ballot) -> None:
        for line, cast, voter in self._early:
            line.marker = Marker.VOTE
            ballot.add(cast, voter)
        self._early.clear()

    def close(self, heard: Heard) -> None:
        """The votes decide; without any the proposal stays open."""
        outcome = self._motion.ballot.outcome() if self._motion else None
        if self._motion and outcome:
            self._settle(heard, outcome, "")

    def vote(self, heard: Heard) -> None:
        """`찬성: …`, `표결: …`, `#vote +1`; `#vote` with other words puts them to the vote.

        With nothing to vote on, it is for the decision that is written next on the topic.
        """
        ballot = self._ballot()
        choice = CHOICES.get(heard.word.removeprefix("#"))
        counts = f"{heard.word} {heard.text}" if choice else heard.text
        cast = read_short(heard.text) or read_counts(counts, self.people) or (Cast(own=choice) if choice else None)
        if cast and ballot is not None:
            ballot.add(cast, heard.speaker)
            self._file(
                heard, Marker.VOTE, heard.text if heard.word.startswith("#") else read_head(heard.said.text).line
            )
        elif heard.word == "#vote" and heard.text and not cast and ballot is None:
            self.propose(heard)
        else:
            line = self._file(heard, Marker.REMARK, read_head(heard.said.text).line)
            if cast:
                self._early.append((line, cast, heard.speaker))

    # --- the meeting ---

    def scribe(self, heard: Heard) -> None:
        if self._scribes:
            names = scribes_of(heard.text, heard.said.writer)
            self._scribes.change(names, adds="+" in heard.word, leave=heard.act is Act.NOT_SCRIBE)

    def call(self, heard: Heard) -> None:
        self.name = heard.text if heard.act is Act.NAME else self.name or heard.text

    def link(self, heard: Heard) -> None:
        """`Agenda: https://…`."""
        self._file(heard, Marker.LINK, read_head(heard.said.text).line)

    def begin(self, heard: Heard) -> None:
        """`#startmeeting`: what was said before it is no record; whoever writes it leads."""
        self.topics = [TopicDraft(None)]
        self._motion = self._decision = self._last = None
        self._last_of.clear()
        self.name, self.start = heard.text or self.name, heard.said.at or self.start
        self.roll.open_with(heard.speaker)

    def finish(self, heard: Heard) -> None:
        self._ended, self.end = True, heard.said.at or self.end


def _handlers(clerk: Clerk, roll: Roll) -> dict[Act, Callable[[Heard], None]]:
    """What is done for each kind of marked line."""
    groups: tuple[tuple[Callable[[Heard], None], tuple[Act, ...]], ...] = (
        (clerk.topic, (Act.TOPIC, Act.SUBTOPIC)),
        (clerk.note, (Act.ACTION, Act.FACT, Act.IDEA, Act.LINK, Act.ATTACHMENT, Act.HELP)),
        (clerk.propose, (Act.PROPOSAL,)),
        (clerk.decide, (Act.DECISION, Act.REJECTED, Act.OPEN)),
        (clerk.close, (Act.CLOSE,)),
        (clerk.vote, (Act.VOTE,)),
        (roll.attend, tuple(PRESENCES)),
        (roll.lead, (Act.CHAIR,)),
        (roll.leave, (Act.NOT_PRESENT, Act.NOT_CHAIR)),
        (roll.here, (Act.HERE,)),
        (clerk.scribe, (Act.SCRIBE, Act.NOT_SCRIBE)),
        (clerk.call, (Act.NAME, Act.FILE_NAME)),
        (clerk.link, (Act.AGENDA,)),
        (clerk.begin, (Act.START,)),
        (clerk.finish, (Act.END,)),
        (_nothing, (Act.DATE, Act.NOTHING, Act.OFF, Act.UNDO)),
    )
    return {act: handler for handler, acts in groups for act in acts}


def _nothing(_heard: Heard) -> None:
    """Said to a tool, or not to be kept."""
