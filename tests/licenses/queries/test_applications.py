"""Named reads of applications."""

from __future__ import annotations

import pytest

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.queries import CASE
from licenses.services.drafting.edits import subject_of
from screening.models import ScreenedParty
from tests.licenses.factories import checked, listed_line

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.usefixtures("lists")
def test_an_application_has_one_name_for_screening_in_python_in_sql_and_on_its_parties(alice: User) -> None:
    application = checked(alice, listed_line())
    named = LicenseApplication.objects.annotate(case=CASE)
    assert list(named.values_list("case", flat=True)) == [subject_of(application)]
    assert set(ScreenedParty.objects.values_list("case", flat=True)) == {subject_of(application)}
