"""What a worker has to itself is leased, under the same two columns everywhere; a letter's row may wait with nobody at it."""

from django.db import migrations, models


def forget_letters_that_wait(apps, _schema_editor):
    """Backwards: a row without a time of its own cannot be kept; the question is found untold again."""
    apps.get_model("licenses", "Notice").objects.filter(leased_at=None, sent_at=None).delete()
    apps.get_model("licenses", "Notice").objects.filter(leased_at=None).update(leased_at=models.F("sent_at"))


def renamed(model):
    """The two columns of a model that had both."""
    return (
        migrations.RenameField(model_name=model, old_name="claim", new_name="lease_token"),
        migrations.RenameField(model_name=model, old_name="claimed_at", new_name="leased_at"),
        *(migrations.AlterField(model_name=model, name=name, field=make()) for name, make in LEASE.items()),
    )


LEASE = {
    "lease_token": lambda: models.CharField(blank=True, default="", editable=False, max_length=36),
    "leased_at": lambda: models.DateTimeField(blank=True, editable=False, null=True),
}


class Migration(migrations.Migration):
    dependencies = [("licenses", "0010_dispositions")]

    operations = [
        migrations.RemoveIndex(model_name="bulkjob", name="licenses_bu_state_ef0b6d_idx"),
        migrations.RemoveIndex(model_name="checkreport", name="licenses_ch_state_08e5b9_idx"),
        *renamed("bulkjob"),
        *renamed("checkreport"),
        migrations.RenameField(model_name="notice", old_name="claimed_at", new_name="leased_at"),
        migrations.AddField(model_name="notice", name="lease_token", field=LEASE["lease_token"]()),
        migrations.AlterField(model_name="notice", name="leased_at", field=LEASE["leased_at"]()),
        migrations.RunPython(migrations.RunPython.noop, forget_letters_that_wait),
        migrations.AddIndex(
            model_name="bulkjob", index=models.Index(fields=["state", "leased_at"], name="licenses_bu_state_012f3c_idx")
        ),
        migrations.AddIndex(
            model_name="checkreport", index=models.Index(fields=["state", "leased_at"], name="licenses_ch_state_7e71b5_idx")
        ),
    ]
