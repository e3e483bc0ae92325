# The tables as they first shipped.
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("screening", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=600)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "application parties",
                "ordering": ("application_id", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CheckReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PENDING", "waiting for a worker"),
                            ("RUNNING", "running"),
                            ("DONE", "done"),
                            ("FAILED", "failed"),
                        ],
                        default="PENDING",
                        max_length=8,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("submit", "asked by the exporter"),
                            ("decision", "a flag was decided"),
                            ("list", "a control list changed"),
                            ("rules", "a rule or switch changed"),
                            ("answer", "a question was answered"),
                            ("retry", "retried"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("claim", models.CharField(blank=True, max_length=36)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
                (
                    "again",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submit", "asked by the exporter"),
                            ("decision", "a flag was decided"),
                            ("list", "a control list changed"),
                            ("rules", "a rule or switch changed"),
                            ("answer", "a question was answered"),
                            ("retry", "retried"),
                        ],
                        max_length=10,
                    ),
                ),
                ("parties_done", models.PositiveIntegerField(default=0)),
                ("parties_total", models.PositiveIntegerField(default=0)),
                ("items_done", models.PositiveIntegerField(default=0)),
                ("items_total", models.PositiveIntegerField(default=0)),
                ("versions", models.JSONField(default=dict)),
                ("rules", models.CharField(blank=True, max_length=64)),
                ("engine", models.CharField(blank=True, max_length=12)),
                ("as_of", models.DateField()),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("result", models.JSONField(blank=True, null=True)),
                ("basis", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ("application_id", "-number"),
            },
        ),
        migrations.CreateModel(
            name="FlagDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("disposition", models.CharField(max_length=20)),
                ("reason_code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("two_people", models.BooleanField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", models.TextField(blank=True)),
                ("sent_back", models.BooleanField(default=False)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("determined_outcome", models.CharField(blank=True, max_length=20)),
                ("citation", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=120)),
                ("reason", models.TextField()),
                ("authority", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("release_reason", models.TextField(blank=True)),
                ("release_asked_at", models.DateTimeField(blank=True, null=True)),
                ("release_authority", models.CharField(blank=True, max_length=200)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-set_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="LicenseApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=16, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "draft"),
                            ("CHECKING", "being checked"),
                            ("CHECK_INCOMPLETE", "not checked yet"),
                            ("CLEARED", "review finished"),
                            ("IN_REVIEW", "in review"),
                            ("RETURNED", "waiting for you"),
                            ("STOPPED", "stopped"),
                            ("READY", "ready to file"),
                            ("FILED", "filed"),
                            ("DECIDED", "decided"),
                            ("REOPENED", "reopened"),
                            ("WITHDRAWN", "withdrawn"),
                            ("CLOSED", "closed"),
                        ],
                        default="DRAFT",
                        max_length=16,
                    ),
                ),
                ("lock", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("export", "Export"),
                            ("reexport", "Reexport"),
                            ("in_country_transfer", "In-country transfer"),
                            ("deemed_export", "Deemed export"),
                            ("classification", "Classification request"),
                            ("advisory_opinion", "Advisory opinion"),
                            ("replacement", "Replacement license"),
                            ("resubmission", "Resubmission"),
                        ],
                        default="export",
                        max_length=20,
                    ),
                ),
                ("transaction", models.CharField(blank=True, max_length=20)),
                ("destination", models.CharField(blank=True, max_length=2)),
                ("end_use", models.TextField(blank=True, max_length=2000)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("form", models.JSONField(blank=True, default=dict)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("outcome_sentence", models.TextField(blank=True)),
                ("waits_for", models.CharField(blank=True, max_length=10)),
                (
                    "reopened_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DRAFT", "draft"),
                            ("CHECKING", "being checked"),
                            ("CHECK_INCOMPLETE", "not checked yet"),
                            ("CLEARED", "review finished"),
                            ("IN_REVIEW", "in review"),
                            ("RETURNED", "waiting for you"),
                            ("STOPPED", "stopped"),
                            ("READY", "ready to file"),
                            ("FILED", "filed"),
                            ("DECIDED", "decided"),
                            ("REOPENED", "reopened"),
                            ("WITHDRAWN", "withdrawn"),
                            ("CLOSED", "closed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("acn", models.CharField(blank=True, max_length=7)),
                ("filed_on", models.DateField(blank=True, null=True)),
                ("decision", models.CharField(blank=True, max_length=30)),
                ("retain_until", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-changed_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="LineItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20)),
                ("eccn", models.CharField(blank=True, max_length=40)),
                ("description", models.TextField(blank=True, max_length=4000)),
                ("hs6", models.CharField(blank=True, max_length=6)),
                ("quantity", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("unit_price_usd", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("value_usd", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("origin", models.CharField(blank=True, max_length=2)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("form", models.JSONField(blank=True, default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("application_id", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField()),
                ("internal", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("recipients", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("asked_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("application_id", "number"),
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ship_on", models.DateField()),
                ("value_usd", models.DecimalField(decimal_places=2, max_digits=18)),
                ("released_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("ship_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("citation", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", models.TextField(blank=True)),
                ("sent_back", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Switch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=60)),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("citation", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "switches",
                "ordering": ("name", "effective_from", "pk"),
            },
        ),
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("parties", "Parties to screen"), ("applications", "Applications to draft")], max_length=12
                    ),
                ),
                ("mode", models.CharField(choices=[("all", "All or nothing"), ("good", "Only the good rows")], max_length=4)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PENDING", "waiting"),
                            ("RUNNING", "at work"),
                            ("DONE", "done"),
                            ("REFUSED", "nothing done: rows to correct"),
                            ("FAILED", "failed"),
                        ],
                        default="PENDING",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("file", models.FileField(max_length=255, upload_to="bulk/%Y/%m/")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("rows_bad", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(blank=True, default=list)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("made", models.JSONField(blank=True, default=list)),
                ("result", models.FileField(blank=True, max_length=255, upload_to="bulk/%Y/%m/")),
                ("claim", models.CharField(blank=True, max_length=36)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=500)),
                (
                    "created_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_jobs", to="accounts.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="CatalogItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_number", models.CharField(blank=True, max_length=100)),
                ("eccn", models.CharField(blank=True, max_length=40)),
                ("description", models.TextField(max_length=4000)),
                ("hs6", models.CharField(blank=True, max_length=6)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("unit_price_usd", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("origin", models.CharField(blank=True, max_length=2)),
                ("form", models.JSONField(blank=True, default=dict)),
                ("classified_by", models.CharField(blank=True, max_length=200)),
                ("classified_on", models.DateField(blank=True, null=True)),
                ("classification_basis", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="catalog", to="accounts.organization"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("eccn", "part_number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=600)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("role", models.CharField(blank=True, max_length=30)),
                ("facts", models.JSONField()),
                ("address", models.JSONField(blank=True, default=dict)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("screened_at", models.DateTimeField(blank=True, null=True)),
                ("verdict", models.CharField(blank=True, max_length=20)),
                ("found", models.CharField(blank=True, max_length=300)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="accounts.organization"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("label", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("file", models.FileField(max_length=255, upload_to="documents/%Y/%m/")),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("uploaded_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("why", models.TextField()),
                ("citation", models.CharField(max_length=200)),
                ("before", models.CharField(max_length=8)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licenses.document",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("PROPOSED", "waiting for a second person"),
                            ("DISPOSED", "settled"),
                            ("REOPENED", "reopened"),
                        ],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("severity", models.CharField(max_length=8)),
                ("critical", models.BooleanField(default=False)),
                ("party_key", models.CharField(blank=True, max_length=40)),
                ("item_key", models.CharField(blank=True, max_length=40)),
                ("why", models.TextField()),
                ("facts", models.JSONField(default=list)),
                ("citation", models.CharField(blank=True, max_length=200)),
                ("settle", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                ("disposition", models.CharField(blank=True, max_length=20)),
                ("reopened_because", models.TextField(blank=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-critical", "opened_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="flag",
            name="match",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="screening.match"
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="licenses.checkreport"),
        ),
        migrations.AddField(
            model_name="flagdecision",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagdecision",
            name="flag",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="licenses.flag"),
        ),
        migrations.AddField(
            model_name="flagdecision",
            name="proposed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="legal_holds", to="accounts.organization"
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="release_asked_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="released_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="set_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="licenseapplication",
            name="created_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="licenseapplication",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="accounts.organization"
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="holds",
                to="licenses.licenseapplication",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="checkreport",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="applicationparty",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="lineitem",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="documents",
            field=models.ManyToManyField(blank=True, to="licenses.document"),
        ),
        migrations.AddField(
            model_name="question",
            name="answered_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="asked_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="flag",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="licenses.flag"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="question",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="notice", to="licenses.question"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="licenses.question",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="created_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="checkreport",
            name="revision",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="licenses.revision"),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_filters", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shipments", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="released_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shipment",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="licenses.checkreport"),
        ),
        migrations.AddField(
            model_name="stop",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="licenses.licenseapplication"
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="proposed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="switch",
            name="approved_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="switch",
            name="proposed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name="bulkjob",
            index=models.Index(fields=["state", "claimed_at"], name="licenses_bu_state_ef0b6d_idx"),
        ),
        migrations.AddIndex(
            model_name="catalogitem",
            index=models.Index(fields=["organization", "removed_at"], name="licenses_ca_organiz_a5509b_idx"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("organization", "label", "country"),
                name="one_contact_a_label",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagdecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)), fields=("flag",), name="one_open_flag_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="flagdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("two_people", False),
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="two_flag_people_are_two",
            ),
        ),
        migrations.AddIndex(
            model_name="licenseapplication",
            index=models.Index(fields=["organization", "state"], name="licenses_li_organiz_3b298f_idx"),
        ),
        migrations.AddConstraint(
            model_name="licenseapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "CLEARED"), _negated=True),
                    models.Q(("outcome__in", ("", "NEEDS_INFORMATION", "PROHIBITED")), _negated=True),
                    models.Q(("outcome", ""), ("type__in", ("classification", "advisory_opinion"))),
                    _connector="OR",
                ),
                name="cleared_has_a_good_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(
                        ("release_asked_by__isnull", False),
                        models.Q(("released_by", models.F("release_asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_release_people_are_two",
            ),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(fields=["state", "gone_at", "severity"], name="licenses_fl_state_2372a7_idx"),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(fields=("application", "fingerprint"), name="one_flag_a_fingerprint"),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(fields=("application", "code"), name="one_condition_a_code"),
        ),
        migrations.AddConstraint(
            model_name="applicationparty",
            constraint=models.UniqueConstraint(fields=("application", "key"), name="party_key_once"),
        ),
        migrations.AddConstraint(
            model_name="lineitem",
            constraint=models.UniqueConstraint(fields=("application", "key"), name="item_key_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("application", "number"), name="revision_number_once"),
        ),
        migrations.AddIndex(
            model_name="checkreport",
            index=models.Index(fields=["state", "claimed_at"], name="licenses_ch_state_08e5b9_idx"),
        ),
        migrations.AddConstraint(
            model_name="checkreport",
            constraint=models.UniqueConstraint(fields=("application", "number"), name="report_number_once"),
        ),
        migrations.AddConstraint(
            model_name="checkreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("PENDING", "RUNNING"))), fields=("application",), name="one_check_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "DONE"), _negated=True),
                    models.Q(("finished_at__isnull", False), ("result__isnull", False)),
                    _connector="OR",
                ),
                name="done_has_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("user", "name"), name="one_saved_filter_a_name"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)), fields=("application",), name="one_open_stop_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="two_stop_people_are_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="switch_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to__isnull", True), ("effective_to__gt", models.F("effective_from")), _connector="OR"
                ),
                name="switch_dates_ordered",
            ),
        ),
    ]
