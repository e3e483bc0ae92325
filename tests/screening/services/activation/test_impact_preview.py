"""The impact preview: what would change, before anybody decides to activate."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import Organization
from screening.models import ImpactPreview, ListVersion, Match
from screening.services.activation import impact_preview as module
from screening.services.activation.activate import activate_version
from screening.services.activation.impact_preview import compute_preview
from screening.services.screening.rescreen import rescreen
from tests.screening.factories import LATER, REASON, check, load, party, row, rows, stage

pytestmark = pytest.mark.django_db
MOVED = row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")


@pytest.fixture
def acme() -> Organization:
    organization = Organization.objects.create(name="Acme Semiconductors")
    load(rows(10)[:9])
    for number, name in enumerate(("Zarvonik Microsystems", "Wistramel Propulsion", "Perfectly Ordinary Bakery"), 1):
        check(party(name), organization=organization, part=f"P{number}")
    return organization


def staged(lines: list[dict[str, str]]) -> ListVersion:
    version = ListVersion.objects.get(pk=stage(lines, day=LATER).lists[0].version_id)
    assert version.previewed_at is None
    return version


def impacts(version: ListVersion) -> dict[str, tuple[int, int, int]]:
    rows_ = ImpactPreview.objects.filter(version=version).select_related("party")
    return {one.party.facts["name"]: (len(one.gained), len(one.lost), len(one.band_changed)) for one in rows_}


def test_gained_and_lost_by_party(acme: Organization) -> None:
    version = staged(rows(10)[1:])
    compute_preview(version_id=version.pk)
    assert impacts(version) == {"Zarvonik Microsystems": (0, 1, 0), "Wistramel Propulsion": (1, 0, 0)}
    version.refresh_from_db()
    assert version.previewed_at is not None
    assert (version.preview_done, version.preview_total) == (3, 3)
    assert Match.objects.count() == 1  # nothing was written that answers


def test_an_entry_that_changed_and_still_hits_is_no_impact(acme: Organization) -> None:
    version = staged([*rows(9)[1:], MOVED])
    compute_preview(version_id=version.pk)
    assert impacts(version) == {}


def test_a_changed_band_is_told(acme: Organization) -> None:
    Match.objects.update(band="possible", score=75.0)
    version = staged([*rows(9)[1:], MOVED])
    compute_preview(version_id=version.pk)
    assert impacts(version) == {"Zarvonik Microsystems": (0, 0, 1)}
    assert ImpactPreview.objects.get().band_changed[0]["was"] == "possible"


def test_it_foresees_what_rescreening_then_does(acme: Organization) -> None:
    version = staged(rows(10)[1:])
    compute_preview(version_id=version.pk)
    foreseen = impacts(version)
    activate_version(actor=None, version_id=version.pk, reason=REASON)
    rescreen(version_id=version.pk)
    assert {match.party.facts["name"]: match.gone_at is None for match in Match.objects.all()} == {
        name: gained == 1 for name, (gained, _, _) in foreseen.items()
    }


def test_a_sample_replaced_whole_loses_nothing_that_the_real_list_has() -> None:
    organization = Organization.objects.create(name="Acme Semiconductors")
    load(rows(2), sample=True)
    check(party(), organization=organization)
    version = staged(rows(10))
    compute_preview(version_id=version.pk)
    assert impacts(version) == {}


def test_killed_in_the_middle_it_is_finished_once(acme: Organization, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    version = staged(rows(10)[1:])
    monkeypatch.setattr(module, "BATCH", 1)
    original = module._save_batch
    calls = 0

    def save(*args: Any) -> bool:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return original(*args)

    with monkeypatch.context() as dying:
        dying.setattr(module, "_save_batch", save)
        with pytest.raises(KeyboardInterrupt):
            compute_preview(version_id=version.pk)
    assert len(impacts(version)) == 1
    long_ago = timezone.now() - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS + 1)
    ListVersion.objects.filter(pk=version.pk).update(leased_at=long_ago)
    compute_preview(version_id=version.pk)
    compute_preview(version_id=version.pk)
    assert len(impacts(version)) == 2


def test_a_stale_version_has_no_impact_to_foresee(acme: Organization) -> None:
    version = staged(rows(10)[1:])
    load([*rows(9), row("Umbrasol Sensors")], day=LATER)
    compute_preview(version_id=version.pk)
    assert impacts(version) == {}
    version.refresh_from_db()
    assert version.previewed_at is not None


def test_with_nobody_to_foresee_for_it_is_done_at_once() -> None:
    report = stage(rows(10))
    assert ListVersion.objects.get(pk=report.lists[0].version_id).previewed_at is not None
