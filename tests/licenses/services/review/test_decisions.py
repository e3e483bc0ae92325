"""Who decides what about a flag, with how many people and which words (intake.md 4 and 5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import RANK_SETTLED, Flag, FlagDecision, LicenseApplication
from licenses.queries import review_queue
from licenses.services.application.dispositions import MEANINGS, Disposition
from licenses.services.checks.requests import recheck_touched, submit_for_check
from licenses.services.review.claims import CLAIM_LASTS, claim_flag, next_flag, release_flag
from licenses.services.review.concerns_and_notes import bulk_false_positive, raise_concern, undo_decision
from licenses.services.review.decisions import countersign_flag, decide_flag, reopen_flag
from screening.models import Match
from tests import people
from tests.licenses.factories import REASON, checked, clean_line, done, item, line, listed_line, open_flag, party, settle

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")


@pytest.fixture
def listed(alice: User) -> Flag:
    """A critical flag: a strong hit on the Entity List, on alice's application."""
    return open_flag(checked(alice, listed_line("Zarvonik Microsystems", "DE")))


def propose(flag: Flag, by: User, disposition: str = "false_positive", code: str = "DIFFERENT_NAME") -> FlagDecision:
    return decide_flag(actor=by, flag_id=flag.pk, disposition=disposition, reason_code=code, reason=REASON)


@pytest.mark.parametrize("disposition", ["false_positive", "not_in_scope", "mitigated"])
def test_freeing_a_critical_flag_is_only_proposed_by_the_first_person(listed: Flag, rita: User, disposition: str) -> None:
    code = next(iter(MEANINGS[Disposition(disposition)].reasons))
    decision = propose(listed, rita, disposition, code)
    listed.refresh_from_db()
    assert (listed.state, decision.decided_at, decision.two_people) == (Flag.State.PROPOSED, None, True)
    assert listed.match is not None
    assert listed.match.state == Match.State.PROPOSED
    assert not listed.application.reports.filter(state="PENDING").exists()


def test_a_second_person_settles_it_and_the_outcome_follows(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, rita)
    countersign_flag(actor=sam, flag_id=listed.pk, agree=True, note="Same papers compared.")
    application = done(listed.application)
    assert application.outcome == "NO_LICENSE_REQUIRED"
    listed.refresh_from_db()
    assert (listed.state, listed.disposition) == (Flag.State.DISPOSED, "false_positive")


def test_a_proposal_sent_back_is_open_again_with_the_note(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, rita)
    decision = countersign_flag(actor=sam, flag_id=listed.pk, agree=False, note="The registry number was not compared.")
    listed.refresh_from_db()
    assert decision.sent_back
    assert listed.state == Flag.State.REOPENED
    assert listed.match is not None
    assert listed.match.state == Match.State.OPEN
    propose(listed, rita)


def test_the_one_who_proposed_is_never_the_second(listed: Flag, sam: User) -> None:
    propose(listed, sam)
    with pytest.raises(Refused) as refused:
        countersign_flag(actor=sam, flag_id=listed.pk, agree=True, note="")
    assert refused.value.code == "not_allowed"


def test_a_reviewer_who_is_no_senior_is_not_the_second(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, sam)
    with pytest.raises(Refused) as refused:
        countersign_flag(actor=rita, flag_id=listed.pk, agree=True, note="")
    assert refused.value.code == "not_allowed"


def test_a_true_match_takes_one_person(listed: Flag, rita: User) -> None:
    decision = propose(listed, rita, "true_match", "SAME_ADDRESS")
    assert decision.decided_by == rita
    application = done(listed.application)
    assert application.outcome == "LICENSE_REQUIRED"


@pytest.mark.parametrize("name", ["alice", "erin", "mallory", "ada", "otto", "root"])
def test_nobody_but_reviewers_decides(listed: Flag, name: str) -> None:
    """Exporters, list admins, auditors and system admins, whatever their organization."""
    with pytest.raises(Refused) as refused:
        propose(listed, getattr(people, name)())
    assert refused.value.code == "not_allowed"
    listed.refresh_from_db()
    assert listed.state == Flag.State.OPEN


@pytest.mark.parametrize(
    ("disposition", "code", "reason", "told"),
    [
        ("cleared", "DIFFERENT_NAME", REASON, "no disposition"),
        ("false_positive", "", REASON, "Choose a reason"),
        ("false_positive", "SAME_ID", REASON, "Choose a reason"),
        ("false_positive", "DIFFERENT_NAME", "not them", "at least 20"),
        ("false_positive", "DIFFERENT_NAME", " " * 40, "at least 20"),
        ("unresolved", "NEEDS_SENIOR", REASON, "no reason code"),
    ],
)
def test_a_decision_without_its_reason_is_refused(
    listed: Flag, rita: User, disposition: str, code: str, reason: str, told: str
) -> None:
    with pytest.raises(Refused, match=told) as refused:
        decide_flag(actor=rita, flag_id=listed.pk, disposition=disposition, reason_code=code, reason=reason)
    assert refused.value.code == "invalid"
    assert not FlagDecision.objects.exists()


def test_only_a_senior_lets_a_decision_hold_for_every_organization(listed: Flag, rita: User) -> None:
    with pytest.raises(Refused) as refused:
        decide_flag(
            actor=rita, flag_id=listed.pk, disposition="true_match", reason_code="SAME_ID", reason=REASON, scope="everyone"
        )
    assert refused.value.code == "not_allowed"


def test_the_slower_of_two_is_told_who_was_faster(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, rita, "true_match", "SAME_ID")
    with pytest.raises(Refused, match=r"Rita settled this at \d\d:\d\d"):
        propose(listed, sam, "true_match", "SAME_ID")


def test_a_flag_somebody_works_on_is_held_for_fifteen_minutes(listed: Flag, rita: User, sam: User) -> None:
    claim_flag(actor=rita, flag_id=listed.pk)
    with pytest.raises(Refused, match="Rita works on this until"):
        claim_flag(actor=sam, flag_id=listed.pk)
    Flag.objects.filter(pk=listed.pk).update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    assert claim_flag(actor=sam, flag_id=listed.pk).assignee == sam
    assert dt.timedelta(minutes=15) == CLAIM_LASTS


def test_a_released_flag_is_free_at_once(listed: Flag, rita: User, sam: User) -> None:
    claim_flag(actor=rita, flag_id=listed.pk)
    release_flag(actor=rita, flag_id=listed.pk)
    assert claim_flag(actor=sam, flag_id=listed.pk).assignee == sam


def test_next_gives_the_gravest_flag_nobody_works_on(alice: User, rita: User, sam: User) -> None:
    application = checked(
        alice, listed_line("Zarvonik Microsystems", "CN", end_use="assembly and test of wafers for the purchaser")
    )
    first, second = next_flag(actor=rita), next_flag(actor=sam)
    assert first is not None
    assert first.code == "LIST_EL"
    assert second != first
    while next_flag(actor=sam) is not None:
        pass
    assert application.flags.filter(assignee=None, state="OPEN", gone_at=None).count() == 0


def test_next_is_the_first_row_of_the_queue(alice: User, rita: User) -> None:
    checked(alice, listed_line("Drestova Avionics", "CN", end_use="assembly and test of wafers for the purchaser"))
    checked(alice, listed_line("Zarvonik Microsystems", "CN"))
    rows = list(review_queue.queue(rita, show="unassigned"))
    assert len(rows) > 2
    for row in rows:
        assert next_flag(actor=rita) == row


def test_next_looks_past_any_number_of_flags_that_are_not_the_reviewers_to_take(alice: User, rita: User) -> None:
    """Rule 1: rita drafted the application with the gravest flags; what waits behind them is hers."""
    own = checked(alice, listed_line())
    LicenseApplication.objects.filter(pk=own.pk).update(created_by=rita)
    grave = {"code": "LIST_EL", "severity": "blocking", "critical": True, "band": "strong", "report": own.reports.get()}
    Flag.objects.bulk_create(Flag(application=own, fingerprint=f"{number:064d}", why="", **grave) for number in range(60))
    waiting = open_flag(checked(alice, listed_line("Drestova Avionics", "CN")), "LIST_UVL")
    assert next_flag(actor=rita) == waiting


def test_next_is_for_reviewers(listed: Flag, alice: User, otto: User, ada: User) -> None:
    for person in (alice, otto, ada):
        with pytest.raises(Refused) as refused:
            next_flag(actor=person)
        assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("facts", "rank"),
    [
        ({"critical": True, "severity": "blocking", "band": "strong"}, 0),
        ({"critical": True, "severity": "blocking", "band": "possible"}, 1),
        ({"critical": True, "severity": "blocking", "band": ""}, 1),
        ({"critical": True, "severity": "warning", "band": "strong"}, 2),
        ({"critical": False, "severity": "blocking", "band": "strong"}, 6),
        ({"critical": False, "severity": "info", "band": ""}, 11),
        ({"critical": True, "severity": "blocking", "band": "strong", "state": "DISPOSED"}, 100),
        ({"critical": True, "severity": "blocking", "band": "strong", "state": "REOPENED"}, 0),
        ({"critical": False, "severity": "info", "band": "", "gone_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, 111),
    ],
)
def test_rank_puts_the_gravest_first_and_the_settled_last(listed: Flag, facts: dict[str, Any], rank: int) -> None:
    Flag.objects.filter(pk=listed.pk).update(**facts)
    row = Flag.objects.get(pk=listed.pk)
    assert row.rank == rank
    assert queries.open_flags(row.application).filter(pk=row.pk).exists() is (rank < RANK_SETTLED)


def test_seniors_are_offered_proposals_of_others_and_nobody_their_own(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, rita)
    assert next_flag(actor=rita) is None
    offered = next_flag(actor=sam)
    assert offered is not None
    assert offered.pk == listed.pk


def test_escalated_and_unresolved_leave_the_flag_to_be_settled(listed: Flag, rita: User, sam: User) -> None:
    propose(listed, rita, "escalated", "NEEDS_SENIOR")
    listed.refresh_from_db()
    assert (listed.state, listed.disposition) == (Flag.State.OPEN, "escalated")
    decide_flag(actor=sam, flag_id=listed.pk, disposition="unresolved", reason_code="", reason=REASON)
    listed.refresh_from_db()
    assert (listed.state, listed.disposition) == (Flag.State.OPEN, "unresolved")


def test_a_senior_reopens_a_decision_and_the_application_with_it(listed: Flag, rita: User, sam: User) -> None:
    settle(listed, by=rita, second=sam)
    application = done(listed.application)
    assert application.state == State.CLEARED
    with pytest.raises(Refused):
        reopen_flag(actor=rita, flag_id=listed.pk, because="The address was compared with an old register.")
    reopen_flag(actor=sam, flag_id=listed.pk, because="The address was compared with an old register.")
    application = done(application)
    listed.refresh_from_db()
    assert listed.state == Flag.State.REOPENED
    assert application.state == State.REOPENED
    assert application.outcome == "LICENSE_REQUIRED"


def test_a_decision_that_ran_out_reopens_the_flag(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, clean_line(answers={"late_route_change": True}))
    flag = open_flag(application, "LAST_MINUTE_ROUTE_CHANGE")
    propose(flag, rita, "mitigated", "ROUTE_EXPLAINED")
    application = done(application)
    assert application.state == State.CLEARED
    FlagDecision.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    assert recheck_touched() == 1
    application = done(application)
    flag.refresh_from_db()
    assert flag.state == Flag.State.REOPENED
    assert application.state == State.REOPENED


def test_own_concerns_of_reviewers_stay_until_they_are_settled(listed: Flag, rita: User, sam: User) -> None:
    application = listed.application
    concern = raise_concern(actor=rita, application_id=application.pk, why="The web site of the buyer was registered last week.")
    settle(listed, by=rita, second=sam)
    application = done(application)
    concern.refresh_from_db()
    assert concern.gone_at is None
    assert application.state == State.IN_REVIEW
    propose(concern, rita, "mitigated", "END_USE_EVIDENCE")
    assert done(application).state == State.CLEARED


def test_one_decision_of_ones_own_can_be_taken_back(alice: User, rita: User, sam: User) -> None:
    flag = open_flag(checked(alice, clean_line(answers={"late_route_change": True})), "LAST_MINUTE_ROUTE_CHANGE")
    decision = propose(flag, rita, "mitigated", "ROUTE_EXPLAINED")
    with pytest.raises(Refused):
        undo_decision(actor=sam, decision_id=decision.pk)
    assert undo_decision(actor=rita, decision_id=decision.pk).state == Flag.State.REOPENED


def test_bulk_takes_only_alike_possible_ordinary_hits(listed: Flag, rita: User) -> None:
    with pytest.raises(Refused, match=r"possible|one by one"):
        bulk_false_positive(actor=rita, flag_ids=[listed.pk], reason_code="DIFFERENT_NAME", reason=REASON)
    with pytest.raises(Refused, match="1 to 50"):
        bulk_false_positive(actor=rita, flag_ids=[], reason_code="DIFFERENT_NAME", reason=REASON)


def test_bulk_settles_possible_hits_of_a_list_that_asks_for_nothing(alice: User, rita: User) -> None:
    flags = [
        open_flag(checked(alice, listed_line("Drestova Avionik International Services", "DE")), "LIST_UVL") for _ in range(2)
    ]
    assert [(flag.severity, flag.critical, flag.band) for flag in flags] == [("warning", False, "possible")] * 2
    assert {flag.application.outcome for flag in flags} == {"NEEDS_INFORMATION"}, (
        "the outcome waits for the decision all the same"
    )
    bulk_false_positive(actor=rita, flag_ids=[flag.pk for flag in flags], reason_code="DIFFERENT_NAME", reason=REASON)
    assert {done(flag.application).outcome for flag in flags} == {"NO_LICENSE_REQUIRED"}


def test_each_act_of_the_desk_is_one_event_with_its_reason(listed: Flag, rita: User, sam: User) -> None:
    settle(listed, by=rita, second=sam)
    events = AuditEvent.objects.filter(subject=f"application:{listed.application.reference}")
    proposed = events.get(action="flag.proposed")
    assert (proposed.actor, proposed.body["reason_code"], proposed.body["reason"]) == (rita, "DIFFERENT_NAME", REASON)
    assert events.get(action="flag.decided").actor == sam


def test_a_confirmed_blocked_party_stays_prohibited_and_in_review(alice: User, rita: User) -> None:
    body = line(party("ultimate_consignee", "Plimsar Navigation", "AE"), destination="AE")
    application = checked(alice, body)
    assert application.outcome == "PROHIBITED"
    for flag in application.flags.exclude(code="LIST_SDN"):
        if not flag.critical:
            propose(flag, rita, "mitigated", "END_USE_EVIDENCE")
    propose(open_flag(application, "LIST_SDN"), rita, "true_match", "SAME_ID")
    application = done(application)
    assert application.outcome == "PROHIBITED"
    assert application.state == State.IN_REVIEW


def test_an_authorization_on_file_by_two_people_lifts_the_stop(alice: User, rita: User, sam: User) -> None:
    body = line(party("ultimate_consignee", "Plimsar Navigation", "AE"), destination="AE")
    application = checked(alice, body)
    flag = open_flag(application, "LIST_SDN")
    settle(flag, by=rita, second=sam, disposition="mitigated", reason_code="AUTHORIZATION_ON_FILE")
    application = done(application)
    assert application.outcome != "PROHIBITED"


@pytest.fixture
def unanswered(alice: User) -> Flag:
    """An ECCN that the tables do not know: nothing is left to ask, and no rule answers."""
    application = checked(alice, clean_line(items=[item("3A777")]))
    assert (application.state, application.outcome) == (State.IN_REVIEW, "NEEDS_INFORMATION")
    return open_flag(application, "MANUAL_DETERMINATION")


def test_what_no_rule_answers_two_people_determine_and_it_says_so(unanswered: Flag, rita: User, sam: User) -> None:
    assert unanswered.critical
    with pytest.raises(Refused, match="Record the outcome"):
        propose(unanswered, rita, "mitigated", "END_USE_EVIDENCE")
    decide_flag(
        actor=rita,
        flag_id=unanswered.pk,
        disposition="mitigated",
        reason_code="END_USE_EVIDENCE",
        reason="Commodity classification of last year names another entry.",
        determined_outcome="NO_LICENSE_REQUIRED",
        citation="CCATS G123456",
    )
    application = unanswered.application
    application.refresh_from_db()
    assert application.outcome == "NEEDS_INFORMATION", "one person determines nothing"
    countersign_flag(actor=sam, flag_id=unanswered.pk, agree=True, note="")
    application = done(application)
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    steps = application.reports.first().result["items"][0]["steps"]  # type: ignore[union-attr]  # there are two
    assert any("determined by a person" in step["answer"] and step["citation"] == "CCATS G123456" for step in steps)


def test_a_determination_of_a_person_ends_with_the_item_it_was_made_for(unanswered: Flag, rita: User, sam: User) -> None:
    decide_flag(
        actor=rita,
        flag_id=unanswered.pk,
        disposition="mitigated",
        reason_code="END_USE_EVIDENCE",
        reason="Commodity classification of last year names another entry.",
        determined_outcome="NO_LICENSE_REQUIRED",
        citation="CCATS G123456",
    )
    countersign_flag(actor=sam, flag_id=unanswered.pk, agree=True, note="")
    application = done(unanswered.application)
    LicenseApplication.objects.update(state=State.RETURNED, outcome="")
    application.items.update(description="another thing altogether")
    submit_for_check(actor=application.created_by, application_id=application.pk)
    application = done(application)
    assert application.outcome == "NEEDS_INFORMATION"
    assert application.flags.filter(code="MANUAL_DETERMINATION", gone_at=None).get().pk != unanswered.pk


def test_an_outcome_is_recorded_only_where_no_rule_answers(listed: Flag, rita: User) -> None:
    with pytest.raises(Refused, match="only where the rules give none"):
        decide_flag(
            actor=rita,
            flag_id=listed.pk,
            disposition="mitigated",
            reason_code="STATEMENT_ON_FILE",
            reason=REASON,
            determined_outcome="NO_LICENSE_REQUIRED",
        )
