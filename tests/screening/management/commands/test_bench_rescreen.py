"""`manage.py bench_rescreen`: what it measures with. The processes and the temporary database are the command's own run."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from screening.benchmarks import lists as bench_lists
from screening.benchmarks.lists import LISTED_EVERY, invented, store_parties
from screening.management.commands.bench_rescreen import _activate
from screening.matching.types import ListedParty
from screening.models import Match, ScreenedParty
from screening.services.screening.rescreen import rescreen


@pytest.mark.django_db
def test_the_list_changes_as_announced_and_the_listed_parties_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_lists, "BATCH", 400)
    lists = invented([ListedParty("EL", "1", "Zarvonik Microsystems", addresses=("1 Canal Road, Shenzhen, CN",))], 20)
    _activate(lists.before)
    store_parties(lists, 1_000)
    assert ScreenedParty.objects.filter(live=True).count() == 1_000
    version = _activate(lists.after)
    assert (version.added, version.changed, version.removed) == (lists.added, lists.changed, 0) == (16, 4, 0)
    rescreen(version_id=version.pk)
    listed = ScreenedParty.objects.filter(matches__gone_at__isnull=True, matches__run__kind="rescreen").distinct()
    assert listed.count() >= 1_000 // LISTED_EVERY
    assert Match.objects.filter(gone_at__isnull=False).exists()  # on the entries that changed


@pytest.mark.django_db
def test_without_an_active_list_it_says_how_to_get_one() -> None:
    with pytest.raises(CommandError, match=r"No list is active here.*import_list"):
        call_command("bench_rescreen")


@pytest.mark.django_db
def test_without_tables_it_says_to_migrate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"no tables.*migrate"):
        call_command("bench_rescreen")
