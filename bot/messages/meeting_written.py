"""A line of the record that came through a form or a button, as it stands in the thread."""

from bot.messages import ids
from bot.messages.blocks import actions, context, plain_section
from bot.messages.escape import escape, shorten
from bot.messages.meeting_words import person
from bot.messages.meetings import meeting_button
from bot.messages.post import Post
from bot.rules import slack_text
from config.words import Say
from storage.tables import Meeting, MeetingLine, Person


def written(meeting: Meeting, line: MeetingLine, writer: Person | None, say: Say) -> Post:
    """The words as they are, who wrote them, and a button that takes them back."""
    words = slack_text.plain(line.text)
    by = say("meeting-written-by", who=person(writer)) if writer else say("meeting-written-taken")
    omit = meeting_button(say("meeting-omit"), ids.MEETING_OMIT, meeting, line.key)
    return Post(escape(shorten(words, 3000)), [plain_section(shorten(words, 2900)), context(by), actions(omit)])
