"""Whoever was invited came in by a link to the address, so the address is theirs: they need not confirm it again now that
addresses must be confirmed."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def confirm(apps: Any, _schema_editor: Any) -> None:
    """A confirmed address for everybody who has none on file; those who signed up themselves have one, confirmed or not."""
    address = apps.get_model("account", "EmailAddress")
    known = address.objects.values("user_id")
    for user in apps.get_model("accounts", "User").objects.exclude(pk__in=known).only("email").iterator():
        address.objects.create(user_id=user.pk, email=user.email, primary=True, verified=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_end_for_good"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
