"""The audit log on the desk: read only, searched by party name, country or document number (15 CFR 762.5(c))."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exportcheck.accounts.models import User
from exportcheck.accounts.policy import AuditReach, audit_reach
from exportcheck.audit import queries
from exportcheck.audit.models import AuditEvent
from exportcheck.read_only_admin import ReadOnlyAdmin

READERS = frozenset((AuditReach.EVERYTHING, AuditReach.QUEUE, AuditReach.LISTS, AuditReach.ENVELOPES))
"""Who reads at the desk; exporters read the timeline of their applications instead."""


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Events within a person's reach. A System admin sees who did what when, but no content."""

    list_display = ("at", "actor_label", "action", "subject", "chain", "seq")
    list_display_links = ("at", "action")
    list_filter = ("action",)
    allowed_lookups = ("action", "at__year", "at__month", "at__day")
    search_fields = ("subject",)
    search_help_text = "Party name, country code, reference or document number; every word must be found."
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    actions = None
    show_full_result_count = False
    list_select_related = ("actor",)

    def sees(self, request: HttpRequest) -> bool:
        """Whoever reads the log at the desk; `get_queryset` bounds what."""
        return audit_reach(request.user) in READERS

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """What the person may see at all."""
        user = request.user
        return queries.within_reach(user) if isinstance(user, User) else AuditEvent.objects.none()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent], search_term: str
    ) -> tuple[QuerySet[AuditEvent], bool]:
        """Words in subject, actor and body; who sees no content searches none either."""
        if audit_reach(request.user) is AuditReach.ENVELOPES:
            return super().get_search_results(request, queryset, search_term)
        return queries.mentioning(queryset, search_term), False

    def get_fields(self, request: HttpRequest, obj: AuditEvent | None = None) -> tuple[str, ...]:
        """The body only for those who read content."""
        shown = ("at", "actor_label", "action", "subject", "chain", "seq", "came_from", "hash", "previous")
        return shown if audit_reach(request.user) is AuditReach.ENVELOPES else (*shown, "content")

    @admin.display(description="came from")
    def came_from(self, event: AuditEvent) -> str:
        """Door, address, client."""
        return ", ".join(f"{key}: {value}" for key, value in event.origin.items()) or "the system itself"

    @admin.display(description="content")
    def content(self, event: AuditEvent) -> SafeString | str:
        """Body, or the word that it was redacted."""
        if event.salt is None:
            return "redacted"
        body: Any = event.body
        return format_html("<pre>{}</pre>", json.dumps(body, indent=2, ensure_ascii=False, sort_keys=True))
