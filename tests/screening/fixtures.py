"""What the Django tests of screening share: folders of their own, and the messages that would have gone to a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exportcheck import queueing
from screening.services.parties import snapshot


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> Iterator[None]:
    """List files and snapshots go to a folder of the test."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    snapshot.close_all()
    yield
    snapshot.close_all()


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[int | str, ...]]]:
    """Names and ids of tasks that were queued; no broker is needed."""
    sent: list[tuple[str, tuple[int | str, ...]]] = []
    monkeypatch.setattr(queueing, "_send", lambda name, args: sent.append((name, args)))
    return sent
