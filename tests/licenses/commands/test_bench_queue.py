"""`bench_queue` prints its figures and keeps nothing."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exportcheck.accounts.models import User
from licenses.models import Flag, LicenseApplication

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("lists")
def test_every_page_is_measured_and_nothing_is_kept(erin: User, rita: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "disable", lambda _level: None)
    out = StringIO()
    call_command("bench_queue", flags=45, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("45 flags")
    assert [line.split("  ")[0] for line in lines[1:]] == ["the queue", "unassigned", "overdue", "last page", "search"]
    assert (Flag.objects.count(), LicenseApplication.objects.count()) == (0, 0)


def test_an_installation_without_people_is_told_what_to_do() -> None:
    with pytest.raises(CommandError, match="demo"):
        call_command("bench_queue", flags=1)
