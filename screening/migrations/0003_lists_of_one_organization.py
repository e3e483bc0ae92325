"""A custom list may be one organization's own; those there were stay everybody's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles"), ("screening", "0002_engine_change_rescreens_parties")]

    operations = [
        migrations.AddField(
            model_name="controllist",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="control_lists",
                to="accounts.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="controllist",
            constraint=models.CheckConstraint(
                condition=models.Q(("organization__isnull", True), ("custom", True), _connector="OR"), name="own_lists_are_custom"
            ),
        ),
    ]
