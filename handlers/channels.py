"""What happens to channels. A rename needs nothing, since ids are kept; in an archived one what is queued waits."""

from contextlib import suppress
from typing import Any

from slack_bolt import App

from bot.messages.post import Reply
from bot.services import channels, departures, speakers
from bot.services.askers import Asker, Surface, Who
from bot.services.joining import welcome
from bot.services.work import Work
from handlers.deps import AlreadyDone, Deps
from handlers.listening import answer, tell
from storage import installations, people
from storage.tables import Installation


def register(app: App, deps: Deps) -> None:
    """Somebody comes in; an id changes. Who goes out stays in the roster: see `departures`."""

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any], context: dict[str, Any]) -> None:
        heard_by: Installation = context["installation"]
        user_id, channel_id = event["user"], event["channel"]
        if user_id == heard_by.bot_user_id:
            with deps.work() as work:
                channels.greet(work, heard_by, channel_id)
                speakers.arrived(work, heard_by, channel_id)
            return
        with deps.work() as work:
            departures.came_back(work, user_id, channel_id)
        speaker = speaker_for(deps, heard_by, channel_id, user_id)
        if speaker:
            who = Who(user_id, channel_id, speaker, Surface.MENTION)
            reply = answer(deps, f"joined:{channel_id}:{user_id}:{event['event_ts']}", who, welcome_in)
            if reply.post:
                tell(deps, who, reply.post)

    @app.event("channel_id_changed")
    def renumbered(event: dict[str, Any]) -> None:
        old_id, new_id = event["old_channel_id"], event["new_channel_id"]
        with suppress(AlreadyDone), deps.work(f"channel-id:{old_id}:{new_id}") as work:
            channels.move(work, old_id, new_id)


def welcome_in(work: Work, asker: Asker) -> Reply:
    """The private welcome."""
    return Reply(welcome(work, asker))


def speaker_for(deps: Deps, heard_by: Installation, channel_id: str, user_id: str) -> Installation | None:
    """Which installation welcomes somebody to a task force's channel; nobody welcomes a bot of ours, or to other channels."""
    with deps.database.reading() as session:
        channel = people.bound_channel(session, channel_id)
        if channel is None or user_id in installations.bot_users(session):
            return None
        return session.get(Installation, channel.speaker_id) or heard_by
