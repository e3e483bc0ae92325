from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What both APIs share: problem+json, tokens, paging, Idempotency-Key."""

    name = "exportcheck.api"
    label = "api"

    def ready(self) -> None:
        """The schema's extension registers itself when it is imported; it needs the apps, so not earlier."""
        import_module("exportcheck.api.schema")
