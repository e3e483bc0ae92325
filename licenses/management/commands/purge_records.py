"""`manage.py purge_records`: list the records whose retention ended, then destroy them on approval (docs/operations.md)."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.services.retention.purge import list_purge, purge_records


class Command(BaseCommand):
    """Nothing is destroyed without a list written down before, a person who approves it, and the paper they rest on."""

    help = "List records whose retention ended (--dry-run), then destroy exactly those on approval."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either the list, or the approval of a list."""
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument(
            "--dry-run", action="store_true", help="write down and print what is due, what a hold keeps, and the code"
        )
        act.add_argument("--approve", metavar="CODE", help="destroy what the list with this code names")
        parser.add_argument("--by", metavar="EMAIL", help="the senior reviewer or auditor who approves")
        parser.add_argument("--authority", metavar="TEXT", default="", help="the decision the approval rests on")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One of the two."""
        today = timezone.now().date()
        if options["dry_run"]:
            self._list(today)
            return
        approver = User.objects.filter(email=options["by"] or "", is_active=True).first()
        if approver is None:
            raise CommandError("Give --by the e-mail address of the person who approves.")
        try:
            gone = purge_records(approver=approver, code=options["approve"], authority=options["authority"], today=today)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        self.stdout.write(f"destroyed: {', '.join(gone)}")

    def _list(self, today: dt.date) -> None:
        found = list_purge(today=today)
        for reference in found.due:
            self.stdout.write(f"due: {reference}")
        for reference in found.held:
            self.stdout.write(f"held: {reference} (legal hold)")
        if not found.due:
            self.stdout.write("nothing is due")
            return
        self.stdout.write(f"to destroy these {len(found.due)}: purge_records --approve {found.code} --by EMAIL --authority TEXT")
