"""Channels in which our speaker cannot speak: what Slack tells of them, and the tick that looks for another speaker."""

from contextlib import suppress
from typing import Any

from slack_bolt import App

from bot.services import speakers
from config.slack import Fate
from handlers import pace
from handlers.calls import attempt
from handlers.deps import AlreadyDone, Deps
from handlers.schedule import Tick
from storage import channels, installations
from storage.tables import BoundChannel, Installation

METHOD = "conversations.info"
SECONDS = 2.0


class NotNow(Exception):  # no error: it is asked again at the next tick
    """Slack does not answer, or has been asked enough for now."""


def register(app: App, deps: Deps) -> None:
    """A bot of ours is taken out of a channel; a channel is archived or open again. The same may be told several times."""

    @app.event("channel_left")
    @app.event("group_left")
    def taken_out(event: dict[str, Any], context: dict[str, Any]) -> None:
        heard_by: Installation = context["installation"]
        with (
            suppress(AlreadyDone),
            deps.work(f"taken-out:{heard_by.id}:{event['channel']}:{event['event_ts']}") as work,
        ):
            speakers.left(work, heard_by.bot_user_id, event["channel"])

    @app.event("channel_archive")
    @app.event("group_archive")
    @app.event("channel_unarchive")
    @app.event("group_unarchive")
    def archived(event: dict[str, Any]) -> None:
        kind = event["type"].partition("_")[2]
        with suppress(AlreadyDone), deps.work(f"{kind}:{event['channel']}:{event['event_ts']}") as work:
            speakers.archived(work, event["channel"], is_archived=kind == "archive")


def look(deps: Deps) -> None:
    """Ask Slack which of our bots are in each silent channel; what that means is decided by the service."""
    with deps.database.reading() as session:
        silent, there = channels.silent(session), installations.standing(session)
    for channel in silent:
        first = sorted(there, key=lambda one: (one.id != channel.speaker_id, one.id or 0))
        try:
            speaker, is_archived = _who_can_speak(deps, channel, first)
        except NotNow:
            continue
        with deps.work() as work:
            speakers.break_silence(work, channel.id or 0, speaker, is_archived=is_archived)


def _who_can_speak(
    deps: Deps, channel: BoundChannel, candidates: list[Installation]
) -> tuple[Installation | None, bool]:
    """The first installation that is in the channel, and whether the channel is archived."""
    for one in candidates:
        found = _seen_by(deps, one, channel.channel_id)
        if found.get("is_archived"):
            return None, True
        if found.get("is_member"):
            return one, False
    return None, False


def _seen_by(deps: Deps, installation: Installation, channel_id: str) -> dict[str, object]:
    """The channel as an installation sees it; nothing if it may not."""
    with deps.work() as work:
        wait = pace.book(work.session, installation.id or 0, METHOD, work.machine_now)
    if wait:
        raise NotNow
    client = deps.slack.client(installation)
    outcome = attempt(METHOD, lambda: client.conversations_info(channel=channel_id))
    if outcome.is_done:
        told: dict[str, object] = outcome.answer["channel"]
        return told
    if outcome.fate in (Fate.AGAIN, Fate.DOUBTFUL):
        raise NotNow
    return {}


TICK = Tick("silence", SECONDS, look)
