"""`manage.py up`: the whole product on one machine."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import http.client
import ipaddress
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from exportcheck.process.logs import PROCESS
from exportcheck.process.supervisor import Program, Supervisor

NAMES = ("web", "worker", "beat")


class Command(BaseCommand):
    """Brings the database up to date, then runs web, worker and beat until SIGTERM or Ctrl-C."""

    help = "Migrates, then serves web, worker and beat as one program. Exit codes: 0 stopped on request, 1 could not go on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Address, sizes, and which parts to run."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=2, help="processes for web requests, and as many for checks (2)")
        parser.add_argument("--only", action="append", choices=NAMES, help="run this part only; may be given more than once")
        parser.add_argument("--grace", type=float, default=20.0, help="seconds a part has for stopping before it is ended (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what can be known before anything starts, then supervise."""
        parts = [name for name in NAMES if name in (options["only"] or NAMES)]
        if options["workers"] < 1:
            raise CommandError("--workers must be 1 or more.")
        host, port = options["host"], options["port"]
        if "web" in parts:
            ask_for_port(host, port)
        with only_beat(wanted="beat" in parts):
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stderr)
            if "web" in parts and not settings.DEBUG:
                collect_static()
            supervisor = Supervisor(
                [program(name, host=host, port=port, workers=options["workers"]) for name in parts],
                grace=options["grace"],
                prefix=not settings.LOG_JSON,
                ready=(lambda: answers(host, port)) if "web" in parts else None,
                announcement=f"ExportCheck answers at http://{shown(host)}:{port} (Ctrl-C stops it)",
            )
            code = supervisor.run()
        if code:
            raise SystemExit(code)


def program(name: str, *, host: str, port: int, workers: int) -> Program:
    """The command line of one part."""
    celery = ("-m", "celery", "--quiet", "-A", "exportcheck")
    level = settings.LOG_LEVEL
    commands = {
        "web": (
            *("-m", "gunicorn", "--config", "python:exportcheck.process.gunicorn_conf", "--bind", f"{shown(host)}:{port}"),
            *("--workers", str(workers), "exportcheck.wsgi:application"),
        ),
        "worker": (*celery, "worker", "--concurrency", str(workers), "--loglevel", level, "--without-gossip", "--without-mingle"),
        "beat": (*celery, "beat", "--loglevel", level, "--pidfile", ""),
    }
    return Program(name=name, command=(sys.executable, *commands[name]), environment={PROCESS: name})


def shown(host: str) -> str:
    """The address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def ask_for_port(host: str, port: int) -> None:
    """Raise CommandError, in words, when the port cannot be had: better now than five restarts later."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise CommandError(f"--port {port} is no port; it must be 1 to 65535.") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} on {host} is taken by another program. Stop it, or choose another port: --port {port + 1} "
                    f"(with make: make demo PORT={port + 1})."
                ) from error
            raise CommandError(f"Cannot listen on {host} port {port}: {error.strerror}.") from error


@contextmanager
def only_beat(*, wanted: bool) -> Iterator[None]:
    """Holds the lock of the schedule: two beats on one schedule file would disturb one another."""
    if not wanted:
        yield
        return
    with open(settings.VAR_DIR / "queue" / "beat.lock", "a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"Another `manage.py up` runs beat from {settings.VAR_DIR}. Stop it, or run the other parts only: --only web."
            ) from error
        yield


def collect_static() -> None:
    """Collect the static files of production when any of them changed: a page of the new release must not look for old names."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state.hexdigest(), encoding="ascii")


def answers(host: str, port: int) -> bool:
    """Whether the web part answers its health page. Any answer will do: behind TLS it is a redirect."""
    connection = http.client.HTTPConnection(own_address(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def own_address(host: str) -> str:
    """An address of this machine that reaches what listens on `host`: all interfaces include the loopback one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"
