"""A switch has the columns of every row that takes two people: decided_by and decided_at instead of names of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("licenses", "0008_whose_turn"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="switch", name="switch_approved_by_another"),
        migrations.RenameField(model_name="switch", old_name="approved_by", new_name="decided_by"),
        migrations.RenameField(model_name="switch", old_name="approved_at", new_name="decided_at"),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="switch_approved_by_another",
            ),
        ),
    ]
