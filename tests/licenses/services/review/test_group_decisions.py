"""Several flags by one act: one party, one entity, all or none, each recorded on its own, two people where it takes two."""

from __future__ import annotations

import pytest

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import Flag, FlagDecision, LicenseApplication
from licenses.services.review.decisions import decide_flag
from licenses.services.review.group_decisions import countersign_group, decide_group, undo_group
from licenses.services.review.related_hits import group_of
from screening.models import Resolution
from tests.licenses.factories import REASON, checked, line, listed_line, load_lists, open_flag, party, starter_rows
from tests.screening.factories import row

pytestmark = pytest.mark.django_db
BOTH = "Plimsar Navigation"
FALSE = {"disposition": "false_positive", "reason_code": "DIFFERENT_ADDRESS", "reason": REASON}
TRUE = {"disposition": "true_match", "reason_code": "SAME_ADDRESS", "reason": REASON}


@pytest.fixture
def twice(alice: User, own_folders: None) -> LicenseApplication:
    """A party that the Entity List and OFAC both name."""
    load_lists([*starter_rows(), row(BOTH, "EL", addresses="2 Harbor Street, Dubai, AE")])
    return checked(alice, listed_line(BOTH, "AE"))


@pytest.fixture
def pair(twice: LicenseApplication) -> list[int]:
    """Both flags of that party."""
    return [open_flag(twice, "LIST_EL").pk, open_flag(twice, "LIST_SDN").pk]


def states(ids: list[int]) -> set[str]:
    return set(Flag.objects.filter(pk__in=ids).values_list("state", flat=True))


def test_a_true_match_settles_both_with_a_resolution_and_an_event_each(pair: list[int], rita: User) -> None:
    decisions = decide_group(actor=rita, flag_ids=pair, **TRUE)
    assert [decision.flag_id for decision in decisions] == pair
    assert states(pair) == {Flag.State.DISPOSED}
    assert Resolution.objects.count() == 2
    assert AuditEvent.objects.filter(action="flag.decided").count() == 2


def test_two_people_decide_the_pair_together(pair: list[int], rita: User, sam: User) -> None:
    decide_group(actor=rita, flag_ids=pair, **FALSE)
    with pytest.raises(Refused) as refusal:
        countersign_group(actor=rita, flag_ids=pair, agree=True, note=REASON)
    assert refusal.value.code == "not_allowed"
    assert states(pair) == {Flag.State.PROPOSED}
    countersign_group(actor=sam, flag_ids=pair, agree=False, note="The two addresses were not compared.")
    assert states(pair) == {Flag.State.REOPENED}


def test_unlike_proposals_are_decided_one_by_one(pair: list[int], rita: User, sam: User) -> None:
    decide_flag(actor=rita, flag_id=pair[0], **FALSE)
    decide_flag(actor=rita, flag_id=pair[1], disposition="mitigated", reason_code="AUTHORIZATION_ON_FILE", reason=REASON)
    with pytest.raises(Refused, match="one by one"):
        countersign_group(actor=sam, flag_ids=pair, agree=True, note=REASON)
    assert states(pair) == {Flag.State.PROPOSED}


def test_strangers_are_refused_as_a_whole(pair: list[int], alice: User, rita: User) -> None:
    stranger = open_flag(checked(alice, listed_line()))
    for ids in ([pair[0], stranger.pk], [], [pair[0], 10_000]):
        with pytest.raises(Refused) as refusal:
            decide_group(actor=rita, flag_ids=ids, **TRUE)
        assert refusal.value.code == "invalid"
    assert not FlagDecision.objects.exists()


def test_one_that_somebody_settled_already_stops_the_whole(pair: list[int], rita: User, sam: User) -> None:
    decide_flag(actor=sam, flag_id=pair[1], **TRUE)
    with pytest.raises(Refused):
        decide_group(actor=rita, flag_ids=pair, **TRUE)
    assert Flag.objects.get(pk=pair[0]).state == Flag.State.OPEN


def test_undo_takes_back_both_or_none(pair: list[int], rita: User, sam: User) -> None:
    ids = [decision.pk for decision in decide_group(actor=rita, flag_ids=pair, **TRUE)]
    with pytest.raises(Refused):
        undo_group(actor=sam, decision_ids=ids)
    assert states(pair) == {Flag.State.DISPOSED}
    undo_group(actor=rita, decision_ids=ids)
    assert states(pair) == {Flag.State.REOPENED}
    for wrong in ([], [10_000]):
        with pytest.raises(Refused, match=r"Choose|not there"):
            undo_group(actor=rita, decision_ids=wrong)


def test_a_member_of_the_applications_side_settles_nothing(pair: list[int], alice: User, otto: User) -> None:
    for person in (alice, otto):
        with pytest.raises(Refused) as refusal:
            decide_group(actor=person, flag_ids=pair, **TRUE)
        assert refusal.value.code == "not_allowed"


@pytest.fixture
def two_roles(alice: User, own_folders: None) -> list[int]:
    """The two flags of a listed party that buys and receives."""
    load_lists([*starter_rows(), row(BOTH, "EL", addresses="2 Harbor Street, Dubai, AE")])
    buyer, consignee = party("purchaser", BOTH, "AE"), party("ultimate_consignee", BOTH, "AE")
    application = checked(alice, line(buyer, consignee, destination="AE"))
    return list(application.flags.filter(code="LIST_EL", gone_at=None).order_by("pk").values_list("pk", flat=True))


def test_a_party_in_two_roles_takes_one_decision(two_roles: list[int], rita: User, sam: User) -> None:
    assert len(two_roles) == 2
    decide_group(actor=rita, flag_ids=two_roles, **FALSE)
    countersign_group(actor=sam, flag_ids=two_roles, agree=True, note="")
    assert states(two_roles) == {Flag.State.DISPOSED}
    assert FlagDecision.objects.count() == Resolution.objects.count() == 2


@pytest.mark.parametrize(("disposition", "code"), [("not_in_scope", "ROLE_NOT_REACHED"), ("mitigated", "END_USE_EVIDENCE")])
def test_what_depends_on_the_role_is_settled_role_by_role(two_roles: list[int], rita: User, disposition: str, code: str) -> None:
    with pytest.raises(Refused, match="depends on the role"):
        decide_group(actor=rita, flag_ids=two_roles, disposition=disposition, reason_code=code, reason=REASON)
    assert states(two_roles) == {Flag.State.OPEN}
    decide_group(actor=rita, flag_ids=two_roles[:1], disposition=disposition, reason_code=code, reason=REASON)


def test_another_address_makes_another_party(alice: User, own_folders: None) -> None:
    load_lists([*starter_rows(), row(BOTH, "EL", addresses="2 Harbor Street, Dubai, AE")])
    buyer = party("purchaser", BOTH, "AE", address="9 Other Street, Sharjah")
    application = checked(alice, line(buyer, party("ultimate_consignee", BOTH, "AE"), destination="AE"))
    first, second = application.flags.filter(code="LIST_EL", gone_at=None).order_by("pk")
    assert second.pk not in {flag.pk for flag, _ in group_of(first)}
