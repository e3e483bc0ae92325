"""`manage.py redact_audit`: show the body of one event, then take it out of the audit log for good (docs/operations.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import OPERATOR, canonical, redact, redaction_code


class Command(BaseCommand):
    """Nothing is taken out that was not shown before: the code of the first run names the event and the reason."""

    help = "Show one event of the audit log and a code; with --approve CODE, take its body out. Who did what and when stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which event, why, and the approval of what was shown."""
        parser.add_argument("chain", help='"system" or "org:<id>", as verify_audit prints it')
        parser.add_argument("seq", type=int, help="number of the event in its chain")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why, kept in the log: never the content itself")
        parser.add_argument("--approve", metavar="CODE", help="the code of the run that showed the event")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Show, or take out."""
        reason = options["reason"].strip()
        if not 10 <= len(reason) <= 200:
            raise CommandError("Give the reason in 10 to 200 characters, without the content that has to go.")
        event = AuditEvent.objects.filter(chain=options["chain"], seq=options["seq"]).first()
        if event is None:
            raise CommandError(f"The chain {options['chain']} has no event {options['seq']}.")
        if event.salt is None:
            raise CommandError("The body of this event was taken out before.")
        code = redaction_code(event, reason)
        if options["approve"] is None:
            self._show(event, code)
            return
        if options["approve"] != code:
            raise CommandError("The code is of another event or another reason; run without --approve and read what is shown.")
        redact(event=event, reason=reason, actor_label=OPERATOR)
        self.stdout.write(f"redacted: {event.chain}#{event.seq}")

    def _show(self, event: AuditEvent, code: str) -> None:
        self.stdout.write(f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.actor_label}  {event.action}  {event.subject}")
        self.stdout.write(canonical(event.body))
        self.stdout.write(f"nothing is changed; to take this body out for good, repeat it with --approve {code}")
