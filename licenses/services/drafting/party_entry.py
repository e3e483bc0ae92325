"""A party as it is entered on the form: its facts, and its address in the parts that SNAP-R asks for, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from exportcheck.accounts.models import User
from licenses.models import ApplicationParty, LicenseApplication
from licenses.services.drafting.edits import remove_party, save_page, save_party


@transaction.atomic
def enter_party(
    *,
    actor: User,
    application_id: int,
    lock: int,
    key: str | None,
    data: Mapping[str, Any],
    address: Mapping[str, Any],
) -> ApplicationParty:
    """`save_party`, and the address in parts under `form.parties.<key>` ({}: none). Raises Refused as `save_party`; then neither
    is written."""
    row = save_party(actor=actor, application_id=application_id, lock=lock, key=key, data=data)
    _write_address(actor, application_id, row.key, address)
    return row


@transaction.atomic
def take_off_party(*, actor: User, application_id: int, lock: int, key: str) -> None:
    """`remove_party`, with its address in parts, so that no later party inherits it. Raises Refused as `remove_party`."""
    remove_party(actor=actor, application_id=application_id, lock=lock, key=key)
    _write_address(actor, application_id, key, {})


def _write_address(actor: User, application_id: int, key: str, address: Mapping[str, Any]) -> None:
    application = LicenseApplication.objects.get(pk=application_id)
    parts: dict[str, Any] = application.form.get("parties") or {}
    if parts.get(key, {}) == dict(address):
        return
    others = {name: value for name, value in parts.items() if name != key}
    addresses = {**others, key: dict(address)} if address else others
    save_page(
        actor=actor,
        application_id=application_id,
        lock=application.lock,
        page="parties",
        data={"form": {"parties": addresses or None}},
    )
