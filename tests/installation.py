"""An installation of its own for tests that start real processes: folder, database, queue; nothing shared with the suite."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a key for tests only, not a secret, long enough"


@dataclass(slots=True)
class Installation:
    """Runs `manage.py` against its own folder. Everything started is ended with the test."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *arguments: str, text: str = "", timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """One command to its end; `text` is its standard input."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, input=text, capture_output=True, text=True, timeout=timeout, check=False
        )

    def start(self, *arguments: str, log: str = "log") -> subprocess.Popen[bytes]:
        """A command that stays; its lines go to the file `log` of the folder."""
        with (self.folder / log).open("ab") as stream:
            command = [sys.executable, "manage.py", *arguments]
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
            )
        self.started.append(process)
        return process

    def log(self, name: str = "log") -> str:
        """What was written so far."""
        path = self.folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def end(self) -> None:
        """Stop what still runs: first asked, then made."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.started:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(condition: Callable[[], object], *, seconds: float = 30.0, what: Callable[[], object] = lambda: "") -> None:
    """Wait for something another process does; when it does not come, fail with `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {seconds:g} s\n{what()}"
        time.sleep(0.05)


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def installation(tmp_path: Path, worker_id: str) -> Iterator[Installation]:
    """Empty installation: not migrated yet. On PostgreSQL it gets a database, on Redis a number, of its own."""
    environment = {
        **os.environ,
        "DEBUG": "1",
        "SECRET_KEY": SECRET,
        "VAR_DIR": str(tmp_path / "var"),
        "LOG_JSON": "0",
        "DJANGO_SETTINGS_MODULE": "exportcheck.settings",
    }
    number = int(re.sub(r"\D", "", worker_id) or 0)
    if broker := environment.get("CELERY_BROKER_URL", ""):
        environment["CELERY_BROKER_URL"] = own_redis(broker, number)
    database, drop = own_database(environment.get("DATABASE_URL", ""), f"installation_{number}_{os.getpid()}")
    environment |= {"DATABASE_URL": database} if database else {}
    made = Installation(folder=tmp_path, environment=environment)
    yield made
    made.end()
    drop()


def own_redis(url: str, number: int) -> str:
    """The same server, another of its databases, emptied."""
    path = url.removeprefix("redis+socket://")
    if path == url:
        return url
    redis.Redis(unix_socket_path=path, db=40 + number).flushdb()
    return f"{url}?virtual_host={40 + number}"


def own_database(url: str, name: str) -> tuple[str, Callable[[], Any]]:
    """URL of a fresh database on the same PostgreSQL, and what drops it. Without PostgreSQL nothing."""
    if not url.startswith("postgres"):
        return "", lambda: None

    def say(statement: str) -> None:
        with psycopg.connect(url.replace("postgres:", "postgresql:", 1), autocommit=True) as connection:
            connection.execute(statement)

    say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    say(f'CREATE DATABASE "{name}"')
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    return own, lambda: say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
