"""`manage.py demo`: from an empty folder to the main job on the sample list; `make demo` calls it."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from exportcheck.management.commands.up import ask_for_port
from licenses.output.report_text import report_text
from screening.models import ListVersion

STARTER = Path("screening/lists/data/starter.csv")
SAMPLE = Path("docs/examples/sample_application.jsonl")
REASON = "starter list of a demonstration: a sample, not a current list"


class Command(BaseCommand):
    """Database, starter list, demo people, then the sample application through the real services."""

    help = "Sets up a demonstration (DEBUG only) and prints the pre-check report of the sample application. Repeatable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port that `make demo` is about to serve on, so that a taken one is told first."""
        parser.add_argument("--port", type=int, help="complain now if this port of this machine is taken")
        parser.add_argument("--host", default="127.0.0.1", help="address the port belongs to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step may be repeated: nothing is made twice, and lists loaded meanwhile are left alone."""
        if not settings.DEBUG:
            raise CommandError("The demonstration makes people whose passwords are printed, so it runs with DEBUG=1 only.")
        if options["port"]:
            ask_for_port(options["host"], options["port"])
        self.stdout.write("Database ...")
        call_command("migrate", interactive=False, verbosity=0)
        self._load_starter_list()
        call_command("seed_demo", stdout=self.stdout)
        self._report()

    def _load_starter_list(self) -> None:
        active = ListVersion.objects.filter(state=ListVersion.State.ACTIVE)
        if active.filter(sample=False).exists():
            self.stdout.write("Lists: your own are loaded; the starter list is left out.")
            return
        self.stdout.write("Starter list (a sample; README.md tells how to load current lists) ...")
        answers = io.StringIO()
        try:
            call_command(
                *("import_list", "CSL", str(settings.BASE_DIR / STARTER), "--sample", "--activate", "--reason", REASON),
                stdout=answers,
            )
        except SystemExit as stop:
            raise CommandError(f"The starter list was refused:\n{answers.getvalue()}") from stop
        lines = [json.loads(line) for line in answers.getvalue().splitlines()]
        self.stdout.write(f"  {sum(line['entries'] for line in lines)} entries of {len(lines)} lists")

    def _report(self) -> None:
        sample, answers = settings.BASE_DIR / SAMPLE, settings.VAR_DIR / "sample_answer.jsonl"
        try:
            call_command("precheck", "--input", str(sample), "--output", str(answers))
        except SystemExit as stop:
            raise CommandError(f"The sample application was refused: {answers.read_text(encoding='utf-8')}") from stop
        answer = json.loads(answers.read_text(encoding="utf-8"))
        self.stdout.write("\n" + report_text(answer, title="Pre-check of the sample application") + "\n")
