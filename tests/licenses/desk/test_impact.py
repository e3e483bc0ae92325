"""The impact of a staged list, told as applications."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from screening.models import ImpactPreview, ListVersion, ScreenedParty
from tests.licenses.factories import checked, listed_line, load_lists

pytestmark = pytest.mark.django_db


def test_list_admins_see_the_applications_a_version_would_touch_and_exporters_do_not(
    alice: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    load_lists()
    application = checked(alice, listed_line())
    party = ScreenedParty.objects.filter(case=f"application:{application.reference}").first()
    ListVersion.objects.filter(control_list__code="EL").update(previewed_at=None)
    version = ListVersion.objects.get(control_list__code="EL")
    gained = [{"listed_name": "New Entry Ltd", "band": "strong"}]
    ImpactPreview.objects.create(version=version, party=party, gained=gained, lost=[], band_changed=[])
    url = reverse("desk:licenses_impact", args=(version.pk,))
    page = sign_in(ada).get(url).content.decode()
    assert application.reference in page
    assert "New Entry Ltd" in page
    assert "The preview is not finished" in page
    assert sign_in(alice).get(url).status_code in (302, 403)
