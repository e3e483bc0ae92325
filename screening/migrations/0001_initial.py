# The tables as they first shipped.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ControlList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("effect", models.CharField(blank=True, max_length=12)),
                ("custom", models.BooleanField(default=False)),
                ("required", models.BooleanField(default=True)),
                ("exists_from", models.DateField(blank=True, null=True)),
                ("cadence_hours", models.PositiveIntegerField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="ListSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True)),
                ("enabled", models.BooleanField(default=False)),
                ("auto_activate", models.BooleanField(default=False)),
                ("validators", models.JSONField(blank=True, default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("refused_sha256", models.CharField(blank=True, max_length=64)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("application", "this application"),
                            ("organization", "this organization"),
                            ("everyone", "every organization"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("party_fingerprint", models.CharField(db_index=True, max_length=64)),
                ("entry_uid", models.CharField(max_length=120)),
                ("entry_content_hash", models.CharField(max_length=64)),
                ("engine_major", models.PositiveIntegerField()),
                ("score", models.FloatField()),
                ("band", models.CharField(max_length=8)),
                ("disposition", models.CharField(max_length=20)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("item_scope", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_because", models.TextField(blank=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="accounts.organization"
                    ),
                ),
                (
                    "control_list",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.controllist"),
                ),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("source", models.CharField(blank=True, max_length=16)),
                ("content_digest", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("STAGED", "staged"),
                            ("REFUSED", "refused"),
                            ("ACTIVE", "active"),
                            ("RETIRED", "retired"),
                            ("HISTORY", "history"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sample", models.BooleanField(default=False)),
                ("file_name", models.CharField(max_length=255)),
                ("file_format", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                ("raw_file", models.FileField(blank=True, max_length=255, upload_to="lists/")),
                ("end_mark", models.BooleanField(blank=True, null=True)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("published_from", models.CharField(blank=True, max_length=8)),
                ("seen_on", models.JSONField(blank=True, default=list)),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("removed", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("rejects", models.JSONField(blank=True, default=list)),
                ("warnings", models.JSONField(blank=True, default=list)),
                ("guard", models.CharField(blank=True, max_length=20)),
                ("detail", models.TextField(blank=True)),
                ("overridden_guard", models.CharField(blank=True, max_length=40)),
                ("staged_at", models.DateTimeField(auto_now_add=True)),
                ("staged_label", models.CharField(blank=True, max_length=200)),
                ("stage_reason", models.TextField(blank=True)),
                ("activated_at", models.DateTimeField(blank=True, null=True)),
                ("activated_label", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("rescreened_at", models.DateTimeField(blank=True, null=True)),
                ("rescreen_since", models.PositiveIntegerField(default=0)),
                ("previewed_at", models.DateTimeField(blank=True, null=True)),
                ("preview_claimed_at", models.DateTimeField(blank=True, null=True)),
                ("preview_cursor", models.PositiveBigIntegerField(default=0)),
                ("preview_done", models.PositiveBigIntegerField(default=0)),
                ("preview_total", models.PositiveBigIntegerField(default=0)),
                (
                    "activated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.listversion",
                    ),
                ),
                (
                    "control_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="screening.controllist"
                    ),
                ),
                (
                    "staged_by",
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
                "ordering": ("control_list__code", "-number"),
            },
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=120)),
                ("content_hash", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=600)),
                ("search_text", models.TextField(blank=True)),
                ("record", models.JSONField()),
                (
                    "control_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="screening.controllist"
                    ),
                ),
                (
                    "introduced_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="introduced", to="screening.listversion"
                    ),
                ),
                (
                    "retired_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retired",
                        to="screening.listversion",
                    ),
                ),
            ],
            options={
                "ordering": ("control_list_id", "uid", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ListChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("added", "added"), ("removed", "removed"), ("changed", "changed")], max_length=8),
                ),
                ("uid", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=600)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("record", models.JSONField(blank=True, null=True)),
                ("fields", models.JSONField(blank=True, default=dict)),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.listentry",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="screening.listversion"
                    ),
                ),
            ],
            options={
                "ordering": ("version_id", "kind", "name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("PROPOSED", "waiting for a second person"),
                            ("RESOLVED", "settled"),
                            ("REOPENED", "reopened"),
                        ],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("band", models.CharField(max_length=8)),
                ("score", models.FloatField()),
                ("channel", models.CharField(max_length=10)),
                ("matched_name", models.CharField(blank=True, max_length=600)),
                ("hit", models.JSONField()),
                ("reopened_because", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clearance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried",
                        to="screening.clearance",
                    ),
                ),
                (
                    "control_list",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.controllist"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="screening.listentry"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "matches",
                "ordering": ("-score", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RefusedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=16)),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("raw_file", models.FileField(blank=True, max_length=255, upload_to="lists/")),
                ("guard", models.CharField(max_length=20)),
                ("detail", models.TextField()),
                ("refused_at", models.DateTimeField(auto_now_add=True)),
                ("staged_label", models.CharField(blank=True, max_length=200)),
                (
                    "staged_by",
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
                "ordering": ("-refused_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RescreenPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remainder", models.PositiveSmallIntegerField()),
                ("cursor", models.PositiveBigIntegerField(default=0)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="screening.listversion"
                    ),
                ),
            ],
            options={
                "ordering": ("version_id", "remainder"),
            },
        ),
        migrations.CreateModel(
            name="Resolution",
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
                ("scope", models.CharField(default="application", max_length=12)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("item_scope", models.CharField(blank=True, max_length=200)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="screening.match"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="clearance",
            name="resolution",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="clearance", to="screening.resolution"
            ),
        ),
        migrations.CreateModel(
            name="ScreenedParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=200)),
                ("facts", models.JSONField()),
                ("fingerprint", models.CharField(db_index=True, max_length=64)),
                ("live", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_screened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screened_parties", to="accounts.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="match",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="screening.screenedparty"
            ),
        ),
        migrations.CreateModel(
            name="ImpactPreview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gained", models.JSONField(default=list)),
                ("lost", models.JSONField(default=list)),
                ("band_changed", models.JSONField(default=list)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="impacts", to="screening.listversion"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.screenedparty"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ScreeningRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("check", "check of an application"),
                            ("rescreen", "list change"),
                            ("name", "name screened by hand"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("engine", models.CharField(max_length=12)),
                ("versions", models.JSONField(default=dict)),
                ("as_of", models.DateField(blank=True, null=True)),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.listversion",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="match",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="screening.screeningrun"
            ),
        ),
        migrations.AddConstraint(
            model_name="listversion",
            constraint=models.UniqueConstraint(fields=("control_list", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="listversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ACTIVE")), fields=("control_list",), name="one_active_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="listversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("ACTIVE", "RETIRED")), _negated=True),
                    ("activated_at__isnull", False),
                    _connector="OR",
                ),
                name="active_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="listversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activated_by__isnull", True),
                    ("staged_by__isnull", True),
                    models.Q(("activated_by", models.F("staged_by")), _negated=True),
                    _connector="OR",
                ),
                name="activated_by_a_second_person",
            ),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(fields=["control_list", "retired_in"], name="screening_l_control_e42b1e_idx"),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(fields=["introduced_in", "retired_in"], name="screening_l_introdu_1dba03_idx"),
        ),
        migrations.AddConstraint(
            model_name="listentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_in__isnull", True)), fields=("control_list", "uid"), name="one_current_row_a_uid"
            ),
        ),
        migrations.AddConstraint(
            model_name="listentry",
            constraint=models.UniqueConstraint(fields=("control_list", "uid", "introduced_in"), name="uid_introduced_once"),
        ),
        migrations.AddConstraint(
            model_name="listchange",
            constraint=models.UniqueConstraint(fields=("version", "uid"), name="one_change_a_uid"),
        ),
        migrations.AddConstraint(
            model_name="rescreenpart",
            constraint=models.UniqueConstraint(fields=("version", "remainder"), name="one_part_a_remainder"),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)), fields=("match",), name="one_open_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("two_people", False),
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="two_people_are_two",
            ),
        ),
        migrations.AddIndex(
            model_name="clearance",
            index=models.Index(fields=["party_fingerprint", "control_list", "entry_uid"], name="screening_c_party_f_52a118_idx"),
        ),
        migrations.AddIndex(
            model_name="screenedparty",
            index=models.Index(fields=["live", "id"], name="screening_s_live_2ba0ec_idx"),
        ),
        migrations.AddConstraint(
            model_name="screenedparty",
            constraint=models.UniqueConstraint(fields=("organization", "subject", "fingerprint"), name="one_party_a_subject"),
        ),
        migrations.AddConstraint(
            model_name="impactpreview",
            constraint=models.UniqueConstraint(fields=("version", "party"), name="one_impact_a_party"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["state", "created_at"], name="screening_m_state_638a05_idx"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("party", "entry"), name="one_match_a_pair"),
        ),
    ]
