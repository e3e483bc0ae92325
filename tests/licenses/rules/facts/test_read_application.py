"""The door of `precheck`: keys, ids, types; every error names the key, nothing is ignored silently."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from licenses.rules.facts.read_application import read_application
from licenses.rules.types import RuleInputError, TransactionType

PARTY = {"role": "end_user", "name": "Firma", "country": "MY"}
LINE: dict[str, Any] = {
    "id": "A1",
    "type": "export",
    "destination": "my",
    "end_use": " pumps ",
    "parties": [PARTY],
    "items": [{"eccn": "ear99"}],
}


def line(**changes: Any) -> dict[str, Any]:
    return {**LINE, **changes}


def owner(layers: int) -> dict[str, Any]:
    return {"name": "O", "owners": [owner(layers - 1)] if layers else []}


def test_a_line_becomes_facts() -> None:
    read = read_application(
        line(answers={"military": False, "parties": {"P1": {"defense_customer": True}}, "rf": {"RF_S3_3": True}})
    )
    assert (read.id, read.type, read.transaction, read.destination) == ("A1", "export", TransactionType.EXPORT, "MY")
    assert read.end_use == "pumps"
    assert (read.parties[0].id, read.items[0].id, read.items[0].eccn) == ("P1", "I1", "EAR99")
    assert read.answers["military"] is False
    assert read.parties[0].facts == {"defense_customer": True}


def test_what_is_absent_stays_unknown() -> None:
    read = read_application({})
    assert (read.type, read.destination, read.end_use, read.parties, read.items) == ("export", "", "", (), ())
    assert read.answers == {}


def test_the_end_use_may_be_an_object_of_facts() -> None:
    read = read_application(line(end_use={"text": "pumps", "military": True}, answers={"nuclear": False}))
    assert read.end_use == "pumps"
    assert read.answers == {"military": True, "nuclear": False}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ([{}, {}], ["P1", "P2"]),
        ([{"id": "P1"}, {}], ["P1", "Px2"]),
        ([{"id": "P2"}, {}], ["P2", "Px2"]),
        ([{"id": "buyer"}, {}], ["buyer", "P2"]),
        ([{"id": 7}, {}], ["7", "P2"]),
    ],
)
def test_made_ids_never_repeat_a_given_one(given: list[dict[str, Any]], made: list[str]) -> None:
    read = read_application(line(parties=[{**PARTY, **row} for row in given]))
    assert [party.id for party in read.parties] == made


def test_owners_have_ids_of_their_own_through_six_layers() -> None:
    read = read_application(line(parties=[{**PARTY, "owners": [owner(5), {"name": "X"}]}]))
    first, second = read.parties[0].owners
    assert (first.id, second.id, first.role) == ("P1.O1", "P1.O2", "owner")
    assert first.owners[0].id == "P1.O1.O1"


def test_one_owner_of_two_parties_may_stand_under_both() -> None:
    shared = {"id": "H", "name": "Holding"}
    read = read_application(line(parties=[{**PARTY, "owners": [shared]}, {**PARTY, "name": "Other", "owners": [shared]}]))
    assert [party.owners[0].id for party in read.parties] == ["H", "H"]


def test_a_party_without_name_and_address_is_read_and_stays_blank() -> None:
    read = read_application(line(parties=[{"role": "end_user"}, {"role": "purchaser", "name": "  "}]))
    assert [(party.role, party.name) for party in read.parties] == [("end_user", ""), ("purchaser", "")]


def test_a_party_known_by_its_address_keeps_it() -> None:
    read = read_application(line(parties=[{"addresses": ["9 Road, Town"]}, {"address": "8 Road"}]))
    assert [(party.name, party.addresses) for party in read.parties] == [("", ("9 Road, Town",)), ("", ("8 Road",))]


def test_a_ship_without_a_role_is_the_vessel() -> None:
    read = read_application(
        line(
            parties=[{"name": "Example Star", "kind": "vessel"}, {"name": "Y", "kind": "vessel", "role": "other"}, {"name": "Z"}]
        )
    )
    assert [party.role for party in read.parties] == ["vessel", "other", "other"]


def test_an_items_own_answers_and_form_fields_are_kept_apart() -> None:
    read = read_application(
        line(
            items=[
                {"id": "X", "eccn": "3A001", "hs6": "8542.31", "quantity": 3, "unit_price_usd": 5, "answers": {"military": False}}
            ]
        )
    )
    assert (read.items[0].hs6, read.items[0].quantity) == ("854231", Decimal(3))
    assert read.item_answers == {"X": {"military": False}}
    assert read.form == {"items": {"X": {"unit_price_usd": 5}}}


def test_the_form_is_handed_on() -> None:
    assert read_application(line(form={"contact_name": "Ann"})).form == {"contact_name": "Ann"}


def test_the_total_price_of_a_line_is_its_value() -> None:
    assert read_application(line(items=[{"eccn": "EAR99", "total_price_usd": "90.5"}])).items[0].value_usd == Decimal("90.5")


def test_an_address_that_stands_in_the_form_only_is_the_partys() -> None:
    form = {"parties": {"P1": {"city": "Wan Chai", "street": "18 Luard Rd", "floor": "16/F", "confirmed": True}}}
    assert read_application(line(form=form)).parties[0].addresses == ("16/F, 18 Luard Rd, Wan Chai",)
    own = {**PARTY, "address": "1 Own Road"}
    assert read_application(line(form=form, parties=[own])).parties[0].addresses == ("1 Own Road",)


def test_blanks_of_the_form_are_no_errors() -> None:
    form = {"currency": None, "route_changed_on": "", "total_value_usd": "12.50", "items": {"I1": {"unit_price_usd": ""}}}
    kept = {"route_changed_on": "", "total_value_usd": "12.50", "items": {"I1": {}}}
    assert read_application(line(form={**form, "dismissed_names": {"Foo Ltd": None}})).form == {
        **kept,
        "dismissed_names": {"Foo Ltd": ""},
    }


@pytest.mark.parametrize("kind", ["classification", "advisory_opinion"])
def test_these_types_have_no_transaction(kind: str) -> None:
    assert read_application(line(type=kind)).transaction is None


@pytest.mark.parametrize("kind", ["replacement", "resubmission"])
def test_these_types_name_theirs(kind: str) -> None:
    assert read_application(line(type=kind, transaction="reexport")).transaction is TransactionType.REEXPORT


@pytest.mark.parametrize(
    ("bad", "code", "named"),
    [
        ([], "wrong_type", "application: expected an object"),
        (line(adress="x"), "unknown_key", "application.adress"),
        (line(partys=[]), "unknown_key", "did you mean parties?"),
        (line(type="export_license"), "bad_value", "application.type"),
        (line(type="resubmission"), "missing", "application.transaction"),
        (line(transaction="reexport"), "conflict", "application.transaction"),
        (line(type="classification", transaction="export"), "conflict", "application.transaction"),
        (line(type="replacement", transaction="sale"), "bad_value", "application.transaction"),
        (line(destination="ZZ"), "unknown_country", "application.destination"),
        (line(destination="Germany"), "unknown_country", "application.destination"),
        (line(answers={"millitary": True}), "unknown_key", "application.answers.millitary"),
        (line(answers={"military": "yes"}), "wrong_type", "application.answers.military"),
        (line(answers={"ofac_authorization": True}), "not_an_input", "application.answers.ofac_authorization"),
        (line(answers={"rf": {"RF_S3_99": True}}), "unknown_key", "application.answers.rf.RF_S3_99"),
        (line(answers={"rf": {"RF_S3_1": 1}}), "wrong_type", "application.answers.rf.RF_S3_1"),
        (line(answers={"parties": {"P9": {"website": "none"}}}), "unknown_key", "application.answers.parties.P9"),
        (line(answers={"parties": {"P1": {"webside": "none"}}}), "unknown_key", "application.answers.parties.P1.webside"),
        (line(answers={"incorporated_on": "2024-02-30"}), "bad_value", "application.answers.incorporated_on"),
        (line(end_use={"purpose": "x"}), "unknown_key", "application.end_use.purpose"),
        (line(end_use=7), "wrong_type", "application.end_use"),
        (line(parties={}), "wrong_type", "application.parties"),
        (line(parties=[{**PARTY, "adress": "x"}]), "unknown_key", "application.parties[0].adress"),
        (line(parties=[{**PARTY, "role": "buyer"}]), "bad_value", "application.parties[0].role"),
        (line(parties=[{**PARTY, "id": "A"}, {**PARTY, "id": "A"}]), "duplicate_id", "application.parties[1].id"),
        (
            line(parties=[{**PARTY, "id": "A"}, {**PARTY, "owners": [{"id": "A", "name": "X"}]}]),
            "duplicate_id",
            "application.parties[1].id",
        ),
        (line(parties=[{**PARTY, "owners": [owner(6)]}]), "too_deep", "owners are taken through 6 layers"),
        (line(parties=[PARTY] * 501), "too_many", "501 parties"),
        (line(items=[{"eccn": "3Q001"}]), "bad_eccn", "application.items[0]"),
        (line(items=[{"eccn": "EAR99", "hs": "1"}]), "unknown_key", "application.items[0].hs"),
        (line(items=[{"eccn": "EAR99", "hs6": "85423"}]), "bad_value", "application.items[0].hs6"),
        (line(items=[{"eccn": "EAR99", "value_usd": -1}]), "bad_value", "application.items[0].value_usd"),
        (line(items=[{"id": "I", "eccn": "EAR99"}, {"id": "I", "eccn": "EAR99"}]), "duplicate_id", "'I'"),
        (line(items=[{"eccn": "EAR99"}] * 501), "too_many", "501 items"),
        (line(form="x"), "wrong_type", "application.form"),
        (line(end_use={"military": True}, answers={"military": False}), "conflict", "application.end_use.military"),
        (
            line(items=[{"eccn": "EAR99", "value_usd": 5, "total_price_usd": 9}]),
            "conflict",
            "application.items[0].total_price_usd",
        ),
        (line(form={"dismissed_names": ["Foo Ltd"]}), "wrong_type", "application.form.dismissed_names"),
        (line(form={"additional_information": 5}), "wrong_type", "application.form.additional_information"),
        (line(form={"docs_submitted": "OTHER"}), "wrong_type", "application.form.docs_submitted"),
        (line(form={"docs_on_file": [5]}), "wrong_type", "application.form.docs_on_file[0]"),
        (line(form={"total_value_usd": "much"}), "bad_value", "application.form.total_value_usd"),
        (line(form={"route_changed_on": "soon"}), "bad_value", "application.form.route_changed_on"),
        (line(form={"parties": [1]}), "wrong_type", "application.form.parties"),
        (line(form={"parties": {"P1": 5}}), "wrong_type", "application.form.parties.P1"),
        (line(form={"parties": {"P1": {"street": {"a": 1}}}}), "wrong_type", "application.form.parties.P1.street"),
        (line(form={"items": {"I1": [1]}}), "wrong_type", "application.form.items.I1"),
        (line(form={"items": {"I1": {"unit_price_usd": True}}}), "bad_value", "application.form.items.I1.unit_price_usd"),
        (line(items=[{"eccn": "EAR99", "unit_price_usd": "abc"}]), "bad_value", "application.items[0].unit_price_usd"),
        (line(items=[{"eccn": "EAR99", "manufacturer": {"a": 1}}]), "wrong_type", "application.items[0].manufacturer"),
    ],
)
def test_an_error_has_a_code_and_names_the_key(bad: Any, code: str, named: str) -> None:
    with pytest.raises(RuleInputError) as caught:
        read_application(bad)
    assert caught.value.code == code
    assert named in caught.value.detail
