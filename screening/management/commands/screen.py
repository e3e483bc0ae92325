"""`screen`: parties in, hits out, one line each (docs/contract.md)."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.management.base import CommandError

from exportcheck.jsonlines import Answer, LinesCommand
from screening import queries
from screening.management.commands.import_list import iso_date, named_organization
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError
from screening.services.parties import snapshot
from screening.services.parties.made_ids import MadeIds
from screening.services.screening.screen import DEFAULT_TOP, answer


def score(text: str) -> float:
    """A score from 0 to 100."""
    try:
        value = float(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a number") from error
    if not 0 <= value <= 100:
        raise ArgumentTypeError(f"{text} does not lie between 0 and 100")
    return value


def count(text: str) -> int:
    """A whole number, 0 or more."""
    if not text.isdigit():
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def list_codes(text: str) -> frozenset[str]:
    """List codes joined by commas."""
    return frozenset(code.strip() for code in text.split(",") if code.strip())


class Command(LinesCommand):
    """Each line is answered from the versions that are active at that moment, and names them."""

    help = "Screen parties (JSON Lines) against the active control lists, or those in force on a day."
    errors = (PartyError,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Arguments of docs/contract.md."""
        super().add_arguments(parser)
        parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="the versions in force on that day")
        parser.add_argument("--lists", type=list_codes, metavar="A,B", help="search only these lists")
        parser.add_argument("--min-score", type=score, metavar="N", help="show only hits from this score; the verdict stays")
        parser.add_argument("--explain", action="store_true", help="tell the nearest entry that is no hit, and why it is none")
        parser.add_argument("--organization", metavar="NAME", help="as this organization is screened: its own lists answer, too")
        parser.add_argument("--top", type=count, default=DEFAULT_TOP, metavar="K", help="most hits shown (default %(default)s)")

    def answerer(self, **options: Any) -> Answer:
        """Check the list codes, open the snapshot, and answer."""
        lists: frozenset[str] | None = options["lists"]
        if lists is not None:
            check_lists(lists)
        organization = named_organization(options.get("organization"))
        take = snapshot_of(options["as_of"], None if organization is None else organization.pk)
        reply = partial(
            answer,
            lists=lists,
            min_score=options["min_score"],
            top=options["top"],
            owners=True,
            explain=options["explain"],
        )
        made_ids = MadeIds()

        def answer_line(value: object) -> dict[str, Any]:
            party = party_from_dict(value)
            return reply(replace(party, id=made_ids.of(party.id)), take())

        return answer_line


def check_lists(lists: frozenset[str]) -> None:
    """Refuse a list code nobody knows: a misspelt one would silently search nothing."""
    known = [code for code, _ in queries.known_lists()]
    unknown = sorted(lists - set(known))
    if unknown or not lists:
        named = unknown[0] if unknown else "nothing"
        raise CommandError(f"--lists names {named}; known lists are {', '.join(known)}")


def snapshot_of(as_of: dt.date | None, organization_id: int | None = None) -> Callable[[], snapshot.Snapshot]:
    """Where answers come from: the active set, looked at before each answer, or a day's set, opened once."""
    if as_of is None:
        return partial(snapshot.current, organization_id)
    dated = snapshot.at(as_of, organization_id)
    return lambda: dated
