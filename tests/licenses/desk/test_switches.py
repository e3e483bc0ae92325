"""Switches at the desk: who sees them, proposing, what would move, the second list admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import Switch

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FIELDS = {
    "name": "affiliates_50",
    "value": "stayed",
    "effective_from": "2026-11-10",
    "effective_to": "2027-11-10",
    "citation": "91 FR 12345",
    "reason": "The stay was extended by a year.",
}


def propose(client: Client) -> Switch:
    client.post(reverse("desk:licenses_switch_add"), FIELDS)
    return Switch.objects.get()


def test_one_list_admin_proposes_and_another_approves(ada: User, abe: User, sign_in: SignIn) -> None:
    switch = propose(sign_in(ada))
    page = reverse("desk:licenses_switch_change", args=(switch.pk,))
    own = sign_in(ada).get(page).content.decode()
    assert "A list admin other than" in own
    assert "No outcome of 0 live applications would change" in own
    sign_in(abe).post(reverse("desk:licenses_switch_approve", args=(switch.pk,)))
    switch.refresh_from_db()
    assert switch.decided_by == abe


def test_a_bad_proposal_comes_back_with_words(ada: User, sign_in: SignIn) -> None:
    page = sign_in(ada).post(reverse("desk:licenses_switch_add"), {**FIELDS, "value": "perhaps"})
    assert "active or stayed" in page.content.decode()
    assert not Switch.objects.exists()


@pytest.mark.parametrize("name", ["rita", "otto"])
def test_reviewers_and_auditors_look_and_change_nothing(
    name: str, request: pytest.FixtureRequest, ada: User, sign_in: SignIn
) -> None:
    switch = propose(sign_in(ada))
    client = sign_in(request.getfixturevalue(name))
    assert client.get(reverse("desk:licenses_switch_changelist")).status_code == 200
    assert client.post(reverse("desk:licenses_switch_add"), FIELDS).status_code == 403
    assert client.post(reverse("desk:licenses_switch_approve", args=(switch.pk,))).status_code == 403
    switch.refresh_from_db()
    assert switch.decided_at is None
