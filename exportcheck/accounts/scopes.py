"""What an API token may be allowed to do. No scope disposes a flag or activates a list: tokens never can."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """Scopes of API tokens; the value stands in `ApiToken.scopes`."""

    SCREEN = "screen"
    DETERMINE = "determine"
    PRECHECK = "precheck"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_WRITE = "applications:write"


LABELS = {
    Scope.SCREEN: "Screen parties against the lists",
    Scope.DETERMINE: "Determine license requirements",
    Scope.PRECHECK: "Pre-check whole applications without keeping them",
    Scope.APPLICATIONS_READ: "Read your organization's applications and results",
    Scope.APPLICATIONS_WRITE: "Draft and check your organization's applications",
}
