import django.db.models.deletion
from django.db import migrations, models

import bothways.core.keys
import bothways.core.time


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("connections", "0001_first"),
        ("people", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ask",
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
                ("sentence", models.TextField(blank=True, max_length=1200)),
                ("topics", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField(default=bothways.core.time.now)),
                (
                    "kept_open",
                    models.BooleanField(default=False, help_text="Tell the author when somebody turns up."),
                ),
                ("known", models.JSONField(default=list)),
                ("looked_at", models.DateTimeField(default=bothways.core.time.now)),
                ("turned_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, help_text="When its author put it away.", null=True),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="people.person"
                    ),
                ),
                (
                    "queue",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connections.queue",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["author", "-asked_at"], name="ask_by_author"),
                    models.Index(
                        condition=models.Q(("kept_open", True)), fields=["looked_at"], name="ask_kept_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuietOffer",
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
                ("made_at", models.DateTimeField(default=bothways.core.time.now)),
                ("people", models.JSONField(default=list)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quiet_offers",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-made_at"], name="ask_offered_last")],
            },
        ),
        migrations.CreateModel(
            name="StewardAsk",
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
                ("text", models.TextField(max_length=2000)),
                ("sent_at", models.DateTimeField(default=bothways.core.time.now)),
                ("reply", models.TextField(blank=True, max_length=2000)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ask.ask",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "steward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["steward", "-sent_at"], name="ask_told_steward"),
                    models.Index(fields=["author", "-sent_at"], name="ask_told_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("steward")), _negated=True),
                        name="ask_another_steward",
                    )
                ],
            },
        ),
    ]
