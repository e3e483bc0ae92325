"""`manage.py verify_audit`: does every chain of the audit log still hold?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exportcheck.audit.chain_heads import compare
from exportcheck.audit.verify import Broken, chain_names, walk


class Command(BaseCommand):
    """Exit 0 when all chains hold; exit 1 after naming the first broken link of each chain that does not."""

    help = (
        "Walk the hash chains of the audit log and name the first broken link. --heads FILE compares a file of write_heads too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One chain, all chains; earlier heads to compare with."""
        parser.add_argument("chain", nargs="*", help='"system" or "org:<id>"; all chains when none is named')
        parser.add_argument("--heads", metavar="FILE", help="file of heads written earlier: finds a chain rewritten as a whole")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, print, answer by the exit code."""
        broken = 0
        for name in options["chain"] or chain_names():
            outcome = walk(name)
            broken += isinstance(outcome, Broken)
            self.stdout.write(str(outcome))
        for sentence in compare(options["heads"]) if options["heads"] else ():
            broken += 1
            self.stdout.write(sentence)
        if broken:
            raise SystemExit(1)
