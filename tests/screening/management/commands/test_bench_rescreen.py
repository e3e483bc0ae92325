"""`manage.py bench_rescreen`: what it refuses. The processes and the temporary database are the command's own run."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection


@pytest.mark.django_db
def test_without_an_active_list_it_says_how_to_get_one() -> None:
    with pytest.raises(CommandError, match=r"No list is active here.*import_list"):
        call_command("bench_rescreen")


@pytest.mark.django_db
def test_without_tables_it_says_to_migrate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"no tables.*migrate"):
        call_command("bench_rescreen")
