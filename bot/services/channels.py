"""What happens to channels: the bot or somebody comes in, an id changes."""

from bot.messages import setup as messages
from bot.services.work import Work
from config.words import LANGUAGES
from storage import channels, people, receipts
from storage.outbox import Lane
from storage.tables import Installation


def greet(work: Work, installation: Installation, channel_id: str) -> None:
    """The bot was added to a channel: say how to set it up, once ever, and never where a task force is."""
    once = f"greeted:{installation.id}:{channel_id}"
    if people.bound_channel(work.session, channel_id) or not receipts.take(work.session, once, work.machine_now):
        return
    hello = messages.hello([work.words.say(language) for language in LANGUAGES])
    lane = Lane(installation.id or 0, channel_id)
    work.queue(lane, "answer", f"hello:{channel_id}", {"text": hello.text, "blocks": hello.blocks})


def move(work: Work, old_id: str, new_id: str) -> None:
    """Slack gave a channel another id: everything that is kept under the old one follows."""
    channels.move(work.session, old_id, new_id, work.machine_now)
