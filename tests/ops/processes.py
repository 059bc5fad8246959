"""Processes of the bot as an operator starts them: the `tft` command with settings in the environment."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 40.0
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-1-A0TFT-1-test"}


class Process:
    """One `tft …`; its log goes to a file and is read from there."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.log_file = folder / f"{arguments[0]}-{time.monotonic_ns()}.log"
        with self.log_file.open("w") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                cwd=folder,
                env=environment(settings),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    def wait_for(self, event: str) -> None:
        """Until it has logged this; fails with its log if it ends before."""
        deadline = time.monotonic() + PATIENCE_S
        while event not in self.log:
            assert self.running.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; gives its exit status."""
        self.running.send_signal(number)
        return self.running.wait(PATIENCE_S)

    def events(self) -> list[dict[str, Any]]:
        """What it logged, a JSON object a line."""
        return [json.loads(line) for line in self.log.splitlines()]


@contextmanager
def process(folder: Path, *arguments: str, **settings: str) -> Iterator[Process]:
    """A process that is gone at the end, whatever happens."""
    started = Process(folder, *arguments, **settings)
    try:
        yield started
    finally:
        if started.running.poll() is None:
            os.killpg(started.running.pid, signal.SIGKILL)
            started.running.wait()


def tft(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(settings), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The test's own environment without any setting of a bot, and these."""
    ours = ("SLACK_", "TFT_LANGUAGE", "TFT_SECRET", "TFT_CLOCK", "TFT_LOG", "DATABASE_URL", "PORT", "LC_", "LANG")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}  # noqa: TID251  # handed on
    path = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH", "")]))
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONPATH": path, **settings}
