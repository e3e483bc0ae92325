"""The desk's tests: folders of their own, and checks worked on at once where a test asks for it."""

from __future__ import annotations

from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
