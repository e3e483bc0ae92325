"""Named reads of people and keys."""

from __future__ import annotations

from django.db.models import QuerySet

from exportcheck.accounts.models import ApiToken, Organization, User


def members(organization: Organization) -> QuerySet[User]:
    """People of an organization with their roles, closed accounts last."""
    people = User.objects.filter(membership__organization=organization)
    return people.prefetch_related("groups").order_by("-is_active", "full_name", "email")


def tokens(organization: Organization) -> QuerySet[ApiToken]:
    """Keys of an organization, newest first."""
    return ApiToken.objects.filter(organization=organization).select_related("created_by")
