"""The supervisor with small real processes: restarts, a clean end, giving up, no orphan."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exportcheck.process import process_guard, supervisor
from exportcheck.process.supervisor import Program, Supervisor, describe

WAITS = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: exit(0)); print('here', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
HAS_A_CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); " + WAITS


PARENT = """
import sys
from exportcheck.process.supervisor import Program, Supervisor
command = lambda code: (sys.executable, "-c", code)
sys.exit(Supervisor([Program("web", command(sys.argv[1])), Program("worker", command(sys.argv[2]))], grace=5).run())
"""


def python(name: str, code: str) -> Program:
    return Program(name=name, command=(sys.executable, "-c", code))


def until(condition: Callable[[], object], *, seconds: float = 10.0) -> None:
    """Wait for something another process does; fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def runs(group: int) -> bool:
    """Whether anybody of the group runs; a zombie that init has not collected yet does not."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return any(line.split()[0] == str(group) and "Z" not in line for line in listed.splitlines())


class Running:
    """A supervisor in a thread of this process; signals are left to the tests that start a real one."""

    def __init__(self, *programs: Program, grace: float = 5.0, **options: Any) -> None:
        self.log = io.BytesIO()
        self.it = Supervisor(programs, grace=grace, stream=self.log, **options)
        self.code: int | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        self.code = self.it.run()

    def pid(self, name: str) -> int:
        child = next(child for child in self.it.children if child.program.name == name)
        return child.process.pid if child.process else 0

    def says(self, text: str) -> bool:
        return text.encode() in self.log.getvalue()

    def stop(self) -> int | None:
        self.it.stopping.set()
        self.thread.join(timeout=15)
        return self.code


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Running]]:
    """Starts a supervisor and stops it after the test, however that ended."""
    monkeypatch.setattr(supervisor.signal, "signal", lambda *_: signal.SIG_DFL)
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.05)
    started: list[Running] = []

    def starter(*programs: Program, **options: Any) -> Running:
        started.append(Running(*programs, **options))
        return started[-1]

    yield starter
    for run in started:
        run.stop()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], Path]]]:
    """Starts a supervisor of two programs as a process of its own; gives it and its log."""
    started: list[subprocess.Popen[bytes]] = []
    log = tmp_path / "log"

    def starter(first: str = HAS_A_CHILD, second: str = WAITS) -> tuple[subprocess.Popen[bytes], Path]:
        with log.open("wb") as stream:
            started.append(subprocess.Popen([sys.executable, "-c", PARENT, first, second], stderr=stream, stdout=stream))
        until(lambda: log.read_bytes().count(b"here") == 2)
        return started[-1], log

    yield starter
    for process in started:
        process.kill()
        process.wait()


def test_lines_of_all_children_come_in_one_stream_under_their_names(start: Callable[..., Running]) -> None:
    run = start(python("web", WAITS), python("worker", WAITS))
    until(lambda: run.says("web    | here\n") and run.says("worker | here\n"))
    pids = [run.pid("web"), run.pid("worker")]
    assert run.stop() == 0
    until(lambda: not any(runs(pid) for pid in pids))


def test_a_child_that_is_killed_comes_back_and_its_own_children_do_not_stay(start: Callable[..., Running]) -> None:
    run = start(python("worker", HAS_A_CHILD))
    until(lambda: run.says("here"))
    first = run.pid("worker")
    os.kill(first, signal.SIGKILL)
    until(lambda: run.pid("worker") not in (0, first))
    assert run.says("worker was killed by SIGKILL; starting it again")
    until(lambda: not runs(first))
    assert run.stop() == 0


def test_a_child_that_keeps_dying_ends_the_program_and_the_log_says_so(start: Callable[..., Running]) -> None:
    run = start(python("web", WAITS), python("beat", "import sys; print('no schedule'); sys.exit(3)"))
    run.thread.join(timeout=20)
    assert run.code == 1
    assert run.says("beat | no schedule")
    assert run.says("beat ended with code 3, 5 times in a row; giving up")
    assert run.pid("web") == 0


def test_a_child_that_does_not_stop_is_ended_after_the_grace_time(start: Callable[..., Running]) -> None:
    run = start(python("web", WAITS), python("worker", STUBBORN), grace=0.3)
    until(lambda: run.log.getvalue().count(b"here") == 2)
    stubborn = run.pid("worker")
    assert run.stop() == 0
    assert run.says("worker did not stop in time")
    until(lambda: not runs(stubborn))


def test_a_guard_that_is_killed_is_replaced_and_told_everything(start: Callable[..., Running]) -> None:
    run = start(python("web", WAITS))
    until(lambda: run.says("here") and run.it.guard)
    first = run.it.guard
    assert first is not None
    first.kill()
    until(lambda: run.it.guard is not first and run.it.guard is not None)
    assert run.it.guard is not None
    assert run.it.guard.poll() is None
    assert run.stop() == 0


def test_the_announcement_is_made_once_and_only_when_ready(start: Callable[..., Running]) -> None:
    asked: list[bool] = []

    def ready() -> bool:
        asked.append(True)
        return len(asked) >= 3

    run = start(python("web", WAITS), ready=ready, announcement="open for business")
    until(lambda: run.says("up  | open for business"))
    assert run.stop() == 0
    assert len(asked) == 3


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(number) for number in found.split()]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_everybody_and_exits_0(real: Any, sign: signal.Signals) -> None:
    process, _ = real()
    groups = children_of(process.pid)
    process.send_signal(sign)
    assert process.wait(timeout=15) == 0
    assert len(groups) == 3
    until(lambda: not any(runs(group) for group in groups))


def test_a_second_signal_does_not_wait_for_the_grace_time(real: Any) -> None:
    process, log = real(second=STUBBORN)
    process.send_signal(signal.SIGINT)
    until(lambda: len(children_of(process.pid)) < 3)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=4) == 0
    assert b"did not stop in time" in log.read_bytes()


def test_when_the_supervisor_itself_is_killed_nobody_is_left(real: Any) -> None:
    process, _ = real()
    groups = children_of(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(runs(group) for group in groups))


def test_a_stubborn_child_of_a_killed_supervisor_is_ended_too() -> None:
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    child.stdout.readline()
    process_guard.end({child.pid}, grace=0.2)
    assert child.wait(timeout=5) == -signal.SIGKILL
    child.stdout.close()


def test_the_guard_remembers_who_is_left() -> None:
    assert process_guard.watch(["+12\n", "+13\n", "-12\n", "nonsense\n", "+\n"]) == {13}


@pytest.mark.parametrize(("code", "words"), [(1, "ended with code 1"), (0, "ended with code 0"), (-9, "was killed by SIGKILL")])
def test_an_exit_code_in_words(code: int, words: str) -> None:
    assert describe(code) == words
