"""Activation: one switch, two people, the canaries first; and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from screening import queries
from screening.matching.types import Screening
from screening.models import ControlList, ListEntry, ListVersion
from screening.services.activation import activate
from screening.services.activation.activate import activate_version, activate_versions
from screening.services.parties import snapshot
from screening.services.versions import version_entries
from screening.services.versions.roll_back import roll_back, set_aside
from tests.screening.factories import DAY, LATER, REASON, load, row, rows, stage

pytestmark = pytest.mark.django_db
State = ListVersion.State


def staged_by(person: User | None, lines: list[dict[str, str]], day: dt.date = DAY) -> ListVersion:
    report = stage(lines, actor=person, day=day)
    return ListVersion.objects.get(pk=report.lists[0].version_id)


def names_of(version: ListVersion) -> set[str]:
    return {entry.name for entry in version_entries.entries_of(version)}


def test_a_second_list_admin_activates_with_a_reason(ada: User, abe: User) -> None:
    version = staged_by(ada, rows(10))
    active = activate_version(actor=abe, version_id=version.pk, reason=REASON)
    assert (active.state, active.activated_by, active.reason) == (State.ACTIVE, abe, REASON)
    assert {one.introduced_in_id for one in ListEntry.objects.all()} == {version.pk}
    event = AuditEvent.objects.get(action="list.activated")
    assert (event.actor, event.subject, event.body["reason"]) == (abe, "list:EL", REASON)


def test_the_one_who_staged_it_does_not_activate_it(ada: User) -> None:
    version = staged_by(ada, rows(10))
    with pytest.raises(Refused) as refused:
        activate_version(actor=ada, version_id=version.pk, reason=REASON)
    assert refused.value.code == "not_allowed"


def test_others_do_not_activate(ada: User, rita: User, sam: User, alice: User, otto: User, root: User) -> None:
    version = staged_by(ada, rows(10))
    for person in (rita, sam, alice, otto, root):
        with pytest.raises(Refused) as refused:
            activate_version(actor=person, version_id=version.pk, reason=REASON)
        assert refused.value.code == "not_allowed"
    version.refresh_from_db()
    assert version.state == State.STAGED


def test_without_a_reason_nothing_is_activated(ada: User, abe: User) -> None:
    version = staged_by(ada, rows(10))
    with pytest.raises(Refused) as refused:
        activate_version(actor=abe, version_id=version.pk, reason="  ok ")
    assert refused.value.code == "invalid"


def test_unchanged_entries_are_not_copied_and_both_versions_stay_readable() -> None:
    first = load(rows(10))[0]
    second = load([*rows(9), row("Umbrasol Sensors")], day=LATER)[0]
    first.refresh_from_db()
    assert first.state == State.RETIRED
    assert ListEntry.objects.count() == 11
    assert names_of(first) == {one["name"] for one in rows(10)}
    assert names_of(second) == {*(one["name"] for one in rows(9)), "Umbrasol Sensors"}


def test_a_changed_entry_closes_its_row_and_opens_one() -> None:
    first = load(rows(10))[0]
    second = load([*rows(9), row("Wistramel Propulsion", addresses="9 Canal Road, Shenzhen, CN")], day=LATER)[0]
    closed = ListEntry.objects.get(retired_in=second)
    opened = ListEntry.objects.get(introduced_in=second)
    assert (closed.uid, closed.introduced_in) == (opened.uid, first)
    assert opened.record["addresses"] == ["9 Canal Road, Shenzhen, CN"]


def test_every_version_of_many_is_reproduced_exactly() -> None:
    contents = [rows(10), rows(9), [*rows(9), row("Umbrasol Sensors")], rows(10), rows(8)]
    versions = [load(lines, day=DAY + dt.timedelta(days=position))[0] for position, lines in enumerate(contents)]
    for version, lines in zip(versions, contents, strict=True):
        version.refresh_from_db()
        assert names_of(version) == {one["name"] for one in lines}
        hashes = dict(queries.entries_of(version).values_list("uid", "content_hash"))
        assert version_entries.digest_of(hashes) == version.content_digest


def test_a_version_compared_with_what_is_no_longer_active_is_stale(abe: User, ada: User) -> None:
    load(rows(10))
    waiting = staged_by(ada, [*rows(10), row("Umbrasol Sensors")], LATER)
    load([*rows(10), row("Tarquesol Sensors")], day=LATER)
    with pytest.raises(Refused) as refused:
        activate_version(actor=abe, version_id=waiting.pk, reason=REASON)
    assert refused.value.code == "stale"


def test_of_two_first_versions_the_older_cannot_follow_the_newer() -> None:
    older, newer = staged_by(None, rows(9)), staged_by(None, rows(10))
    activate_version(actor=None, version_id=newer.pk, reason=REASON)
    with pytest.raises(Refused) as refused:
        activate_version(actor=None, version_id=older.pk, reason=REASON)
    assert refused.value.code == "stale"


def test_a_version_is_activated_once() -> None:
    version = load(rows(10))[0]
    with pytest.raises(Refused) as refused:
        activate_version(actor=None, version_id=version.pk, reason=REASON)
    assert refused.value.code == "state"


def test_a_sample_is_replaced_whole() -> None:
    sample = load([row("Pretend Sample"), *rows(2)], sample=True)[0]
    real = load(rows(10))[0]
    assert not ListEntry.objects.filter(introduced_in=sample, retired_in__isnull=True).exists()
    assert names_of(real) == {one["name"] for one in rows(10)}
    sample.refresh_from_db()
    assert len(names_of(sample)) == 3


def test_sample_lists_that_the_real_file_lacks_stop_answering() -> None:
    load([*rows(2), *rows(2, "UVL")], sample=True)
    load(rows(10))
    assert [version.control_list.code for version in queries.active_versions()] == ["EL"]
    assert AuditEvent.objects.filter(action="list.sample_retired", body__list="UVL").exists()


def test_a_sample_of_another_list_stays_when_one_list_is_loaded_alone() -> None:
    load([*rows(2), *rows(2, "UVL")], sample=True)
    load(rows(10), code="EL")
    assert [version.control_list.code for version in queries.active_versions()] == ["EL", "UVL"]


def test_the_index_of_the_new_set_is_ready_before_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    load(rows(10))
    version = staged_by(None, [*rows(10), row("Umbrasol Sensors")], LATER)
    activate_version(actor=None, version_id=version.pk, reason=REASON)
    snapshot.close_all()
    monkeypatch.setattr(snapshot, "_build", None)  # opening it needs no building
    assert len(snapshot.current().index) == 11


CANARY = "Huawei Technologies (Vietnam) Company Limited"


def test_a_canary_that_the_new_index_does_not_match_keeps_the_old_version(monkeypatch: pytest.MonkeyPatch) -> None:
    load([*rows(9), row(CANARY), *rows(10, "SDN")])
    el = ListVersion.objects.get(pk=stage([*rows(10), row(CANARY), *rows(10, "SDN")], day=LATER).lists[0].version_id)
    sdn_lines = [*rows(10, "SDN"), row("Umbrasol Sensors", "SDN", entity_number="99999")]
    sdn = ListVersion.objects.get(pk=stage(sdn_lines, day=LATER, only=frozenset(["SDN"])).lists[0].version_id)
    monkeypatch.setattr(activate.engine, "screen", lambda *_args, **_kwargs: Screening(()))
    activated, refused = activate_versions(actor=None, version_ids=(el.pk, sdn.pk), reason=REASON)
    assert [version.pk for version in activated] == [sdn.pk]
    assert refused[el.pk].guard == "canary"
    el.refresh_from_db()
    assert (el.state, el.guard) == (State.REFUSED, "canary")
    assert queries.active_versions().get(control_list__code="EL").number == 1


def test_roll_back_brings_the_earlier_content_as_a_new_staged_version(ada: User, abe: User) -> None:
    load(rows(10))
    load([*rows(9), row("Umbrasol Sensors")], day=LATER)
    back = roll_back(actor=ada, list_code="EL", to_number=1, reason="version 2 was published by mistake")
    assert (back.state, back.number, back.published_on, back.staged_by) == (State.STAGED, 3, DAY, ada)
    with pytest.raises(Refused):
        activate_version(actor=ada, version_id=back.pk, reason=REASON)
    again = activate_version(actor=abe, version_id=back.pk, reason=REASON)
    assert names_of(again) == {one["name"] for one in rows(10)}


@pytest.mark.parametrize("number", [2, 9])
def test_roll_back_takes_an_earlier_version_that_answered(ada: User, number: int) -> None:
    load(rows(10))
    load(rows(9), day=LATER)
    with pytest.raises(Refused):
        roll_back(actor=ada, list_code="EL", to_number=number, reason=REASON)


def test_a_staged_version_can_be_set_aside(ada: User, abe: User, rita: User) -> None:
    version = staged_by(ada, rows(10))
    with pytest.raises(Refused):
        set_aside(actor=rita, version_id=version.pk, reason=REASON)
    aside = set_aside(actor=abe, version_id=version.pk, reason="the wrong file")
    assert (aside.state, aside.guard, aside.detail) == (State.REFUSED, "set_aside", "the wrong file")
    with pytest.raises(Refused):
        activate_version(actor=abe, version_id=version.pk, reason=REASON)


@pytest.mark.database
def test_the_database_keeps_one_active_version_and_two_people(ada: User) -> None:
    version = load(rows(10))[0]
    second = staged_by(ada, [*rows(10), row("Umbrasol Sensors")], LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListVersion.objects.filter(pk=second.pk).update(state=State.ACTIVE, activated_at=version.activated_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListVersion.objects.filter(pk=second.pk).update(activated_by=ada)


@pytest.mark.database
def test_the_database_keeps_one_current_row_an_entry() -> None:
    version = load(rows(10))[0]
    entry = ListEntry.objects.first()
    assert entry is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.create(
            control_list=ControlList.objects.get(), uid=entry.uid, content_hash="x", name="x", record={}, introduced_in=version
        )
