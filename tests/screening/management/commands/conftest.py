"""Folders of the test's own and a recorder instead of a broker (tests/screening/fixtures.py)."""

from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
