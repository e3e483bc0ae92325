"""The only door to an application: its organization, reviewers, auditors; 404 for everybody else (intake.md 5, rule 8)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.access import application_for, question_for, visible_applications
from tests import people
from tests.licenses.factories import draft


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("alice", True),
        ("bob", True),
        ("erin", True),
        ("mallory", False),
        ("rita", True),
        ("sam", True),
        ("otto", True),
        ("ada", False),
        ("root", False),
    ],
)
def test_who_reads_an_application(name: str, sees: bool, alice: User) -> None:
    """List admins and system admins read no content."""
    application = draft(alice)
    person = getattr(people, name)()
    assert visible_applications(person).exists() is sees
    if sees:
        assert application_for(person, application.reference) == application
        return
    with pytest.raises(Http404):
        application_for(person, application.reference)


def test_strangers_and_closed_accounts_see_nothing(alice: User) -> None:
    draft(alice)
    assert not visible_applications(AnonymousUser()).exists()
    alice.is_active = False
    assert not visible_applications(alice).exists()


def test_a_foreign_row_and_none_at_all_look_the_same(alice: User, mallory: User) -> None:
    reference = draft(alice).reference
    told = []
    for asked in (reference, "EX-2026-99999"):
        with pytest.raises(Http404) as missing:
            application_for(mallory, asked)
        told.append(str(missing.value))
    assert told[0] == told[1]


def test_a_question_that_is_not_there(alice: User) -> None:
    with pytest.raises(Http404):
        question_for(alice, 4711)


@pytest.mark.parametrize("other", [RoleName.LIST_ADMIN, RoleName.SYSTEM_ADMIN])
@pytest.mark.parametrize("role", [RoleName.REVIEWER, RoleName.SENIOR_REVIEWER])
def test_a_forbidden_pair_of_roles_reads_nothing(role: RoleName, other: RoleName, alice: User) -> None:
    """Services never give such a pair (rules 4 and 5); if a row says so all the same, there is no content behind it."""
    application, janus = draft(alice), people.person("janus", role, other)
    assert not visible_applications(janus).exists()
    with pytest.raises(Http404):
        application_for(janus, application.reference)


def test_the_door_opens_for_whom_the_policy_names(alice: User) -> None:
    organization = draft(alice).organization_id
    for person in people.EVERYBODY:
        user = person()
        assert visible_applications(user).exists() is policy.can_see_hits(user, organization), user
