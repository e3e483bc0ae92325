"""`manage.py replay_report REF`: answer a stored check again and say whether the answer is the same (docs/operations.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exportcheck.errors import Refused
from licenses.services.checks.replay import last_report, replay
from licenses.services.thresholds.drift import drift


class Command(BaseCommand):
    """Exit code 0: same result; 4: something differs, and what. Drift to today alone does not change it."""

    help = "Re-run a stored check with its list versions, rules date, facts and decisions; say equal or what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which check."""
        parser.add_argument("reference", metavar="REF", help="reference of the application, such as EX-2026-00017")
        parser.add_argument("--with-current", action="store_true", help="also tell what today's lists, rules and engine say")
        parser.add_argument("--report", type=int, metavar="N", help="number of the check; without it the newest that finished")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replay and print one verdict."""
        report = last_report(options["reference"], options["report"])
        if report is None:
            raise CommandError(f"{options['reference']} has no such finished check.")
        try:
            found = replay(report)
        except Refused as refused:
            raise CommandError(refused.detail) from refused
        lists = ", ".join(f"{code} v{number}" for code, number in sorted(report.versions.items()))
        self.stdout.write(f"{report} of {report.finished_at:%Y-%m-%d %H:%M} UTC, rules of {report.as_of}, lists {lists}")
        if found.same:
            self.stdout.write(f"same result: {report.outcome or 'screened only'}")
        for line in found.differs:
            self.stdout.write(f"differs: {line}")
        if options["with_current"]:
            moved = drift(report, timezone.now().date())
            for line in moved:
                self.stdout.write(f"today: {line}")
            if not moved:
                self.stdout.write("today: the same answer, from the same lists, rules and engine")
        if not found.same:
            raise SystemExit(4)
