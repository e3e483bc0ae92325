"""No check was ever asked for by a changed rule: a switch is previewed, and the next check reads it. The columns stay as they are."""

from django.db import migrations, models

CAUSES = [
    ("submit", "asked by the exporter"),
    ("decision", "a flag was decided"),
    ("list", "a control list changed"),
    ("answer", "a question was answered"),
    ("retry", "retried"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("licenses", "0011_leases"),
    ]

    operations = [
        migrations.AlterField(
            model_name="checkreport", name="again", field=models.CharField(blank=True, choices=CAUSES, max_length=10)
        ),
        migrations.AlterField(model_name="checkreport", name="cause", field=models.CharField(choices=CAUSES, max_length=10)),
    ]
