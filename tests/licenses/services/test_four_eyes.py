"""For each act of two people: who proposed it cannot countersign it, whatever roles they hold, and nothing moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.services.retention.retention import ask_release, release_hold, set_hold
from licenses.services.review.decisions import countersign_flag, decide_flag
from licenses.services.review.stops import countersign_stop, stop_application
from licenses.services.thresholds.switches import countersign_switch, propose_switch
from screening.services.activation.activate import activate_version
from screening.services.matches.resolve import countersign_match
from tests import people
from tests.licenses.factories import REASON, checked, listed_line, open_flag, starter_rows
from tests.screening.factories import row, stage

pytestmark = pytest.mark.usefixtures("lists")
Second = Callable[[User], object]


@dataclass(frozen=True, slots=True)
class TwoPersonAct:
    """`proposer` proposes; the call that `propose` returns is the second signature."""

    name: str
    proposer: tuple[RoleName, ...]
    propose: Callable[[User], Second]


def of_a_flag(actor: User) -> Second:
    flag = open_flag(checked(people.alice(), listed_line()))
    decide_flag(actor=actor, flag_id=flag.pk, disposition="false_positive", reason_code="DIFFERENT_NAME", reason=REASON)
    return lambda second: countersign_flag(actor=second, flag_id=flag.pk, agree=True, note="Compared again.")


def of_a_match(actor: User) -> Second:
    flag = open_flag(checked(people.alice(), listed_line()))
    decide_flag(actor=actor, flag_id=flag.pk, disposition="false_positive", reason_code="DIFFERENT_NAME", reason=REASON)
    match_id = flag.match_id
    assert match_id is not None
    return lambda second: countersign_match(actor=second, match_id=match_id, agree=True, note="Compared again.")


def of_a_stop(actor: User) -> Second:
    application = checked(people.alice(), listed_line())
    stop = stop_application(actor=actor, application_id=application.pk, reason=REASON, citation="736.2(b)(10)")
    return lambda second: countersign_stop(actor=second, stop_id=stop.pk, agree=True)


def of_a_switch(actor: User) -> Second:
    switch = propose_switch(
        actor=actor,
        name="affiliates_50",
        value="stayed",
        effective_from=dt.date(2026, 11, 10),
        effective_to=None,
        citation="91 FR 12345",
        reason=REASON,
    )
    return lambda second: countersign_switch(actor=second, switch_id=switch.pk)


def of_a_version(actor: User) -> Second:
    rows = [*starter_rows(), row("Wistramel Propulsion")]
    report = stage(rows, day=timezone.now().date(), history=False, actor=actor)
    version_id = next(one.version_id for one in report.lists if one.state == "staged")
    assert version_id is not None
    return lambda second: activate_version(actor=second, version_id=version_id, reason="published today")


def of_a_release(actor: User) -> Second:
    application = checked(people.alice(), listed_line())
    hold = set_hold(actor=people.sam(), reason=REASON, authority="subpoena 26-1", application_id=application.pk)
    ask_release(actor=actor, hold_id=hold.pk, reason=REASON)
    return lambda second: release_hold(actor=second, hold_id=hold.pk, authority="letter of 2026-11-20")


ACTS = [
    TwoPersonAct("flag", (RoleName.SENIOR_REVIEWER,), of_a_flag),
    TwoPersonAct("match", (RoleName.SENIOR_REVIEWER,), of_a_match),
    TwoPersonAct("stop", (RoleName.SENIOR_REVIEWER,), of_a_stop),
    TwoPersonAct("switch", (RoleName.LIST_ADMIN,), of_a_switch),
    TwoPersonAct("list version", (RoleName.LIST_ADMIN,), of_a_version),
    # Services never give this pair of roles; with it, only the four eyes stand between.
    TwoPersonAct("release of a hold", (RoleName.AUDITOR, RoleName.SYSTEM_ADMIN), of_a_release),
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_who_proposed_does_not_countersign(act: TwoPersonAct) -> None:
    proposer = people.person("janus", *act.proposer)
    second = act.propose(proposer)
    before = AuditEvent.objects.count()
    with pytest.raises(Refused) as refused:
        second(proposer)
    assert refused.value.code == "not_allowed"
    assert AuditEvent.objects.count() == before
    seconds = {"list version": people.abe, "switch": people.abe, "release of a hold": people.root}
    second(seconds.get(act.name, people.sam)())
    assert AuditEvent.objects.count() > before
