"""Parties know which engine screened them last, and a new major version screens them again.

The parties stored before this were screened by the only major version there was: 1.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles"), ("screening", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EngineRescreen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("major", models.PositiveSmallIntegerField(unique=True)),
                ("engine", models.CharField(max_length=12)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ("-major",)},
        ),
        migrations.AddField(
            model_name="screenedparty",
            name="engine_major",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="screenedparty",
            name="engine_major",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="screeningrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("check", "check of an application"),
                    ("rescreen", "list change"),
                    ("name", "name screened by hand"),
                    ("engine", "new engine"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="screenedparty",
            index=models.Index(fields=["live", "engine_major", "id"], name="screening_s_live_3f2d86_idx"),
        ),
    ]
