"""`bench_queue` measures each page of the queue; the temporary database is the command's own run."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from licenses.management.commands.bench_queue import MAX_QUERIES, measure_queue
from licenses.models import Flag
from licenses.queries import review_queue

COUNT = 120


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_every_page_is_measured_with_flags_in_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "disable", lambda _level: None)
    out = StringIO()
    measure_queue(OutputWrapper(out), flags=COUNT, repeats=2)
    head, *lines = out.getvalue().splitlines()
    assert head.startswith(f"{COUNT} open flags")
    assert {f"tab {part}" for part in review_queue.PARTS} < {line[:20].strip() for line in lines}
    assert all(0 < int(line[20:].split()[3]) <= MAX_QUERIES for line in lines), lines
    counts = review_queue.queue_counts(Flag.objects.filter(assignee__isnull=False).earliest("-claimed_until").assignee)
    assert all(counts.values()), counts


@pytest.mark.parametrize("options", [{"flags": 0}, {"repeats": 1}])
def test_nothing_to_measure_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="at least"):
        call_command("bench_queue", **options)
