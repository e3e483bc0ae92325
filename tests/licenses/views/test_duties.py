"""Duties and shipments on the result page: met by a paper or by hand, and nothing ships before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import Condition, LicenseApplication
from tests.licenses.factories import ANSWERED, checked, clean_line, load_lists

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SHIPMENT = {"ship_on": timezone.now().date().isoformat(), "quantity_I1": "500", "value_I1": "14500"}


@pytest.fixture
def free(alice: User, settings: Any, tmp_path: Any) -> LicenseApplication:
    """An application that needs no license, its review over."""
    settings.MEDIA_ROOT = str(tmp_path)
    load_lists()
    application = checked(alice, clean_line(answers=ANSWERED))
    LicenseApplication.objects.filter(pk=application.pk).update(state="CLEARED", outcome="NO_LICENSE_REQUIRED")
    return application


def duty(application: LicenseApplication, code: str, why: str) -> Condition:
    """A duty before export."""
    return Condition.objects.create(application=application, code=code, why=why, citation="744.15(b)", before="export")


def test_a_shipment_is_released_on_a_fresh_screening(free: LicenseApplication, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    assert "Release a shipment" in client.get(reverse("result", args=(free.reference,))).content.decode()
    assert client.post(reverse("application_shipment", args=(free.reference,)), SHIPMENT).status_code == 302
    assert "14,500.00" in client.get(reverse("result", args=(free.reference,))).content.decode()


def test_an_open_duty_keeps_the_goods_until_its_paper_is_attached(free: LicenseApplication, alice: User, sign_in: SignIn) -> None:
    row = duty(free, "UVL_STATEMENT_BEFORE_SHIPMENT", "Attach the statement of the unverified party.")
    client = sign_in(alice)
    ship = reverse("application_shipment", args=(free.reference,))
    assert "Before shipping: Attach the statement" in client.post(ship, SHIPMENT).content.decode()
    by_hand = client.post(reverse("condition_meet", args=(free.reference, row.pk)), {"note": "it lies in the order file"})
    assert "attaching the paper itself" in by_hand.content.decode()
    paper = SimpleUploadedFile("uvl.pdf", b"%PDF-1.4\n%%EOF\n")
    client.post(reverse("document_add", args=(free.reference,)), {"kind": "uvl_statement", "title": "UVL", "file": paper})
    page = client.get(reverse("result", args=(free.reference,))).content.decode()
    assert "✓ Met" in page
    assert client.post(ship, SHIPMENT).status_code == 302


def test_another_duty_is_confirmed_by_hand_with_words(free: LicenseApplication, alice: User, sign_in: SignIn) -> None:
    row = duty(free, "EEI_BEFORE_SHIPMENT", "File the electronic export information.")
    client = sign_in(alice)
    url = reverse("condition_meet", args=(free.reference, row.pk))
    assert client.post(url, {"note": "ok"}).status_code == 200
    assert client.post(url, {"note": "filed today as X2026"}).status_code == 302
    row.refresh_from_db()
    assert (row.met_by, row.document) == (alice, None)


def test_a_stranger_confirms_and_ships_nothing(free: LicenseApplication, mallory: User, sign_in: SignIn) -> None:
    row = duty(free, "EEI_BEFORE_SHIPMENT", "File the electronic export information.")
    client = sign_in(mallory)
    assert client.post(reverse("condition_meet", args=(free.reference, row.pk)), {"note": "filed"}).status_code == 404
    assert client.post(reverse("application_shipment", args=(free.reference,)), SHIPMENT).status_code == 404
