"""Reactions on the bot's messages."""

from typing import Any

from slack_bolt import App

from bot.services.askers import Surface, Who
from bot.services.reactions import Whisper, apply_reaction, means_something
from config import emoji
from handlers.deps import AlreadyDone, Deps
from handlers.listening import tell
from storage import installations
from storage.reactions import Press
from storage.tables import Installation


def register(app: App, deps: Deps) -> None:
    """An emoji came or went. Both have the same way: a reaction is a state, not a story."""

    @app.event("reaction_added")
    @app.event("reaction_removed")
    def reacted(event: dict[str, Any], context: dict[str, Any]) -> None:
        if event["item"].get("type") == "message" and counts(event):
            for whisper in take(event, context["installation"]):
                who = Who(whisper.user_id, event["item"]["channel"], context["installation"], Surface.REACTION)
                tell(deps, who, whisper.post)

    def counts(event: dict[str, Any]) -> bool:
        """Looked at beforehand: most emoji mean nothing, and are not to cost a transaction."""
        if emoji.meaning(event["reaction"]):
            return True
        with deps.database.reading() as session:
            return means_something(session, press_of(event))

    def take(event: dict[str, Any], installation: Installation) -> list[Whisper]:
        deps.profiles.refresh(event["user"], installation)
        try:
            with deps.work(reaction_key(event)) as work:
                if event.get("item_user") not in installations.bot_users(work.session):
                    return []
                return apply_reaction(work, press_of(event))
        except AlreadyDone:
            return []


def press_of(event: dict[str, Any]) -> Press:
    """What a reaction's event tells."""
    place, present = event["item"], event["type"] == "reaction_added"
    return Press(place["channel"], place["ts"], event["user"], event["reaction"], present, event["event_ts"])


def reaction_key(event: dict[str, Any]) -> str:
    """The natural key of a reaction's event, which may arrive several times with different event ids."""
    place = event["item"]
    parts = event["type"], place["channel"], place["ts"], event["user"], event["reaction"], event["event_ts"]
    return ":".join(("reaction", *parts))
