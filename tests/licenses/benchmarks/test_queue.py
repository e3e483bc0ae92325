"""The queue is measured page by page, with flags in every part."""

from __future__ import annotations

import logging

import pytest

from licenses.benchmarks.queue import MAX_QUERIES, QueuePage, measure_queue
from licenses.models import Flag
from licenses.queries import review_queue
from tests.licenses.factories import load_lists

COUNT = 120


@pytest.mark.django_db
def test_every_page_is_measured_with_flags_in_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    load_lists()
    monkeypatch.setattr(logging, "disable", lambda _level: None)
    pages: list[QueuePage] = []
    made: list[tuple[int, str]] = []
    measure_queue(flags=COUNT, repeats=2, on_made=lambda *told: made.append(told), on_page=pages.append)
    assert [count for count, _ in made] == [COUNT]
    assert {f"tab {part}" for part in review_queue.PARTS} < {page.name for page in pages}
    assert all(0 < page.cost.queries <= MAX_QUERIES for page in pages), pages
    counts = review_queue.queue_counts(Flag.objects.filter(assignee__isnull=False).earliest("-claimed_until").assignee)
    assert all(counts.values()), counts
