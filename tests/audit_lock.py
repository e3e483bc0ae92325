"""Takes the triggers of the audit log away and puts them back, as only the owner of a database can; for tests alone."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db import connection

MIGRATION = import_module("exportcheck.audit.migrations.0002_append_only")


def unlock() -> None:
    """Drop the triggers."""
    MIGRATION.unlock(apps, connection.schema_editor())


def lock() -> None:
    """Make them again."""
    MIGRATION.lock(apps, connection.schema_editor())
