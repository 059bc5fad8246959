"""Slack tells that a user is not as before: another name or title, or an account that was closed."""

from typing import Any

from slack_bolt import App

from handlers.deps import Deps
from handlers.profiles import profile_of
from storage.people import remember_profile
from storage.tables import Account


def register(app: App, deps: Deps) -> None:
    """What Slack says is kept of users whom the bot knows; told twice, it is the same."""

    @app.event("user_change")
    def changed(event: dict[str, Any]) -> None:
        with deps.work() as work:
            if work.session.get(Account, event["user"]["id"]):
                remember_profile(work.session, profile_of(event["user"]), work.machine_now)
