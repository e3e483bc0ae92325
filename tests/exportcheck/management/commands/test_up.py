"""`manage.py up` with the real web server, worker and beat."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from exportcheck.management.commands import up
from tests.installation import Installation, free_port, until


def processes() -> dict[int, tuple[int, str]]:
    """Every process that runs: its parent and command line."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    return {int(pid): (int(parent), args) for pid, parent, state, args in rows if "Z" not in state}


def family(pid: int) -> set[int]:
    """A process and all below it."""
    found, table = {pid}, processes()
    while more := {child for child, (parent, _) in table.items() if parent in found} - found:
        found |= more
    return found


def started(installation: Installation) -> tuple[subprocess.Popen[bytes], int]:
    """All three parts, ready, and their port."""
    port = free_port()
    process = installation.start("up", "--port", str(port), "--workers", "1")
    until(lambda: "ExportCheck answers at" in installation.log(), seconds=60, what=installation.log)
    return process, port


@pytest.mark.broker
def test_it_serves_restarts_a_killed_worker_and_stops_clean(installation: Installation) -> None:
    process, port = started(installation)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert answer.status == 200
    until(lambda: "Connected to" in installation.log(), seconds=60, what=installation.log)
    worker = next(pid for pid, (parent, args) in processes().items() if parent == process.pid and "exportcheck worker" in args)
    os.kill(worker, signal.SIGKILL)
    until(lambda: "worker was killed by SIGKILL; starting it again" in installation.log(), what=installation.log)
    until(lambda: installation.log().count("Connected to") >= 2, seconds=60, what=installation.log)
    everybody = family(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert not everybody & set(processes()), installation.log()


@pytest.mark.broker
def test_killed_itself_it_leaves_nobody_behind(installation: Installation) -> None:
    process, _ = started(installation)
    everybody = family(process.pid)
    process.kill()
    process.wait()
    until(lambda: not everybody & set(processes()), seconds=20, what=installation.log)


@pytest.mark.broker
def test_one_part_alone(installation: Installation) -> None:
    process = installation.start("up", "--only", "beat")
    until(lambda: "beat: Starting" in installation.log(), seconds=60, what=installation.log)
    assert "web " not in installation.log()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


def test_a_taken_port_is_told_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"taken by another program.*--port {port + 1}"):
            up.ask_for_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", 70000, "must be 1 to 65535"),
        ("192.0.2.7", 8000, "Cannot listen on 192.0.2.7"),
        ("no.such.host.invalid", 8000, "Cannot listen on no.such.host.invalid"),
    ],
    ids=["no port", "an address of another machine", "no address"],
)
def test_an_address_that_cannot_be_had_is_a_sentence(host: str, port: int, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        up.ask_for_port(host, port)


def test_a_second_beat_on_the_same_folder_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "queue").mkdir()
    with (tmp_path / "queue" / "beat.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with up.only_beat(wanted=False):
            pass
        with pytest.raises(CommandError, match="runs beat from"), up.only_beat(wanted=True):
            pass
    with up.only_beat(wanted=True):
        pass


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_an_address_as_it_stands_in_a_url(host: str, shown: str) -> None:
    assert up.shown(host) == shown


@pytest.mark.parametrize(
    ("host", "reached"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost")],
)
def test_where_the_supervisor_asks_whether_it_answers(host: str, reached: str) -> None:
    assert up.own_address(host) == reached


def test_static_files_are_collected_once_and_again_when_one_changed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "own.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    calls: list[str] = []

    def collect(name: str, **_: object) -> None:
        calls.append(name)
        settings.STATIC_ROOT.mkdir(exist_ok=True)

    monkeypatch.setattr(up, "call_command", collect)
    up.collect_static()
    up.collect_static()
    assert calls == ["collectstatic"]
    (source / "own.css").write_text("a{color:red}")
    up.collect_static()
    assert calls == ["collectstatic", "collectstatic"]
