"""Commands of licenses, called as a program calls them: lines in, lines out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from tests.licenses.factories import load_lists
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
Command = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def lists(db: Any, own_folders: None) -> None:
    """The entries of the tests, active."""
    load_lists()


@pytest.fixture
def command(tmp_path: Any, db: Any) -> Command:
    """`command("precheck", lines, "--as-of", "2026-07-31")`: the answers; the last exit code stands in `command.code`."""

    def run(name: str, lines: list[Any], *options: str) -> list[dict[str, Any]]:
        source = tmp_path / "lines.jsonl"
        source.write_text("".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        out = io.StringIO()
        run.code = 0  # type: ignore[attr-defined]  # what a shell would see
        try:
            call_command(name, "--input", str(source), *options, stdout=out)
        except SystemExit as stop:
            run.code = stop.code  # type: ignore[attr-defined]
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run
