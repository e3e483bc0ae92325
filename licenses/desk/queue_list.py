"""What is shown of the queue: parts, filters, and pages, none of which reads more of fifty thousand flags than it must."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from exportcheck.accounts.current_user import current_user
from licenses.models import Flag
from licenses.queries import review_queue

UNFILTERED = frozenset(("show", "p", "o"))
"""Parts of an address that narrow nothing but the part of the queue."""

MAX_KEYS_IN_QUERY = 500
"""So many keys are named in a query without a thought."""


def shown(request: HttpRequest) -> str:
    """Part of the queue asked for; anything unknown is all that is open."""
    show = request.GET.get("show", "")
    return show if show in review_queue.PARTS else "open"


class PartFilter(admin.SimpleListFilter):
    """The part of the queue; its links are the tabs above the table."""

    title = "part of the queue"
    parameter_name = "show"
    template = "admin/licenses/flag/no_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """Every part."""
        return tuple(review_queue.PARTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Flag]) -> QuerySet[Flag]:
        """Flags of the part."""
        return queryset.filter(review_queue.parts(current_user(request))[shown(request)])


class FixedFilter(admin.SimpleListFilter):
    """A filter over a column whose values are known: Django's own asks the database, which reads every open flag for them."""

    values: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """The values."""
        return tuple((value, value) for value in self.values)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Flag]) -> QuerySet[Flag]:
        """Flags with the value; a value typed by hand finds none."""
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class SeverityFilter(FixedFilter):
    """Severity of the concern."""

    title = parameter_name = "severity"
    values = ("blocking", "warning", "info")


class BandFilter(FixedFilter):
    """Band of the hit."""

    title, parameter_name = "band", "match__band"
    values = ("strong", "possible")


class QueuePages(Paginator):
    """Pages of the queue. `known` is the count of flags where the tabs have it. A filter or a search is asked once, in no order,
    for the keys of what it finds; where those are few, the page is chosen among them instead of searching the queue in its order
    once more. Only the flags of the page are read with what a line prints."""

    object_list: QuerySet[Flag]
    known: int | None = None

    @cached_property
    def matching(self) -> list[int]:
        """Keys of everything that a filter or a search finds."""
        return list(self.object_list.order_by().values_list("pk", flat=True))

    @property
    def count(self) -> int:
        """Flags on all pages."""
        return len(self.matching) if self.known is None else self.known

    def page(self, number: int | str) -> Page:
        """The flags of one page, in the order asked for. What was found is not filtered once more."""
        number = self.validate_number(number)
        first, chosen = (number - 1) * self.per_page, self.object_list
        rows = review_queue.open_flags().order_by(*chosen.query.order_by)
        if self.known is None and len(self.matching) <= MAX_KEYS_IN_QUERY:
            chosen = rows.filter(pk__in=self.matching)
        keys = list(chosen.values_list("pk", flat=True)[first : first + self.per_page])
        return Page(rows.filter(pk__in=keys), number, self)


class QueueList(ChangeList):
    """The admin's list, which goes round the pages where there is only one."""

    def get_results(self, request: HttpRequest) -> None:
        """Also a single page is read by its keys."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list
