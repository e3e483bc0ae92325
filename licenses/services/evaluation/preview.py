"""What a check would say of a party or an item as it is typed. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from exportcheck.errors import Refused
from licenses.services.application.validation import read
from licenses.services.evaluation.determine_line import determine_line
from screening import queries
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError
from screening.services.parties.snapshot import current
from screening.services.screening.screen import answer, without_private_reasons

MAX_SHOWN = 5
"""Hits shown under a form; the check shows all."""


def preview_party(data: Mapping[str, Any], organization_id: int) -> dict[str, Any]:
    """Output of `screen` for a party of an organization as typed, without private reasons. Raises Refused("invalid")."""
    try:
        party = party_from_dict(data)
    except PartyError as error:
        raise Refused("invalid", error.detail) from error
    return without_private_reasons(answer(party, current(organization_id), top=MAX_SHOWN), queries.private_lists())


def preview_item(data: Mapping[str, Any], destination: str) -> dict[str, Any]:
    """Output of `determine` for an item without parties. Raises Refused("invalid")."""
    numbers = {key: float(data[key]) for key in ("value_usd", "quantity") if data.get(key) is not None}
    texts = {key: str(data[key]) for key in ("eccn", "hs6", "origin") if data.get(key)}
    line = {"id": "preview", "destination": destination, "transaction": "export", "parties": [], **texts, **numbers}
    found: dict[str, Any] = read(lambda: determine_line(line, as_of=timezone.now().date()))
    return found
