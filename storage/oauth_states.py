"""Who is on the way through Slack's page that installs: one state per visit, used once, for minutes."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, delete

from storage.tables import OAuthState


def add(session: Session, state: str, app_name: str, expires_at: datetime) -> None:
    """Expect somebody to come back with this state. Only its hash is kept."""
    session.add(OAuthState(key=_key(state), app_name=app_name, expires_at=expires_at))


def take(session: Session, state: str, app_name: str, now: datetime) -> bool:
    """Whether the state was given out for this app and is still good; it never is again."""
    mine = delete(OAuthState).where(col(OAuthState.key) == _key(state), col(OAuthState.app_name) == app_name)
    taken = session.execute(mine.returning(col(OAuthState.expires_at))).first()
    return taken is not None and taken[0] > now


def _key(state: str) -> str:
    return sha256(state.encode()).hexdigest()
