"""`manage.py add_person EMAIL --role "System admin"`: the first person of the desk, who then adds the others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exportcheck.accounts import invitations, services
from exportcheck.accounts.roles import DESK_ROLES, RoleName
from exportcheck.audit.context import Origin, acting_through
from exportcheck.errors import Refused


class Command(BaseCommand):
    """Makes a person of the desk and prints the link to set a password (it is sent by e-mail too)."""

    help = "Add a person to the desk. Whoever may run this on the host acts as operator; the event says so."

    def add_arguments(self, parser: CommandParser) -> None:
        """Address, name, roles."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="name shown")
        parser.add_argument("--role", action="append", required=True, choices=sorted(role.value for role in DESK_ROLES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Add, then say where to set the password."""
        roles = [RoleName(value) for value in options["role"]]
        try:
            with acting_through(Origin(door="command")):
                user = services.create_desk_person(actor=None, email=options["email"], full_name=options["name"], roles=roles)
        except Refused as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write(f"{user.email} was added. Set the password here (the link works once):\n{invitations.link(user)}")
