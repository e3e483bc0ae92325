"""That a check was given up is a fact of its own and no longer read out of its sentence."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

SENTENCES = (
    "Given up: a newer check of the application follows.",
    "The application was withdrawn.",
    "The application was stopped.",
)
"""What `error` said of checks that were given up until now."""


def fill(apps: Any, _schema_editor: Any) -> None:
    """The sentences were never changed, so that they still tell which checks were given up."""
    apps.get_model("licenses", "CheckReport").objects.filter(state="FAILED", error__in=SENTENCES).update(given_up=True)


class Migration(migrations.Migration):
    dependencies = [("licenses", "0012_causes_of_a_check")]

    operations = [
        migrations.AddField("checkreport", "given_up", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
