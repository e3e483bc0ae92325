"""The only door from a request to an application (house.md): who sees which rows, and 404 for everybody else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.models import Document, Flag, LicenseApplication, Question

Person = User | AnonymousUser
SEE_EVERY_ORGANIZATION = (RoleName.REVIEWER, RoleName.SENIOR_REVIEWER, RoleName.AUDITOR)
"""Roles of the desk that read applications; list admins and system admins read none (intake.md 5)."""


def visible_applications(user: Person) -> QuerySet[LicenseApplication]:
    """Applications this person may read: an exporter those of the own organization, reviewers and auditors all."""
    if not isinstance(user, User) or not user.is_active:
        return LicenseApplication.objects.none()
    if user.has_role(*SEE_EVERY_ORGANIZATION):
        return LicenseApplication.objects.all()
    if user.has_role(RoleName.EXPORTER, RoleName.EXPORTER_ADMIN) and user.organization is not None:
        return LicenseApplication.objects.filter(organization=user.organization)
    return LicenseApplication.objects.none()


def application_for(user: Person, reference: str) -> LicenseApplication:
    """The application behind a reference. Raises Http404 when it is not there or not this person's: a stranger cannot
    tell the two apart."""
    found = visible_applications(user).select_related("organization", "created_by").filter(reference=reference).first()
    if found is None:
        raise Http404("There is no such application.")
    return found


def flag_for(user: Person, flag_id: int) -> Flag:
    """A flag on an application this person may read; Http404 else, and for exporters always: flags are the desk's."""
    if not isinstance(user, User) or not user.has_role(*SEE_EVERY_ORGANIZATION):
        raise Http404("There is no such flag.")
    found = Flag.objects.select_related("application__organization", "match__entry", "report").filter(pk=flag_id).first()
    if found is None:
        raise Http404("There is no such flag.")
    return found


def question_for(user: Person, question_id: int) -> Question:
    """A question on an application this person may read; Http404 else."""
    found = Question.objects.select_related("application").filter(pk=question_id).first()
    if found is None or not visible_applications(user).filter(pk=found.application_id).exists():
        raise Http404("There is no such question.")
    return found


def document_for(user: Person, document_id: int) -> Document:
    """A paper of an application this person may read; Http404 else."""
    found = Document.objects.select_related("application").filter(pk=document_id).first()
    if found is None or not visible_applications(user).filter(pk=found.application_id).exists():
        raise Http404("There is no such document.")
    return found
