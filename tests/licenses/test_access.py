"""The only door to an application: its organization, reviewers, auditors; 404 for everybody else (intake.md 5, rule 8)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from exportcheck.accounts.models import User
from licenses.access import application_for, document_for, flag_for, question_for, visible_applications
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


def test_flags_questions_and_papers_that_are_not_there(alice: User, rita: User) -> None:
    for door, person in ((flag_for, rita), (flag_for, alice), (question_for, alice), (document_for, alice)):
        with pytest.raises(Http404):
            door(person, 4711)
