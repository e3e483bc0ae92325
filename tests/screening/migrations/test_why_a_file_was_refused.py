"""The reason of a refused file out of the last failure."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from screening.models import ListSource

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MIGRATION = import_module("screening.migrations.0007_why_a_file_was_refused")


@pytest.mark.parametrize(
    ("sha256", "error", "detail"),
    [
        ("a" * 64, "refused: EL: 3 entries, the active version 10", "EL: 3 entries, the active version 10"),
        ("a" * 64, "the publisher still gives the file that was refused: EL: 3 entries", "EL: 3 entries"),
        ("a" * 64, "404 from the publisher", ""),
        ("", "", ""),
    ],
)
def test_the_reason_is_kept_where_it_still_stands(sha256: str, error: str, detail: str) -> None:
    ListSource.objects.create(code="CSL", refused_sha256=sha256, error=error)
    MIGRATION.read_reasons(apps, connection.schema_editor())
    assert ListSource.objects.get().refused_detail == detail
