"""The network guard: a connection or a look-up that would leave this machine is refused, and written down.

It uses Python's own audit events, so that no library gets around it. Code that swallows the refusal is found out by the
log: `tests/conftest.py` fails the test in which the log grew. Processes that a test starts get the same guard by
`tests/child/sitecustomize.py`. Only the standard library is imported here.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

LOG = "TFT_TEST_NETWORK_LOG"
_CONNECTIONS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class LeavesThisMachine(ConnectionError):
    """Somebody tried to reach another machine. Libraries tidy up after it as after any failed connection."""


def guard(log: Path) -> None:
    """Watch this process until it ends (an audit hook cannot be taken back), and its children from now on."""
    os.environ[LOG] = str(log)
    here = str(Path(__file__).parent / "child")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
    watch(log)


def watch(log: Path) -> None:
    """Refuse what leaves this machine, in this process."""

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        target = _target(event, args)
        if target is None or is_here(target):
            return
        with log.open("a", encoding="utf-8") as lines:
            lines.write(f"{event} {target} by process {os.getpid()}\n")
        raise LeavesThisMachine(f"{event}: {target}")

    sys.addaudithook(refuse)


def attempts(log: Path) -> list[str]:
    """What was refused since the last question."""
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8").splitlines()
    log.unlink()
    return lines


def is_here(host: str) -> bool:
    """Whether a host is this machine: loopback only, an address of the local network is not."""
    if host in {"", "localhost"}:
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _target(event: str, args: tuple[Any, ...]) -> str | None:
    """The host that an event is about; None where it is about none."""
    if event in _CONNECTIONS:
        address = args[1]
        return str(address[0]) if isinstance(address, tuple) else None  # Unix sockets have a path
    if event in _LOOK_UPS:
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
        return None if host is None or _is_address(host) else str(host)
    return None


def _is_address(host: str) -> bool:
    """Whether it is a numeric address: no look-up, and a connection to it is an event of its own."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
