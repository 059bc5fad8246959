"""Somebody goes out of a channel, or Slack switches an account off or on again."""

from contextlib import suppress
from typing import Any

from slack_bolt import App

from bot.services import departures, speakers
from bot.services.work import Work
from handlers.deps import AlreadyDone, Deps
from handlers.profiles import profile_of
from storage import installations, people
from storage.people import Profile
from storage.tables import Account


def register(app: App, deps: Deps) -> None:
    """Who goes stays in the roster, and owns what they owned; who looks after their side hears of it."""

    @app.event("member_left_channel")
    def went(event: dict[str, Any]) -> None:
        user_id, channel_id = event["user"], event["channel"]
        with suppress(AlreadyDone), deps.work(f"left:{channel_id}:{user_id}:{event['event_ts']}") as work:
            departures.left(work, user_id, channel_id)
            if user_id in installations.bot_users(work.session):
                speakers.left(work, user_id, channel_id)

    @app.event("user_change")
    def changed(event: dict[str, Any]) -> None:
        with deps.work() as work:
            take_in(work, profile_of(event["user"]))


def take_in(work: Work, profile: Profile) -> None:
    """What Slack says of somebody whom the bot knows; of others it keeps nothing."""
    known = work.session.get(Account, profile.user_id)
    if known is None:
        return
    was_off = known.is_deleted
    people.remember_profile(work.session, profile, work.machine_now)
    work.session.flush()
    if profile.is_deleted:
        departures.deactivated(work, profile.user_id)
    elif was_off:
        departures.came_back(work, profile.user_id)
