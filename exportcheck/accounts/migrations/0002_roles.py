"""The seven roles, as groups (docs/roles.md). Names are repeated here: a migration imports no app code."""

from django.db import migrations

ROLES = ("Exporter", "Exporter admin", "Reviewer", "Senior reviewer", "List admin", "Auditor", "System admin")


def add_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.using(schema_editor.connection.alias).get_or_create(name=name)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(add_roles, remove_roles)]
