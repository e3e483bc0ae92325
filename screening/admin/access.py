"""Who sees the lists at the desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.read_only_admin import ReadOnlyAdmin


def list_admin(request: HttpRequest) -> User:
    """The list admin who asks; raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User) or not policy.can_import_lists(request.user):
        raise PermissionDenied("Only list admins do this.")
    return request.user


class ListLogAdmin(ReadOnlyAdmin):
    """Rows of the lists: versions come from files, and changes go through the services."""

    def sees(self, request: HttpRequest) -> bool:
        """List admins, reviewers, auditors."""
        return policy.can_read_list_log(request.user)
