"""`manage.py precheck`: applications in, pre-checks out, one JSON object a line (docs/contract.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from typing import Any

from exportcheck.jsonlines import Answer, LinesCommand
from licenses.management.as_of import date_argument
from licenses.rules.types import RuleInputError
from licenses.services.evaluation.precheck_line import precheck, snapshot_for
from screening.matching.types import PartyError


class Command(LinesCommand):
    """Pre-check whole applications without keeping them."""

    help = "Pre-check applications: every party screened, every item determined, red flags, completeness. JSON Lines in and out."
    errors = (RuleInputError, PartyError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day whose lists and rules answer, besides the streams."""
        super().add_arguments(parser)
        parser.add_argument(
            "--as-of", type=date_argument, metavar="DATE", help="lists and rules as they were on this day (YYYY-MM-DD)"
        )

    def answerer(self, **options: Any) -> Answer:
        """Open the lists of a day once; without a day each line is answered by the lists that are active at that moment."""
        as_of = options["as_of"]
        return partial(precheck, as_of=as_of, snapshot=None if as_of is None else snapshot_for(as_of))
