"""The address of a party in the parts that SNAP-R asks for, proposed from the line that was typed; the exporter confirms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.http import HttpRequest

from licenses.forms.base import lines
from licenses.forms.party import PartyForm
from screening.services.parties.address_parts import split_address

FormT = TypeVar("FormT", bound=PartyForm)


def with_parts(initial: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values of a party's form with its first address in parts, where none of the parts was given yet."""
    parts = [name for name in PartyForm.ADDRESS_FIELDS if name != "ein"]
    first = next(iter(lines(str(initial.get("addresses") or ""))), "")
    if not first or any(initial.get(name) for name in parts):
        return dict(initial)
    proposed = split_address(first, str(initial.get("country") or "")).as_dict()
    return {**initial, **proposed, "proposed_from": first} if proposed else dict(initial)


def proposing(request: HttpRequest, stored: Mapping[str, Any], form: type[FormT] = PartyForm) -> FormT:  # type: ignore[assignment]  # the bound's own class
    """The form as it was sent, unchecked, with the parts proposed anew from its first address."""
    many = ("citizenships",)
    sent: dict[str, Any] = {name: request.POST.getlist(name) if name in many else request.POST[name] for name in request.POST}
    kept = {name: value for name, value in sent.items() if name not in (*PartyForm.ADDRESS_FIELDS, "confirmed") or name == "ein"}
    return form(initial=with_parts(kept), stored=stored)
