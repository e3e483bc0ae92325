"""A switch of the law: proposed by one list admin, approved by another, in force for its dates, told in the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import Switch
from licenses.services.checks.replay import replay
from licenses.services.evaluation.rules_in_force import known_switches, rules
from licenses.services.thresholds.switches import countersign_switch, preview_switch, propose_switch, withdraw_switch
from tests.licenses.factories import checked, listed_line, load_lists

pytestmark = pytest.mark.django_db
FIELDS: dict[str, Any] = {
    "name": "affiliates_50",
    "value": "stayed",
    "effective_from": dt.date(2026, 11, 10),
    "effective_to": dt.date(2027, 11, 10),
    "citation": "91 FR 12345",
    "reason": "The stay was extended by a year.",
}
INSIDE, AFTER = dt.date(2026, 12, 1), dt.date(2027, 12, 1)


def test_a_switch_changes_nothing_until_a_second_list_admin_approves_it(ada: User, abe: User) -> None:
    before = rules(INSIDE).digest
    switch = propose_switch(actor=ada, **FIELDS)
    assert rules(INSIDE).digest == before
    countersign_switch(actor=abe, switch_id=switch.pk)
    assert rules(INSIDE).digest != before
    assert rules(INSIDE).switch("affiliates_50").state == "stayed"
    assert rules(AFTER).switch("affiliates_50").state == "active"
    told = AuditEvent.objects.filter(subject=f"switch:{switch.pk}").order_by("seq").values_list("action", flat=True)
    assert list(told) == ["switch.proposed", "switch.approved"]


def test_a_switch_approved_later_changes_no_report_of_before(ada: User, abe: User, alice: User) -> None:
    load_lists()
    report = checked(alice, listed_line()).reports.get()
    later = timezone.now().date() + dt.timedelta(days=30)
    switch = propose_switch(actor=ada, **{**FIELDS, "effective_from": later, "effective_to": None})
    countersign_switch(actor=abe, switch_id=switch.pk)
    assert replay(report).differs == ()


def test_a_switch_does_not_make_the_tables_look_newer(ada: User, abe: User) -> None:
    before = rules(INSIDE).newest_source
    countersign_switch(actor=abe, switch_id=propose_switch(actor=ada, **FIELDS).pk)
    assert rules(INSIDE).newest_source == before < timezone.now().date()


def test_nobody_approves_their_own_switch(ada: User) -> None:
    switch = propose_switch(actor=ada, **FIELDS)
    with pytest.raises(Refused, match="did not propose"):
        countersign_switch(actor=ada, switch_id=switch.pk)


@pytest.mark.parametrize("name", ["alice", "rita", "sam", "otto", "root"])
def test_only_list_admins_propose(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="Only list admins"):
        propose_switch(actor=request.getfixturevalue(name), **FIELDS)


BAD = [
    ({"name": "banana"}, "known are"),
    ({"value": ""}, "value"),
    ({"value": "perhaps"}, "number, or active or stayed"),
    ({"effective_to": dt.date(2026, 11, 10)}, "before the first"),
    ({"citation": ""}, "citation"),
    ({"reason": "short"}, "20 characters"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_nonsense_is_refused_in_words_and_writes_nothing(change: dict[str, Any], words: str, ada: User) -> None:
    with pytest.raises(Refused, match=words):
        propose_switch(actor=ada, **{**FIELDS, **change})
    assert not Switch.objects.exists()


def test_a_switch_is_approved_once(ada: User, abe: User) -> None:
    switch = propose_switch(actor=ada, **FIELDS)
    countersign_switch(actor=abe, switch_id=switch.pk)
    with pytest.raises(Refused, match="already"):
        countersign_switch(actor=abe, switch_id=switch.pk)
    with pytest.raises(Refused, match="not withdrawn"):
        withdraw_switch(actor=ada, switch_id=switch.pk)


def test_the_preview_answers_live_applications_again(alice: User, ada: User) -> None:
    load_lists()
    checked(alice, listed_line())
    found = preview_switch(propose_switch(actor=ada, **FIELDS))
    assert (found.asked, found.left_out, found.moved) == (1, 0, ())


def test_every_switch_of_the_tables_is_known() -> None:
    assert "affiliates_50" in known_switches()
