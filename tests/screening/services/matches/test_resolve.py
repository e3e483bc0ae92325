"""Decisions about matches: who may, who was faster, what is remembered and when it is opened again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from exportcheck.accounts.models import Membership, Organization, User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from screening.models import Clearance, Match, Resolution
from screening.services.matches.clearances import reopen_expired
from screening.services.matches.resolve import countersign_match, decision_of, reopen_match, resolve_match
from tests import people
from tests.screening.factories import check, load, party, rows

pytestmark = pytest.mark.django_db
WHY = "another address and another registration number"


@pytest.fixture
def acme() -> Organization:
    return Organization.objects.create(name="Buyer of machines")


@pytest.fixture
def match(acme: Organization) -> Match:
    load(rows(10))
    return check(party(), organization=acme)[1][0]


def decide(person: User, match: Match, **changes: Any) -> Resolution:
    options: dict[str, Any] = {
        "disposition": "false_positive",
        "reason_code": "DIFFERENT_ADDRESS",
        "reason": WHY,
        "two_people": False,
        "role": "end_user",
    }
    return resolve_match(actor=person, match_id=match.pk, **{**options, **changes})


def test_one_person_settles_an_ordinary_match(match: Match, rita: User) -> None:
    resolution = decide(rita, match)
    match.refresh_from_db()
    assert (match.state, resolution.decided_by, resolution.two_people) == ("RESOLVED", rita, False)
    event = AuditEvent.objects.get(action="match.decided")
    assert (event.actor, event.chain) == (rita, f"org:{match.party.organization_id}")
    assert event.body["disposition"] == "false_positive"
    decision = decision_of(match)
    assert decision is not None
    assert (decision.disposition, decision.people) == ("false_positive", (str(rita),))


def test_of_two_people_the_first_only_proposes(match: Match, rita: User, sam: User) -> None:
    decide(rita, match, two_people=True)
    match.refresh_from_db()
    assert match.state == "PROPOSED"
    assert decision_of(match) is None
    assert not Clearance.objects.exists()
    countersign_match(actor=sam, match_id=match.pk, agree=True, note="")
    match.refresh_from_db()
    decision = decision_of(match)
    assert decision is not None
    assert decision.people == (str(rita), str(sam))
    assert Clearance.objects.count() == 1


def test_the_second_person_may_send_it_back(match: Match, rita: User, sam: User) -> None:
    decide(rita, match, two_people=True)
    with pytest.raises(Refused, match="Say why"):
        countersign_match(actor=sam, match_id=match.pk, agree=False, note=" ")
    countersign_match(actor=sam, match_id=match.pk, agree=False, note="the registration numbers are the same")
    match.refresh_from_db()
    assert match.state == "OPEN"
    assert decide(rita, match, two_people=True).pk != Resolution.objects.first().pk  # type: ignore[union-attr]


def test_nobody_is_both_people(match: Match, sam: User) -> None:
    decide(sam, match, two_people=True)
    with pytest.raises(Refused) as refused:
        countersign_match(actor=sam, match_id=match.pk, agree=True)
    assert refused.value.code == "not_allowed"


def test_the_second_person_is_senior(match: Match, rita: User, sam: User) -> None:
    decide(sam, match, two_people=True)
    with pytest.raises(Refused) as refused:
        countersign_match(actor=rita, match_id=match.pk, agree=True)
    assert refused.value.code == "not_allowed"


def test_who_does_not_review_does_not_decide(
    match: Match, alice: User, erin: User, mallory: User, ada: User, otto: User, root: User
) -> None:
    for person in (alice, erin, mallory, ada, otto, root):
        with pytest.raises(Refused) as refused:
            decide(person, match)
        assert refused.value.code == "not_allowed"
    assert not Resolution.objects.exists()


def test_the_slower_of_two_is_told_who_was_faster(match: Match, rita: User, sam: User) -> None:
    decide(rita, match)
    with pytest.raises(Refused) as refused:
        decide(sam, match, disposition="true_match", reason_code="SAME_ADDRESS")
    assert refused.value.code == "taken"
    assert str(rita) in refused.value.detail
    assert Resolution.objects.count() == 1


def test_a_proposal_that_waits_is_told_too(match: Match, rita: User, sam: User) -> None:
    decide(rita, match, two_people=True)
    with pytest.raises(Refused, match=f"{rita} proposed false_positive"):
        decide(sam, match)


BAD = [
    ("no such disposition", {"disposition": "fine"}),
    ("no such scope", {"scope": "world"}),
    ("a reason that says nothing", {"reason": "not them"}),
]


@pytest.mark.parametrize("changes", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_a_decision_that_says_too_little_is_refused(match: Match, rita: User, changes: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        decide(rita, match, **changes)
    assert refused.value.code == "invalid"


def test_for_every_organization_takes_a_senior(match: Match, rita: User, sam: User) -> None:
    with pytest.raises(Refused):
        decide(rita, match, scope="everyone")
    assert decide(sam, match, scope="everyone").clearance.scope == "everyone"


@pytest.mark.parametrize("disposition", ["escalated", "unresolved"])
def test_what_settles_nothing_leaves_it_open(match: Match, rita: User, disposition: str) -> None:
    decide(rita, match, disposition=disposition)
    match.refresh_from_db()
    assert (match.state, decision_of(match)) == ("OPEN", None)
    decide(rita, match)


@pytest.mark.parametrize(("band", "days"), [("strong", 90), ("possible", 365)])
def test_a_clearance_lasts_by_band(match: Match, rita: User, band: str, days: int) -> None:
    Match.objects.filter(pk=match.pk).update(band=band)
    kept = decide(rita, match).clearance
    assert abs(kept.expires_at - timezone.now() - dt.timedelta(days=days)) < dt.timedelta(minutes=1)
    assert (kept.entry_uid, kept.entry_content_hash) == (match.entry.uid, match.entry.content_hash)


def test_a_true_match_is_remembered_in_its_case_only(match: Match, rita: User, acme: Organization) -> None:
    decide(rita, match, disposition="true_match", reason_code="SAME_ADDRESS", scope="organization")
    assert not Clearance.objects.exists()
    assert check(party(), organization=acme)[1][0].state == "RESOLVED"
    assert check(party(), organization=acme, case="application:EX-2026-00002")[1][0].state == "OPEN"


@pytest.mark.parametrize(
    ("case", "part", "state"),
    [
        ("application:EX-2026-00001", "P2", "RESOLVED"),
        ("application:EX-2026-00001", "O:1", "RESOLVED"),  # an owner's id is the exporter's own word
        ("application:EX-2026-00001:P1", "", "OPEN"),
        ("application:EX-2026-000011", "P1", "OPEN"),
    ],
)
def test_a_decision_for_one_application_reaches_every_part_of_it_and_no_other(
    match: Match, rita: User, acme: Organization, case: str, part: str, state: str
) -> None:
    decide(rita, match, scope="application")
    assert check(party(), organization=acme, case=case, part=part)[1][0].state == state


def test_an_expired_clearance_reopens_everything_that_rests_on_it(match: Match, rita: User, acme: Organization) -> None:
    decide(rita, match, scope="organization")
    carried = check(party(), organization=acme, case="application:EX-2026-00002")[1][0]
    assert carried.state == "RESOLVED"
    Clearance.objects.update(expires_at=timezone.now())
    assert reopen_expired() == 1
    assert reopen_expired() == 0
    assert set(Match.objects.values_list("state", flat=True)) == {"REOPENED"}
    assert "expired" in Match.objects.get(pk=carried.pk).reopened_because
    assert AuditEvent.objects.get(action="clearance.expired").body["subject"] == "application:EX-2026-00001:P1"
    assert Match.objects.filter(touched_at__gt=carried.touched_at).count() == 2


def test_reopening_forgets_the_clearance_and_what_was_carried_over(match: Match, rita: User, acme: Organization) -> None:
    decide(rita, match, scope="organization")
    carried = check(party(), organization=acme, case="application:EX-2026-00002")[1][0]
    reopen_match(actor=rita, match_id=match.pk, because="the exporter sent another address")
    carried.refresh_from_db()
    match.refresh_from_db()
    assert (match.state, carried.state) == ("REOPENED", "REOPENED")
    assert Clearance.objects.get().revoked_because == "the exporter sent another address"
    decide(rita, match)


def test_only_what_is_settled_is_reopened_and_only_by_reviewers(match: Match, rita: User, ada: User, alice: User) -> None:
    with pytest.raises(Refused) as refused:
        reopen_match(actor=rita, match_id=match.pk, because="a mistake")
    assert refused.value.code == "state"
    decide(rita, match)
    for person in (ada, alice):
        with pytest.raises(Refused) as refused:
            reopen_match(actor=person, match_id=match.pk, because="a mistake")
        assert refused.value.code == "not_allowed"


def test_a_reviewer_of_the_organization_itself_does_not_decide(rita: User) -> None:
    load(rows(10))
    home = people.organization()
    own = check(party(), organization=home)[1][0]
    Membership.objects.create(user=rita, organization=home)
    with pytest.raises(Refused):
        decide(rita, own)


@pytest.mark.database
def test_the_database_keeps_one_open_proposal_and_two_people(match: Match, rita: User) -> None:
    decide(rita, match, two_people=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.create(match=match, disposition="x", reason_code="x", reason="x", proposed_by=rita, two_people=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.update(decided_by=rita)


@pytest.mark.database
def test_the_database_keeps_one_match_a_pair(match: Match) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.create(
            run=match.run,
            party=match.party,
            control_list=match.control_list,
            entry=match.entry,
            band="strong",
            score=90,
            channel="name",
            hit={},
        )
