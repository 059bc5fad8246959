"""The local Slack workspace (`playground/`) as a process beside the bot."""

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import IO

HOST = "127.0.0.1"
PATIENCE_S = 10.0


class WorkspaceGone(RuntimeError):
    """It ended by itself; what it said last is the message."""


class LocalWorkspace:
    """Serves a world from its kept state. `port` may be taken: then the next free one is used."""

    def __init__(self, world: Path, state: Path, port: int, log: Path) -> None:
        self._command = [sys.executable, "-m", "playground", "--world", str(world), "--state", str(state)]
        self._port = port
        self._log = log
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self) -> None:
        """Returns when it answers; raises `WorkspaceGone` if it never does."""
        while not self._try(port := free_port(self._port)):
            if free_port(port) == port:
                raise WorkspaceGone(self._last_words())
            self._port = port + 1  # somebody else was quicker
        with urllib.request.urlopen(f"{self.url}/_clock", timeout=PATIENCE_S):  # noqa: S310  # on this machine
            pass

    def _try(self, port: int) -> bool:
        with self._log.open("w") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                [*self._command, "--port", str(port), "--until-eof"],
                stdin=subprocess.PIPE,  # it ends when this does, were we killed
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C is for us: the bot finishes first
            )
        self.url = _line(self._process.stdout)
        if not self.url:
            self.stop()
        return bool(self.url)

    def check(self) -> None:
        """Raises `WorkspaceGone` if it has ended."""
        if self._process and self._process.poll() is not None:
            raise WorkspaceGone(self._last_words())

    def stop(self) -> None:
        """End it; its state is kept."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _last_words(self) -> str:
        said = self._log.read_text(encoding="utf-8").strip()
        return f"{said.rpartition(chr(10))[2]} ({self._log})"


def free_port(wanted: int) -> int:
    """`wanted`, or the next port on which nobody listens; 0 is any."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        return port
    raise WorkspaceGone(f"no free port from {wanted} on")


def _line(output: IO[str] | None) -> str:
    return output.readline().strip() if output else ""
