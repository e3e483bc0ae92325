"""`manage.py add_person`: how the first person gets in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_it_adds_a_person_and_prints_the_link() -> None:
    out = StringIO()
    call_command("add_person", "Chief@example.com", "--role=System admin", "--name=Chief", stdout=out)
    assert User.objects.get().roles == {RoleName.SYSTEM_ADMIN}
    assert "/accounts/password/reset/key/" in out.getvalue()
    event = AuditEvent.objects.get()
    assert (event.actor, event.origin) == (None, {"door": "command"})
    assert event.actor_label == "operator (command line)"


def test_it_says_what_is_wrong() -> None:
    call_command("add_person", "x@example.com", "--role=Auditor", stdout=StringIO())
    with pytest.raises(CommandError, match="cannot be added"):
        call_command("add_person", "x@example.com", "--role=Auditor")
