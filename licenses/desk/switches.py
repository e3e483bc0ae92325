"""Dated switches at the desk: one list admin proposes, the page shows which live applications would move, another approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.models import User
from exportcheck.admin_actions import ServiceAction, by_post, nothing_asked
from exportcheck.admin_lookups import person_column
from exportcheck.errors import Refused
from exportcheck.read_only_admin import ReadOnlyAdmin
from licenses.models import Switch
from licenses.services.evaluation.rules_in_force import known_switches
from licenses.services.thresholds.switches import countersign_switch, preview_switch, propose_switch, withdraw_switch


class ProposalForm(forms.Form):
    """A switch with its dates, citation and reason."""

    name = forms.ChoiceField(label="Switch")
    value = forms.CharField(label="Value", max_length=60, help_text="active, stayed, or the new number of a threshold.")
    effective_from = forms.DateField(label="In force from", widget=forms.DateInput(attrs={"type": "date"}))
    effective_to = forms.DateField(label="Until (not included)", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    citation = forms.CharField(label="Citation", max_length=200, help_text="Federal Register page or section.")
    reason = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name.replace("_", " ")) for name in known_switches()]  # type: ignore[attr-defined]


@admin.register(Switch)
class SwitchAdmin(ReadOnlyAdmin):
    """Proposals and what is in force. Rows are never edited: a new switch follows an old one."""

    list_display = (
        *("name", "value", "effective_from", "effective_to", "citation", "state"),
        person_column("proposed_by", "proposed by"),
        "approved_by",
    )
    list_display_links = ("name",)
    list_select_related = ("proposed_by", "decided_by")

    def sees(self, request: HttpRequest) -> bool:
        """List admins, reviewers, auditors."""
        return policy.can_see_switches(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """List admins propose."""
        return policy.can_propose_switch(request.user)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Propose."""
        if not policy.can_propose_switch(request.user):
            raise PermissionDenied
        form = ProposalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                switch = propose_switch(actor=current_user(request), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.detail)
            else:
                messages.success(request, "Proposed. Another list admin approves it.")
                return redirect("desk:licenses_switch_change", switch.pk)
        context = {**self.admin_site.each_context(request), "opts": Switch._meta, "title": "Propose a switch", "form": form}
        return TemplateResponse(request, "admin/licenses/switch/propose.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The switch, and while it waits, what approving it would move."""
        if not policy.can_see_switches(request.user):
            raise PermissionDenied
        switch = get_object_or_404(Switch.objects.select_related("proposed_by", "decided_by"), pk=object_id)
        waits = switch.decided_at is None and switch.withdrawn_at is None
        context = {
            **self.admin_site.each_context(request),
            "opts": Switch._meta,
            "title": str(switch),
            "switch": switch,
            "waits": waits,
            "preview": preview_switch(switch) if waits else None,
            "may_approve": waits and policy.can_activate(request.user, switch.proposed_by_id),
            "may_withdraw": waits and policy.can_propose_switch(request.user),
        }
        return TemplateResponse(request, "admin/licenses/switch/page.html", context)

    def get_urls(self) -> list[URLPattern]:
        """Approve and withdraw before the admin's own addresses."""
        view = self.admin_site.admin_view
        return [
            path("<int:switch_id>/approve/", view(self.approve), name="licenses_switch_approve"),
            path("<int:switch_id>/withdraw/", view(self.withdraw), name="licenses_switch_withdraw"),
            *super().get_urls(),
        ]

    def approve(self, request: HttpRequest, switch_id: int) -> HttpResponse:
        """The second list admin puts it in force."""
        return self._act(request, switch_id, countersign_switch, "In force for its dates. New checks use it.")

    def withdraw(self, request: HttpRequest, switch_id: int) -> HttpResponse:
        """Take a proposal back."""
        return self._act(request, switch_id, withdraw_switch, "Withdrawn.")

    def _act(self, request: HttpRequest, switch_id: int, service: Callable[..., Switch], done: str) -> HttpResponse:
        by_post(request, may=policy.is_list_admin(request.user))
        ServiceAction(nothing_asked(), lambda _: service(actor=current_user(request), switch_id=switch_id), done).tell(request)
        return redirect("desk:licenses_switch_change", switch_id)

    @admin.display(description="Approved by", ordering="decided_by__full_name")
    def approved_by(self, switch: Switch) -> User | None:
        """The second list admin."""
        return switch.decided_by

    @admin.display(description="State")
    def state(self, switch: Switch) -> str:
        """Where it stands."""
        if switch.decided_at:
            return "approved"
        return "withdrawn" if switch.withdrawn_at else "waits for a second list admin"
