"""Named reads of the address book, the catalog and bulk jobs of one organization."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from exportcheck.accounts.models import Organization
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.queries import for_organization
from exportcheck.leases import free
from licenses.models import BulkJob, CatalogItem, Contact, LicenseApplication


def contacts_of(organization_id: int | None, text: str = "") -> QuerySet[Contact]:
    """The organization's address book by name; `text` narrows by name, note or country."""
    if organization_id is None:
        return Contact.objects.none()
    rows = Contact.objects.filter(organization_id=organization_id, removed_at=None).select_related("saved_by")
    if text:
        rows = rows.filter(Q(label__icontains=text) | Q(note__icontains=text) | Q(country__iexact=text))
    return rows


def catalog_of(organization_id: int | None, text: str = "") -> QuerySet[CatalogItem]:
    """The organization's catalog by ECCN; `text` narrows by ECCN, part number, HS code or description."""
    if organization_id is None:
        return CatalogItem.objects.none()
    rows = CatalogItem.objects.filter(organization_id=organization_id, removed_at=None).select_related("saved_by")
    if text:
        said = Q(eccn__istartswith=text) | Q(part_number__icontains=text) | Q(description__icontains=text)
        rows = rows.filter(said | Q(hs6__startswith=text.replace(".", "")))
    return rows


def bulk_jobs_of(organization_id: int | None) -> QuerySet[BulkJob]:
    """The organization's jobs, newest first."""
    if organization_id is None:
        return BulkJob.objects.none()
    return BulkJob.objects.filter(organization_id=organization_id).select_related("created_by").defer("errors", "made")


def due_bulk_jobs() -> QuerySet[BulkJob]:
    """Jobs that want a worker: nobody has them, or whoever had them fell silent."""
    return BulkJob.objects.filter(free(), state__in=BulkJob.UNFINISHED).order_by("pk")


def made_applications(job: BulkJob, most: int | None = None) -> QuerySet[LicenseApplication]:
    """The applications a job drafted, in the order of the file; `most` keeps the first ones."""
    references = [row[1] for row in job.made[:most]]
    rows = LicenseApplication.objects.filter(organization_id=job.organization_id, reference__in=references)
    return rows.order_by("reference")


def names_screened_by(organization: Organization | None) -> QuerySet[AuditEvent]:
    """Names the organization screened without an application, newest first; bodies that were redacted are left out."""
    if organization is None:
        return AuditEvent.objects.none()
    return for_organization(organization).filter(action="name.screened", body__isnull=False).order_by("-at", "-seq")
