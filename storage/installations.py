"""Queries about installations: which app is installed where, and which of them hears or speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, bindparam, col, select, update

from storage.outbox import Lane
from storage.seal import Seal
from storage.tables import Account, Installation

# What every message to a person asks, put together once.
_STANDING = select(Installation).where(col(Installation.removed_at).is_(None)).order_by(col(Installation.id))
_APPS = select(Installation.id, Installation.app_name)
_BOT_USERS = select(Installation.bot_user_id)
_TEAMS = select(Account.user_id, Account.team_id).where(col(Account.user_id).in_(bindparam("users", expanding=True)))


@dataclass(frozen=True)
class Installed:
    """What Slack told about a bot token, when it was asked or when the app was installed."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str | None
    bot_token: str
    scopes: str
    app_name: str = "default"
    app_id: str | None = None
    refresh_token: str | None = None
    expires_at: datetime | None = None


def by_team(session: Session, app_name: str, team_id: str) -> Installation | None:
    """The installation of an app in a workspace, if it is still installed."""
    query = select(Installation).where(
        Installation.app_name == app_name, Installation.team_id == team_id, col(Installation.removed_at).is_(None)
    )
    return session.exec(query).first()


def standing(session: Session) -> list[Installation]:
    """All installations that are not removed, oldest first."""
    return list(session.exec(_STANDING))


def bot_users(session: Session) -> set[str]:
    """The user ids of all our bots: what they do in Slack is never a person's act."""
    return set(session.exec(_BOT_USERS))


def remember(session: Session, found: Installed, seal: Seal, at: datetime, *, is_anew: bool = False) -> Installation:
    """Keep an installation as Slack described it, its tokens sealed; one that had been removed stands again.

    `is_anew`: somebody has just installed it, so what Slack still says of the time before is out of date.
    """
    query = select(Installation).where(Installation.app_name == found.app_name, Installation.team_id == found.team_id)
    known = session.exec(query.with_for_update()).first()
    if known is None:
        known = Installation(
            app_name=found.app_name, team_id=found.team_id, bot_user_id="", bot_token="", installed_at=at
        )
    if is_anew or known.removed_at:
        known.installed_at = at
    known.team_name, known.bot_user_id, known.bot_id = found.team_name, found.bot_user_id, found.bot_id
    known.app_id = found.app_id or known.app_id
    known.scopes = found.scopes
    _keep_tokens(known, found, seal)
    known.removed_at = None
    session.add(known)
    session.flush()
    return known


def remove(session: Session, installation: Installation, at: datetime) -> None:
    """The app was taken out of the workspace: the row stays, since what was posted there refers to it."""
    session.get_one(Installation, installation.id).removed_at = at


def route(session: Session, lane: Lane) -> Lane:
    """The lane by which a person is reached best: through the bot of the person's own workspace, else through the one meant.

    Where that has been removed, through any that is left; where none is, it stays and waits.
    """
    return routes(session, [lane])[0]


def routes(session: Session, lanes: Sequence[Lane]) -> list[Lane]:
    """The same of several lanes."""
    users = {lane.user_id for lane in lanes if lane.user_id}
    if not users:
        return list(lanes)
    there = standing(session)
    apps = dict(session.exec(_APPS).all())
    teams = dict(session.exec(_TEAMS, params={"users": list(users)}).all())
    return [_route(lane, there, apps, teams) if lane.user_id else lane for lane in lanes]


def _route(
    lane: Lane, there: list[Installation], apps: Mapping[int | None, str], teams: Mapping[str, str | None]
) -> Lane:
    user = lane.user_id or ""
    own = [one for one in there if user in teams and one.team_id == teams[user]]
    same_app = [one for one in own if one.app_name == apps.get(lane.installation_id)]
    asked = [one for one in there if one.id == lane.installation_id]
    best = next(iter([*same_app, *own, *asked, *there]), None)
    return replace(lane, installation_id=best.id or 0) if best else lane


def expiring(session: Session, before: datetime) -> list[Installation]:
    """Installations whose bot token will not be good any more by then."""
    query = select(Installation).where(col(Installation.removed_at).is_(None), col(Installation.expires_at) < before)
    return list(session.exec(query.order_by(col(Installation.expires_at))))


def claim_refresh(session: Session, installation: Installation, now: datetime, until: datetime) -> bool:
    """Be the one who refreshes the token as it is known; False when somebody else is, or it is another one already."""
    mine = (
        update(Installation)
        .where(col(Installation.id) == installation.id, col(Installation.refresh_token) == installation.refresh_token)
        .where(or_(col(Installation.refreshing_until).is_(None), col(Installation.refreshing_until) <= now))
        .values(refreshing_until=until)
        .execution_options(synchronize_session=False)
    )
    return session.execute(mine.returning(col(Installation.id))).first() is not None


def refreshed(session: Session, before: Installation, found: Installed, seal: Seal) -> Installation:
    """Keep new tokens in place of those that were known `before`, unless the app was installed anew meanwhile."""
    query = select(Installation).where(Installation.id == before.id).with_for_update()
    known = session.exec(query, execution_options={"populate_existing": True}).one()
    if known.refresh_token == before.refresh_token:
        _keep_tokens(known, found, seal)
    return known


def refresh_failed(session: Session, before: Installation, error: str, until: datetime) -> None:
    """Remember why a refresh failed, and that nobody tries again before `until`."""
    known = session.get_one(Installation, before.id)
    if known.refresh_token == before.refresh_token:
        known.refresh_error, known.refreshing_until = error, until


def _keep_tokens(known: Installation, found: Installed, seal: Seal) -> None:
    known.bot_token = seal.close(found.bot_token)
    known.refresh_token = seal.close(found.refresh_token) if found.refresh_token else None
    known.expires_at, known.refreshing_until, known.refresh_error = found.expires_at, None, None
