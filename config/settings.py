"""Settings: read once from the environment (and `.env`), frozen, every problem named at once."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator sets. Tokens are secrets: they print as stars."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    slack_bot_token: SecretStr | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(default=None, alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(default=None, alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field(default="https://slack.com/api/", alias="SLACK_API_URL")
    database_url: str = Field(default="sqlite:///var/tft.db", alias="DATABASE_URL")
    secret_key: SecretStr | None = Field(default=None, alias="TFT_SECRET_KEY")
    clock_url: str | None = Field(default=None, alias="TFT_CLOCK_URL")
    language: str = Field(default="ko", alias="TFT_LANGUAGE", pattern="^(ko|en)$")
    log_level: str = Field(default="INFO", alias="TFT_LOG_LEVEL")
    port: int = Field(default=3000, alias="PORT")


WORDS = Path(__file__).parent / "words"
