"""The only place that builds things: settings in, a bot that can be started and stopped out."""

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from slack_bolt import App

from config.settings import Settings
from config.words import Words
from handlers import app as slack_app
from handlers.deps import Deps
from handlers.profiles import Profiles
from handlers.slack import Slack, TokenOf
from storage.database import Database
from storage.seal import Seal


def machine_time() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


def set_up_logging(level: str) -> None:
    """One JSON object a line on standard error. Tracebacks come without local variables: those hold tokens."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.ERROR)  # it would log refused bodies


def build_deps(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime] = machine_time,
    wake_delivery: Callable[[], None] = lambda: None,
) -> Deps:
    """What listeners and workers share."""
    slack = Slack(settings.slack_api_url, TokenOf(Seal(settings.secret_keys)))
    return Deps(
        database, Words(), settings, slack, Profiles(database, slack, machine_time), clock, machine_time, wake_delivery
    )


def build_app(deps: Deps, app_name: str = "default") -> App:
    """The Bolt app of one Slack app."""
    secret = deps.settings.slack_signing_secret
    return slack_app.build(deps, app_name, secret.get_secret_value() if secret else "")
