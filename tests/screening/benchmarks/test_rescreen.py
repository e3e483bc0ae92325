"""What `bench_rescreen` measures with: a list that changes, stored parties, and the rescreening of one worker in this process."""

from __future__ import annotations

import pytest

from screening.benchmarks import lists as bench_lists
from screening.benchmarks.lists import LISTED_EVERY, invented, store_parties
from screening.benchmarks.rescreen import activate
from screening.matching.types import ListedParty
from screening.models import Match, ScreenedParty
from screening.services.screening.rescreen import rescreen


@pytest.mark.django_db
def test_the_list_changes_as_announced_and_the_listed_parties_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_lists, "BATCH", 400)
    lists = invented([ListedParty("EL", "1", "Zarvonik Microsystems", addresses=("1 Canal Road, Shenzhen, CN",))], 20)
    activate(lists.before)
    store_parties(lists, 1_000)
    assert ScreenedParty.objects.filter(live=True).count() == 1_000
    version = activate(lists.after)
    assert (version.added, version.changed, version.removed) == (lists.added, lists.changed, 0) == (16, 4, 0)
    rescreen(version_id=version.pk)
    listed = ScreenedParty.objects.filter(matches__gone_at__isnull=True, matches__run__kind="rescreen").distinct()
    assert listed.count() >= 1_000 // LISTED_EVERY
    assert Match.objects.filter(gone_at__isnull=False).exists()  # on the entries that changed
