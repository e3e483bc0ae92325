"""Edits of a draft: nobody overwrites anybody, and what is stored can be checked (intake.md 3, simultaneous edits)."""

from __future__ import annotations

from typing import Any

import pytest

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.services.application.revisions import content
from licenses.services.drafting.applications import copy_application, create_application, import_application, withdraw
from licenses.services.drafting.edits import remove_item, remove_party, save_item, save_page, save_party
from licenses.services.evaluation.completeness import completeness_of
from licenses.services.evaluation.read_application import read_line
from screening.models import ScreenedParty
from tests.licenses.factories import checked, clean_line, draft, load_lists

State = LicenseApplication.State


def test_references_count_up_within_the_year(alice: User) -> None:
    first, second = create_application(actor=alice), create_application(actor=alice)
    assert int(second.reference[-5:]) == int(first.reference[-5:]) + 1
    assert first.reference.startswith("EX-2")


@pytest.mark.parametrize("name", ["rita", "ada", "otto", "root"])
def test_people_of_the_desk_draft_nothing(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as refused:
        create_application(actor=request.getfixturevalue(name))
    assert refused.value.code == "not_allowed"
    assert not LicenseApplication.objects.exists()


def test_a_page_is_saved_and_told_with_old_and_new(alice: User) -> None:
    application = create_application(actor=alice)
    save_page(
        actor=alice,
        application_id=application.pk,
        lock=1,
        page="end_use",
        data={"end_use": "test of chips", "answers": {"military": False}, "form": {"contact_name": "Alice"}},
    )
    application.refresh_from_db()
    assert (application.end_use, application.answers, application.lock) == ("test of chips", {"military": False}, 2)
    event = AuditEvent.objects.get(action="application.changed")
    assert event.body["changes"]["end_use"] == ["", "test of chips"]


def test_an_answer_set_to_nothing_is_unknown_again(alice: User) -> None:
    application = create_application(actor=alice)
    for lock, value in ((1, True), (2, None)):
        save_page(actor=alice, application_id=application.pk, lock=lock, page="end_use", data={"answers": {"military": value}})
    application.refresh_from_db()
    assert application.answers == {}


def test_the_slower_of_two_is_told_who_changed_what(alice: User, bob: User) -> None:
    application = create_application(actor=alice)
    save_page(actor=bob, application_id=application.pk, lock=1, page="about", data={"destination": "DE"})
    said = r"bob@example.com changed the page “About” \(destination: blank → DE\) at \d\d:\d\d UTC"
    with pytest.raises(Refused, match=said) as refused:
        save_page(actor=alice, application_id=application.pk, lock=1, page="about", data={"destination": "FR"})
    assert refused.value.code == "stale"
    assert "What you typed still stands" in refused.value.detail
    assert LicenseApplication.objects.get().destination == "DE"


def test_every_edit_since_is_told_in_its_order(alice: User, bob: User) -> None:
    application = create_application(actor=alice)
    pk = application.pk
    save_page(actor=alice, application_id=pk, lock=1, page="about", data={"title": "seen by everybody"})
    save_page(actor=bob, application_id=pk, lock=2, page="end_use", data={"answers": {"military": True}, "form": {"fax": "1"}})
    row = save_party(actor=bob, application_id=pk, lock=3, key=None, data={"role": "end_user", "name": "Beispiel GmbH"})
    remove_party(actor=bob, application_id=pk, lock=4, key=row.key)
    with pytest.raises(Refused) as refused:
        save_page(actor=alice, application_id=pk, lock=2, page="about", data={"title": "mine"})
    said = refused.value.detail
    order = ["(military: blank → yes; fax: blank → 1)", "added the party Beispiel GmbH", "removed the party Beispiel GmbH"]
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert "seen by everybody" not in said


@pytest.mark.parametrize("lock", [-1, 99])
def test_a_lock_nobody_had_is_told_without_guessing(lock: int, alice: User) -> None:
    application = create_application(actor=alice)
    with pytest.raises(Refused, match="was changed meanwhile"):
        save_page(actor=alice, application_id=application.pk, lock=lock, page="about", data={"title": "x"})


def test_a_draft_under_check_cannot_be_changed(alice: User) -> None:
    application = draft(alice)
    LicenseApplication.objects.update(state=State.CHECKING)
    with pytest.raises(Refused, match="being checked") as refused:
        save_page(actor=alice, application_id=application.pk, lock=1, page="about", data={"title": "x"})
    assert refused.value.code == "state"


def test_strangers_change_nothing(alice: User, mallory: User, rita: User) -> None:
    application = draft(alice)
    for stranger in (mallory, rita):
        with pytest.raises(Refused) as refused:
            save_page(actor=stranger, application_id=application.pk, lock=1, page="about", data={"title": "x"})
        assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("save", "data", "told"),
    [
        ("page", {"titel": "x"}, "titel"),
        ("page", {"type": "smuggling"}, "smuggling"),
        ("page", {"destination": "Germany"}, "Germany"),
        ("page", {"answers": {"ofac_authorization": True}}, "two reviewers"),
        ("page", {"answers": {"military": "no"}}, "true, false or null"),
        ("page", {"end_use": "x" * 2_001}, "2,000"),
        ("page", {"form": {"contact_name": "\x00"}}, "contact_name"),
        ("party", {"role": "purchaser", "name": "x" * 10_000_000}, "1,000"),
        ("party", {"role": "buyer", "name": "Ajax"}, "buyer"),
        ("party", {"name": "Ajax"}, "role"),
        ("party", {"role": "purchaser", "name": "Ajax", "country": "XX"}, "XX"),
        ("party", {"role": "purchaser", "name": "Ajax", "adress": "x"}, "adress"),
        ("party", {"role": "purchaser", "name": "Ajax", "owners": [{"name": "Beta", "share_percent": 101}]}, "101"),
        ("item", {"eccn": "3A001."}, None),
        ("item", {"eccn": "Q1"}, "Q1"),
        ("item", {"eccn": "EAR99", "hs6": "85"}, "six digits"),
        ("item", {"eccn": "EAR99", "value_usd": -1}, "value_usd"),
        ("item", {"eccn": "EAR99", "value_usd": float("inf")}, "value_usd"),
        ("item", {"eccn": "EAR99", "origin": "U.S."}, "origin"),
        ("item", {"eccn": "EAR99", "colour": "red"}, "colour"),
    ],
)
def test_what_the_check_could_not_read_is_not_stored(save: str, data: dict[str, Any], told: str | None, alice: User) -> None:
    """Wrong keys, types, codes and sizes are told with the key; a trailing dot of an ECCN is mended."""
    application = create_application(actor=alice)
    act = {"page": save_page, "party": save_party, "item": save_item}[save]
    place: dict[str, Any] = {"page": "about"} if save == "page" else {"key": None}
    call = {"actor": alice, "application_id": application.pk, "lock": 1, **place, "data": data}
    if told is None:
        act(**call)
        return
    with pytest.raises(Refused, match=told) as refused:
        act(**call)
    assert refused.value.code == "invalid"
    application.refresh_from_db()
    assert application.lock == 1
    assert not application.parties.exists()
    assert not application.items.exists()


def test_a_removed_party_never_lends_its_key_to_another(alice: User, own_folders: None) -> None:
    load_lists()
    application = checked(alice)
    LicenseApplication.objects.update(state=State.RETURNED)
    remove_party(actor=alice, application_id=application.pk, lock=1, key="P3")
    party = save_party(
        actor=alice, application_id=application.pk, lock=2, key=None, data={"role": "end_user", "name": "Ajax", "country": "DE"}
    )
    assert party.key == "P4"
    remove_item(actor=alice, application_id=application.pk, lock=3, key="I1")
    assert save_item(actor=alice, application_id=application.pk, lock=4, key=None, data={"eccn": "EAR99"}).key == "I2"


def test_what_is_stored_is_read_back_as_the_object_of_the_contract(alice: User) -> None:
    body = clean_line(answers={"military": False, "transit_countries": ["AT"]}, form={"contact_name": "Alice"})
    application = draft(alice, body)
    stored = content(application)
    assert read_line(stored).facts.answers["transit_countries"] == ("AT",)
    assert [party["id"] for party in stored["parties"]] == ["P1", "P2", "P3"]
    assert stored["items"][0]["value_usd"] == 14500


def test_a_copy_takes_parties_and_items_but_not_the_verdict(alice: User, bob: User, own_folders: None) -> None:
    load_lists()
    source = checked(alice, clean_line(answers={"attachments": ["contract"]}))
    copy = copy_application(actor=bob, application_id=source.pk)
    assert (copy.state, copy.outcome, copy.created_by) == (State.DRAFT, "", bob)
    assert copy.parties.count() == 3
    assert copy.items.count() == 1
    assert "attachments" not in copy.answers
    assert copy.reports.count() == 0
    assert source.parties.count() == 3


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({**clean_line(), "partys": []}, "partys"),
        ({**clean_line(), "parties": {}}, "list of objects"),
        ({**clean_line(), "parties": [{"id": "A", "role": "purchaser", "name": "x"}] * 2}, "twice"),
        ({**clean_line(), "items": [{"eccn": "EAR99"}] * 401}, "400 at most"),
        ([], "object"),
    ],
)
def test_an_import_that_cannot_be_read_makes_nothing(body: Any, told: str, alice: User) -> None:
    with pytest.raises(Refused, match=told):
        import_application(actor=alice, line=body)
    assert not LicenseApplication.objects.exists()


def test_made_ids_never_repeat_given_ones(alice: User) -> None:
    body = clean_line()
    body["parties"][0]["id"] = "P2"
    application = draft(alice, body)
    keys = [party.key for party in application.parties.all()]
    assert keys[0] == "P2"
    assert len(set(keys)) == 3


def test_a_withdrawn_application_is_kept_and_no_longer_watched(alice: User, own_folders: None) -> None:
    load_lists()
    application = checked(alice)
    assert ScreenedParty.objects.filter(live=True).count() == 3
    with pytest.raises(Refused, match="few words"):
        withdraw(actor=alice, application_id=application.pk, reason=" ")
    withdraw(actor=alice, application_id=application.pk, reason="The buyer canceled the order.")
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    assert not ScreenedParty.objects.filter(live=True).exists()
    assert application.parties.count() == 3


def test_a_draft_that_lacks_things_says_so_by_section(alice: User) -> None:
    application = create_application(actor=alice)
    assert completeness_of(application)
    assert "ultimate_consignee" in completeness_of(draft(alice, {**clean_line(), "parties": clean_line()["parties"][:2]}))
