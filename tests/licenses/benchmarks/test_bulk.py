"""A bulk file is measured the whole way and leaves nothing behind."""

from __future__ import annotations

import pytest

from licenses.benchmarks.bulk import KINDS, bulk_file
from licenses.models import BulkJob, LicenseApplication
from tests import people
from tests.licenses.factories import load_lists


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_both_kinds_are_done_and_rolled_back(kind: str) -> None:
    load_lists()
    figures = bulk_file(people.alice(), kind, 10)
    assert (figures.rows, figures.state) == (10, BulkJob.State.DONE)
    assert 0 < figures.taken_in <= figures.seconds
    assert not BulkJob.objects.exists()
    assert not LicenseApplication.objects.exists()
