"""Figures: from starting the process to ready, and the memory of the idle bot; the floor imports what it cannot do without."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playground import Workspace
from tests.cast import world

FLOOR = "import slack_bolt, sqlmodel, sys; print('ready', flush=True); sys.stdin.read()"
IDLE_S = 3


def measure() -> dict[str, tuple[float, float]]:
    """Seconds to ready and megabytes when idle, of the bot and of the floor."""
    with Workspace(world()) as workspace, tempfile.TemporaryDirectory() as folder:
        settings = {
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_APP_TOKEN": "xapp-1-A0TFT-1-test",
            "SLACK_API_URL": workspace.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/tft.db",
        }
        run([sys.executable, "-m", "bot", "run"], settings)  # makes the database, warms the disk's cache
        bot = run([sys.executable, "-m", "bot", "run"], settings)
        floor = run([sys.executable, "-c", FLOOR], {})
    return {"start to ready, s": (bot[0], floor[0]), "idle memory, MB": (bot[1], floor[1])}


def run(command: list[str], settings: dict[str, str]) -> tuple[float, float]:
    """Seconds until the process says that it is ready, and its resident megabytes some seconds later."""
    began = time.monotonic()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=os.environ | settings, text=True, cwd=Path(__file__).parents[2], **pipes)  # type: ignore[call-overload]
    try:
        for line in process.stdout:
            if "ready" in line:
                break
        else:
            raise RuntimeError("it ended before it was ready")
        took = time.monotonic() - began
        time.sleep(IDLE_S)
        status = Path(f"/proc/{process.pid}/status").read_text()
        return took, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    finally:
        process.terminate()
        process.communicate(timeout=20)
