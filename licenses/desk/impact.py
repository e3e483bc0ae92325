"""What activating a staged list version would touch, told as applications: screening knows parties, licenses knows cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from exportcheck.accounts import policy
from licenses.models import LicenseApplication
from licenses.queries import CASE
from screening.models import ImpactPreview, ListVersion
from screening.queries import impacts_of


@dataclass(slots=True)
class TouchedApplication:
    """One application that would be checked again. Listed names only: the party's own name is the exporter's."""

    application: LicenseApplication
    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


def touched_applications(impacts: Iterable[ImpactPreview]) -> list[TouchedApplication]:
    """The applications behind the parties of a preview, by reference."""
    parties = list(impacts)
    named = LicenseApplication.objects.annotate(case=CASE).filter(case__in={impact.party.case for impact in parties})
    rows = named.select_related("organization").order_by("reference")
    known = {application.case: TouchedApplication(application) for application in rows}
    for impact in parties:
        if (touched := known.get(impact.party.case)) is not None:
            touched.gained += [row["listed_name"] for row in impact.gained]
            touched.lost += [row["listed_name"] for row in impact.lost]
            touched.moved += [f"{row['listed_name']}: {row['was']} to {row['band']}" for row in impact.band_changed]
    return list(known.values())


def impact_view(request: HttpRequest, version_id: int, *, site: AdminSite) -> HttpResponse:
    """The page a list admin looks at before activating (docs/design/intake.md#5, rule 3)."""
    if not policy.can_read_list_log(request.user):
        raise PermissionDenied
    version = get_object_or_404(ListVersion.objects.select_related("control_list"), pk=version_id)
    context = {
        **site.each_context(request),
        "title": f"Applications touched by {version}",
        "version": version,
        "touched": touched_applications(impacts_of(version)),
        "may_open": policy.is_reviewer(request.user),
    }
    return TemplateResponse(request, "admin/licenses/impact.html", context)
