"""From a finished review back to a draft: what filing still lacks is entered, and the application is checked again."""

from __future__ import annotations

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.services.application.acts import record_on
from licenses.services.application.workflow import Event, make_move


@transaction.atomic
def return_to_draft(*, actor: User, application_id: int) -> LicenseApplication:
    """Open a reviewed application for edits. Its outcome no longer stands; its parties stay watched, and what people decided
    about them is carried over by the next check. Raises Refused: "not_allowed", "state"."""
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization edit it.")
    make_move(application, Event.EDIT, outcome="", outcome_sentence="")
    record_on(
        application,
        actor=actor,
        action="application.taken_back",
        body={},
    )
    return application
