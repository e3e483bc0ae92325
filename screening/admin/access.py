"""Who sees the lists at the desk, and what every page of theirs shows."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.read_only_admin import ReadOnlyAdmin
from screening.models import ControlList


def list_admin(request: HttpRequest) -> User:
    """The list admin who asks; raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User) or not policy.can_import_lists(request.user):
        raise PermissionDenied("Only list admins do this.")
    return request.user


def page_context(site: AdminSite, request: HttpRequest, title: str) -> dict[str, Any]:
    """What every page of the lists shows."""
    return {
        **site.each_context(request),
        "opts": ControlList._meta,
        "title": title,
        "may_import": policy.can_import_lists(request.user),
    }


class ListLogAdmin(ReadOnlyAdmin):
    """Rows of the lists: versions come from files, and changes go through the services."""

    def sees(self, request: HttpRequest) -> bool:
        """List admins, reviewers, auditors."""
        return policy.can_read_list_log(request.user)
