"""Benchmarks of licenses on few rows, in folders of their own."""

from __future__ import annotations

from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
