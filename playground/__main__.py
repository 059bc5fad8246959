"""`python -m playground --world FILE --state FILE [--port N]`."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from playground.workspace import Workspace
from playground.world import load


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description="A Slack workspace on this machine.")
    parser.add_argument("--world", type=Path, required=True, help="JSON file: organisations, people, channels, apps")
    parser.add_argument("--state", type=Path, required=True, help="SQLite file that keeps the state")
    parser.add_argument("--port", type=int, default=8900, help="port on 127.0.0.1 (0: any free one)")
    parser.add_argument(
        "--until-eof", action="store_true", help="end with standard input: when whoever started it is gone"
    )
    given = parser.parse_args()
    stop = threading.Event()
    if given.until_eof:
        threading.Thread(target=_at_the_end_of_input, args=[stop], daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Workspace(load(given.world), state=given.state, port=given.port) as workspace:
        sys.stdout.write(f"{workspace.url}\n")
        sys.stdout.flush()
        stop.wait()


def _at_the_end_of_input(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main()
