"""`bench_queue` refuses what measures nothing; what it measures: tests/licenses/benchmarks/test_queue.py."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("options", [{"flags": 0}, {"repeats": 1}])
def test_nothing_to_measure_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="at least"):
        call_command("bench_queue", **options)
