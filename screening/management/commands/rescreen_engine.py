"""`rescreen_engine`: screen the parties that no engine of today's major version has screened; a worker does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from exportcheck.audit.context import Origin, acting_through
from screening import queries
from screening.services.screening.engine_change import rescreen_for_engine


class Command(BaseCommand):
    """Go through the parties that wait, say how many were done and how many are left."""

    help = "Screen again every live party that was last screened by an engine of another major version."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Does nothing while a worker is at it or a list's rescreening is under way."""
        with acting_through(Origin(door="command")):
            done = rescreen_for_engine()
        progress = queries.engine_progress()
        self.stdout.write(f"engine {progress['engine']}: {done:,} parties screened, {progress['waiting']:,} still wait")
