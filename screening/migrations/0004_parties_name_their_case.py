"""Parties and remembered decisions name the case they belong to in a column of its own, empty as yet (first step of three)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_lists_of_one_organization")]

    operations = [
        migrations.AddField(
            model_name="screenedparty",
            name="case",
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AddField(
            model_name="screenedparty",
            name="part",
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AddField(
            model_name="clearance",
            name="case",
            field=models.CharField(max_length=200, null=True),
        ),
        # The third step takes the subject away; going back it comes without values and is filled by the second.
        migrations.AlterField(
            model_name="screenedparty",
            name="subject",
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AlterField(
            model_name="clearance",
            name="subject",
            field=models.CharField(max_length=200, null=True),
        ),
    ]
