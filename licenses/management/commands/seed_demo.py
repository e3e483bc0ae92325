"""`manage.py seed_demo`: the people and applications of a demonstration. Only with DEBUG; running it twice adds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from exportcheck.accounts.models import Membership, Organization, User
from exportcheck.accounts.roles import RoleName
from exportcheck.accounts.services import give_role, sign_up_organization
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.application.dispositions import Disposition
from licenses.services.checks.requests import submit_for_check
from licenses.services.checks.run import run_check
from licenses.services.drafting import demo_applications as demo
from licenses.services.drafting.applications import import_application
from licenses.services.review.claims import claim_flag
from licenses.services.review.decisions import decide_flag

PASSWORD = "demo-of-export-check"  # noqa: S105 - printed on purpose; these people exist only with DEBUG
HOME, OTHER = "Granite State Semiconductors", "Harbor Point Trading"


@dataclass(frozen=True, slots=True)
class Person:
    """One demo login."""

    name: str
    roles: tuple[RoleName, ...]
    organization: str = ""

    @property
    def email(self) -> str:
        """Address to sign in with."""
        return f"{self.name}@example.com"


PEOPLE = (
    Person("erin", (RoleName.EXPORTER_ADMIN, RoleName.EXPORTER), HOME),
    Person("alice", (RoleName.EXPORTER,), HOME),
    Person("bob", (RoleName.EXPORTER,), HOME),
    Person("mallory", (RoleName.EXPORTER_ADMIN, RoleName.EXPORTER), OTHER),
    Person("rita", (RoleName.REVIEWER,)),
    Person("sam", (RoleName.SENIOR_REVIEWER,)),
    Person("ada", (RoleName.LIST_ADMIN,)),
    Person("abe", (RoleName.LIST_ADMIN,)),
    Person("otto", (RoleName.AUDITOR,)),
    Person("root", (RoleName.SYSTEM_ADMIN,)),
)
"""The test people of this repository; the first of an organization signs it up."""


class Command(BaseCommand):
    """Each person and application is made once, through the services, with their audit events."""

    help = "Make the demo people and a few applications in various states (DEBUG only; repeatable)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """People, then applications, then the log-ins."""
        if not settings.DEBUG:
            raise CommandError("Demo people have a printed password: they are made with DEBUG=1 only.")
        people = {person.name: self._person(person) for person in PEOPLE}
        self._applications(people)
        self.stdout.write(f"Demo log-ins (password of all: {PASSWORD})")
        for person in PEOPLE:
            where = f", {person.organization}" if person.organization else ""
            self.stdout.write(f"  {person.email:<22}{', '.join(person.roles)}{where}")

    @transaction.atomic
    def _person(self, person: Person) -> User:
        found = User.objects.filter(email=person.email).first()
        if found is not None:
            return found
        user = User.objects.create_user(person.email, PASSWORD, full_name=person.name.capitalize())
        organization = Organization.objects.filter(name=person.organization).first()
        if organization is not None:
            Membership.objects.create(user=user, organization=organization)
        elif person.organization:
            sign_up_organization(user=user, name=person.organization)
        for role in person.roles:
            give_role(actor=None, user=user, role=role)
        return User.objects.get(pk=user.pk)

    def _applications(self, people: Mapping[str, User]) -> None:
        alice, bob, rita = people["alice"], people["bob"], people["rita"]
        self._made(bob, demo.clean_line(), check=False)
        self._made(people["mallory"], demo.other_line(), check=False)
        self._made(alice, demo.question_line())
        if (notebooks := self._made(alice, demo.notebook_line())) is not None:
            for flag in notebooks.flags.filter(code="LIST_UVL", state=Flag.State.OPEN)[:1]:
                claim_flag(actor=rita, flag_id=flag.pk)
        if (quantum := self._made(bob, demo.quantum_line())) is not None:
            self._settle(quantum, rita)
        self._made(alice, demo.sample_line())

    def _made(self, actor: User, line: dict[str, Any], *, check: bool = True) -> LicenseApplication | None:
        """The application, checked by this process; None when it was made before."""
        if LicenseApplication.objects.filter(organization=actor.organization, title=line["title"]).exists():
            return None
        application = import_application(actor=actor, line=line)
        if check:
            self._checked(submit_for_check(actor=actor, application_id=application.pk))
        application.refresh_from_db()
        self.stdout.write(f"  {application.reference} {application.title}: {application.get_state_display()}")
        return application

    def _checked(self, report: CheckReport) -> None:
        # A worker may be faster; then there is nothing left to do here.
        run_check(report_id=report.pk)

    def _settle(self, application: LicenseApplication, reviewer: User) -> None:
        """A reviewer confirms the hit and answers the rest, as far as one person may; the outcome follows."""
        for flag in application.flags.filter(state=Flag.State.OPEN, gone_at=None):
            if flag.match_id is not None:
                chosen, code = Disposition.TRUE_MATCH, "CONFIRMED_BY_DOCUMENT"
            elif not flag.critical:
                chosen, code = Disposition.MITIGATED, "END_USE_EVIDENCE"
            else:
                continue
            reason = "Confirmed with the purchase contract and the institute's own web site."
            decide_flag(actor=reviewer, flag_id=flag.pk, disposition=chosen, reason_code=code, reason=reason)
        for report in application.reports.filter(state=CheckReport.State.PENDING):
            self._checked(report)
