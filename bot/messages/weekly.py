"""The weekly summary: what the reader must do, what comes, whose turn it is, what happened since; at most twelve lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate, groupby

from bot.messages import budget_weekly as budget_lines
from bot.messages import dates, ids
from bot.messages import weekly_records as record_lines
from bot.messages.blocks import actions, button, context, preformatted, section
from bot.messages.budget_nudges import channel_lines
from bot.messages.budget_weekly import Budget
from bot.messages.decisions import ref as decision_ref
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import named, ref
from bot.messages.menu import word
from bot.messages.nudges import Reminder, menu_of
from bot.messages.post import Block, File, Post
from bot.messages.weekly_records import Records
from bot.rules.calendars import working_days_between
from bot.rules.grammar import Verb
from bot.rules.item_changes import read_due_word
from bot.rules.items import ItemView, local_date, turn_day
from bot.rules.weekly import fit
from config.words import Say
from storage.tables import Person, Side, TaskForce

LINES = 12
ALL_LINES = 60  # behind the button: what fits into a message is shown
BLOCKS = {"yours": 24, "budget": 10}  # that lines to be pressed may be, by part
TITLE_SHOWN = 90  # characters, escaped
NAMED = 6  # numbers of items in one line


@dataclass(frozen=True)
class Weekly:
    """What one reader is told. `since`: when the last summary came; None: this is the first."""

    task_force: TaskForce
    now: datetime
    since: datetime | None
    reader: Person | None = None  # None: the channel
    side: Side | None = None
    own: Sequence[Reminder] = ()
    late: Sequence[Reminder] = ()  # of the own side, for who looks after it
    joining: int = 0
    coming: Sequence[ItemView] = ()
    turns: Sequence[ItemView] = ()
    closed: Sequence[ItemView] = ()
    slipped: Sequence[tuple[ItemView, str]] = ()
    made: Sequence[ItemView] = ()
    budget: Budget | None = None  # None: the task force has no lines that the reader may see
    records: Records = field(default_factory=lambda: Records("UTC"))

    @property
    def today(self) -> date:
        return local_date(self.now, self.task_force)

    @property
    def is_uneventful(self) -> bool:
        moved = self.budget and self.budget.moved
        return not (self.closed or self.slipped or self.made or moved or self.records.in_force)


@dataclass(frozen=True)
class Line:
    """One line, with what can be done about it: from a menu at its end, or by buttons below."""

    text: str
    accessory: Block | None = None
    below: Block | None = None

    @property
    def shown(self) -> str:
        return f"• {self.text}"

    @property
    def blocks(self) -> list[Block]:
        """Of its own; none for what is only read."""
        own = [section(self.shown, accessory=self.accessory)] if self.accessory or self.below else []
        return [*own, self.below] if self.below else own


@dataclass(frozen=True)
class Part:
    """A part of the summary; `words` is its name in the word keys."""

    words: str
    lines: Sequence[Line] = field(default_factory=tuple)

    def title(self, number: int, say: Say) -> str:
        return say("weekly-part", number=str(number), name=say(f"weekly-part-{self.words}"))


def summary(weekly: Weekly, say: Say, *, whole: bool = False) -> Post:
    """The summary as a message; `whole`: all of it, as it stands behind the button."""
    parts = _parts(weekly, say)
    shown = fit([_pressable(part) for part in parts], ALL_LINES if whole else LINES)
    heading = say("weekly-heading", name=escape(weekly.task_force.name), day=dates.day(say, weekly.today))
    opening = _opening(weekly, say)
    blocks, lines = [section(f"{heading}\n{opening}")], [heading, opening]
    for number, (part, count) in enumerate(zip(parts, shown, strict=True), 1):
        title = part.title(number, say)
        blocks += [section(title), *_blocks(part.lines[:count])]
        lines += [title, *(line.shown for line in part.lines[:count])]
    left = sum(len(part.lines) for part in parts) - sum(shown)
    return Post(whole_lines(lines), [*blocks, _ways(left, say, whole=whole), context(_why(weekly, say))])


def _parts(weekly: Weekly, say: Say) -> list[Part]:
    yours = Part("yours", _yours(weekly, say) or [Line(say("weekly-nothing-yours"))])
    dated = [(view.item.due_on or date.max, _coming(view, say)) for view in weekly.coming]
    dated = sorted([*dated, *record_lines.dated(weekly.records, say)], key=lambda one: one[0])
    coming = [Line(text) for _, text in dated] or [Line(say("weekly-nothing-coming"))]
    turns = [Line(_turn(view, weekly, say)) for view in weekly.turns] or [Line(say("weekly-nothing-turn"))]
    since = [Line(line) for line in _since(weekly, say)]
    return [
        *([yours] if weekly.reader else []),
        Part("coming", coming),
        Part("turns", turns),
        *([Part("since", since)] if since else []),  # without: the opening says that nothing changed
        *([Part("budget", _budget(weekly.budget, weekly, say))] if weekly.budget else []),
    ]


def _budget(budget: Budget, weekly: Weekly, say: Say) -> list[Line]:
    """Secured against requested, the dates of the next two weeks, and the stages that have changed."""
    sums = [Line(one) for one in budget_lines.secured(budget, say)]
    dated = [Line(*one) for one in channel_lines([*budget.open, *budget.coming], weekly.today, say)]
    moved = [Line(one) for one in budget_lines.moved(budget, say)]
    return [*sums, *dated, *moved] if dated or moved else [*sums, Line(say("weekly-nothing-budget"))]


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Lines with something to press stand alone, others together; in their order."""
    blocks: list[Block] = []
    for is_pressed, some in groupby(lines, key=lambda line: bool(line.blocks)):
        if is_pressed:
            blocks += [block for line in some for block in line.blocks]
        else:
            blocks.append(section(whole_lines([line.shown for line in some], 2900)))
    return blocks


def _pressable(part: Part) -> int:
    """How many of its lines may be shown: those to be pressed are blocks of their own, of which a message has fifty."""
    blocks = list(accumulate(len(line.blocks) for line in part.lines))
    return sum(count <= BLOCKS.get(part.words, 0) for count in blocks)


def _opening(weekly: Weekly, say: Say) -> str:
    if weekly.since is None:
        return say("weekly-first")
    day = dates.day(say, local_date(weekly.since, weekly.task_force))
    return say("weekly-uneventful", day=day) if weekly.is_uneventful else say("weekly-since", day=day)


def _yours(weekly: Weekly, say: Say) -> list[Line]:
    """What awaits the reader's word, the own parts and answers, who wants to join, and what of the own side is late."""
    awaited = [Line(one.line(say), below=one.buttons(say)) for one in weekly.records.awaited]
    own = [Line(_own(one, weekly, say), menu_of(one, say)) for one in weekly.own]
    unanswered = [Line(one.line(say), one.menu(say)) for one in weekly.records.unanswered]
    join = button(say("roster-show"), f"{ids.RUN}-roster", word(say, Verb.ROSTER))
    joining = [Line(say("weekly-joining", count=str(weekly.joining)), join)] if weekly.joining else []
    late = [Line(_late(one, weekly, say), menu_of(one, say)) for one in weekly.late]
    silent = [Line(text) for text in record_lines.silent(weekly.records, say)]
    return [*awaited, *own, *unanswered, *joining, *silent, *late]


def _own(one: Reminder, weekly: Weekly, say: Say) -> str:
    due = f"*{dates.due(say, one.due_on)}*"
    if one.due_on is None or one.due_on >= weekly.today:
        return f"{due} · {_named(one.view)}"
    return f"{due} · {say('dates-overdue', count=_passed(one, weekly))} · {_named(one.view)}"


def _late(one: Reminder, weekly: Weekly, say: Say) -> str:
    """What of the own side is late, and whose it is."""
    return f"{_own(one, weekly, say)} · {say('nudge-owner', owner=named(one.share.owner))}"


def _passed(one: Reminder, weekly: Weekly) -> int:
    return working_days_between(one.due_on or weekly.today, weekly.today, one.view.calendar())


def _coming(view: ItemView, say: Say) -> str:
    return f"*{dates.due(say, view.item.due_on, view.item.due_at)}* · {_named(view)}"


def _turn(view: ItemView, weekly: Weekly, say: Say) -> str:
    """Whose turn it is and since when; the channel is not told for how long."""
    sides = ", ".join(escape_within(share.side.name, TITLE_SHOWN) for share in view.waiting)
    if weekly.reader is None:
        return say("weekly-turn-channel", item=_named(view), turn=sides)
    since = max(share.part.confirmed_at for share in view.done if share.part.confirmed_at)
    day, days = dates.day(say, local_date(since, weekly.task_force)), turn_day(view, weekly.today)
    return say("weekly-turn", item=_named(view), turn=sides, since=day, days=str(days))


def _since(weekly: Weekly, say: Say) -> list[str]:
    """A line each for what was closed, moved and made."""
    slipped = [f"{ref(view.item)} {moved(view, before, say)}" for view, before in weekly.slipped]
    found = [
        ("weekly-closed", [ref(view.item) for view in weekly.closed]),
        ("weekly-slipped", slipped),
        ("weekly-made", [ref(view.item) for view in weekly.made]),
        ("weekly-in-force", [decision_ref(one) for one in weekly.records.in_force]),
    ]
    return [say(key, count=str(len(refs)), which=_some(refs)) for key, refs in found if refs]


def _some(refs: Sequence[str]) -> str:
    return ", ".join(refs[:NAMED]) + (" …" if len(refs) > NAMED else "")


def moved(view: ItemView, before: str, say: Say) -> str:
    """From which date to which."""
    return f"{dates.due(say, *read_due_word(before))} → {dates.due(say, view.item.due_on, view.item.due_at)}"


def _named(view: ItemView) -> str:
    return f"{ref(view.item)} {escape_within(view.item.title, TITLE_SHOWN)}"


def _ways(left: int, say: Say, *, whole: bool) -> Block:
    """The rest, the text for a report, and the summary on paper."""
    summary_word = word(say, Verb.SUMMARY)
    more = say("weekly-more", count=left) if left else say("item-details")
    report = button(say("weekly-report"), f"{ids.RUN}-report", f"{summary_word} report")
    paper = button(say("weekly-print"), f"{ids.RUN}-print", f"{summary_word} pdf")
    return actions(*([] if whole else [button(more, f"{ids.RUN}-summary", f"{summary_word} all")]), report, paper)


def _why(weekly: Weekly, say: Say) -> str:
    return say("weekly-why") if weekly.reader else say("weekly-why-channel")


def report(weekly: Weekly, say: Say) -> Post:
    """Plain lines to paste into a report: no marks of Slack, no emoji, nobody's name."""
    lines = [say("report-title", name=weekly.task_force.name, day=dates.day(say, weekly.today))]
    dated = [
        (view.item.due_on or date.max, f"{dates.due(say, view.item.due_on, view.item.due_at)} {_titled(view)}")
        for view in weekly.coming
    ]
    dated = sorted([*dated, *record_lines.plain(weekly.records, say)], key=lambda one: one[0])
    coming = [text for _, text in dated]
    turns = [
        say("report-turn", item=_titled(view), turn=", ".join(share.side.name for share in view.waiting))
        for view in weekly.turns
    ]
    parts = [("coming", coming), ("turns", turns), ("since", _since_plain(weekly, say))]
    parts += [("budget", budget_lines.plain(weekly.budget, say))] if weekly.budget else []
    for key, found in parts:
        lines.append(f" ○ {say(f'report-part-{key}')}")
        lines += [f"  - {line}" for line in found or [say("report-nothing")]]
    heading = say("report-how")
    return Post(heading, [section(heading), *preformatted("\n".join(lines))])


def on_paper(weekly: Weekly, file: File, say: Say) -> Post:
    """The message that brings the summary as a file."""
    text = say("weekly-paper", name=escape(weekly.task_force.name), day=dates.day(say, weekly.today))
    return Post(text, [section(text)], (file,))


def _titled(view: ItemView) -> str:
    return f"{view.item.title} ({ref(view.item)})"


def _since_plain(weekly: Weekly, say: Say) -> list[str]:
    closed = [say("report-closed", item=_titled(view)) for view in weekly.closed]
    slipped = [say("report-slipped", item=_titled(view), moved=moved(view, old, say)) for view, old in weekly.slipped]
    made = [say("report-made", item=_titled(view)) for view in weekly.made]
    agreed = [
        say("report-in-force", decision=f"{' '.join(one.text.split())} ({decision_ref(one)})")
        for one in weekly.records.in_force
    ]
    return [*closed, *slipped, *made, *agreed]
