"""An installation with lists and people, a real worker beside it, and a look into its database."""

from __future__ import annotations

import csv
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installation import ROOT, SECRET, Installation, own_database, own_redis
from tests.licenses.factories import starter_rows
from tests.screening.factories import COLUMNS

SET_UP = """
from django.core.management import call_command
from tests import people
call_command("migrate", verbosity=0)
call_command("import_list", "CSL", {file!r}, "--activate", "--reason", "lists of a flow test")
for make in (people.alice, people.erin, people.rita, people.sam, people.ada, people.abe): make()
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Installation]:
    """One installation for the tests of a file, with a folder, a database and a queue of its own: migrated, the entries of the
    tests active, people signed up. A lease ends after one second of silence."""
    folder = tmp_path_factory.mktemp("installation")
    number = int(re.sub(r"\D", "", worker_id) or 0)
    environment = {
        **os.environ,
        "DEBUG": "1",
        "SECRET_KEY": SECRET,
        "VAR_DIR": str(folder / "var"),
        "LOG_JSON": "0",
        "CLAIM_EXPIRES_SECONDS": "1",
        "DJANGO_SETTINGS_MODULE": "exportcheck.settings",
    }
    if broker := environment.get("CELERY_BROKER_URL", ""):
        environment["CELERY_BROKER_URL"] = own_redis(broker, number + 10)
    database, drop = own_database(environment.get("DATABASE_URL", ""), f"flows_{number}_{os.getpid()}")
    environment |= {"DATABASE_URL": database} if database else {}
    made = Installation(folder=folder, environment=environment)
    file = folder / "lists.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(starter_rows())
    say(made, SET_UP.format(file=str(file)))
    yield made
    made.end()
    drop()


@pytest.fixture
def worker(prepared: Installation) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a real worker of the installation, in a process group of its own; ended with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "exportcheck", "worker", "--pool", "solo", "--loglevel", "INFO"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with (prepared.folder / "worker").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=prepared.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and whatever it started, as a machine that loses power does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def rows(installation: Installation, query: str) -> list[tuple[Any, ...]]:
    """What the installation's database says now."""
    url = installation.environment.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        with psycopg.connect(url.replace("postgres:", "postgresql:", 1)) as connection:
            return connection.execute(query).fetchall()
    path = Path(installation.environment["VAR_DIR"]) / "exportcheck.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as connection:
        return connection.execute(query).fetchall()


def say(installation: Installation, code: str) -> str:
    """Run Python inside the installation; the last line it printed."""
    done = installation.run("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()
