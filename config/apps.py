"""The Slack apps of this bot: one from the variables, or several from the file that `TFT_APPS` names."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pydantic import SecretStr

DEFAULT = "default"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
SECRETS = ("bot_token", "app_token", "signing_secret", "client_secret")
WRONG_KIND = {
    "bot_token": (("xapp-", "xoxp-"), "setting-not-a-bot-token"),
    "app_token": (("xox",), "setting-not-an-app-token"),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one variable: `key` is a word key. The value itself is never part of it: it may be a secret."""

    variable: str
    key: str


@dataclass(frozen=True)
class SlackApp:
    """One Slack app. What is secret prints as stars."""

    name: str = DEFAULT
    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = field(default=None)

    @property
    def installs(self) -> bool:
        """Whether workspaces can install it by OAuth."""
        return self.client_id is not None and self.client_secret is not None

    def path(self, page: str) -> str:
        """Where its events, its page that installs and its way back from Slack are."""
        return f"/slack/{page}" if self.name == DEFAULT else f"/slack/{self.name}/{page}"

    def variable(self, setting: str) -> str:
        """How an operator finds a setting again."""
        return f"SLACK_{setting.upper()}" if self.name == DEFAULT else f"TFT_APPS [{self.name}] {setting}"

    def lacking(self, setting: str, key: str) -> list[Problem]:
        """A problem if this setting is needed and not there."""
        return [] if getattr(self, setting) else [Problem(self.variable(setting), key)]

    def lacking_a_token(self) -> list[Problem]:
        """Without a bot token it must be possible to install the app; one half of the client's credentials is none."""
        halves = [one for one in ("client_id", "client_secret") if getattr(self, one)]
        if len(halves) == 1:
            return [Problem(self.variable(halves[0]), "setting-half-a-client")]
        return [] if self.installs else self.lacking("bot_token", "setting-bot-token-missing")


def read(file: Path) -> tuple[list[SlackApp], list[Problem]]:
    """The apps that a file describes, one table each, and all that is wrong with it."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        return [], [Problem("TFT_APPS", "setting-no-such-file")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return [], [Problem("TFT_APPS", "setting-not-toml")]
    if not tables:
        return [], [Problem("TFT_APPS", "setting-no-apps")]
    problems = [problem for name, table in tables.items() for problem in _problems(name, table)]
    if problems:
        return [], problems
    apps = [_app(name, table) for name, table in tables.items()]
    return apps, [*_twice(apps, "bot_token"), *_twice(apps, "app_token")]


def _problems(name: str, table: Any) -> Iterator[Problem]:
    if not isinstance(table, dict) or not NAME.fullmatch(name) or name == DEFAULT:
        yield Problem(f"TFT_APPS [{name}]", "setting-not-an-app")
        return
    known = {one.name for one in fields(SlackApp)} - {"name"}
    for setting, value in table.items():
        where = f"TFT_APPS [{name}] {setting}"
        prefixes, key = WRONG_KIND.get(setting, ((), ""))
        if setting not in known:
            yield Problem(where, "setting-unknown")
        elif not isinstance(value, str) or not value.strip():
            yield Problem(where, "setting-not-a-text")
        elif prefixes and value.startswith(prefixes):
            yield Problem(where, key)


def _app(name: str, table: dict[str, str]) -> SlackApp:
    secret = {setting: SecretStr(table[setting]) for setting in SECRETS if setting in table}
    return SlackApp(name=name, client_id=table.get("client_id"), **secret)


def _twice(apps: list[SlackApp], setting: str) -> list[Problem]:
    """A token in two places would make two apps of one."""
    told = [(app, getattr(app, setting).get_secret_value()) for app in apps if getattr(app, setting)]
    count = Counter(value for _, value in told)
    return [Problem(app.variable(setting), "setting-twice") for app, value in told if count[value] > 1]
