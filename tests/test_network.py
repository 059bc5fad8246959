"""The network guard itself."""

import asyncio
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest
from sqlalchemy import create_engine

from tests import network

ELSEWHERE = "192.0.2.1"  # TEST-NET-1, RFC 5737: nobody's


def test_a_connection_to_another_machine_is_refused(network_log: Path):
    with pytest.raises(network.LeavesThisMachine, match=ELSEWHERE):
        socket.create_connection((ELSEWHERE, 80), timeout=1)

    assert len(network.attempts(network_log)) == 1


def test_a_look_up_of_another_host_is_refused(network_log: Path):
    with pytest.raises(URLError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/")

    assert len(network.attempts(network_log)) == 1


def test_an_asynchronous_connection_is_refused(network_log: Path):
    with pytest.raises(network.LeavesThisMachine):
        asyncio.run(asyncio.wait_for(asyncio.open_connection(ELSEWHERE, 80), 1))

    assert len(network.attempts(network_log)) == 1


def test_a_datagram_to_another_machine_is_refused(network_log: Path):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        pytest.raises(network.LeavesThisMachine),
    ):
        datagrams.sendto(b"", (ELSEWHERE, 53))

    assert len(network.attempts(network_log)) == 1


def test_a_database_elsewhere_is_refused():
    with pytest.raises(network.LeavesThisMachine):
        create_engine(f"postgresql+psycopg://postgres@{ELSEWHERE}/postgres").connect()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_reached(host: str):
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with socket.create_server((host, 0), family=family) as server:
        port = server.getsockname()[1]

        socket.create_connection((host, port), timeout=1).close()


def test_a_unix_socket_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("here")
        server.listen()

        client.connect("here")


def test_a_process_started_by_a_test_is_watched(network_log: Path):
    child = f"import socket; socket.create_connection(('{ELSEWHERE}', 80), 1)"
    ended = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=False)

    assert "LeavesThisMachine" in ended.stderr
    assert len(network.attempts(network_log)) == 1


def test_a_swallowed_refusal_fails_the_test(tmp_path: Path):
    (tmp_path / "test_sly.py").write_text(
        "import contextlib, socket\n"
        "def test_sly():\n"
        "    with contextlib.suppress(Exception):\n"
        f"        socket.create_connection(('{ELSEWHERE}', 80), 1)\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[1]
    unwatched = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", network.LOG}}
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--rootdir", str(tmp_path), "-q", str(tmp_path)]
    ended = subprocess.run(command, cwd=root, env=unwatched, capture_output=True, text=True, check=False)

    assert "tried to leave this machine" in ended.stdout
    assert "1 passed, 1 error" in ended.stdout
