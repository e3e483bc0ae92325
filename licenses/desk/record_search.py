"""Finding an application by party, country or document number (15 CFR 762.5(c)): three boxes beside the list, over what stands
now and over every revision that was frozen."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from exportcheck.audit.queries import spellings
from licenses.models import LicenseApplication, Revision
from screening.matching.countries import code_for


class TextFilter(admin.SimpleListFilter):
    """A filter that is a text box instead of a list of choices."""

    template = "admin/licenses/licenseapplication/text_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice, so that the admin shows the filter at all."""
        return [("", "")]

    def choices(self, changelist: Any) -> Any:
        """The other parts of the address, which the box sends along."""
        others = [(key, value) for key, value in changelist.get_filters_params().items() if key != self.parameter_name]
        flat = [(key, value[-1] if isinstance(value, list) else value) for key, value in others]
        yield {"others": flat, "name": self.parameter_name, "value": self.value() or "", "selected": False}


class PartyFilter(TextFilter):
    """Name, former or other name, owner, address: any text of a party, now or in a revision."""

    title = "party"
    parameter_name = "party"

    def queryset(self, request: HttpRequest, queryset: QuerySet[LicenseApplication]) -> QuerySet[LicenseApplication]:
        """Applications one of whose parties has every word."""
        words = (self.value() or "").split()
        if not words:
            return queryset
        now = Q()
        for word in words:
            now &= Q(parties__name__icontains=word) | mentions("parties_text", word)
        present = LicenseApplication.objects.annotate(parties_text=Cast("parties__facts", TextField())).filter(now)
        return queryset.filter(Q(pk__in=present.values("pk")) | Q(pk__in=in_revisions(words)))


class CountryFilter(TextFilter):
    """Destination or country of a party, by code or by name."""

    title = "country"
    parameter_name = "country"

    def queryset(self, request: HttpRequest, queryset: QuerySet[LicenseApplication]) -> QuerySet[LicenseApplication]:
        """Applications that go there or have a party there; an unknown country finds nothing."""
        text = (self.value() or "").strip()
        if not text:
            return queryset
        codes = codes_of(text)
        frozen = Q()
        for code in codes:
            frozen |= Q(text__contains=f'"country": "{code}"') | Q(text__contains=f'"destination": "{code}"')
        revisions = (
            Revision.objects.annotate(text=Cast("content", TextField())).filter(frozen) if codes else Revision.objects.none()
        )
        there = LicenseApplication.objects.filter(Q(destination__in=codes) | Q(parties__country__in=codes))
        return queryset.filter(Q(pk__in=there.values("pk")) | Q(pk__in=revisions.values("application")))


class DocumentFilter(TextFilter):
    """Reference, ACN, license and certificate numbers, title or SHA-256 of a paper."""

    title = "document number"
    parameter_name = "document"

    def queryset(self, request: HttpRequest, queryset: QuerySet[LicenseApplication]) -> QuerySet[LicenseApplication]:
        """Applications that hold the number."""
        text = (self.value() or "").strip()
        if not text:
            return queryset
        condition = (
            Q(reference__iexact=text)
            | Q(acn__iexact=text)
            | Q(documents__title__icontains=text)
            | Q(documents__sha256__istartswith=text)
            | mentions("form_text", text)
        )
        now = LicenseApplication.objects.annotate(form_text=Cast("form", TextField())).filter(condition)
        return queryset.filter(Q(pk__in=now.values("pk")) | Q(pk__in=in_revisions([text])))


def mentions(column: str, word: str) -> Q:
    """A word in a JSON column cast to text, in the ways it may be stored."""
    condition = Q()
    for spelling in spellings(word):
        condition |= Q(**{f"{column}__icontains": spelling})
    return condition


def in_revisions(words: list[str]) -> QuerySet[Revision, int]:
    """Applications that have a revision with every word: what was filed before a party was changed or taken off."""
    rows = Revision.objects.annotate(text=Cast("content", TextField()))
    for word in words:
        rows = rows.filter(mentions("text", word))
    return rows.values_list("application", flat=True)


def codes_of(text: str) -> list[str]:
    """The country code for a code or a name, also an old or a regulatory one; none for a country nobody knows."""
    code = code_for(text) or (text.upper() if len(text) == 2 else "")
    return [code] if code else []
