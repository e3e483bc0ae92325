"""Sessions of a closed or demoted person end for good: a count that every session must match."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]

    operations = [migrations.AddField("user", "sessions_ended", models.PositiveIntegerField(default=0))]
