"""gunicorn around the WSGI application: how many processes, how many threads, and how they end."""

import shutil
import tempfile
from collections.abc import Callable
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.config import Config  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

log = structlog.get_logger()
THREADS = 16  # each may hold a connection of the database's pool
GRACE_S = 20


class Log(Logger):  # type: ignore[misc]  # gunicorn comes without types
    """What goes wrong in gunicorn is logged as everything is. A request is no line: its address may hold a secret code."""

    def setup(self, cfg: Config) -> None:
        """Hand everything to the root logger; gunicorn calls this."""
        super().setup(cfg)
        self.error_log.propagate = True


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn comes without types
    """Serves `load()` in each process that it starts; `WEB_CONCURRENCY` says how many (default one)."""

    def __init__(self, port: int, build: Callable[[], Any], leave: Callable[[], None], *, one_process: bool) -> None:
        self._port, self._build, self._leave = port, build, leave
        self._one_process = one_process
        super().__init__()

    def load_config(self) -> None:
        """Our settings; gunicorn calls this."""
        settings = {
            "bind": f"0.0.0.0:{self._port}",
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": GRACE_S,
            "keepalive": 30,
            "control_socket_disable": True,
            "proc_name": "tft web",
            "logger_class": Log,
            "errorlog": None,
            "loglevel": "warning",
            "when_ready": lambda _server: log.info("listening", port=self._port),
            "worker_exit": lambda _server, _worker: self._leave(),
        }
        if self._one_process:
            settings["workers"] = 1
        for name, value in settings.items():
            self.cfg.set(name, value)
        if self.cfg.workers > 1:  # their figures are added up by way of files
            folder = tempfile.mkdtemp(prefix="tft-metrics-")
            self.cfg.set("raw_env", [f"PROMETHEUS_MULTIPROC_DIR={folder}"])
            self.cfg.set("on_exit", lambda _server: shutil.rmtree(folder, ignore_errors=True))

    def load(self) -> Any:
        """The WSGI application, built in each process; gunicorn calls this."""
        return self._build()

    @property
    def several_processes(self) -> bool:
        """Whether figures must be added up."""
        return bool(self.cfg.workers > 1)
