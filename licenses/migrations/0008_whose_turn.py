"""Whose turn it is, in one column: what the pages told by state and what the column said were two tables that differed."""

from django.db import migrations, models

TURNS = {
    "DRAFT": "you",
    "CHECKING": "check",
    "CHECK_INCOMPLETE": "you",
    "CLEARED": "you",
    "IN_REVIEW": "reviewer",
    "RETURNED": "you",
    "STOPPED": "",
    "READY": "you",
    "FILED": "government",
    "DECIDED": "",
    "REOPENED": "reviewer",
    "WITHDRAWN": "",
    "CLOSED": "",
}
EARLIER = {
    **TURNS,
    "CHECKING": "us",
    "CHECK_INCOMPLETE": "us",
    "IN_REVIEW": "us",
    "STOPPED": "you",
    "FILED": "you",
    "REOPENED": "us",
}


def write_turns(apps, _schema_editor):
    _write(apps, TURNS)


def write_earlier_turns(apps, _schema_editor):
    _write(apps, EARLIER)


def _write(apps, turns):
    rows = apps.get_model("licenses", "LicenseApplication").objects
    for state, turn in turns.items():
        rows.filter(state=state).exclude(waits_for=turn).update(waits_for=turn)


class Migration(migrations.Migration):
    dependencies = [
        ("licenses", "0007_quality_reviews"),
    ]

    operations = [
        migrations.AlterField(
            model_name="licenseapplication",
            name="waits_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("you", "you"),
                    ("check", "the check"),
                    ("reviewer", "the reviewer"),
                    ("government", "the government"),
                    ("", "–"),
                ],
                default="you",
                max_length=10,
            ),
        ),
        migrations.RunPython(write_turns, write_earlier_turns),
    ]
