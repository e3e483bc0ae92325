"""`make test`: the whole suite on SQLite, then what is marked `database` or `broker` again on PostgreSQL with Redis.

Arguments are handed to pytest in both rounds. Exit code: the first round's that is not 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.servers import SQLITE_FIRST, NoServerError, servers

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test"
AGAIN = "database or broker"
NOTHING_COLLECTED = 5
PROCESSES = os.environ.get("TEST_PROCESSES", "2")


def main(arguments: list[str]) -> int:
    """Both rounds, the second even when the first failed, so that one run tells everything."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    codes = [pytest("whole suite on SQLite", arguments, without_servers())]
    try:
        with servers(FOLDER) as found:
            codes.append(
                pytest(f"marked {AGAIN}, on PostgreSQL with Redis", ["-m", AGAIN, *arguments], without_servers() | found)
            )
    except NoServerError as error:
        strict = os.environ.get("CI_STRICT") == "1"
        print(f"\nSKIPPED the round on PostgreSQL and Redis: {error}", flush=True)
        codes.append(1 if strict else 0)
    codes[1] = 0 if codes[1] == NOTHING_COLLECTED else codes[1]
    print(f"\nBoth rounds took {time.monotonic() - begun:.0f} s.", flush=True)
    return next((code for code in codes if code), 0)


def without_servers() -> dict[str, str]:
    """The environment without servers of somebody's own, and with a folder for what tests write."""
    kept = {name: value for name, value in os.environ.items() if name not in SQLITE_FIRST}
    return kept | {"VAR_DIR": str(FOLDER / "installation")}


def pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    """One round under its title."""
    print(f"\n=== {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", PROCESSES, "--dist", "worksteal", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
