"""Case and part out of the subjects of an installation that has run for a while, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
BEFORE, AFTER = "0003_lists_of_one_organization", "0006_case_and_part_replace_subject"
SUBJECTS = [
    ("application:EX-2026-00017:P2", "application:EX-2026-00017", "P2"),
    ("application:EX-2026-00017:P2.O1", "application:EX-2026-00017", "P2.O1"),
    ("application:EX-2026-00017:O:1", "application:EX-2026-00017", "O:1"),
    ("application:EX-2026-00017::", "application:EX-2026-00017", ":"),
    ("application:EX-2026-000170:P2", "application:EX-2026-000170", "P2"),
    ("name:7", "name", "7"),
    ("alone", "alone", ""),
    ("заявка:ЭК-7:П1", "заявка:ЭК-7", "П1"),
]


def at(name: str) -> Any:
    """The models after migrating screening to a step; those of accounts are as their tables stay, the newest."""
    MigrationExecutor(connection).migrate([("screening", name)])
    loader = MigrationExecutor(connection).loader
    return loader.project_state([("screening", name), *loader.graph.leaf_nodes("accounts")]).apps


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The models before the columns; the newest tables again at the end."""
    monkeypatch.setattr(import_module("screening.migrations.0005_fill_case_and_part"), "ROWS", 3)
    yield at(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def fill(apps: Any) -> None:
    """A party a subject, one of them in two spellings, and a decision remembered about each."""
    organization = apps.get_model("accounts", "Organization").objects.create(name="Acme")
    person = apps.get_model("accounts", "User").objects.create(email="rita@example.org")
    models = {name: apps.get_model("screening", name) for name in ("ControlList", "ListVersion", "ListEntry", "ScreeningRun")}
    control_list = models["ControlList"].objects.create(code="EL", name="Entity List")
    version = models["ListVersion"].objects.create(control_list=control_list, number=1, state="STAGED")
    entry = models["ListEntry"].objects.create(
        control_list=control_list, uid="1", content_hash="c", name="N", record={}, introduced_in=version
    )
    run = models["ScreeningRun"].objects.create(kind="check", organization=organization, engine="1.0.0")
    parties = apps.get_model("screening", "ScreenedParty").objects
    for subject, *_ in SUBJECTS:
        party = parties.create(organization=organization, subject=subject, facts={}, fingerprint="f")
        match = apps.get_model("screening", "Match").objects.create(
            run=run, party=party, control_list=control_list, entry=entry, band="strong", score=99, channel="name", hit={}
        )
        resolution = apps.get_model("screening", "Resolution").objects.create(
            match=match, disposition="false_positive", reason="x", proposed_by=person, two_people=False
        )
        apps.get_model("screening", "Clearance").objects.create(
            resolution=resolution, organization=organization, scope="application", subject=subject, control_list=control_list,
            party_fingerprint="f", entry_uid="1", entry_content_hash="c", engine_major=1, score=99, band="strong",
            disposition="false_positive", expires_at=timezone.now() + dt.timedelta(days=90),
        )  # fmt: skip
    parties.create(organization=organization, subject=SUBJECTS[0][0], facts={}, fingerprint="g")


def test_forward_every_party_and_decision_has_its_case_and_back_its_subject(old: Any) -> None:
    fill(old)
    new = at(AFTER)
    parties, clearances = (new.get_model("screening", name).objects for name in ("ScreenedParty", "Clearance"))
    wanted = [(case, part) for _, case, part in SUBJECTS]
    assert list(parties.order_by("pk").values_list("case", "part")) == [*wanted, wanted[0]]
    assert list(clearances.order_by("pk").values_list("case", flat=True)) == [case for case, _ in wanted]
    taken = parties.order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        parties.create(organization=taken.organization, case=taken.case, part=taken.part, facts={}, fingerprint="f")
    parties.create(organization=taken.organization, case="application:EX-2026-00018", part="P1", facts={}, fingerprint="f")

    back = at(BEFORE)
    parties, clearances = (back.get_model("screening", name).objects for name in ("ScreenedParty", "Clearance"))
    subjects = [subject for subject, *_ in SUBJECTS]
    kept = list(parties.order_by("pk").values_list("subject", flat=True))
    assert kept == [*subjects, subjects[0], "application:EX-2026-00018:P1"]
    assert list(clearances.order_by("pk").values_list("subject", flat=True)) == subjects
    with pytest.raises(IntegrityError), transaction.atomic():
        parties.create(organization_id=taken.organization_id, subject=subjects[0], facts={}, fingerprint="f")


def test_an_installation_without_parties_goes_forward_and_back(old: Any) -> None:
    assert at(AFTER).get_model("screening", "ScreenedParty").objects.count() == 0
    assert at(BEFORE).get_model("screening", "ScreenedParty").objects.count() == 0
