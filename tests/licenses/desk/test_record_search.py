"""An auditor finds applications by party, country and document number, also by what stood in them before (15 CFR 762.5(c))."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.services.drafting.documents import add_document
from licenses.services.drafting.edits import remove_party
from tests.licenses.factories import checked, clean_line, listed_line, load_lists, party

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "desk:licenses_licenseapplication_changelist"


@pytest.fixture
def two(alice: User) -> tuple[LicenseApplication, LicenseApplication]:
    """One to China with a filing number and a paper, one to Germany whose buyer has a name in another script."""
    load_lists()
    first = checked(alice, listed_line())
    LicenseApplication.objects.filter(pk=first.pk).update(acn="Z123456", form={"import_certificate_number": "IC-77-2026"})
    body = clean_line()
    body["parties"][1]["other_names"] = ["Müsterhalbleiter", "Завод"]
    second = checked(alice, body)
    return first, second


CASES = [
    ("party", "semiconductor jiangyin", (0,)),
    ("party", "musterhalbleiter", (1,)),
    ("party", "завод", (1,)),
    ("party", "nobody at all", ()),
    ("country", "CN", (0,)),
    ("country", "china", (0,)),
    ("country", "Germany", (1,)),
    ("country", "us", (0, 1)),
    ("country", "Atlantis", ()),
    ("document", "z123456", (0,)),
    ("document", "IC-77-2026", (0,)),
    ("document", "IC-78", ()),
]


@pytest.mark.parametrize(("box", "asked", "wanted"), CASES)
def test_each_box_finds_what_it_should(
    box: str,
    asked: str,
    wanted: tuple[int, ...],
    two: tuple[LicenseApplication, LicenseApplication],
    otto: User,
    sign_in: SignIn,
) -> None:
    page = sign_in(otto).get(reverse(LIST), {box: asked})
    found = {application.reference for application in page.context["cl"].result_list}
    assert found == {two[number].reference for number in wanted}


def test_papers_are_found_by_title_and_by_digest_and_boxes_narrow_each_other(
    two: tuple[LicenseApplication, LicenseApplication], alice: User, otto: User, sign_in: SignIn
) -> None:
    first, _ = two
    LicenseApplication.objects.filter(pk=first.pk).update(state=LicenseApplication.State.RETURNED)
    upload = SimpleUploadedFile("statement.pdf", b"%PDF-1.4 statement")
    paper = add_document(actor=alice, application_id=first.pk, kind="other", title="Statement no. 4711", upload=upload)
    client = sign_in(otto)
    for asked in ("4711", paper.sha256[:12]):
        assert len(client.get(reverse(LIST), {"document": asked}).context["cl"].result_list) == 1
    assert not client.get(reverse(LIST), {"document": "4711", "country": "DE"}).context["cl"].result_list
    page = client.get(reverse(LIST), {"document": "4711"}).content.decode()
    assert 'value="4711"' in page


def test_a_party_that_was_taken_off_is_still_found(alice: User, otto: User, sign_in: SignIn) -> None:
    load_lists()
    body = clean_line()
    body["parties"].append(party("freight_forwarder", "Vanished Forwarding", "PL"))
    application = checked(alice, body)
    LicenseApplication.objects.filter(pk=application.pk).update(state=LicenseApplication.State.RETURNED)
    application.refresh_from_db()
    key = application.parties.get(name="Vanished Forwarding").key
    remove_party(actor=alice, application_id=application.pk, lock=application.lock, key=key)
    client = sign_in(otto)
    for box, asked in (("party", "vanished"), ("country", "Poland")):
        assert len(client.get(reverse(LIST), {box: asked}).context["cl"].result_list) == 1, box


def test_exporters_do_not_search_the_desk(alice: User, sign_in: SignIn) -> None:
    assert sign_in(alice).get(reverse(LIST), {"party": "x"}).status_code in (302, 403)
