"""`tft demo` as a person starts it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ops.processes import environment

BOT, CHANNEL = "U0TFTBOT", "C0TFT"


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`tft demo`; gives the process and the page's address."""
    command = [sys.executable, "-m", "bot", "demo", "--no-open", "--folder", str(folder), "--port", "0", *arguments]
    started = subprocess.Popen(
        command, cwd=folder, env=environment({"LC_ALL": "C.UTF-8"}), stdout=subprocess.PIPE, text=True
    )
    assert started.stdout
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", line := started.stdout.readline())
        assert found, line
        yield started, found.group()
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGINT)
            started.wait(30)
        started.stdout.close()
