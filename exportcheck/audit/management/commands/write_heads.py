"""`manage.py write_heads`: today's heads of all chains, for a place outside the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from exportcheck.audit import chain_heads


class Command(BaseCommand):
    """Prints the path of the file. Copy it where nobody of the database reaches: it proves that no chain was rewritten."""

    help = "Write the head hash of every audit chain to a dated file (VAR_DIR/heads unless --folder names another place)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--folder", default=str(settings.VAR_DIR / "heads"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and say where."""
        self.stdout.write(str(chain_heads.write(Path(options["folder"]))))
