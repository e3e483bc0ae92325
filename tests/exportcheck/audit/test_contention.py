"""Many people act at once: every event gets its own place in the chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from exportcheck.accounts.models import Organization
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import chain_of, record
from exportcheck.audit.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_concurrent_events_form_one_chain() -> None:
    organization = Organization.objects.create(name="Busy")

    def act(number: int) -> None:
        try:
            with transaction.atomic():
                record(actor=None, action="x", subject=f"application:{number}", organization=organization)
        finally:
            connection.close()

    # The SQLite of tests lives in memory, where a second writer is refused instead of made to wait.
    with ThreadPoolExecutor(1 if connection.vendor == "sqlite" else 8) as pool:
        list(pool.map(act, range(80)))
    assert list(AuditEvent.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 81))
    assert verify(chain_of(organization)) is None
