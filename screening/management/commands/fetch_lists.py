"""`fetch_lists`: ask publishers for new files (docs/list_desk.md); without `--once` only sources switched on and due."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from exportcheck.audit.context import Origin, acting_through
from exportcheck.audit.services import OPERATOR
from screening.lists.fetch_sources import FETCH_SOURCES
from screening.management.listcommand import ListCommand
from screening.services.activation.fetch import LABEL, Fetched, due, fetch_source

NOT_ALL_GOOD = 3
"""Exit code when a source failed or a list was refused."""


class Command(ListCommand):
    """A line of JSON a list, or a source that brought none."""

    help = "Fetch control lists from their publishers; new versions are staged, not activated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Sources, and whether to ask them whatever their switch and cadence."""
        super().add_arguments(parser)
        parser.add_argument("sources", metavar="SOURCE", nargs="*", help=f"some of {', '.join(FETCH_SOURCES)}; without one all")
        parser.add_argument("--once", action="store_true", help="ask now, switched on or not, due or not")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask each source, say what came."""
        chosen = options["sources"] or list(FETCH_SOURCES)
        unknown = sorted(set(chosen) - set(FETCH_SOURCES))
        if unknown:
            raise CommandError(f"{unknown[0]} is no source; known are {', '.join(FETCH_SOURCES)}")
        if not options["once"]:
            ready = due(timezone.now())
            chosen = [code for code in chosen if code in ready]
        with acting_through(Origin(door="command")):
            fetched = [fetch_source(code=code, label=OPERATOR if options["once"] else LABEL) for code in chosen]
        self.say((row for one in fetched for row in rows_of(one)), options["output"])
        if not all(one.good for one in fetched):
            sys.exit(NOT_ALL_GOOD)


def rows_of(fetched: Fetched) -> list[dict[str, Any]]:
    """A row a list; one for a source that brought none."""
    if fetched.lists:
        return [{"source": fetched.source, **line.as_dict()} for line in fetched.lists]
    row = {"source": fetched.source, "state": fetched.state, "detail": fetched.detail}
    return [{key: value for key, value in row.items() if value}]
