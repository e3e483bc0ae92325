"""What the address of a list on the desk may ask: look-ups that an admin class writes down, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

log = structlog.get_logger(__name__)

DAYS = ("__year", "__month", "__day")
"""How the parameters of the days above a list end."""
MAX_YEAR = 9998
"""The admin looks up to the first day of the year after, and the calendar ends with 9999."""


class ListedLookups(admin.ModelAdmin):
    """Denies by default. Django lets an address filter by every column of the model, shown or not, and by patterns:
    `?password__startswith=` finds a hash letter by letter, `?full_name__regex=^(a+)+$` keeps a processor busy. Here each list
    names what its filters, its days and the product's links need; all else leads back to the list and the database is not asked.
    """

    allowed_lookups: tuple[str, ...] = ()
    """Whole parameters of the address, such as "state__exact", or the name of a filter class's parameter."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; who asked for more reads so above it. One line in the log: a refusal is no fault of ours with a traceback."""
        try:
            return super().changelist_view(request, extra_context)
        except (DisallowedModelAdminLookup, DisallowedModelAdminToField) as refusal:
            log.warning("lookup_refused", list=self.opts.label, refusal=str(refusal))
            messages.error(request, "This list cannot be filtered like that; it is shown without.")
            return redirect(request.path)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what is written down; a number of the days above the list only as far as the calendar goes."""
        return lookup in self.allowed_lookups and (not lookup.endswith(DAYS) or in_calendar(value))

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """A row is named by its key (`?_to_field=`): no other column finds it."""
        return to_field == self.opts.pk.attname


def in_calendar(value: str) -> bool:
    """Whether Django's admin can make a day of a year, a month or a day; others it answers with an error of its own."""
    return value.isdecimal() and len(value) <= len(str(MAX_YEAR)) and int(value) <= MAX_YEAR


def person_column(relation: str, description: str) -> Callable[[Model], Any]:
    """A column that shows a person and is sorted by the name it shows: by the relation the order would be that of the e-mail
    addresses, which the list does not show."""

    @admin.display(description=description, ordering=f"{relation}__full_name")
    def column(row: Model) -> Any:
        return getattr(row, relation)

    column.__name__ = relation  # the class of its cells, as of a plain column
    return column
