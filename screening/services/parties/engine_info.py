"""What other apps may know of the matching engine: its version, and the fingerprint of a party."""

from __future__ import annotations

from screening.matching import engine
from screening.matching.types import Party

ENGINE_VERSION: str = engine.ENGINE_VERSION
"""MAJOR.MINOR: MAJOR changes when any score or fingerprint can (docs/contract.md)."""


def engine_major(version: str = ENGINE_VERSION) -> int:
    """MAJOR of an engine version: it changes when a score or a fingerprint can."""
    return int(version.split(".")[0])


def fingerprint(party: Party) -> str:
    """SHA-256 of what identifies a party to the engine; clearances are bound to it (intake.md 4)."""
    return engine.fingerprint(party)
