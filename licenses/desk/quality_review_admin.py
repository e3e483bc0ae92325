"""Clearances drawn for a quality review, as a list on the desk; the look itself is on the match page, beside the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html

from exportcheck.accounts import policy
from exportcheck.admin_lookups import person_column
from exportcheck.read_only_admin import ReadOnlyAdmin
from licenses.models import QualityReview
from licenses.words import flag_label, words


class StandFilter(admin.SimpleListFilter):
    """What still waits, or what was found."""

    title = "finding"
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """What can be asked for; without asking, all."""
        return (("waiting", "Waiting"), ("agreed", "Agreed"), ("disagreed", "Disagreed"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[QualityReview]) -> QuerySet[QualityReview]:
        """By the finding."""
        match self.value():
            case "waiting":
                return queryset.filter(reviewed_at=None)
            case "agreed":
                return queryset.filter(agreed=True)
            case "disagreed":
                return queryset.filter(agreed=False)
            case _:
                return queryset


@admin.register(QualityReview)
class QualityReviewAdmin(ReadOnlyAdmin):
    """Read only; `licenses.services.review.quality_reviews` draws and records."""

    list_display = ("flag", "application", "drawn_at", "found", person_column("reviewed_by", "reviewed by"))
    list_filter = (StandFilter,)
    allowed_lookups = ("found",)
    list_select_related = ("decision__flag__application", "reviewed_by")
    show_full_result_count = False
    actions = None

    def sees(self, request: HttpRequest) -> bool:
        """Reviewers and auditors."""
        return policy.can_see_queue(request.user)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The match page has the evidence, and the form."""
        if not policy.can_see_queue(request.user):
            raise PermissionDenied
        review = get_object_or_404(self.get_queryset(request).select_related("decision"), pk=object_id)
        return redirect("desk:licenses_flag_change", review.decision.flag_id)

    @admin.display(description="Flag")
    def flag(self, review: QualityReview) -> str:
        """What was cleared."""
        return flag_label(review.decision.flag.code)

    @admin.display(description="Application")
    def application(self, review: QualityReview) -> str:
        """Its page."""
        application = review.decision.flag.application
        address = reverse("desk:licenses_licenseapplication_change", args=(application.pk,))
        return format_html('<a href="{}">{}</a>', address, application.reference)

    @admin.display(description="Found")
    def found(self, review: QualityReview) -> str:
        """Waiting, agreed or disagreed; the decision itself is not shown before the look."""
        if review.agreed is None:
            return format_html('<span class="ec-chip">{}</span>', "waiting")
        tone = "neutral" if review.agreed else "warn"
        finding = "agreed" if review.agreed else "disagreed"
        return format_html('<span class="ec-chip" data-tone="{}">{}</span> {}', tone, finding, words(review.decision.disposition))
