"""Queries about installations: which app is installed where, and which of them hears or speaks."""

from sqlmodel import Session, col, select

from storage.tables import Installation


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
