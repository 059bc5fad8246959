"""What is said privately to who writes in a meeting: what is unclear, and what is not kept."""

from collections.abc import Iterable

from bot.messages import dates, ids
from bot.messages.blocks import actions, section
from bot.messages.escape import escape_within
from bot.messages.meeting_words import kind_of
from bot.messages.meetings import meeting_button
from bot.messages.post import Block, Post
from bot.rules.dates import offered
from bot.rules.item_changes import due_word
from bot.rules.minutes import Line, LineKind, Unclear, Why
from config.words import Say
from storage.tables import Meeting

MOST = 4  # answers that are offered


def not_disclosed(meeting: Meeting, say: Say) -> Post:
    """비공개 is not kept; who wants it kept and not disclosed has the setting."""
    text = say("meeting-not-disclosed")
    return Post(text, [section(text), actions(meeting_button(say("meeting-facts"), ids.MEETING_FACTS, meeting))])


def not_kept(meeting: Meeting, say: Say) -> Post:
    """Only members write in the record."""
    text = say("meeting-not-kept", ref=f"M-{meeting.number}")
    return Post(text, [section(text)])


def asked(meeting: Meeting, unclear: Unclear, line: Line | None, say: Say) -> Post:
    """The question under the line that it is about, with a button for each answer that is likely, and for any other."""
    text = f"> {about(line, say)}\n{question(unclear, say)}" if line and line.text else question(unclear, say)
    return Post(text, [section(text), actions(*answers(meeting, unclear, say))])


def about(line: Line, say: Say) -> str:
    """What a line is and says, in a line; escaped."""
    return f"{kind_of(line.marker, say)}: {escape_within(' '.join(line.text.split()), 200)}"


def question(unclear: Unclear, say: Say) -> str:
    """What is to be asked, escaped."""
    written = escape_within(unclear.written, 80)
    key = f"meeting-unclear-{unclear.why.value}"
    if unclear.why is Why.OWNER:
        key += "" if unclear.candidates else "-unknown"
        return say(key, written=written)
    if unclear.why is Why.DUE and unclear.due:
        why = say(f"dates-why-{unclear.due.key}")
        return say(key, words="some" if written else "none", written=written, why=why)
    return say(key)


def answers(meeting: Meeting, unclear: Unclear, say: Say) -> Iterable[Block]:
    """A button for each answer that is likely; the last opens the line's form."""
    anchor = unclear.place.anchor
    choices: list[tuple[str, str]] = []
    if unclear.why is Why.OWNER:
        choices = [(one.full, f"{anchor}|{LineKind.OWNERS}|{one.full}") for one in unclear.candidates if one.key]
    elif unclear.why is Why.DUE and unclear.due:
        readings = offered(unclear.due.readings, MOST)
        choices = [
            (dates.due(say, one.date, one.time), f"{anchor}|{LineKind.DUE}|{due_word(one.date, one.time)}")
            for one in readings
        ]
    for at, (label, value) in enumerate(choices[:MOST]):
        yield meeting_button(label, f"{ids.MEETING_ANSWER}-{at}", meeting, value)
    yield meeting_button(say("meeting-settle-line"), f"{ids.MEETING_LINE}-0", meeting, anchor)
