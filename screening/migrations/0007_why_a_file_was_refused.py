"""Why a publisher's file was refused stands in a column of its own; it is read out of the last failure for the last time."""

from django.db import migrations, models

SAID = "refused: "


def read_reasons(apps, schema_editor):
    """The last failure named the reason, unless another failure has overwritten it since."""
    sources = apps.get_model("screening", "ListSource").objects.using(schema_editor.connection.alias)
    for source in sources.exclude(refused_sha256=""):
        source.refused_detail = source.error.partition(SAID)[2]
        source.save(update_fields=("refused_detail",))


class Migration(migrations.Migration):
    dependencies = [("screening", "0006_case_and_part_replace_subject")]

    operations = [
        migrations.AddField(
            model_name="listsource",
            name="refused_detail",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(read_reasons, migrations.RunPython.noop),
    ]
