"""Differences: field by field, moves recognized, print noise ignored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.lists.diff import FieldChange, changed_fields, content_hash, diff
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

BASE = ListedParty(
    list="EL",
    uid="a1",
    name="Acme Institute",
    schema=Schema.ORGANIZATION,
    aliases=(Alias("Acme"), Alias("AI", kind="abbreviation")),
    addresses=("1 Road, Beijing, China", "2 Road, Shanghai, China"),
    countries=("CN",),
    identifiers=(Identifier("Tax ID No.", "1"),),
    programs=("P1", "P2"),
    license_requirement="For all items subject to the EAR. (See § 744.11 of the EAR)",
    requirement_code="ALL_SUBJECT_TO_EAR",
    license_policy="Presumption of denial.",
    policy_code="PRESUMPTION_OF_DENIAL",
    federal_register="89 FR 41888",
    raw={"addresses": "1 Road, Beijing, China; and 2 Road, Shanghai, China."},
)


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (replace(BASE, license_policy="PRESUMPTION  of denial"), "case, spaces and the stop of a policy text"),
        (replace(BASE, license_requirement="For all items subject to the EAR.  (See § 744.11 of the EAR)"), "two spaces"),
        (replace(BASE, addresses=BASE.addresses[::-1]), "order of addresses"),
        (replace(BASE, aliases=BASE.aliases[::-1], programs=("P2", "P1")), "order of aliases and programs"),
        (replace(BASE, source_url="https://elsewhere.example"), "the page of the publisher moved"),
        (replace(BASE, uid="a1-2"), "the uid is no content"),
    ],
)
def test_print_noise_is_no_change(after: ListedParty, why: str) -> None:
    assert changed_fields(BASE, after) == (), why
    assert content_hash(BASE) == content_hash(after), why


@pytest.mark.parametrize(
    ("after", "field"),
    [
        (replace(BASE, name="Acme Academy"), "name"),
        (replace(BASE, aliases=(*BASE.aliases, Alias("New"))), "alias"),
        (replace(BASE, aliases=(Alias("Acme", Quality.WEAK), BASE.aliases[1])), "alias"),
        (replace(BASE, addresses=BASE.addresses[:1]), "address"),
        (replace(BASE, countries=("CN", "HK")), "country"),
        (replace(BASE, identifiers=()), "identifier"),
        (replace(BASE, programs=("P1",)), "program"),
        (replace(BASE, license_requirement="For some items", requirement_code="OTHER"), "requirement"),
        (replace(BASE, license_policy="Policy of denial.", policy_code="POLICY_OF_DENIAL"), "policy"),
        (replace(BASE, federal_register="89 FR 41888; 90 FR 1"), "citation"),
        (replace(BASE, footnotes=("4",)), "footnote"),
        (replace(BASE, remarks="moved"), "remarks"),
        (replace(BASE, raw={}), "text"),
    ],
)
def test_every_field_is_seen(after: ListedParty, field: str) -> None:
    assert changed_fields(BASE, after) == (field,)
    assert content_hash(BASE) != content_hash(after)


def test_a_kind_is_shown_but_is_our_reading_and_no_content() -> None:
    after = replace(BASE, schema=Schema.UNKNOWN)
    assert changed_fields(BASE, after) == ("kind",)
    assert content_hash(BASE) == content_hash(after)


def test_details_name_what_went_and_what_came() -> None:
    after = replace(BASE, addresses=("1 Road, Beijing, China", "3 Road, Wuhan, China"))
    (change,) = diff({"a1": BASE}, [after]).changed
    assert change.details() == (FieldChange("address", ("2 Road, Shanghai, China",), ("3 Road, Wuhan, China",)),)


def test_added_removed_changed() -> None:
    other = replace(BASE, uid="b2", name="Other", federal_register="80 FR 1")
    new = replace(BASE, uid="c3", name="New", federal_register="90 FR 1")
    found = diff({"a1": BASE, "b2": other}, [replace(BASE, remarks="x"), new])
    assert ([entry.uid for entry in found.added], [entry.uid for entry in found.removed]) == (["c3"], ["b2"])
    assert [(change.uid, change.fields) for change in found.changed] == [("a1", ("remarks",))]
    assert not found.empty
    assert diff({"a1": BASE}, [BASE]).empty


def test_the_same_name_and_volume_under_a_new_uid_is_a_move() -> None:
    moved = replace(BASE, uid="z9", name="ACME INSTITUTE", countries=("TR",))
    found = diff({"a1": BASE}, [moved])
    assert (found.added, found.removed, found.changed) == ((), (), ())
    assert [(move.before.uid, move.uid, move.fields) for move in found.moved] == [("a1", "z9", ("country",))]


def test_no_move_between_volumes_numbers_or_several_candidates() -> None:
    elsewhere = replace(BASE, uid="z9", federal_register="90 FR 1")
    assert diff({"a1": BASE}, [elsewhere]).moved == (), "another volume is another rule"
    two = [replace(BASE, uid="z8"), replace(BASE, uid="z9")]
    assert diff({"a1": BASE}, two).moved == (), "two candidates are no pair"
    first, second = (replace(BASE, list="SDN", uid=number, federal_register="") for number in ("100", "200"))
    assert diff({"100": first}, [second]).moved == (), "another OFAC number is another designation"


def test_order_of_rows_does_not_matter() -> None:
    rows = [replace(BASE, uid=f"u{number}", name=f"Name {number}") for number in range(5)]
    assert diff({row.uid: row for row in rows}, rows[::-1]).empty


def test_of_many_entries_just_those_that_changed_are_told() -> None:
    before = {f"u{number}": replace(BASE, uid=f"u{number}", name=f"Name {number}") for number in range(5_000)}
    after = [replace(entry, remarks="new") if number % 5 == 0 else entry for number, entry in enumerate(before.values())]
    assert len(diff(before, after).changed) == 1_000
