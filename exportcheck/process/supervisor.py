"""Keeps a few child processes running as one program: one log stream, restarts, a clean end, no orphan.

Each child leads a process group of its own. A child that dies is started again after a pause that doubles; one that dies
too often in a row ends the whole program with exit code 1, because a service that half works hides its defect. A guard
process (exportcheck.process.process_guard) ends the groups if the supervisor itself is killed. Standard library only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from exportcheck.process import process_guard

POLL_SECONDS = 0.1
STEADY_SECONDS = 60.0
"""A child that lived so long starts with a clean record."""
MAX_DEATHS = 5
"""Deaths in a row, none of them after STEADY_SECONDS, that end the program."""
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run under a short name. `environment` is added to the supervisor's own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Child:
    """A program and the process that runs it now, if any."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    reader: threading.Thread | None = None
    started: float = 0.0
    deaths: int = 0
    start_at: float = 0.0


class Supervisor:
    """Runs programs until it is asked to stop. `run` returns the exit code: 0 stopped on request, 1 gave up."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        grace: float = 20.0,
        prefix: bool = True,
        stream: IO[bytes] | None = None,
        ready: Callable[[], bool] | None = None,
        announcement: str = "",
    ) -> None:
        """grace: seconds between asking a child to stop and ending it. prefix: put the name before each line.

        ready: asked from time to time until it is true; then `announcement` is written once.
        """
        self.children = [Child(program) for program in programs]
        self.grace = grace
        self.prefix = prefix
        self.stream = stream if stream is not None else sys.stderr.buffer
        self.ready = ready
        self.announcement = announcement
        self.width = max(len(program.name) for program in programs)
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.hurry = threading.Event()
        self.guard: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Start everything and stay until a stop signal comes or a child dies too often."""
        former = {sign: signal.signal(sign, self._asked_to_stop) for sign in STOP_SIGNALS}
        code = 0
        try:
            self._start_guard()
            while not self.stopping.is_set() and code == 0:
                code = self._look_after()
                self._announce()
                self.stopping.wait(POLL_SECONDS)
        finally:
            self._stop_all()
            self._stop_guard()
            for sign, handler in former.items():
                signal.signal(sign, handler)
        return code

    def say(self, text: str) -> None:
        """A line of the supervisor's own."""
        self._write("up", text.encode())

    def _asked_to_stop(self, _sign: int, _frame: object) -> None:
        if self.stopping.is_set():
            self.hurry.set()  # asked twice: whoever asks does not want to wait
        self.stopping.set()

    def _look_after(self) -> int:
        """One round: restart the guard, start what is due, notice what died. Returns 1 to give up, else 0."""
        if self.guard is None or self.guard.poll() is not None:
            self._start_guard()
        for child in self.children:
            if child.process is None:
                if time.monotonic() >= child.start_at:
                    self._start(child)
            elif child.process.poll() is not None and not self._died(child):
                return 1
        return 0

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603  # the command line is ours
            child.program.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **child.program.environment},
            start_new_session=True,
        )
        child.started = time.monotonic()
        self._tell_guard("+", child.process.pid)
        child.reader = threading.Thread(target=self._forward, args=(child.program.name, child.process.stdout), daemon=True)
        child.reader.start()

    def _died(self, child: Child) -> bool:
        """Clean up after a child that ended unasked and plan its next start. False: it died too often."""
        if child.process is None:
            return True
        how = describe(child.process.returncode)
        lived = time.monotonic() - child.started
        self._bury(child)
        child.deaths = 1 if lived >= STEADY_SECONDS else child.deaths + 1
        if child.deaths >= MAX_DEATHS:
            self.say(f"{child.program.name} {how}, {child.deaths} times in a row; giving up. Its lines above tell why.")
            return False
        pause = min(FIRST_PAUSE_SECONDS * 2 ** (child.deaths - 1), LONGEST_PAUSE_SECONDS)
        child.start_at = time.monotonic() + pause
        self.say(f"{child.program.name} {how}; starting it again in {pause:g} s ({child.deaths} of {MAX_DEATHS})")
        return True

    def _bury(self, child: Child) -> None:
        """End whatever a dead child left in its group, so that the next one finds the port and the queue free."""
        if child.process is None:
            return
        group = child.process.pid
        process_guard.send(group, signal.SIGKILL)
        self._tell_guard("-", group)
        if child.reader is not None:
            child.reader.join(timeout=1.0)
        child.process = None

    def _stop_all(self) -> None:
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + self.grace
        while any(child.process is not None and child.process.poll() is None for child in running):
            if time.monotonic() >= deadline or self.hurry.wait(POLL_SECONDS):
                late = [child.program.name for child in running if child.process is not None and child.process.poll() is None]
                self.say(f"{', '.join(late)} did not stop in time and is ended; unfinished work is taken up at the next start")
                break
        for child in running:
            if child.process is not None:
                process_guard.send(child.process.pid, signal.SIGKILL)
                child.process.wait()
            self._bury(child)

    def _forward(self, name: str, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._write(name, line.rstrip(b"\r\n"))

    def _write(self, name: str, line: bytes) -> None:
        head = f"{name:<{self.width}} | ".encode() if self.prefix else b""
        with self.lock:
            try:
                self.stream.write(head + line + b"\n")
                self.stream.flush()
            except (BrokenPipeError, ValueError):
                # Nobody reads the log any more. Without a reader there is nothing left to tell; stop in good order.
                self.stopping.set()

    def _announce(self) -> None:
        if self.ready is not None and self.ready():
            self.ready = None
            self.say(self.announcement)

    def _start_guard(self) -> None:
        self.guard = subprocess.Popen(
            [sys.executable, "-m", "exportcheck.process.process_guard"], stdin=subprocess.PIPE, start_new_session=True
        )
        for child in self.children:
            if child.process is not None:
                self._tell_guard("+", child.process.pid)

    def _tell_guard(self, sign: str, group: int) -> None:
        if self.guard is None or self.guard.stdin is None:
            return
        try:
            self.guard.stdin.write(f"{sign}{group}\n".encode())
            self.guard.stdin.flush()
        except BrokenPipeError:
            return  # it was killed; the next round starts another and tells it everything

    def _stop_guard(self) -> None:
        if self.guard is not None and self.guard.stdin is not None:
            self.guard.stdin.close()
            self.guard.wait()


def describe(code: int | None) -> str:
    """An exit code in words: "ended with code 1", "was killed by SIGKILL"."""
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with code {code}"
