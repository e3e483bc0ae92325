"""What the commands about lists share: lines of JSON on standard output or in a file, acts recorded as the operator's."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.core.management.base import BaseCommand

from exportcheck.jsonlines import open_output


class ListCommand(BaseCommand):
    """A command that reads files or sites, not lines."""

    requires_system_checks = ()
    """A script calls these often; the checks belong to `manage.py check`."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the lines go; a subclass adds its own after calling this."""
        parser.add_argument("--output", metavar="FILE", help="where the lines go; without it standard output")

    def say(self, rows: Iterable[Mapping[str, Any]], output: str | None) -> None:
        """Write the rows as lines of JSON, UTF-8 whatever the locale says."""
        standard = cast(Any, self.stdout)._out
        if standard is sys.stdout and hasattr(standard, "reconfigure"):
            standard.reconfigure(encoding="utf-8", newline="\n")
        with open_output(output, standard) as sink:
            for row in rows:
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
            sink.flush()
