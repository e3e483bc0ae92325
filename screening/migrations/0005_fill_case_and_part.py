"""Case and part are read out of the subject for the last time (second step of three).

A subject of an application is "application:<reference>:<part>"; a part may hold colons itself ("application:EX-2026-00017:O:1"),
so the case ends at the second colon, not at the last. The database splits, a share of the rows at a time: memory does not grow
with the table.
"""

from django.db import migrations
from django.db.models import Case, F, Max, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat, StrIndex, Substr

ROWS = 20_000
"""Numbers of rows that one statement goes through."""
COLON = Value(":")


def split(apps, schema_editor):
    """Fill case and part from the subject."""
    first = StrIndex("subject", COLON)
    second = StrIndex(Substr("subject", first + 1), COLON)
    # With one colon the case ends there, with none the subject is a case without parts.
    end = Case(When(second=0, then="first"), default=F("first") + F("second"))
    case = Case(When(end=0, then="subject"), default=Substr("subject", 1, F("end") - 1))
    part = Case(When(end=0, then=Value("")), default=Substr("subject", F("end") + 1))
    for rows in shares(apps.get_model("screening", "ScreenedParty"), schema_editor):
        rows.annotate(first=first).annotate(second=second).annotate(end=end).update(case=case, part=part)
    for rows in shares(apps.get_model("screening", "Clearance"), schema_editor):
        rows.annotate(first=first).annotate(second=second).annotate(end=end).update(case=case)


def join(apps, schema_editor):
    """Fill the subject from case and part."""
    parties = apps.get_model("screening", "ScreenedParty")
    subject = Case(When(part="", then="case"), default=Concat("case", COLON, "part"))
    for rows in shares(parties, schema_editor):
        rows.update(subject=subject)
    # A clearance was given about the party of its match.
    given = parties.objects.filter(matches__resolutions__clearance=OuterRef("pk"))
    for rows in shares(apps.get_model("screening", "Clearance"), schema_editor):
        rows.update(subject=Subquery(given.values("subject")[:1]))


def shares(model, schema_editor):
    """The rows of a table by their numbers, ROWS at a time."""
    table = model.objects.using(schema_editor.connection.alias).order_by()
    ends = table.aggregate(lowest=Min("pk"), highest=Max("pk"))
    if ends["lowest"] is not None:
        for start in range(ends["lowest"], ends["highest"] + 1, ROWS):
            yield table.filter(pk__gte=start, pk__lt=start + ROWS)


class Migration(migrations.Migration):
    dependencies = [("screening", "0004_parties_name_their_case")]

    operations = [migrations.RunPython(split, join)]
