"""The guard of a supervisor: when the supervisor is gone for whatever reason, even SIGKILL, its process groups end too.

It reads the supervisor's end of a pipe: `+GROUP` when a child starts, `-GROUP` when it is known to be gone. The pipe closes with
the supervisor; then each group left is asked to stop (SIGTERM to its leader) and ended after the grace time (SIGKILL to all).
Standard library only, so that it costs 10 MB and starts at once.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable

GRACE_SECONDS = 10.0
POLL_SECONDS = 0.1


def watch(lines: Iterable[str]) -> set[int]:
    """Groups that were still running when the pipe closed."""
    groups: set[int] = set()
    for line in lines:
        sign, number = line[:1], line[1:].strip()
        if number.isdecimal():
            (groups.add if sign == "+" else groups.discard)(int(number))
    return groups


def end(groups: set[int], *, grace: float) -> None:
    """Ask the leader of each group to stop; once all have, or after `grace` seconds, end whoever of the groups is left."""
    for group in groups:
        send(group, signal.SIGTERM, leader=True)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and any(alive(group, leader=True) for group in groups):
        time.sleep(POLL_SECONDS)
    for group in groups:
        send(group, signal.SIGKILL)


def send(group: int, sign: signal.Signals, *, leader: bool = False) -> None:
    """A signal to the leader or to everybody of a group; a group that is gone is no error."""
    try:
        (os.kill if leader else os.killpg)(group, sign)
    except ProcessLookupError:
        return


def alive(group: int, *, leader: bool = False) -> bool:
    """Whether the leader, or else anybody of the group, is there."""
    try:
        (os.kill if leader else os.killpg)(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says so for a group of zombies
        return False
    return True


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # the closing pipe is what ends the guard
    end(watch(sys.stdin), grace=GRACE_SECONDS)
