"""The minutes to be read in Slack, and what is said to who confirms them."""

from collections.abc import Iterable

from bot.messages import ids, meeting_reviews
from bot.messages.blocks import actions, context, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.meeting_summaries import buttons
from bot.messages.meeting_words import heading
from bot.messages.meetings import meeting_button
from bot.messages.post import Block, Post
from bot.rules.meeting_views import MeetingView
from bot.rules.minutes_doc import Item, MinutesDoc, Section, closing
from config.words import Say
from storage.tables import Phase

PART_SHOWN = 2800
MOST_BLOCKS = 45


def minutes(view: MeetingView, doc: MinutesDoc, say: Say, *, keeps: bool = False) -> Post:
    """The document's sections one under the other; what does not fit is in the files. `keeps`: the reader keeps the meeting."""
    title = f"*{escape(doc.heading)}* · {heading(view, say)}"
    facts = [f"{escape(label)}: {escape_within(value, 300)}" for label, value in doc.facts if value]
    blocks = [section(f"{title}\n{whole_lines(facts, PART_SHOWN)}")]
    blocks += [section(text) for one in doc.sections for text in _section(one)]
    blocks.append(section(whole_lines((escape_within(line, 300) for line in closing(doc)), PART_SHOWN)))
    if len(blocks) > MOST_BLOCKS:
        blocks = [*blocks[:MOST_BLOCKS], context(say("meeting-rest-in-files"))]
    return Post(title, [*blocks, actions(*ways(view, say, keeps=keeps))])


def ways(view: MeetingView, say: Say, *, keeps: bool) -> Iterable[Block]:
    """What can be done with minutes that somebody reads."""
    if view.meeting.phase in (Phase.DRAFT, Phase.FINAL):
        return list(buttons(view, say))[:5]
    kept = meeting_reviews.ways(view, say) if keeps and view.meeting.phase is Phase.ENDED else []
    return [*kept, meeting_button(say("meeting-files"), ids.MEETING_FILES, view.meeting)]


def _section(one: Section) -> Iterable[str]:
    lines = [f"*{escape(one.number)} {escape(one.title)}*", *map(_item, one.items)]
    if one.table:
        lines += [" · ".join(escape_within(cell, 200) for cell in row.cells if cell) for row in one.table.rows]
    lines += [escape(note) for note in one.notes]
    part: list[str] = []
    for line in lines:
        if sum(map(len, part)) + len(part) + len(line) > PART_SHOWN:
            yield "\n".join(part)
            part = []
        part.append(line[:PART_SHOWN])
    if part:
        yield "\n".join(part)


def _item(one: Item) -> str:
    indent = "\u2003" * (one.level - 1)
    return f"{indent}{escape(one.number)} {escape_within(one.text, 1000)}".rstrip()


def confirmed(view: MeetingView, side: str, say: Say) -> Post:
    """What was recorded, and how to take it back."""
    text = say("meeting-confirmed", meeting=heading(view, say), side=escape(side))
    if view.meeting.phase is Phase.FINAL:
        final = say("meeting-confirmed-final")
        return Post(f"{text}\n{final}", [section(f"{text}\n{final}")])
    back = meeting_button(say("meeting-take-back"), ids.MEETING_TAKE_BACK, view.meeting)
    return Post(text, [section(text), actions(back)])


def overtaken(view: MeetingView, say: Say) -> Post:
    """The draft says something else than what was confirmed; nothing was recorded."""
    text = say("meeting-overtaken", meeting=heading(view, say))
    return Post(text, [section(text), actions(*buttons(view, say))])
