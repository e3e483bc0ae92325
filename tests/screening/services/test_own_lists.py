"""A list of one organization's own: nobody else is screened against it, and nobody else learns that it exists."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from exportcheck.accounts.models import Organization, User
from exportcheck.errors import Refused
from screening import queries
from screening.lists.types import RawFile
from screening.models import ControlList, ListVersion, Match, ScreenedParty
from screening.services.activation.activate import activate_versions
from screening.services.activation.impact_preview import compute_preview
from screening.services.parties import snapshot
from screening.services.screening.engine_change import rescreen_for_engine
from screening.services.screening.rescreen import rescreen
from screening.services.screening.screen import answer, screen_party, screened_sequence
from screening.services.versions.stage import stage_list_version
from tests.screening.factories import DAY, LATER, REASON, check, load, party, rows

pytestmark = pytest.mark.django_db
OWN = "ACME-DENIED"
NAME = "Umbrasol Sensors"


@pytest.fixture
def acme(alice: User) -> Organization:
    load(rows(3))
    organization = alice.organization
    assert organization is not None
    return organization


@pytest.fixture
def other(mallory: User) -> Organization:
    organization = mallory.organization
    assert organization is not None
    return organization


def own_file(*names: str) -> RawFile:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "name", "program", "remarks"))
    writer.writerows((f"A-{number}", name, "owed us money", "told by the treasurer") for number, name in enumerate(names, 1))
    return RawFile("own.csv", text.getvalue().encode())


def bring(
    organization: Organization | None, *names: str, code: str = OWN, day: dt.date = DAY, activate: bool = True
) -> ListVersion:
    report = stage_list_version(
        actor=None, code=code, files=(own_file(*names),), published_on=day, history=False, organization=organization
    )
    (one,) = report.lists
    assert one.version_id is not None, one
    if activate:
        activate_versions(actor=None, version_ids=[one.version_id], reason=REASON)
    return ListVersion.objects.get(pk=one.version_id)


def found(organization: Organization | None) -> list[str]:
    lists = snapshot.current(organization and organization.pk)
    return [hit.entry.list for hit in screen_party(party(NAME), lists).hits]


def test_only_its_organization_is_screened_against_it(acme: Organization, other: Organization) -> None:
    bring(acme, NAME, "Perfectly Ordinary Bakery")
    assert (found(acme), found(other), found(None)) == ([OWN], [], [])
    assert snapshot.current(acme.pk).numbers == {OWN: 1, "EL": 1}
    assert snapshot.current(other.pk).numbers == snapshot.current().numbers == {"EL": 1}
    assert snapshot.at(LATER, other.pk).numbers == {"EL": 1}
    assert snapshot.at(LATER, acme.pk).numbers == {OWN: 1, "EL": 1}
    batch = [screened_sequence([party(NAME)], snapshot.current(one.pk))[0].hits for one in (acme, other)]
    assert [len(hits) for hits in batch] == [1, 0]
    asked = screen_party(party(NAME), snapshot.current(other.pk), lists=frozenset((OWN, "EL")))
    assert not asked.hits, "asking for it by its code does not help"
    near = answer(party("Umbrasol"), snapshot.current(other.pk), explain=True)["nearest"]
    assert near is None or near["list"] != OWN, "nor does asking what is near"


def test_a_report_of_its_organization_is_replayed_with_it(acme: Organization) -> None:
    bring(acme, NAME)
    replayed = snapshot.of(snapshot.current(acme.pk).numbers)
    assert [hit.entry.list for hit in screen_party(party(NAME), replayed).hits] == [OWN]


def test_preview_and_rescreening_look_at_its_organizations_parties_alone(acme: Organization, other: Organization) -> None:
    for organization in (acme, other):
        check(party(NAME), organization=organization, snapshot=snapshot.current(organization.pk))
    version = bring(acme, NAME, activate=False)
    assert version.preview_total == 1
    compute_preview(version_id=version.pk)
    assert [row.party.organization for row in version.impacts.all()] == [acme]
    activate_versions(actor=None, version_ids=[version.pk], reason=REASON)
    version.refresh_from_db()
    assert queries.progress_of(version)["total"] == 1
    rescreen(version_id=version.pk)
    assert Match.objects.get().party.organization == acme


def test_a_new_engine_looks_at_it_for_its_organization_alone(acme: Organization, other: Organization) -> None:
    for organization in (acme, other):
        check(party(NAME), organization=organization, snapshot=snapshot.current(organization.pk))
    rescreen(version_id=bring(acme, NAME).pk)
    Match.objects.all().delete()
    ScreenedParty.objects.update(engine_major=0)
    assert rescreen_for_engine() == 2
    assert Match.objects.get().party.organization == acme


def test_a_check_from_before_it_came_is_caught_up_for_its_organization_alone(acme: Organization, other: Organization) -> None:
    before = snapshot.current(acme.pk)
    version = bring(acme, NAME)
    for organization in (acme, other):
        check(party(NAME), organization=organization, snapshot=before)
    version.refresh_from_db()
    assert version.rescreened_at is None
    rescreen(version_id=version.pk)
    assert Match.objects.get().party.organization == acme


def test_whose_list_it_is_never_changes(acme: Organization, other: Organization) -> None:
    bring(acme, NAME)
    bring(None, NAME, "Perfectly Ordinary Bakery", code="OURS")
    for code, organization, why in ((OWN, other, "another code"), ("OURS", acme, "another code"), ("EL", acme, "publisher's")):
        with pytest.raises(Refused, match=why):
            stage_list_version(actor=None, code=code, files=(own_file(NAME),), organization=organization)
    assert bring(None, "Newcomer Ltd", day=LATER).control_list.organization == acme, "later files need not say it again"
    with pytest.raises(IntegrityError), transaction.atomic():
        ControlList.objects.filter(code="EL").update(organization=acme)


def test_nobody_else_sees_that_it_exists(acme: Organization, alice: User, mallory: User, rita: User, sign_in: Any) -> None:
    bring(acme, NAME)
    for person, sees in ((mallory, False), (alice, False), (rita, True)):
        page = sign_in(person).get("/lists/", {"q": NAME}).content.decode()
        assert (OWN in page) is sees, person
    assert OWN not in Client().get("/readyz").content.decode()
    asked = {"name": NAME, "country": "CN"}

    def screened(person: User, query: str = "") -> Any:
        return sign_in(person).post(f"/api/v1/screen{query}", asked, content_type="application/json")

    told = screened(alice).json()
    assert [(hit["list"], hit["listed_name"]) for hit in told["hits"]] == [(OWN, NAME)]
    assert "programs" not in told["hits"][0], "its reasons are the desk's"
    assert {row["list"] for row in told["lists"]} == {OWN, "EL"}
    others = screened(mallory).json()
    assert (others["hits"], [row["list"] for row in others["lists"]]) == ([], ["EL"])
    unknown, private = screened(mallory, "?lists=NOSUCH"), screened(mallory, f"?lists={OWN}")
    assert (unknown.status_code, private.status_code) == (422, 422)
    assert unknown.json()["detail"].replace("NOSUCH", OWN) == private.json()["detail"]


def test_the_commands_take_an_organization(acme: Organization, tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(own_file(NAME).data)
    call_command("import_list", OWN, str(path), organization=acme.name, activate=True, reason=REASON)
    assert ControlList.objects.get(code=OWN).organization == acme
    with pytest.raises(CommandError, match="there is no organization 'Nobody'"):
        call_command("import_list", "OTHER", str(path), organization="Nobody")
