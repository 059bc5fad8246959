"""Where the app is installed."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.columns import moment


class Installation(SQLModel, table=True):
    """One app in one workspace. Both tokens are encrypted when `TFT_SECRET_KEY` is set; see `storage.installations`."""

    __table_args__ = (UniqueConstraint("app_name", "team_id"),)

    id: int | None = Field(default=None, primary_key=True)
    app_name: str = "default"
    app_id: str | None = None
    team_id: str
    team_name: str = ""
    bot_user_id: str
    bot_id: str | None = None
    bot_token: str
    scopes: str = ""  # comma-separated, as Slack writes them
    installed_at: datetime = moment()
    removed_at: datetime | None = moment(default=None)
    refresh_token: str | None = None  # None: the bot token does not expire
    expires_at: datetime | None = moment(default=None)
    refreshing_until: datetime | None = moment(
        default=None
    )  # somebody refreshes, or has failed to; nobody else until then
    refresh_error: str | None = None  # what Slack said when the last refresh failed


class OAuthState(SQLModel, table=True):
    """Somebody is on the way through Slack's page that installs; `key` is a hash of what the browser carries."""

    __tablename__ = "oauth_state"

    key: str = Field(primary_key=True)
    app_name: str
    expires_at: datetime = moment(index=True)
