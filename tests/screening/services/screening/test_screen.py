"""Answers of the contract, and the rows that remember a party and what it hit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import Organization
from screening.models import Clearance, ListEntry, ListVersion, Match, ScreenedParty
from screening.services.parties import snapshot
from screening.services.parties.parties import retire_case
from screening.services.screening.screen import answer
from tests.screening.factories import LATER, check, load, party, row, rows

pytestmark = pytest.mark.django_db
ONE = "application:EX-2026-00001"


@pytest.fixture
def acme() -> Organization:
    return Organization.objects.create(name="Acme Semiconductors")


def test_a_match_names_entry_text_score_and_lists() -> None:
    load(rows(10))
    found = answer(party(id="P7"), snapshot.current())
    assert (found["id"], found["verdict"]) == ("P7", "match")
    hit = found["hits"][0]
    assert {
        "list",
        "entry",
        "listed_name",
        "matched_name",
        "channel",
        "score",
        "band",
        "explanation",
        "license_requirement",
        "license_policy",
        "federal_register",
        "programs",
        "footnotes",
        "effective_on",
        "expires_on",
        "alias_quality",
    } == set(hit)
    assert (hit["list"], hit["listed_name"], hit["band"], hit["effective_on"]) == (
        "EL",
        "Zarvonik Microsystems",
        "strong",
        "2026-01-05",
    )
    assert hit["explanation"]
    assert found["lists"] == [{"list": "EL", "version": 1, "published_on": "2026-03-02", "entries": 10}]


def test_no_match_is_said_of_the_lists_named_beside_it() -> None:
    load(rows(10))
    found = answer(party("Perfectly Ordinary Bakery"), snapshot.current())
    assert (found["verdict"], found["hits"]) == ("no_match", [])
    assert "lists_missing" not in found


def test_a_party_without_name_and_address_is_not_screened() -> None:
    load(rows(10))
    assert answer(party(""), snapshot.current())["verdict"] == "not_screened"


def test_min_score_and_top_shorten_hits_and_leave_the_verdict() -> None:
    load([*rows(10), row("Zarvonik Microsystems", "SDN", entity_number="77")])
    whole = answer(party(), snapshot.current())
    assert len(whole["hits"]) == 2
    for options, left in (({"top": 1}, 1), ({"top": 0}, 2), ({"min_score": 100.0}, 2)):
        short = answer(party(), snapshot.current(), **options)
        assert (short["verdict"], short["hits_left_out"]) == ("match", left)


def test_lists_narrow_what_is_searched_and_named() -> None:
    load([*rows(10), *rows(10, "SDN")])
    found = answer(party(), snapshot.current(), lists=frozenset(["SDN"]))
    assert {hit["list"] for hit in found["hits"]} == {one["list"] for one in found["lists"]} == {"SDN"}


def test_a_list_asked_for_that_does_not_answer_is_missing() -> None:
    load(rows(10))
    found = answer(party("Perfectly Ordinary Bakery"), snapshot.current(), lists=frozenset(["EL", "UN"]))
    assert (found["verdict"], [one["list"] for one in found["lists_missing"]]) == ("not_screened", ["UN"])


def test_owners_are_answered_too() -> None:
    load(rows(10))
    owned = party(
        "Harmless Holding", id="P1", owners=[{"name": "Zarvonik Microsystems", "share_percent": 60}, {"name": "Bakery"}]
    )
    assert "owners" not in answer(owned, snapshot.current())
    found = answer(owned, snapshot.current(), owners=True)
    assert found["verdict"] == "no_match"
    assert [(one["id"], one["owner_of"], one["role"], one["verdict"]) for one in found["owners"]] == [
        ("P1.O1", "P1", "owner", "match"),
        ("P1.O2", "P1", "owner", "no_match"),
    ]


def test_a_sample_is_said_to_be_one() -> None:
    load(rows(2), sample=True)
    assert answer(party(), snapshot.current())["lists"][0]["sample"] is True


def test_a_hit_becomes_an_open_match_of_the_row_that_answered(acme: Organization) -> None:
    load(rows(10))
    row_, matches = check(party(), organization=acme)
    assert (row_.live, row_.facts["name"], row_.facts["role"]) == (True, "Zarvonik Microsystems", "end_user")
    match = matches[0]
    assert (match.state, match.entry.name, match.band) == ("OPEN", "Zarvonik Microsystems", "strong")
    assert match.run.versions == {"EL": 1}
    assert match.hit["explanation"]


def test_the_same_pair_found_again_keeps_its_match(acme: Organization) -> None:
    load(rows(10))
    first = check(party(), organization=acme)[1][0]
    again = check(party(), organization=acme)[1][0]
    assert first.pk == again.pk
    assert Match.objects.count() == 1


def test_a_changed_party_is_another_party_and_the_old_one_is_no_longer_live(acme: Organization) -> None:
    load(rows(10))
    old, _ = check(party(), organization=acme)
    new, _ = check(party("Quelbrant Photonics"), organization=acme)
    old.refresh_from_db()
    assert (old.live, new.live) == (False, True)
    assert [match.entry.name for match in Match.objects.filter(party__live=True)] == ["Quelbrant Photonics"]


def test_the_same_words_in_another_role_are_the_same_party(acme: Organization) -> None:
    load(rows(10))
    check(party(), organization=acme)
    row_, _ = check(party(role="purchaser"), organization=acme)
    assert ScreenedParty.objects.count() == 1
    assert row_.facts["role"] == "purchaser"


def test_a_pair_no_longer_found_is_gone_and_comes_back_with_its_history(acme: Organization) -> None:
    load(rows(10))
    row_, _ = check(party(), organization=acme)
    load(rows(10)[1:], day=LATER)
    assert check(party(), organization=acme)[1] == []
    match = Match.objects.get()
    assert match.gone_at is not None
    load(rows(10), day=LATER + dt.timedelta(days=1))
    assert len(check(party(), organization=acme)[1]) == 1
    assert Match.objects.filter(party=row_, gone_at__isnull=True).count() == 1


def test_an_answer_for_a_day_in_the_past_ends_no_match(acme: Organization) -> None:
    load(rows(10)[1:])
    load(rows(10), day=LATER)
    check(party(), organization=acme)
    check(party(), organization=acme, snapshot=snapshot.at(LATER - dt.timedelta(days=1)))
    assert Match.objects.get().gone_at is None


def test_a_list_activated_while_a_check_ran_waits_for_that_party(acme: Organization) -> None:
    load(rows(10)[1:])
    before = snapshot.current()
    version = load(rows(10), day=LATER)[0]
    assert version.rescreened_at is not None  # nobody was there to be rescreened
    row_, matches = check(party(), organization=acme, snapshot=before)
    assert matches == []
    version.refresh_from_db()
    assert (version.rescreened_at, version.rescreen_since) == (None, 1)
    part = version.parts.get()
    assert (part.remainder, part.done_at) == (row_.pk % 4, None)
    assert part.cursor < row_.pk


def test_parties_of_a_closed_case_are_no_longer_live(acme: Organization) -> None:
    load(rows(10))
    other = Organization.objects.create(name="Another")
    check(party(), organization=acme)
    check(party("Quelbrant Photonics"), organization=acme, part="P2")
    check(party(), organization=acme, case="application:EX-2026-000011")
    check(party(), organization=other)
    assert retire_case(ONE, organization=acme, keep=["P1"]) == 1
    assert retire_case(ONE, organization=acme) == 1
    assert ScreenedParty.objects.filter(live=True).count() == 2


def clearance(match: Match, organization: Organization, person: Any, **changes: Any) -> Clearance:
    """A decision remembered, made of a match."""
    resolution = match.resolutions.create(
        disposition="false_positive", reason_code="DIFFERENT_ADDRESS", reason="x" * 20, proposed_by=person, two_people=False
    )
    facts: dict[str, Any] = {
        "resolution": resolution,
        "organization": organization,
        "scope": "organization",
        "case": match.party.case,
        "party_fingerprint": match.party.fingerprint,
        "control_list": match.control_list,
        "entry_uid": match.entry.uid,
        "entry_content_hash": match.entry.content_hash,
        "engine_major": 1,
        "score": match.score,
        "band": match.band,
        "disposition": "false_positive",
        "role": "end_user",
        "expires_at": timezone.now() + dt.timedelta(days=90),
    }
    return Clearance.objects.create(**{**facts, **changes})


CARRIED = [
    ("the organization cleared the same party", {}, {}, True),
    ("another engine, the score where it was", {"engine_major": 0}, {}, True),
    ("another engine, the score moved too far", {"engine_major": 0, "score": 60.0}, {}, False),
    ("another engine, another band", {"engine_major": 0, "band": "possible"}, {}, False),
    ("expired", {"expires_at": timezone.now() - dt.timedelta(days=1)}, {}, False),
    ("revoked", {"revoked_at": timezone.now()}, {}, False),
    ("the entry said something else then", {"entry_content_hash": "0" * 64}, {}, False),
    ("for this application only, and it is another", {"scope": "application"}, {}, False),
    ("for this application, and it is this one", {"scope": "application", "case": "application:EX-2026-00002"}, {}, True),
    ("not in scope, in the same role", {"disposition": "not_in_scope"}, {}, True),
    ("not in scope, in another role", {"disposition": "not_in_scope", "role": "bank"}, {}, False),
    ("not in scope for other items", {"disposition": "not_in_scope", "item_scope": "3A001"}, {}, False),
    ("not in scope for these items", {"disposition": "not_in_scope", "item_scope": "3A001"}, {"item_scope": "3A001"}, True),
]


@pytest.mark.parametrize(("changes", "options", "carried"), [case[1:] for case in CARRIED], ids=[case[0] for case in CARRIED])
def test_a_clearance_is_carried_over_only_where_it_reaches(
    acme: Organization, rita: Any, changes: dict[str, Any], options: dict[str, Any], carried: bool
) -> None:
    load(rows(10))
    _, (decided,) = check(party(), organization=acme)
    kept = clearance(decided, acme, rita, **changes)
    _, (match,) = check(party(), organization=acme, case="application:EX-2026-00002", **options)
    assert match.pk != decided.pk
    assert (match.state, match.clearance) == (("RESOLVED", kept) if carried else ("OPEN", None))


def test_another_organizations_clearance_reaches_only_when_it_is_for_everyone(acme: Organization, rita: Any) -> None:
    load(rows(10))
    _, (decided,) = check(party(), organization=acme)
    kept = clearance(decided, acme, rita)
    other = Organization.objects.create(name="Another")
    assert check(party(), organization=other)[1][0].state == "OPEN"
    Clearance.objects.filter(pk=kept.pk).update(scope="everyone")
    third = Organization.objects.create(name="A third")
    assert check(party(), organization=third)[1][0].state == "RESOLVED"


def test_a_change_of_the_entry_makes_a_new_match(acme: Organization) -> None:
    load(rows(10))
    _, (old,) = check(party(), organization=acme)
    load([*rows(10)[1:], row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")], day=LATER)
    _, (new,) = check(party(), organization=acme)
    assert new.pk != old.pk
    assert new.entry == ListEntry.objects.get(introduced_in=ListVersion.objects.get(number=2))
    old.refresh_from_db()
    assert old.gone_at is not None
