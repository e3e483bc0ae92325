"""The only door from a request to an application (docs/design/house.md): who sees which rows, and 404 for everybody else."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from exportcheck.accounts import policy
from exportcheck.accounts.policy import Person
from licenses.models import LicenseApplication, Question


def visible_applications(user: Person) -> QuerySet[LicenseApplication]:
    """Applications this person may read: those whose hits the policy lets the person see."""
    if policy.can_see_every_organization(user):
        return LicenseApplication.objects.all()
    own = policy.organization_id_of(user)
    if policy.can_see_hits(user, own):
        return LicenseApplication.objects.filter(organization=own)
    return LicenseApplication.objects.none()


def application_for(user: Person, reference: str) -> LicenseApplication:
    """The application behind a reference. Raises Http404 when it is not there or not this person's: a stranger cannot
    tell the two apart."""
    found = visible_applications(user).select_related("organization", "created_by").filter(reference=reference).first()
    if found is None:
        raise Http404("There is no such application.")
    return found


def question_for(user: Person, question_id: int) -> Question:
    """A question on an application this person may read; Http404 else."""
    found = Question.objects.select_related("application").filter(pk=question_id).first()
    if found is None or not visible_applications(user).filter(pk=found.application_id).exists():
        raise Http404("There is no such question.")
    return found
