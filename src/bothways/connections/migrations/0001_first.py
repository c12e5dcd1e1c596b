import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import bothways.core.keys
import bothways.core.time


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_first"),
        ("people", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conversation", "a conversation"),
                            ("mentoring", "mentoring"),
                            ("reverse", "reverse mentoring"),
                            ("peer", "learning as peers"),
                            ("buddy", "buddies"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("acquainted", "Acquainted"),
                            ("agreed", "Agreed"),
                            ("resting", "Resting"),
                            ("ended", "Ended"),
                        ],
                        default="acquainted",
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1200)),
                ("since", models.DateTimeField(default=bothways.core.time.now)),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=bothways.core.time.now, help_text="When it last entered its state."
                    ),
                ),
                (
                    "proposed_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conversation", "a conversation"),
                            ("mentoring", "mentoring"),
                            ("reverse", "reverse mentoring"),
                            ("peer", "learning as peers"),
                            ("buddy", "buddies"),
                        ],
                        max_length=16,
                    ),
                ),
                ("kind_proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "kind_proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.organisation"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["first", "state"], name="connections_of_first"),
                    models.Index(fields=["second", "state"], name="connections_of_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("first_id", "second_id"),
                        django.db.models.functions.comparison.Greatest("first_id", "second_id"),
                        condition=models.Q(("state", "ended"), _negated=True),
                        name="connections_one_alive_a_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("told_at", models.DateTimeField(default=bothways.core.time.now)),
                ("reply", models.TextField(blank=True, max_length=4000)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "told_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connections.connection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["told_to", "-told_at"], name="connections_told_to"),
                    models.Index(fields=["teller", "-told_at"], name="connections_told_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("teller", models.F("told_to")), _negated=True),
                        name="connections_told_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("written_at", models.DateTimeField(default=bothways.core.time.now)),
                ("first_brings", models.TextField(blank=True, max_length=600)),
                ("first_hopes", models.TextField(blank=True, max_length=600)),
                ("second_brings", models.TextField(blank=True, max_length=600)),
                ("second_hopes", models.TextField(blank=True, max_length=600)),
                ("cadence", models.CharField(blank=True, max_length=120)),
                ("confidentiality", models.TextField(blank=True, max_length=600)),
                ("boundaries", models.TextField(blank=True, max_length=600)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("months", models.PositiveSmallIntegerField(default=6)),
                ("ends_on", models.DateField()),
                ("signed_first_at", models.DateTimeField(blank=True, null=True)),
                ("signed_second_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a newer version took its place, or its time was over.",
                        null=True,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="connections.connection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("connection", "version"), name="connections_agreement_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("signed_first_at__isnull", False),
                            ("signed_second_at__isnull", False),
                            ("closed_at__isnull", True),
                        ),
                        fields=("connection",),
                        name="connections_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConnectionMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("text", models.TextField(max_length=8000)),
                ("sent_at", models.DateTimeField(default=bothways.core.time.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="connections.connection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["connection", "sent_at"], name="connections_messages_by_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("fit", "Fit"),
                            ("quiet", "Quiet"),
                            ("quiet_over", "Quiet Over"),
                            ("pick_soon", "Pick Soon"),
                            ("pick_late", "Pick Late"),
                            ("meeting_over", "Meeting Over"),
                            ("review", "Review"),
                            ("renewal", "Renewal"),
                            ("agreement_over", "Agreement Over"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=16)),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.connection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["due_at", "key"],
                        name="connections_due_next",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("connection", "what", "about"), name="connections_due_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conversation", "a conversation"),
                            ("mentoring", "mentoring"),
                            ("reverse", "reverse mentoring"),
                            ("peer", "learning as peers"),
                            ("buddy", "buddies"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("connected", "Connected"), ("ended", "Ended")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("opens_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "reminds_at",
                    models.DateTimeField(
                        help_text="Fixed when it opens; empty once that time came.", null=True
                    ),
                ),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("time", "Time"),
                            ("found", "Found"),
                            ("withdrawn", "Withdrawn"),
                            ("away", "Away"),
                            ("handed_on", "Handed On"),
                        ],
                        max_length=12,
                    ),
                ),
                ("delivered", models.BooleanField(default=True)),
                ("note", models.TextField(max_length=1200)),
                (
                    "reason_first",
                    models.JSONField(default=dict, help_text="Why the second, in words for the first."),
                ),
                (
                    "reason_second",
                    models.JSONField(default=dict, help_text="Why the first, in words for the second."),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "handed_on_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "introducer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="introduced",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.organisation"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["ends_at"],
                        name="connections_intro_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["reminds_at"],
                        name="connections_intro_reminds",
                    ),
                    models.Index(fields=["second", "state"], name="connections_intro_asked"),
                    models.Index(fields=["first", "state"], name="connections_intro_asker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="connections_two_people",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("first_id", "second_id"),
                        django.db.models.functions.comparison.Greatest("first_id", "second_id"),
                        condition=models.Q(("state", "open")),
                        name="connections_one_open_introduction_a_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("picked", "Picked"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=bothways.core.time.now)),
                ("times", models.JSONField(default=list, help_text="Proposed starts, ISO 8601 in UTC.")),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("where", models.CharField(blank=True, max_length=300)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="Grows with every change (iCalendar SEQUENCE)."
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="connections.connection",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["connection", "starts_at"], name="connections_meetings_by_time")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "picked")),
                        fields=("connection",),
                        name="connections_one_picked_meeting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MoreAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("question", models.TextField(blank=True, max_length=600)),
                ("asked_at", models.DateTimeField(default=bothways.core.time.now)),
                ("reply", models.TextField(blank=True, max_length=1200)),
                ("replied_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="more_asked",
                        to="connections.introduction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("introduction", "by"), name="connections_more_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("why", models.TextField(max_length=600)),
                ("passed_at", models.DateTimeField(default=bothways.core.time.now)),
                ("first_tells", models.BooleanField(default=False)),
                ("second_tells", models.BooleanField(default=False)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "introducer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passed_on",
                        to="people.person",
                    ),
                ),
                (
                    "introduction",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="passing",
                        to="connections.introduction",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["introducer", "-passed_at"], name="connections_passed_on")],
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conversation", "a conversation"),
                            ("mentoring", "mentoring"),
                            ("reverse", "reverse mentoring"),
                            ("peer", "learning as peers"),
                            ("buddy", "buddies"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.TextField(max_length=1200)),
                ("at_once", models.PositiveSmallIntegerField()),
                (
                    "turns",
                    models.PositiveSmallIntegerField(default=0, help_text="How many came, whoever had room."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=8
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "asked_last_at",
                    models.DateTimeField(
                        help_text="When the turn of the last people came, whoever they are."
                    ),
                ),
                ("fallback_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("time", "Time"),
                            ("found", "Found"),
                            ("withdrawn", "Withdrawn"),
                            ("away", "Away"),
                            ("handed_on", "Handed On"),
                            ("connected", "connected"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="queues", to="people.person"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="queues",
                        to="connections.connection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["fallback_at"],
                        name="connections_queue_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["closes_at"],
                        name="connections_queue_closing",
                    ),
                    models.Index(fields=["author", "asked_last_at"], name="connections_queue_of_author"),
                ],
            },
        ),
        migrations.AddField(
            model_name="introduction",
            name="queue",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="introductions",
                to="connections.queue",
            ),
        ),
        migrations.CreateModel(
            name="QueueEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("approved", models.BooleanField(default=True)),
                ("reason", models.JSONField(default=dict)),
                ("reason_back", models.JSONField(default=dict)),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="connections.queue",
                    ),
                ),
                (
                    "suggested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("queue", "person"), name="connections_approved_once"),
                    models.UniqueConstraint(
                        fields=("queue", "position"), name="connections_approved_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuietAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("fit", "Fit"),
                            ("quiet", "Quiet"),
                            ("renewal", "Renewal"),
                            ("kind", "Kind"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("good", "Good"),
                            ("not_sure", "Not Sure"),
                            ("rest", "Rest"),
                            ("meet", "Meet"),
                            ("go_on", "Go On"),
                            ("leave", "Leave"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=bothways.core.time.now)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.connection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("connection", "person", "question"), name="connections_quiet_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("learned", models.TextField(blank=True, max_length=2000)),
                ("shared", models.BooleanField(default=False)),
                (
                    "useful",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("somewhat", "Somewhat"), ("no", "No")],
                        max_length=8,
                    ),
                ),
                ("written_at", models.DateTimeField(default=bothways.core.time.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflections",
                        to="connections.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["author", "-written_at"], name="connections_learned_by")],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "author"), name="connections_reflection_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("none", "None"), ("yes", "Yes"), ("not_now", "Not Now")],
                        default="none",
                        max_length=8,
                    ),
                ),
                (
                    "times",
                    models.JSONField(
                        default=list, help_text="With a yes: starts that suit, ISO 8601 in UTC."
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.introduction",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("introduction", "person"), name="connections_answer_once")
                ],
            },
        ),
    ]
