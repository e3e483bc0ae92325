"""The threshold simulator's page, for senior reviewers."""

from __future__ import annotations

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.models import Organization
from exportcheck.errors import Refused
from licenses.models import Flag
from licenses.services.thresholds.simulation import MAX_PARTIES, MIN_THRESHOLD, PARTIES, simulate
from screening.services.screening.screen import POSSIBLE_FROM, STRONG_FROM


class SimulatorForm(forms.Form):
    """A threshold, whose history, and how many parties."""

    threshold = forms.FloatField(
        label="Least score of a possible match",
        min_value=MIN_THRESHOLD,
        max_value=STRONG_FROM,
        initial=POSSIBLE_FROM,
        help_text=f"The engine's own is {POSSIBLE_FROM:g}; strong matches begin at {STRONG_FROM:g}.",
    )
    organization = forms.ModelChoiceField(
        label="History of", queryset=Organization.objects.order_by("name"), required=False, empty_label="every organization"
    )
    parties = forms.IntegerField(
        label="Parties in the sample",
        min_value=1,
        max_value=MAX_PARTIES,
        initial=PARTIES,
        help_text="Only a threshold lower than the engine's own needs a sample: its hits were never stored.",
    )


def simulator_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Ask what a threshold would mean; nothing changes, so it is a GET with its question in the address."""
    if not policy.can_simulate_threshold(request.user):
        raise PermissionDenied
    form = SimulatorForm(request.GET if "threshold" in request.GET else None)
    simulation = None
    if form.is_valid():
        values = form.cleaned_data
        organization = values["organization"]
        try:
            simulation = simulate(
                actor=current_user(request),
                threshold=values["threshold"],
                organization_id=organization.pk if organization else None,
                parties=values["parties"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.detail)
    context = {
        **site.each_context(request),
        "opts": Flag._meta,
        "title": "Threshold simulator",
        "form": form,
        "simulation": simulation,
    }
    return TemplateResponse(request, "admin/licenses/simulator.html", context)
