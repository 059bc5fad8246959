"""Settings: read once from the environment (and `.env`), frozen, every problem named at once."""

import logging
from base64 import urlsafe_b64decode
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import apps as slack_apps
from config.apps import Problem, SlackApp

__all__ = ["BadSettings", "Problem", "Settings", "load"]
ENGINES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")


class BadSettings(Exception):
    """The settings cannot be used; `problems` names every one of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{problem.variable}: {problem.key}" for problem in problems))
        self.problems = problems


def _not_starting(prefixes: tuple[str, ...], key: str) -> AfterValidator:
    """Another kind of Slack's tokens is refused; what a stand-in for Slack calls its tokens is its own affair."""

    def check(token: SecretStr) -> SecretStr:
        if token.get_secret_value().startswith(prefixes):
            raise PydanticCustomError(key, "another kind of token")
        return token

    return AfterValidator(check)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PydanticCustomError("setting-not-an-address", "no http(s) address")
    return value


def _api_address(value: str) -> str:
    return _web_address(value).rstrip("/") + "/"  # Slack's clients append the method's name


def _database_url(value: str) -> str:
    engine, found, place = value.partition("://")
    if engine not in ENGINES or not found or (engine == "sqlite" and place in ("", "/", "/:memory:")):
        raise PydanticCustomError("setting-not-a-database", "neither SQLite file nor PostgreSQL")
    return value


def _secret_keys(value: SecretStr) -> SecretStr:
    for key in value.get_secret_value().split(","):
        try:
            length = len(urlsafe_b64decode(key.strip().encode()))
        except ValueError:
            length = 0
        if length != 32:
            raise PydanticCustomError("setting-not-a-key", "not 32 bytes in URL-safe base64")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in logging.getLevelNamesMapping():
        raise PydanticCustomError("setting-not-a-level", "no level of logging")
    return value.upper()


SOURCES = SettingsConfigDict(
    env_file=".env",
    env_file_encoding="utf-8",
    env_ignore_empty=True,
    extra="ignore",
    frozen=True,
    hide_input_in_errors=True,
)


class AppsFile(BaseSettings):
    """Where several Slack apps are described: can be asked for whatever else is wrong."""

    model_config = SOURCES

    apps_file: Path | None = Field(default=None, alias="TFT_APPS")


class Settings(AppsFile):
    """What an operator sets. Tokens are secrets: they print as stars. Use `load`: it names problems without values."""

    slack_bot_token: Annotated[SecretStr, _not_starting(("xapp-", "xoxp-"), "setting-not-a-bot-token")] | None = Field(
        default=None, alias="SLACK_BOT_TOKEN"
    )
    slack_app_token: Annotated[SecretStr, _not_starting(("xox",), "setting-not-an-app-token")] | None = Field(
        default=None, alias="SLACK_APP_TOKEN"
    )
    slack_signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(default=None, alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(default=None, alias="SLACK_CLIENT_SECRET")
    slack_api_url: Annotated[str, AfterValidator(_api_address)] = Field(
        default="https://slack.com/api/", alias="SLACK_API_URL"
    )
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite:///var/tft.db", alias="DATABASE_URL"
    )
    secret_key: Annotated[SecretStr, AfterValidator(_secret_keys)] | None = Field(default=None, alias="TFT_SECRET_KEY")
    clock_url: Annotated[str, AfterValidator(_web_address)] | None = Field(default=None, alias="TFT_CLOCK_URL")
    language: str = Field(default="ko", alias="TFT_LANGUAGE", pattern="^(ko|en)$")
    log_level: Annotated[str, AfterValidator(_log_level)] = Field(default="INFO", alias="TFT_LOG_LEVEL")
    reconcile_s: float = Field(default=30.0, alias="TFT_RECONCILE_S", gt=0, le=3600)
    port: int = Field(default=3000, alias="PORT", ge=1, le=65535)
    teams: str | None = Field(default=None, alias="TFT_TEAMS")

    @cached_property
    def apps(self) -> tuple[SlackApp, ...]:
        """The Slack apps, at least one."""
        if self.apps_file:
            return tuple(slack_apps.read(self.apps_file)[0])
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        return (SlackApp(slack_apps.DEFAULT, *tokens, self.slack_client_id, self.slack_client_secret),)

    @property
    def allowed_teams(self) -> frozenset[str]:
        """The workspaces that may install an app by OAuth; none named: any."""
        return frozenset(filter(None, (team.strip() for team in (self.teams or "").split(","))))

    def of_app(self, name: str) -> SlackApp | None:
        """The app of this name, if it is still among ours."""
        return next((app for app in self.apps if app.name == name), None)

    @property
    def on_sqlite(self) -> bool:
        """Whether one process does everything: a SQLite file cannot be shared."""
        return self.database_url.startswith("sqlite")

    @property
    def secret_keys(self) -> list[str]:
        """The keys that open stored tokens; the first one seals."""
        return [key.strip() for key in self.secret_key.get_secret_value().split(",")] if self.secret_key else []

    def lacking(self) -> list[Problem]:
        """What a bot needs and has not got. Without Socket Mode it hears by HTTP in processes of their own: PostgreSQL."""
        problems = [problem for app in self.apps for problem in app.lacking_a_token()]
        for app in self.apps:
            if self.on_sqlite or not app.signing_secret:
                problems += app.lacking("app_token", "setting-app-token-missing")
        return problems

    def lacking_for_web(self) -> list[Problem]:
        """What is needed to hear Slack by HTTP and has not got."""
        problems = [problem for app in self.apps for problem in app.lacking_a_token()]
        for app in self.apps:
            problems += app.lacking("signing_secret", "setting-signing-secret-missing")
        return problems


def load() -> Settings:
    """The settings, or `BadSettings` with every problem there is."""
    problems = _of_apps(AppsFile().apps_file)
    try:
        settings = Settings()
    except ValidationError as error:
        problems = [_problem(str(one["loc"][0]), one["type"]) for one in error.errors()] + problems
        raise BadSettings(problems) from None
    if settings.apps_file:
        told = ("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_id", "slack_client_secret")
        problems += [Problem(one.upper(), "setting-beside-apps") for one in told if getattr(settings, one)]
    if problems:
        raise BadSettings(problems)
    return settings


def _of_apps(file: Path | None) -> list[Problem]:
    return slack_apps.read(file)[1] if file else []


_BUILT_IN = {
    "TFT_LANGUAGE": "setting-not-a-language",
    "PORT": "setting-not-a-port",
    "TFT_RECONCILE_S": "setting-not-seconds",
}


def _problem(variable: str, kind: str) -> Problem:
    return Problem(variable, kind if kind.startswith("setting-") else _BUILT_IN[variable])
