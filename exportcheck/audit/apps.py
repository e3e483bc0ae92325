from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, append-only."""

    name = "exportcheck.audit"
    label = "audit"
