"""`tft demo`: its state in a folder, seeded once, and the settings of a bot that works on it."""

import json
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bot.services.demo import play
from bot.services.work import Work
from config import demo
from config.demo import Story
from config.demo.world import world
from config.settings import Settings
from config.words import Words
from handlers.manifest import SCOPES, manifest
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Installation

DATABASE, WORLD, STATE = "tft.db", "world.json", "workspace.db"
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a file


def database_url(folder: Path) -> str:
    """Where the demo's bot keeps its data."""
    return f"sqlite:///{folder / DATABASE}"


def settings(folder: Path, url: str) -> Settings:
    """The settings, as an operator would set them: nothing comes from the environment."""
    app = demo.load().facts["app"]
    return Settings(
        _env_file=None,
        SLACK_BOT_TOKEN=app["bot_token"],
        SLACK_APP_TOKEN=app["app_token"],
        SLACK_SIGNING_SECRET=app["signing_secret"],
        SLACK_CLIENT_ID=None,
        SLACK_CLIENT_SECRET=None,
        SLACK_API_URL=f"{url}/api/",
        DATABASE_URL=database_url(folder),
        TFT_CLOCK_URL=f"{url}/_clock",
        TFT_SECRET_KEY=None,
        TFT_LANGUAGE="ko",
        TFT_LOG_LEVEL="INFO",
        PORT=3000,
    )


def is_seeded(folder: Path) -> bool:
    """Whether all of the past is there: the world's file is written last."""
    return (folder / WORLD).exists()


def empty(folder: Path) -> None:
    """Forget everything: only our own files are removed."""
    for name in (WORLD, DATABASE, STATE):
        for suffix in BESIDE:
            (folder / f"{name}{suffix}").unlink(missing_ok=True)


def seed(folder: Path, database: Database, machine_now: datetime) -> None:
    """Do what the story says has happened: in the database, and as the past of the workspace's world."""
    story, words = demo.load(), Words()
    schema.upgrade(database)
    with database.transaction() as session:
        installation = _install(session, story, machine_now)
        past = play(Work(session, story.start, machine_now, words), story, installation)
    made = world(story, manifest(words.say("ko")), past)
    draft = folder / f"{WORLD}-journal"
    draft.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(folder / WORLD)


def _install(session: Session, story: Story, at: datetime) -> Installation:
    app, team = story.facts["app"], story.facts["team"]
    found = Installed(team["id"], team["name"], app["bot_user"], app["bot_id"], app["bot_token"], ",".join(SCOPES))
    installation = installations.remember(session, found, Seal(), at)
    installation.app_id = app["id"]
    return installation
