"""Rescreening: against what changed only, each party once, and finished by whoever comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exportcheck.accounts.models import Organization, User
from exportcheck.audit.models import AuditEvent
from screening import tasks
from screening.models import Clearance, ListVersion, Match, ScreenedParty, ScreeningRun
from screening.services.matches.resolve import resolve_match
from screening.services.parties import snapshot
from screening.services.screening import list_delta
from screening.services.screening import rescreen as module
from screening.services.screening.rescreen import rescreen
from tests.screening.factories import DAY, LATER, check, load, party, row, rows

pytestmark = pytest.mark.django_db
REASON = "another address and another registration number"


@pytest.fixture
def acme() -> Organization:
    return Organization.objects.create(name="Acme Semiconductors")


def screened(organization: Organization, *names: str) -> list[ScreenedParty]:
    return [check(party(name), organization=organization, part=f"P{number}")[0] for number, name in enumerate(names, 1)]


def activated(lines: list[dict[str, str]], day: dt.date = LATER) -> ListVersion:
    version = load(lines, day=day)[0]
    assert version.rescreened_at is None
    return version


def test_a_new_entry_finds_the_parties_it_names(acme: Organization) -> None:
    load(rows(10)[1:])
    hit, _ = screened(acme, "Zarvonik Microsystems", "Perfectly Ordinary Bakery")
    version = activated(rows(10))
    rescreen(version_id=version.pk)
    match = Match.objects.get()
    assert (match.party, match.state, match.run.kind, match.run.cause) == (hit, "OPEN", "rescreen", version)
    assert match.run.versions == {"EL": 2}
    version.refresh_from_db()
    assert version.rescreened_at is not None
    assert not version.parts.filter(leased_at__isnull=False).exists()


def test_only_what_changed_is_searched(acme: Organization) -> None:
    load(rows(10))
    screened(acme, "Zarvonik Microsystems")
    Match.objects.all().delete()
    version = activated([*rows(10), row("Umbrasol Sensors")])
    assert len(module.delta_of(version).snapshot.index) == 1
    rescreen(version_id=version.pk)
    assert not Match.objects.exists()  # the unchanged entry was not looked at again


def test_parties_that_are_no_longer_live_are_left(acme: Organization) -> None:
    load(rows(10)[1:])
    screened(acme, "Zarvonik Microsystems")
    version = activated(rows(10))
    ScreenedParty.objects.update(live=False)
    rescreen(version_id=version.pk)
    assert not Match.objects.exists()


def test_it_is_done_once(acme: Organization) -> None:
    load(rows(10)[1:])
    screened(acme, "Zarvonik Microsystems")
    version = activated(rows(10))
    for _ in range(3):
        rescreen(version_id=version.pk)
    assert Match.objects.count() == ScreeningRun.objects.filter(kind="rescreen").count() == 1
    assert AuditEvent.objects.filter(action="list.rescreened").count() == 1


def test_a_removed_entry_ends_its_match_and_says_so(acme: Organization) -> None:
    load(rows(10))
    screened(acme, "Zarvonik Microsystems")
    rescreen(version_id=activated(rows(10)[1:]).pk)
    match = Match.objects.get()
    assert match.gone_at is not None
    assert match.reopened_because == "Zarvonik Microsystems was removed from EL by EL version 2."
    assert Match.objects.get(touched_at__gt=match.created_at) == match


def test_a_changed_entry_reopens_what_was_decided_about_it(acme: Organization, rita: User) -> None:
    load(rows(10))
    screened(acme, "Zarvonik Microsystems")
    old = Match.objects.get()
    resolve_match(
        actor=rita,
        match_id=old.pk,
        disposition="false_positive",
        reason_code="DIFFERENT_ADDRESS",
        reason=REASON,
        two_people=False,
        scope="organization",
    )
    rescreen(version_id=activated([*rows(10)[1:], row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")]).pk)
    new = Match.objects.get(gone_at__isnull=True)
    assert (new.state, new.clearance) == ("REOPENED", None)
    assert "changed the entry Zarvonik Microsystems: address" in new.reopened_because
    kept = Clearance.objects.get()
    assert kept.revoked_at is not None
    assert "address" in kept.revoked_because
    old.refresh_from_db()
    assert (old.state, old.gone_at is not None) == ("RESOLVED", True)


def test_a_changed_entry_nobody_decided_about_is_simply_open(acme: Organization) -> None:
    load(rows(10))
    screened(acme, "Zarvonik Microsystems")
    rescreen(version_id=activated([*rows(10)[1:], row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")]).pk)
    assert Match.objects.get(gone_at__isnull=True).state == "OPEN"


def test_a_renumbered_entry_says_its_new_number(acme: Organization) -> None:
    load(rows(10))
    screened(acme, "Zarvonik Microsystems")
    before = Match.objects.get()
    version = activated([*rows(10)[1:], row("Zarvonik Microsystems", addresses="1 Canal Road, Almaty, KZ")])
    rescreen(version_id=version.pk)
    after = Match.objects.get(gone_at__isnull=True)
    assert after.entry.uid != before.entry.uid
    before.refresh_from_db()
    assert f"entry number, now {after.entry.uid}" in before.reopened_because


def test_a_version_replaced_before_it_was_done_is_done_with_the_next(acme: Organization) -> None:
    load(rows(9)[1:])
    screened(acme, "Zarvonik Microsystems", "Wistramel Propulsion")
    skipped = activated(rows(9))
    version = activated(rows(10), LATER + dt.timedelta(days=1))
    assert version.rescreen_since == 1
    rescreen(version_id=skipped.pk)
    assert not Match.objects.exists()  # retired: no longer its turn
    rescreen(version_id=version.pk)
    assert {match.entry.name for match in Match.objects.all()} == {"Zarvonik Microsystems", "Wistramel Propulsion"}


def test_what_the_sample_found_stays_found_in_the_real_list(acme: Organization) -> None:
    load(rows(2), sample=True)
    screened(acme, "Zarvonik Microsystems")
    rescreen(version_id=activated(rows(10)).pk)
    standing = Match.objects.get(gone_at__isnull=True)
    assert standing.entry.introduced_in.number == 2


def test_a_party_stored_from_an_older_snapshot_is_caught_up(acme: Organization) -> None:
    load(rows(10)[1:])
    screened(acme, "Perfectly Ordinary Bakery")
    before = snapshot.current()
    version = activated(rows(10))
    rescreen(version_id=version.pk)
    check(party(), organization=acme, case="application:EX-2026-00002", snapshot=before)
    assert not Match.objects.exists()
    tasks.rescreen_due()
    rescreen(version_id=version.pk)
    assert Match.objects.get().party.facts["name"] == "Zarvonik Microsystems"
    version.refresh_from_db()
    assert version.rescreened_at is not None


class KilledError(BaseException):
    """A worker that dies."""


def killed_in_batch(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker dies before it saves batch `number` (1 = the first)."""
    seen = 0
    original = module._save_batch

    def save(*args: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise KilledError
        original(*args)

    monkeypatch.setattr(module, "_save_batch", save)


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_killed_in_any_batch_the_next_worker_finishes_once(
    acme: Organization, monkeypatch: pytest.MonkeyPatch, settings: Any, batch: int
) -> None:
    load(rows(5)[1:])
    screened(acme, *["Zarvonik Microsystems"] * 10)
    monkeypatch.setattr(module, "BATCH", 2)
    version = activated(rows(5))
    with monkeypatch.context() as dying:
        killed_in_batch(batch, dying)
        with pytest.raises(KilledError):
            rescreen(version_id=version.pk)
    before = Match.objects.count()
    assert before < 10
    dead = version.parts.get(leased_at__isnull=False)
    rescreen(version_id=version.pk)  # the dead worker's part was leased a moment ago: not free yet
    dead.refresh_from_db()
    assert dead.done_at is None
    long_ago = timezone.now() - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS + 1)
    version.parts.filter(pk=dead.pk).update(leased_at=long_ago)
    rescreen(version_id=version.pk)
    assert Match.objects.count() == 10
    version.refresh_from_db()
    assert version.rescreened_at is not None
    assert AuditEvent.objects.filter(action="list.rescreened").count() == 1


def test_a_worker_that_was_taken_over_saves_nothing(acme: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    load(rows(10)[1:])
    screened(acme, "Zarvonik Microsystems")
    version = activated(rows(10))
    original = module.screen_parties

    def slow(*args: Any) -> Any:
        version.parts.update(lease_token="another worker's")
        return original(*args)

    monkeypatch.setattr(module, "screen_parties", slow)
    rescreen(version_id=version.pk)
    assert not Match.objects.exists()


def test_activation_tells_a_worker_and_beat_finds_what_was_not_told(
    acme: Organization, nudged: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    load(rows(10)[1:])
    screened(acme, "Zarvonik Microsystems")
    with django_capture_on_commit_callbacks(execute=True):
        version = activated(rows(10))
    assert ("screening.tasks.rescreen_version", (version.pk,)) in nudged
    nudged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.rescreen_due()
    assert nudged == [("screening.tasks.rescreen_version", (version.pk,))]
    rescreen(version_id=version.pk)
    nudged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.rescreen_due()
    assert nudged == []


def test_a_party_stored_while_a_batch_is_under_way_is_not_passed_over(
    acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(rows(10)[1:])
    screened(acme, "Perfectly Ordinary Bakery")
    before = snapshot.current()
    version = activated(rows(10))
    original, stored = module.screen_parties, []

    def slow(*args: Any) -> Any:
        if not stored:
            stored.append(check(party(), organization=acme, case="application:EX-2026-00009", snapshot=before))
        return original(*args)

    monkeypatch.setattr(module, "screen_parties", slow)
    rescreen(version_id=version.pk)
    assert Match.objects.get(gone_at__isnull=True).party.subject == "application:EX-2026-00009:P1"
    version.refresh_from_db()
    assert version.rescreened_at is not None


def test_each_organization_gets_its_own_event(acme: Organization) -> None:
    other = Organization.objects.create(name="Another")
    load(rows(10)[1:])
    screened(acme, "Zarvonik Microsystems")
    screened(other, "Perfectly Ordinary Bakery")
    rescreen(version_id=activated(rows(10)).pk)
    event = AuditEvent.objects.get(action="party.rescreened")
    assert event.chain == f"org:{acme.pk}"
    assert event.body["found"] == ["application:EX-2026-00001:P1 ~ Zarvonik Microsystems"]


def test_with_nobody_to_rescreen_a_version_is_done_at_once() -> None:
    assert load(rows(10), day=DAY)[0].rescreened_at is not None


def test_more_parties_in_a_batch_ask_the_database_no_more_often(acme: Organization) -> None:
    load([*rows(10), row("Umbrasol Sensors")])
    screened(acme, *["Zarvonik Microsystems", "Umbrasol Sensors"] * 10)
    moved = "2 Canal Road, Shenzhen, CN"
    version = activated([*rows(10)[1:], row("Zarvonik Microsystems", addresses=moved), row("Umbrasol Sensors", addresses=moved)])
    parties = list(ScreenedParty.objects.order_by("pk"))
    changes = module.delta_of(version)
    screenings = module.screen_parties(parties, changes.snapshot.index)
    counted = []
    for share in (2, 18):  # each share holds both names
        taken, parties = parties[:share], parties[share:]
        answers, screenings = screenings[:share], screenings[share:]
        with CaptureQueriesContext(connection) as asked:
            module._save_batch(version, taken, answers, changes)
        counted.append(len(asked))
    assert counted[0] >= counted[1]
    assert Match.objects.filter(gone_at__isnull=True).count() == Match.objects.filter(gone_at__isnull=False).count() == 20


def test_a_party_of_many_applications_is_compared_once_and_found_in_each(
    acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(rows(10)[1:])
    screened(acme, *["Zarvonik Microsystems", "Perfectly Ordinary Bakery"] * 8)
    monkeypatch.setattr(module, "BATCH", 2)
    version = activated(rows(10))
    asked: list[str] = []
    original = list_delta.engine.screen_many

    def counted(index: Any, parties: Any, policy: Any) -> Any:
        asked.extend(party.name for party in parties)
        return original(index, parties, policy)

    monkeypatch.setattr(list_delta.engine, "screen_many", counted)
    rescreen(version_id=version.pk)
    assert Match.objects.count() == 8
    assert (asked.count("Zarvonik Microsystems"), asked.count("Perfectly Ordinary Bakery")) == (8, 2), "two in the first batch"
