"""The last day of which a version is known to be what the publisher said: age counts from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import migrations, models


def fill(apps: Any, _schema_editor: Any) -> None:
    """The publisher's date, or the latest of which a file said the same. The day of an import by hand tells nothing."""
    versions = apps.get_model("screening", "ListVersion").objects.exclude(published_on=None).exclude(published_from="import")
    for version in versions.only("published_on", "seen_on").iterator():
        version.current_on = max([version.published_on, *map(dt.date.fromisoformat, version.seen_on)])
        version.save(update_fields=("current_on",))


class Migration(migrations.Migration):
    dependencies = [("screening", "0007_why_a_file_was_refused")]

    operations = [
        migrations.AddField("listversion", "current_on", models.DateField(blank=True, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
