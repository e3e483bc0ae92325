"""What a worker has to itself is leased, under the same two columns everywhere, each lease with a token of its own."""

from django.db import migrations, models


def leased(model, old_name="claimed_at"):
    """The time of a lease under its new name, and a token beside it."""
    token = models.CharField(blank=True, default="", editable=False, max_length=36)
    time = models.DateTimeField(blank=True, editable=False, null=True)
    return (
        migrations.RenameField(model_name=model, old_name=old_name, new_name="leased_at"),
        migrations.AlterField(model_name=model, name="leased_at", field=time),
        migrations.AddField(model_name=model, name="lease_token", field=token),
    )


class Migration(migrations.Migration):
    dependencies = [("screening", "0009_dispositions")]

    operations = [
        *leased("enginerescreen"),
        *leased("listsource"),
        *leased("listversion", "preview_claimed_at"),
        *leased("rescreenpart"),
    ]
