"""Who sees the lists at the desk, and the admin base whose rows nobody types."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from exportcheck.accounts import policy
from exportcheck.accounts.models import User


def list_admin(request: HttpRequest) -> User:
    """The list admin who asks; raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User) or not policy.can_import_lists(request.user):
        raise PermissionDenied("Only list admins do this.")
    return request.user


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only services write; list admins, reviewers and auditors look."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown to those who may look."""
        return policy.may_read_list_log(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """List admins, reviewers, auditors."""
        return policy.may_read_list_log(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Versions come from files."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changes go through the services."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """History is never deleted."""
        return False
