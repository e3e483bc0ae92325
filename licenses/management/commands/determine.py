"""`manage.py determine`: one item with its transaction in, its license determination out, one JSON object a line."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from typing import Any

from exportcheck.jsonlines import Answer, LinesCommand
from licenses.management.as_of import date_argument
from licenses.rules.types import RuleInputError
from licenses.services.evaluation.determine_line import determine_line
from screening.matching.types import PartyError


class Command(LinesCommand):
    """Determine whether an item needs a license."""

    help = "License determination per item: outcome, requirements, exceptions, questions, steps. JSON Lines in and out."
    errors = (RuleInputError, PartyError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day whose rules answer, besides the streams."""
        super().add_arguments(parser)
        parser.add_argument("--as-of", type=date_argument, metavar="DATE", help="rules as they were on this day (YYYY-MM-DD)")

    def answerer(self, **options: Any) -> Answer:
        """The tables are loaded with the first line and kept."""
        return partial(determine_line, as_of=options["as_of"])
