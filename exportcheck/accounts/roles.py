"""The seven roles, as groups made in the first migration of accounts (docs/roles.md)."""

from __future__ import annotations

from enum import StrEnum


class RoleName(StrEnum):
    """Name of the Group behind each role."""

    EXPORTER = "Exporter"
    EXPORTER_ADMIN = "Exporter admin"
    REVIEWER = "Reviewer"
    SENIOR_REVIEWER = "Senior reviewer"
    LIST_ADMIN = "List admin"
    AUDITOR = "Auditor"
    SYSTEM_ADMIN = "System admin"


EXPORTER_ROLES = frozenset((RoleName.EXPORTER, RoleName.EXPORTER_ADMIN))
"""Roles of people inside an exporting organization."""
DESK_ROLES = frozenset(RoleName) - EXPORTER_ROLES
"""Roles of people at the desk; an account never holds a role of both sides (docs/roles.md, rule 10)."""
