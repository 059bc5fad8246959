"""Queries about installations: which app is installed where, and which of them hears or speaks."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.seal import Seal
from storage.tables import Installation


@dataclass(frozen=True)
class Installed:
    """What Slack's `auth.test` told about a bot token."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str | None
    bot_token: str
    scopes: str
    app_name: str = "default"


def by_team(session: Session, app_name: str, team_id: str) -> Installation | None:
    """The installation of an app in a workspace, if it is still installed."""
    query = select(Installation).where(
        Installation.app_name == app_name, Installation.team_id == team_id, col(Installation.removed_at).is_(None)
    )
    return session.exec(query).first()


def standing(session: Session) -> list[Installation]:
    """All installations that are not removed, oldest first."""
    query = select(Installation).where(col(Installation.removed_at).is_(None)).order_by(col(Installation.id))
    return list(session.exec(query))


def bot_users(session: Session) -> set[str]:
    """The user ids of all our bots: what they do in Slack is never a person's act."""
    return set(session.exec(select(Installation.bot_user_id)))


def remember(session: Session, found: Installed, seal: Seal, at: datetime) -> Installation:
    """Keep an installation as Slack described it, its token sealed; one that had been removed stands again."""
    query = select(Installation).where(Installation.app_name == found.app_name, Installation.team_id == found.team_id)
    known = session.exec(query.with_for_update()).first()
    if known is None:
        known = Installation(
            app_name=found.app_name, team_id=found.team_id, bot_user_id="", bot_token="", installed_at=at
        )
    known.team_name, known.bot_user_id, known.bot_id = found.team_name, found.bot_user_id, found.bot_id
    known.bot_token, known.scopes = seal.close(found.bot_token), found.scopes
    known.removed_at = None
    session.add(known)
    session.flush()
    return known


def remove(session: Session, installation: Installation, at: datetime) -> None:
    """The app was taken out of the workspace: the row stays, since what was posted there refers to it."""
    session.get_one(Installation, installation.id).removed_at = at
