"""Where the bands begin: the one pair of thresholds all answers of an engine version are given at."""

from __future__ import annotations

from dataclasses import dataclass

from .types import Band


@dataclass(frozen=True, slots=True)
class Policy:
    """Least score (0-100) of a strong and of a possible hit; under `possible` nothing is shown."""

    strong: float = 85.0
    possible: float = 71.0

    def __post_init__(self) -> None:
        if not 0 < self.possible <= self.strong <= 100:
            raise ValueError(f"thresholds must hold 0 < possible ({self.possible}) <= strong ({self.strong}) <= 100")

    def band(self, score: float) -> Band | None:
        """Band of a score; None = not shown."""
        if score >= self.strong:
            return Band.STRONG
        return Band.POSSIBLE if score >= self.possible else None


DEFAULT = Policy()
