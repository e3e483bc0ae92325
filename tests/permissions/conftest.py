"""The matrix of permissions: folders of its own, no broker."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of requests: a line for each would cost more than the requests."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
