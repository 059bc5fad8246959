"""`tft demo`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import keep_loaded, on_signals
from bot.cli.saying import refusals


def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew.")] = False,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page, if there is a browser.")] = True,
    port: Annotated[
        int, typer.Option(help="On 127.0.0.1; if it is taken, the next free one; 0: any.", min=0, max=65535)
    ] = 8900,
    folder: Annotated[Path, typer.Option(help="Where its state is kept.")] = Path("var/demo"),
) -> None:
    """A local Slack workspace with the bot in it: no Slack account, no network. Ctrl-C ends it, and it goes on next time."""
    import webbrowser

    from bot.wiring import Bot, has_display, machine_time
    from handlers import demo as state
    from handlers.local_workspace import LocalWorkspace
    from handlers.logs import set_up_logging
    from storage.database import Database

    with refusals(in_use="demo-in-use") as say:
        database = Database(state.database_url(folder), exclusive=True)
        if reset or not state.is_seeded(folder):
            state.empty(folder)
            state.seed(folder, database, machine_time())
        workspace = LocalWorkspace(folder / state.WORLD, folder / state.STATE, port, folder / "workspace.log")
        stopping = on_signals()
        workspace.start()
        try:
            set_up_logging("INFO", (folder / "bot.log").open("w", encoding="utf-8"))
            bot = Bot(state.settings(folder, workspace.url), database)
            bot.enrol()
            bot.start()
            keep_loaded()
            typer.echo(say("demo-ready", url=workspace.url, folder=str(folder)))
            if open_page and has_display():
                webbrowser.open(workspace.url)
            while not stopping.wait(0.5):
                workspace.check()
            bot.stop()
        finally:
            workspace.stop()
