"""`tft run` and `tft web`: the processes that hear Slack."""

import gc
import signal
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.saying import refusals, require, stop
from config import settings as config
from config.settings import Settings

if TYPE_CHECKING:
    from bot.wiring import Bot
    from handlers.web import Web

NOT_LOADED = 4  # gunicorn does not start such a process again but ends


def run() -> None:
    """Hear Slack over Socket Mode, keep the schedule, deliver: all in one process: the Procfile's `worker`."""
    with refusals():
        settings = config.load()
        require(settings.lacking())
        bot = built(settings)
        stopping = on_signals()
        bot.enrol()
        bot.start()
        keep_loaded()
        stopping.wait()
        bot.stop()


def web(
    with_worker: Annotated[bool, typer.Option(help="Do the worker's part in the same process.")] = False,
) -> None:
    """Hear Slack by signed HTTP, under gunicorn on PORT."""
    with refusals() as say:
        settings = config.load()
        require(settings.lacking_for_web())
        if settings.on_sqlite and not with_worker:
            stop(say("web-on-sqlite"))
        serve(settings, with_worker=with_worker)


def built(settings: Settings) -> "Bot":
    """The bot of this process, which has a SQLite file for itself."""
    from bot.wiring import Bot
    from handlers.logs import set_up_logging
    from storage.database import Database

    set_up_logging(settings.log_level)
    return Bot(settings, Database(settings.database_url, exclusive=True))


def serve(settings: Settings, *, with_worker: bool) -> None:
    """Run gunicorn until it is told to stop; each of its processes builds a bot of its own."""
    from handlers.logs import set_up_logging
    from handlers.server import Server

    set_up_logging(settings.log_level)
    bots: list[Bot] = []

    def build() -> "Web":
        try:
            with refusals():
                return begun(several_processes=server.several_processes)
        except typer.Exit:
            sys.exit(NOT_LOADED)

    def begun(*, several_processes: bool) -> "Web":
        bot = built(settings)
        bots.append(bot)
        bot.enrol()
        if with_worker:
            bot.start()
        keep_loaded()
        return bot.web(several_processes=several_processes)

    def leave() -> None:
        for bot in bots:
            bot.stop()

    server = Server(settings.port, build, leave, one_process=with_worker)
    server.run()


def keep_loaded() -> None:
    """What is loaded by now stays: to search it for garbage held up, for 150 ms, whatever was being done."""
    gc.freeze()


def on_signals() -> threading.Event:
    """Set by SIGTERM, Ctrl-C or the end of the terminal; the second one ends the process at once."""
    stopping = threading.Event()

    def ask(number: int, _frame: object) -> None:
        if stopping.is_set():
            sys.exit(128 + number)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, ask)
    return stopping
