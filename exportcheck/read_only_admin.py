"""The admin base of rows that only services write: looked at on the desk, never typed, edited or deleted there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from exportcheck.admin_lookups import ListedLookups


class ReadOnlyAdmin(ListedLookups):
    """List and page for those who may look; what happens to the rows is a service's act, with its event."""

    def sees(self, request: HttpRequest) -> bool:
        """Who looks; nobody, unless the admin says so."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """In the index of those who look."""
        return self.sees(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """List and page."""
        return self.sees(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Through services only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """History is never deleted (762.6)."""
        return False
