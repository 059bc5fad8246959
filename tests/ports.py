"""Ports to come back to: below those that the system hands to whoever asks for any, connections of other tests included."""

import os
import socket

FIRST, MANY = 20_000, 10_000


def quiet_port() -> int:
    """A port of this machine on which nobody listens, and on which nobody else will by chance."""
    for step in range(100):
        port = FIRST + (os.getpid() * 7 + step) % MANY
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")
