"""Named reads of the review queue."""

from __future__ import annotations

import pytest

from exportcheck.accounts.models import Organization
from licenses.queries.review_queue import seen_elsewhere
from tests.screening.factories import check, load, party, rows

pytestmark = pytest.mark.django_db


def test_a_party_in_two_roles_of_another_case_was_seen_in_one_case() -> None:
    load(rows(10))
    acme, other = (Organization.objects.create(name=name) for name in ("Acme", "Another"))
    _, (match,) = check(party(), organization=acme)
    for case, part in (("EX-2026-00001", "P2"), ("EX-2026-00002", "P1"), ("EX-2026-00002", "P2")):
        check(party(), organization=acme, case=f"application:{case}", part=part)
    check(party(), organization=other)
    assert seen_elsewhere(match) == {"cases": 1, "organizations": 1}
