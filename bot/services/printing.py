"""HWPX and PDF for services: made by a process that ends, one at a time."""

import subprocess
import sys
import threading

from bot.messages.printing import Order, read_files, write_order

COMMAND = (sys.executable, "-m", "bot.messages.printing")
TIME_S = 60.0
TOLD = 500  # characters of what a failed process said, from its end
_one_at_a_time = threading.Lock()  # each takes up to 110 MB while it works


class NotPrinted(RuntimeError):
    """The files could not be made: a bug, or too little memory."""


def printed(order: Order) -> dict[str, bytes]:
    """The files by shape, in about a second. A process that was killed is started once more."""
    content = write_order(order)
    with _one_at_a_time:
        done = _run(content)
        if done.returncode < 0:
            done = _run(content)
    if done.returncode:
        raise NotPrinted(f"{done.returncode}: {done.stderr.decode(errors='replace').strip()[-TOLD:]}")
    return read_files(done.stdout)


def _run(content: bytes) -> subprocess.CompletedProcess[bytes]:
    """In a group of its own, so that Ctrl-C at the terminal lets it finish what is being sent."""
    return subprocess.run(COMMAND, input=content, capture_output=True, timeout=TIME_S, check=False, process_group=0)  # noqa: S603
