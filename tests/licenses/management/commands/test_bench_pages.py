"""The measurement of pages runs on few rows and leaves nothing behind."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from licenses.benchmarks import pages
from licenses.management.commands import bench_pages
from licenses.models import Contact, LicenseApplication
from tests import people

pytestmark = pytest.mark.django_db


def test_every_page_is_measured_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "TYPED", 6)
    monkeypatch.setattr(bench_pages, "MAX_MS", 60_000)
    people.alice()
    people.rita()
    out = io.StringIO()
    call_command("bench_pages", "--applications", "100", "--repeats", "1", stdout=out)
    told = out.getvalue()
    for page in (*pages.EXPORTER_PAGES, *pages.REVIEWER_PAGES):
        assert f"{page:<48}" in told
    assert "preview of parties as typed" in told
    assert not LicenseApplication.objects.exists()
    assert not Contact.objects.exists()


def test_without_people_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("bench_pages", "--applications", "1")
