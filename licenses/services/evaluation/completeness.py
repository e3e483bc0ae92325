"""What a draft still lacks, by section of the form: shown beside the draft, never a reason to refuse its check."""

from __future__ import annotations

from django.utils import timezone

from licenses.models import LicenseApplication
from licenses.rules.completeness.messages import completeness
from licenses.rules.types import RuleInputError
from licenses.services.application.revisions import content
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from screening.matching.types import PartyError


def completeness_of(application: LicenseApplication) -> dict[str, list[str]]:
    """Section -> messages. A draft that cannot be read as an application yet says so under "preview"."""
    today = timezone.now().date()
    try:
        line = read_line(content(application))
    except (RuleInputError, PartyError) as error:
        return {"preview": [error.detail]}
    return completeness(line.facts, rules(today), as_of=today, whole_form=True)
