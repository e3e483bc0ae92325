"""Named reads of licenses: folders of their own, no broker, a small set of lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.licenses.factories import load_lists
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")


@pytest.fixture
def lists(db: Any, own_folders: None) -> None:
    """Six entries of four lists, active."""
    load_lists()
