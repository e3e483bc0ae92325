"""The table of roles (docs/roles.md), row by row: who may is listed, everybody else may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.policy import AuditReach, Person
from exportcheck.accounts.roles import RoleName
from tests import people

pytestmark = pytest.mark.django_db

HOME = "home"
NAMES = {person.__name__ for person in people.EVERYBODY}


def home_id() -> int:
    return people.organization().pk


Question = Callable[[Person], bool]
TABLE: list[tuple[str, Question, str]] = [
    ("create a draft", lambda who: policy.can_create_draft(who), "alice bob erin mallory"),
    ("edit a draft of Acme", lambda who: policy.can_edit_draft(who, home_id()), "alice bob erin"),
    ("edit a draft of nobody", lambda who: policy.can_edit_draft(who, None), ""),
    ("read applications of everybody", lambda who: policy.can_see_every_organization(who), "rita sam otto"),
    ("run a pre-check for Acme", lambda who: policy.can_run_precheck(who, home_id()), "alice bob erin rita sam"),
    ("screen a name", lambda who: policy.can_screen_name(who), "alice bob erin mallory rita sam"),
    ("see hits of Acme", lambda who: policy.can_see_hits(who, home_id()), "alice bob erin rita sam otto"),
    ("see reasons of private lists", lambda who: policy.can_see_private_reasons(who), "rita sam otto"),
    ("see the queue", lambda who: policy.can_see_queue(who), "rita sam otto"),
    ("simulate a threshold", lambda who: policy.can_simulate_threshold(who), "sam"),
    ("see the dated switches", lambda who: policy.can_see_switches(who), "rita sam ada abe otto"),
    ("see legal holds", lambda who: policy.can_see_holds(who), "rita sam otto root"),
    ("mark ready for Acme", lambda who: policy.can_mark_ready(who, home_id()), "alice bob erin"),
    ("record an outcome for Acme", lambda who: policy.can_record_outcome(who, home_id()), "alice bob erin sam"),
    ("dispose an ordinary flag", lambda who: policy.can_dispose_ordinary(who, home_id(), None), "rita sam"),
    ("propose on a critical flag", lambda who: policy.can_propose_critical(who, home_id(), None), "rita sam"),
    (
        "be second on a critical flag",
        lambda who: policy.can_countersign_critical(who, home_id(), None, people.rita().pk),
        "sam",
    ),
    ("be second on one's own proposal", lambda who: policy.can_countersign_critical(who, home_id(), None, who.pk or 0), ""),
    ("be second where nothing is proposed", lambda who: policy.can_countersign_critical(who, home_id(), None, None), ""),
    ("override", lambda who: policy.can_override(who, home_id(), None), "sam"),
    ("import lists", lambda who: policy.can_import_lists(who), "ada abe"),
    ("propose a switch", lambda who: policy.can_propose_switch(who), "ada abe"),
    ("activate what ada staged", lambda who: policy.can_activate(who, people.ada().pk), "abe"),
    ("activate what a fetch staged", lambda who: policy.can_activate(who, None), "ada abe"),
    ("read the log of Acme", lambda who: policy.can_read_audit(who, home_id()), "alice bob erin rita sam otto"),
    ("read the system's log", lambda who: policy.can_read_audit(who, None), "otto"),
    ("read the list log", lambda who: policy.can_read_list_log(who), "rita sam ada abe otto"),
    ("export evidence of Acme", lambda who: policy.can_export_evidence(who, home_id()), "alice bob erin rita sam otto"),
    ("export evidence of nobody", lambda who: policy.can_export_evidence(who, None), ""),
    ("manage people of Acme", lambda who: policy.can_manage_members(who, home_id()), "erin root"),
    ("manage people of the desk", lambda who: policy.can_manage_desk_people(who), "root"),
    (
        "give alice Exporter admin",
        lambda who: policy.can_change_role(who, RoleName.EXPORTER_ADMIN, people.alice().pk, home_id()),
        "erin root",
    ),
    ("give erin a role", lambda who: policy.can_change_role(who, RoleName.EXPORTER, people.erin().pk, home_id()), "root"),
    ("give a desk role at the desk", lambda who: policy.can_change_role(who, RoleName.REVIEWER, 0, None), "root"),
    ("give a desk role to an exporter", lambda who: policy.can_change_role(who, RoleName.REVIEWER, 0, home_id()), ""),
    ("make a token of Acme", lambda who: policy.can_issue_token(who, home_id()), "erin"),
    ("revoke a token of Acme", lambda who: policy.can_revoke_token(who, home_id()), "erin root"),
    ("set a hold", lambda who: policy.can_set_hold(who), "sam otto"),
    ("release a hold somebody proposed", lambda who: policy.can_release_hold(who, people.sam().pk), "root"),
    ("release a hold nobody proposed", lambda who: policy.can_release_hold(who, None), ""),
]


@pytest.mark.parametrize(("question", "may"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_row(question: Question, may: str) -> None:
    allowed = {person.__name__ for person in people.EVERYBODY if question(person())}
    assert allowed == set(may.split())
    assert not question(AnonymousUser())


@pytest.mark.parametrize(("question", "may"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_closed_accounts_may_nothing(question: Question, may: str) -> None:
    for name in may.split():
        person = getattr(people, name)()
        person.is_active = False
        assert not question(person), name


def test_nobody_disposes_what_they_drafted(rita: User, sam: User) -> None:
    assert not policy.can_dispose_ordinary(rita, home_id(), rita.pk)
    assert not policy.can_countersign_critical(sam, home_id(), sam.pk, rita.pk)


@pytest.mark.parametrize("other", [RoleName.LIST_ADMIN, RoleName.AUDITOR, RoleName.SYSTEM_ADMIN])
def test_a_forbidden_pair_of_roles_decides_nothing(other: RoleName) -> None:
    """Services never give such a pair; if a row says so all the same, the acts of both sides are refused."""
    person = people.person("janus", RoleName.SENIOR_REVIEWER, other)
    assert not policy.can_dispose_ordinary(person, home_id(), None)
    assert not policy.can_import_lists(person)


def test_a_superuser_without_a_role_may_nothing(db: None) -> None:
    person = User.objects.create_superuser("su@example.com")
    assert not any(question(person) for _, question, _ in TABLE)
    assert policy.audit_reach(person) is AuditReach.NOTHING


def test_reach(db: None) -> None:
    reach = {person.__name__: policy.audit_reach(person()) for person in people.EVERYBODY}
    assert reach["otto"] is AuditReach.EVERYTHING
    assert reach["rita"] is reach["sam"] is AuditReach.QUEUE
    assert reach["ada"] is reach["abe"] is AuditReach.LISTS
    assert reach["root"] is AuditReach.ENVELOPES
    assert reach["alice"] is reach["erin"] is reach["mallory"] is AuditReach.OWN_ORGANIZATION
    assert policy.audit_reach(AnonymousUser()) is AuditReach.NOTHING
