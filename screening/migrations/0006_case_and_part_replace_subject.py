"""Every party and every remembered decision has its case; the subject goes (third step of three)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles"), ("screening", "0005_fill_case_and_part")]

    operations = [
        migrations.AlterField(
            model_name="screenedparty",
            name="case",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="screenedparty",
            name="part",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="clearance",
            name="case",
            field=models.CharField(max_length=200),
        ),
        migrations.RemoveConstraint(model_name="screenedparty", name="one_party_a_subject"),
        migrations.AddConstraint(
            model_name="screenedparty",
            constraint=models.UniqueConstraint(
                fields=("organization", "case", "part", "fingerprint"), name="one_party_a_part_of_a_case"
            ),
        ),
        migrations.RemoveField(model_name="screenedparty", name="subject"),
        migrations.RemoveField(model_name="clearance", name="subject"),
    ]
