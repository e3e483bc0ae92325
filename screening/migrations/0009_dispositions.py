"""What may be decided, named: one set of words for matches and flags. The column stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0008_age_by_publication"),
    ]

    operations = [
        migrations.AlterField(
            model_name="resolution",
            name="disposition",
            field=models.CharField(
                choices=[
                    ("false_positive", "False positive"),
                    ("true_match", "True match"),
                    ("not_in_scope", "Not in scope"),
                    ("mitigated", "Mitigated"),
                    ("escalated", "Escalated"),
                    ("unresolved", "Unresolved"),
                ],
                max_length=20,
            ),
        ),
    ]
