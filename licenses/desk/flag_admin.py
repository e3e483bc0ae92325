"""The queue: open flags, the gravest first, and the door to the match page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import floatformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import smart_split, unescape_string_literal
from django.utils.timesince import timeuntil

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.errors import Refused
from exportcheck.read_only_admin import ReadOnlyAdmin
from licenses.desk.forms import GroupDecisionForm, SaveFilterForm
from licenses.desk.keys import KEYS
from licenses.desk.match_page import UNDO_KEY, MatchPage, remember_undo
from licenses.desk.queue_list import UNFILTERED, BandFilter, PartFilter, QueueList, QueuePages, SeverityFilter, shown
from licenses.desk.queue_position import remember_part
from licenses.desk.simulator import simulator_view
from licenses.models import Flag
from licenses.queries import QUEUE_ORDER, review_queue
from licenses.services.review.claims import next_flag
from licenses.services.review.concerns_and_notes import bulk_false_positive
from licenses.services.review.group_decisions import undo_group
from licenses.services.review.saved_filters import remove_filter, save_filter
from licenses.words import country, flag_label

COUNTS = "queue_counts"
"""Attribute of a request: flags in each part of the queue, counted once for tabs and pages."""


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    """Flags that wait for a person. Nothing is edited here: a decision is a service (licenses.services.review.decisions)."""

    list_display = ("severity_bar", "what", "party", "best_hit", "transaction", "waiting", "clock", "assigned")
    list_display_links = ("what",)
    search_fields = ("application__reference", "application__organization__name", "code", "match__matched_name", "why")
    list_filter = (PartFilter, SeverityFilter, "critical", BandFilter, "match__control_list", "application__organization")
    allowed_lookups = (
        *("show", "severity", "critical__exact", "match__band"),
        "severity__exact",  # in views that people keep from before the filter had this name
        *("match__control_list__id__exact", "application__organization__id__exact"),
    )
    actions = ("settle_alike",)
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/licenses/flag/change_list.html"

    def sees(self, request: HttpRequest) -> bool:
        """Reviewers and auditors; decisions go through the services."""
        return policy.can_see_queue(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        """Flags that wait for the list (the filter `show` narrows them); a single flag is found in any state."""
        if request.resolver_match and request.resolver_match.url_name == "licenses_flag_changelist":
            return review_queue.open_flags()
        return review_queue.flags_of_any_state()

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """The gravest first."""
        return QUEUE_ORDER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QueueList]:
        """The list that reads its pages by their keys."""
        return QueueList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Flag], search_term: str) -> tuple[QuerySet[Flag], bool]:
        """Flags that name every word; words in quotes are one."""
        for word in smart_split(search_term):
            quoted = word[:1] in ("'", '"') and len(word) > 1 and word[0] == word[-1]
            queryset = queryset.filter(review_queue.mentioning(unescape_string_literal(word) if quoted else word))
        return queryset, False

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Flag], per_page: int, *args: Any, **kwargs: Any
    ) -> Paginator:
        """Pages of what is asked for; without a filter their number is that of the tab. The history of a flag has pages of
        other rows."""
        if queryset.model is not Flag:
            return super().get_paginator(request, queryset, per_page, *args, **kwargs)
        pages = QueuePages(queryset, per_page, *args, **kwargs)
        counts: dict[str, int] | None = getattr(request, COUNTS, None)
        if counts is not None and request.GET.keys() <= UNFILTERED:
            pages.known = counts[shown(request)]
        return pages

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue with its counts and the views the person keeps."""
        user = current_user(request)
        current = shown(request)
        remember_part(request, current)
        counts = review_queue.queue_counts(user)
        setattr(request, COUNTS, counts)
        context = {
            "tabs": [
                {"key": key, "label": label, "count": counts[key], "current": key == current}
                for key, label in review_queue.PARTS.items()
            ],
            "show": current,
            "keys": KEYS,
            "can_decide": policy.is_reviewer(request.user),
            "can_undo": bool(request.session.get(UNDO_KEY)),
            "saved": user.saved_filters.all(),
            "save_form": SaveFilterForm(initial={"query": request.GET.urlencode()}),
            "may_simulate": policy.can_simulate_threshold(request.user),
            "title": "Queue",
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything for one decision on one screen."""
        if not policy.can_see_queue(request.user):
            raise PermissionDenied
        return MatchPage(self.admin_site).show(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        """The queue's own addresses before the admin's."""
        page = MatchPage(self.admin_site)
        view = self.admin_site.admin_view
        return [
            path("next/", view(self.next_view), name="licenses_flag_next"),
            path("simulator/", view(self.simulator_view), name="licenses_flag_simulator"),
            path("undo/", view(self.undo_view), name="licenses_flag_undo_last"),
            path("saved/", view(self.save_view), name="licenses_flag_save_filter"),
            path("saved/<int:filter_id>/remove/", view(self.remove_view), name="licenses_flag_remove_filter"),
            path("<int:flag_id>/undo/", view(page.undo), name="licenses_flag_undo"),
            path("<int:flag_id>/decide/", view(page.decide), name="licenses_flag_decide"),
            path("<int:flag_id>/second/", view(page.second), name="licenses_flag_second"),
            path("<int:flag_id>/quality/", view(page.quality), name="licenses_flag_quality"),
            path("<int:flag_id>/reopen/", view(page.reopen), name="licenses_flag_reopen"),
            path("<int:flag_id>/ask/", view(page.ask), name="licenses_flag_ask"),
            path("<int:flag_id>/claim/", view(page.claim), name="licenses_flag_claim"),
            *super().get_urls(),
        ]

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Claim the gravest unassigned flag for a quarter of an hour and open it."""
        if request.method != "POST" or not policy.is_reviewer(request.user):
            raise PermissionDenied
        try:
            flag = next_flag(actor=current_user(request))
        except Refused as refusal:
            messages.error(request, refusal.detail)
            return redirect("desk:licenses_flag_changelist")
        if flag is None:
            messages.info(request, "Nothing is waiting that you may take.")
            return redirect("desk:licenses_flag_changelist")
        return redirect("desk:licenses_flag_change", flag.pk)

    def simulator_view(self, request: HttpRequest) -> HttpResponse:
        """What another threshold would mean."""
        return simulator_view(request, self.admin_site)

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Take back everything that the person's last act settled."""
        if request.method != "POST" or not policy.is_reviewer(request.user):
            raise PermissionDenied
        decision_ids = request.session.pop(UNDO_KEY, [])
        try:
            flags = undo_group(actor=current_user(request), decision_ids=decision_ids)
        except Refused as refusal:
            messages.error(request, refusal.detail)
            return redirect("desk:licenses_flag_changelist")
        messages.success(request, f"Taken back: {len(flags)} flag{'s are' if len(flags) > 1 else ' is'} open again.")
        return redirect("desk:licenses_flag_change", flags[0].pk)

    def save_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the open view of the queue under a name."""
        if request.method != "POST" or not policy.can_see_queue(request.user):
            raise PermissionDenied
        form = SaveFilterForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Give the view a name of at most 60 characters.")
            return redirect("desk:licenses_flag_changelist")
        try:
            saved = save_filter(actor=current_user(request), name=form.cleaned_data["name"], query=form.cleaned_data["query"])
        except Refused as refusal:
            messages.error(request, refusal.detail)
            return redirect("desk:licenses_flag_changelist")
        return redirect(f"{reverse('desk:licenses_flag_changelist')}?{saved.query}")

    def remove_view(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        """Forget a view."""
        if request.method != "POST" or not policy.can_see_queue(request.user):
            raise PermissionDenied
        remove_filter(actor=current_user(request), filter_id=filter_id)
        return redirect("desk:licenses_flag_changelist")

    @admin.action(description="False positive, one reason for all (alike possible matches only)")
    def settle_alike(self, request: HttpRequest, flags: QuerySet[Flag]) -> HttpResponse | None:
        """Ask for the one reason, then settle; the service keeps the limits of docs/design/intake.md#4."""
        if not policy.is_reviewer(request.user):
            raise PermissionDenied
        form = GroupDecisionForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            try:
                decisions = bulk_false_positive(
                    actor=current_user(request), flag_ids=[flag.pk for flag in flags], **form.cleaned_data
                )
            except Refused as refusal:
                form.add_error(None, refusal.detail)
            else:
                remember_undo(request, decisions)
                messages.success(request, f"{len(decisions)} flags settled, each with its own decision. Undo takes all back.")
                return None
        context = {
            **self.admin_site.each_context(request),
            "opts": Flag._meta,
            "title": "False positive for several flags",
            "flags": flags.select_related(*review_queue.AROUND),
            "form": form,
        }
        return TemplateResponse(request, "admin/licenses/flag/bulk.html", context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Actions are the reviewers'; nothing is deleted."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions if policy.is_reviewer(request.user) else {}

    @admin.display(description="Severity")
    def severity_bar(self, flag: Flag) -> str:
        """Severity in words and color; critical flags take two people."""
        level = "critical" if flag.critical else flag.severity
        return format_html('<span class="ec-severity" data-severity="{}">{}</span>', level, level)

    @admin.display(description="Flag")
    def what(self, flag: Flag) -> str:
        """The concern and the application it stands on."""
        return format_html("{} <span class='ec-soft'>{}</span>", flag_label(flag.code), flag.application.reference)

    @admin.display(description="Party")
    def party(self, flag: Flag) -> str:
        """Name as entered; the item where the flag is about one."""
        if flag.match:
            return str(flag.match.party.facts.get("name") or "address only")
        named = [str(party) for party in flag.application.parties.all() if party.key == flag.party_key]
        return next(iter(named), flag.party_key or flag.item_key or "–")

    @admin.display(description="Best hit")
    def best_hit(self, flag: Flag) -> str:
        """List, listed name, band and score."""
        if not flag.match:
            return "–"
        return format_html(
            '{}: {} <span class="ec-band" data-band="{}">{} {}</span>',
            flag.match.control_list.code,
            flag.match.entry.name[:60],
            flag.match.band,
            flag.match.band,
            floatformat(flag.match.score, 0),
        )

    @admin.display(description="Destination")
    def transaction(self, flag: Flag) -> str:
        """Where the goods go."""
        return country(flag.application.destination) or "–"

    @admin.display(description="Opened", ordering="opened_at")
    def waiting(self, flag: Flag) -> str:
        """Since when."""
        return f"{flag.opened_at:%d %b %H:%M}"

    @admin.display(description="Clock", ordering="due_at")
    def clock(self, flag: Flag) -> str:
        """Time left, overdue, or standing while the exporter is asked."""
        if flag.paused_at:
            return "stands: exporter asked"
        if flag.due_at is None:
            return "–"
        if flag.due_at < timezone.now():
            return format_html('<span class="ec-chip" data-tone="stop">{}</span>', "overdue")
        return timeuntil(flag.due_at).split(",")[0]

    @admin.display(description="With")
    def assigned(self, flag: Flag) -> str:
        """Who holds it."""
        return str(flag.assignee) if flag.assignee else "–"
