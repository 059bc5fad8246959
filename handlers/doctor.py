"""What is wrong with this bot where it runs, each problem with its mend. Looks only; changes nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.rules.meetings import ref
from bot.services import meeting_finals, reckoning
from config.apps import SlackApp
from config.fonts import NoKoreanFont, find
from config.settings import Problem, Settings
from config.words import Say, Words
from handlers.installations import header
from handlers.manifest import SCOPES, manifest, written
from handlers.slack import Client
from storage import channels, installations, queues, schema, setting_aside
from storage.database import Database, is_locked, is_missing
from storage.seal import CannotOpen, Seal, is_sealed, new_key
from storage.tables import Meeting

CLOCK_MAY_DIFFER_S = 60  # Slack refuses signatures five minutes old, and so do we
SHOWN = 5
LOOKED_AT = 2000  # reminders whose time is checked; `--repair` sees to all


class Level(StrEnum):
    """`BROKEN`: the bot does not do all that it should. `WARNING`: it does, but somebody should know."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """What was found: `doctor-<name>` says what, `mend-<name>` what to do (unless it is well)."""

    level: Level
    name: str
    args: dict[str, str | int] = field(default_factory=dict)


def ok(name: str, **args: str | int) -> Finding:
    return Finding(Level.OK, name, args)


def warning(name: str, **args: str | int) -> Finding:
    return Finding(Level.WARNING, name, args)


def broken(name: str, **args: str | int) -> Finding:
    return Finding(Level.BROKEN, name, args)


@dataclass(frozen=True)
class Doctor:
    """Looks at one installation of the bot. `folder` is where `manifest.json` is looked for."""

    settings: Settings
    machine_clock: Callable[[], datetime]
    folder: Path

    def examine(self) -> Iterator[Finding]:
        """All findings, the well ones too."""
        yield from self._secret_key()
        yield from self._database()
        for app in self.settings.apps:
            yield from self._bot_token(app)
            yield from self._app_token(app)
        yield self._fonts()
        yield from self._manifest()

    def _fonts(self) -> Finding:
        try:
            return ok("fonts", file=find().plain.name)
        except NoKoreanFont:
            return warning("no-korean-font")

    def _secret_key(self) -> Iterator[Finding]:
        if self.settings.secret_keys:
            yield ok("secret-key")
        else:
            yield warning("no-secret-key", key=new_key())

    def _database(self) -> Iterator[Finding]:
        url = make_url(self.settings.database_url)
        if is_missing(self.settings.database_url):
            yield broken("database-missing", place=str(url.database))
            return
        database = Database(self.settings.database_url)
        try:
            yield from self._tables(database)
        except SQLAlchemyError as error:
            yield broken("database-away", place=url.render_as_string(), error=type(error).__name__)
        finally:
            database.close()

    def _tables(self, database: Database) -> Iterator[Finding]:
        at = schema.current(database)
        if at is not None and not schema.is_known(at):
            yield broken("database-newer", at=at)
            return
        if at != schema.newest():
            yield broken("database-behind", at=at or "-", newest=schema.newest())
            return
        yield ok("database", place=make_url(self.settings.database_url).render_as_string())
        if database.is_sqlite:
            yield ok("running" if is_locked(database.url) else "not-running")
        yield from self._stored_tokens(database)
        yield from self._left(database)
        yield from self._final_minutes(database)

    def _stored_tokens(self, database: Database) -> Iterator[Finding]:
        seal = Seal(self.settings.secret_keys)
        with database.reading() as session:
            standing = installations.standing(session)
        for one in standing:
            try:
                seal.open(one.bot_token)
            except CannotOpen:
                yield broken("token-sealed-otherwise", team=one.team_name)
            else:
                if self.settings.secret_keys and not is_sealed(one.bot_token):
                    yield warning("token-plain", team=one.team_name)
            if self.settings.of_app(one.app_name) is None:
                yield warning("app-gone", app=one.app_name, team=one.team_name)
            elif one.refresh_error:
                yield broken("token-not-refreshed", team=one.team_name, error=one.refresh_error)

    def _left(self, database: Database) -> Iterator[Finding]:
        """What waits for a person."""
        with database.reading() as session:
            counts = queues.counts(session)
            posts = queues.parked_posts(session, SHOWN)
            events = queues.parked_events(session, SHOWN)
            people = queues.unreachable(session)
            silent = channels.silent(session)
        yield ok("waiting", count=counts.waiting)
        yield from self._schedule(database)
        if posts:
            which = ", ".join(
                f"{row.kind} {row.subject} → {row.channel_id or row.user_id}: {row.error}" for row in posts
            )
            yield broken("parked-posts", count=counts.parked_posts, which=which)
        if events:
            which = ", ".join(f"{event.reference}: {event.error}" for event in events)
            yield broken("parked-events", count=counts.parked_events, which=which)
        if silent:
            which = ", ".join(f"{one.channel_id} ({one.silent_why})" for one in silent[:SHOWN])
            yield broken("silent-channels", count=len(silent), which=which)
        if people:
            which = ", ".join(account.name or account.user_id for account in people)
            yield warning("unreachable-people", count=len(people), which=which)

    def _schedule(self, database: Database) -> Iterator[Finding]:
        with database.reading() as session:
            aside = setting_aside.everything(session, SHOWN)
            wrong = reckoning.misreckoned(session, LOOKED_AT)
        if aside:
            which = ", ".join(f"{one.noun} {one.subject}: {one.error}" for one in aside)
            yield broken("set-aside", count=len(aside), which=which)
        yield broken("misreckoned", count=wrong) if wrong else ok("reckoned")

    def _final_minutes(self, database: Database) -> Iterator[Finding]:
        """Whether final minutes are still what was confirmed; for information, which of them would be read otherwise today."""
        with database.reading() as session:
            altered, otherwise = meeting_finals.altered(session), meeting_finals.read_otherwise(session)
            count = meeting_finals.count(session)
        if altered:
            yield broken("minutes-altered", count=len(altered), which=_named(altered))
        elif count:
            yield ok("minutes-unaltered", count=count)
        if otherwise:
            yield ok("minutes-read-otherwise", count=len(otherwise), which=_named(otherwise))

    def _bot_token(self, app: SlackApp) -> Iterator[Finding]:
        if app.bot_token is None:
            return  # named among the settings, or installed by OAuth
        answer = self._ask("auth.test", app.bot_token.get_secret_value())
        if isinstance(answer, Finding):
            yield answer
            return
        yield ok("bot-token", team=answer.get("team", ""), user=answer.get("user", ""))
        yield self._scopes(header(answer, "x-oauth-scopes"))
        yield from self._clock(header(answer, "date"))

    def _scopes(self, granted: str) -> Finding:
        if not granted:
            return warning("scopes-unknown")
        missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
        return broken("scopes-missing", scopes=", ".join(missing)) if missing else ok("scopes")

    def _clock(self, date: str) -> Iterator[Finding]:
        if not date:
            return
        apart = round(abs((parsedate_to_datetime(date) - self.machine_clock()).total_seconds()))
        yield broken("clock", seconds=apart) if apart > CLOCK_MAY_DIFFER_S else ok("clock-right")

    def _app_token(self, app: SlackApp) -> Iterator[Finding]:
        if app.app_token is None:
            return
        answer = self._ask("apps.connections.open", app.app_token.get_secret_value())
        yield answer if isinstance(answer, Finding) else ok("app-token")

    def _ask(self, method: str, token: str) -> SlackResponse | Finding:
        try:
            return Client(token, self.settings.slack_api_url).api_call(method)
        except SlackApiError as error:
            if error.response.status_code == 429:
                return warning("slack-busy", method=method)
            name = "bot-token-refused" if method == "auth.test" else "app-token-refused"
            return broken(name, error=str(error.response.get("error", error.response.status_code)))
        except (SlackClientError, OSError) as error:
            host = urlsplit(self.settings.slack_api_url).netloc
            return broken("slack-away", method=method, host=host, error=type(error).__name__)

    def _manifest(self) -> Iterator[Finding]:
        file = self.folder / "manifest.json"
        if not file.exists():
            return
        known = {written(manifest(Words().say(language))) for language in ("ko", "en")}
        same = file.read_text(encoding="utf-8") in known
        yield ok("manifest") if same else warning("manifest-differs")


def _named(held: Iterable[Meeting]) -> str:
    return ", ".join(f"{ref(one)} {one.title}" for one in held)


def on_settings(problems: Iterable[Problem], say: Say) -> list[Finding]:
    """Problems of the settings as findings."""
    return [broken("setting", variable=problem.variable, why=say(problem.key)) for problem in problems]


def is_ill(findings: Iterable[Finding]) -> bool:
    """Whether something is broken."""
    return any(finding.level is Level.BROKEN for finding in findings)


def sentences(finding: Finding, say: Say) -> tuple[str, str]:
    """What was found, and what to do about it (empty when it is well, or when the finding says so itself)."""
    text = say(f"doctor-{finding.name}", **finding.args)
    is_said = finding.level is Level.OK or finding.name == "setting"
    return text, "" if is_said else say(f"mend-{finding.name}", **finding.args)


def told(findings: list[Finding], say: Say) -> str:
    """The findings for people, one a line, each problem with its mend below it."""
    signs = {Level.OK: "✔", Level.WARNING: "!", Level.BROKEN: "✘"}
    lines = []
    for finding in findings:
        text, mend = sentences(finding, say)
        lines += [f"{signs[finding.level]} {text}", *([f"    → {mend}"] if mend else [])]
    ill = sum(finding.level is Level.BROKEN for finding in findings)
    return "\n".join([*lines, "", say("doctor-ill", count=ill) if ill else say("doctor-healthy")])


def told_as_json(findings: list[Finding], say: Say) -> str:
    """The findings for programs."""
    rows = []
    for finding in findings:
        text, mend = sentences(finding, say)
        rows.append({"level": finding.level, "name": finding.name, "text": text, "mend": mend})
    return json.dumps(rows, ensure_ascii=False, indent=2)
