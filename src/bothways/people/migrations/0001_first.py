import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import bothways.core.keys
import bothways.core.time
import bothways.people.models.search
import bothways.people.models.topic


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
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
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=120)),
                (
                    "line",
                    models.TextField(default="/", help_text="Keys of all managers, highest first: /3/17/."),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("languages", models.JSONField(blank=True, default=list)),
                ("photo", models.CharField(blank=True, max_length=80)),
                ("about", models.TextField(blank=True, max_length=2000)),
                ("brings", models.TextField(blank=True, max_length=600)),
                ("hopes", models.TextField(blank=True, max_length=600)),
                ("stretch", models.TextField(blank=True, max_length=600)),
                ("stretch_shown", models.BooleanField(default=False)),
                ("email_shown", models.BooleanField(default=False)),
                ("hours", models.JSONField(blank=True, default=list)),
                ("budget_minutes", models.PositiveIntegerField(default=0)),
                ("away_from", models.DateField(blank=True, null=True)),
                ("away_until", models.DateField(blank=True, null=True)),
                (
                    "away_told",
                    models.BooleanField(
                        default=False, help_text="Whether this absence's start was recorded."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "not here yet"),
                            ("active", "here"),
                            ("suspended", "suspended"),
                            ("left", "left"),
                        ],
                        default="invited",
                        max_length=12,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "member"),
                            ("steward", "steward"),
                            ("administrator", "administrator"),
                        ],
                        default="member",
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField(default=bothways.core.time.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("here_on", models.DateField(blank=True, null=True)),
                ("has_room", models.BooleanField(default=False)),
                ("welcomed", models.BooleanField(default=False)),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="persons",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("name"),
                        models.F("key"),
                        models.F("state"),
                        name="people_by_name",
                    ),
                    models.Index(fields=["away_from"], name="people_by_absence"),
                    models.Index(fields=["organisation", "state"], name="people_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "email"), name="people_address_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("away_from__isnull", True), ("away_until__isnull", True)),
                            models.Q(("away_from__isnull", False), ("away_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_away_both_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=bothways.core.time.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("words", bothways.people.models.search.IndexedWords(db_column="people_search")),
            ],
            options={
                "db_table": "people_search",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="person",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="persons",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Roster",
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
                ("name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "waits for its columns"),
                            ("checking", "being looked through"),
                            ("checked", "ready to be brought in"),
                            ("applying", "being brought in"),
                            ("applied", "brought in"),
                            ("set-aside", "set aside"),
                            ("refused", "not brought in"),
                        ],
                        default="uploaded",
                        max_length=12,
                    ),
                ),
                ("encoding", models.CharField(max_length=16)),
                ("guessed", models.BooleanField(default=False)),
                ("delimiter", models.CharField(max_length=1)),
                ("columns", models.JSONField(default=list)),
                ("order", models.CharField(blank=True, max_length=8)),
                ("order_known", models.BooleanField(default=True)),
                ("ours", models.BooleanField(default=False)),
                ("turn_names", models.BooleanField(default=False)),
                ("skip_bad", models.BooleanField(default=False)),
                ("mark_leavers", models.BooleanField(default=False)),
                ("counts", models.JSONField(default=dict)),
                ("refusal", models.TextField(blank=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=bothways.core.time.now)),
                ("moved_at", models.DateTimeField(default=bothways.core.time.now)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rosters",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-made_at"], name="people_roster_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("uploaded", "checking", "checked", "applying"))),
                        fields=("organisation",),
                        name="people_one_roster_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rows", models.BinaryField()),
                (
                    "roster",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="file", to="people.roster"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "as they are"),
                            ("bad", "cannot be read"),
                        ],
                        max_length=8,
                    ),
                ),
                ("back", models.BooleanField(default=False)),
                (
                    "key",
                    models.CharField(
                        default=bothways.core.keys.new, editable=False, max_length=16, unique=True
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120, null=True)),
                ("pronouns", models.CharField(max_length=40, null=True)),
                ("title", models.CharField(max_length=120, null=True)),
                ("team", models.CharField(max_length=120, null=True)),
                ("manager", models.CharField(max_length=254, null=True)),
                ("place", models.CharField(max_length=120, null=True)),
                ("started_on", models.DateField(null=True)),
                ("time_zone", models.CharField(max_length=64, null=True)),
                ("languages", models.JSONField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="people.roster",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["roster", "person"], name="people_roster_persons")],
                "constraints": [
                    models.UniqueConstraint(fields=("roster", "email"), name="people_roster_address_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=24)),
                ("about", models.CharField(blank=True, max_length=16)),
                ("values", models.JSONField(default=dict)),
                ("weight", models.CharField(max_length=4)),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="people.roster",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["roster", "weight", "line"], name="people_roster_report")],
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="people_team_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="persons",
                to="people.team",
            ),
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=120)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("craft", "Crafts"),
                            ("professional-skill", "Professional skills"),
                            ("life-at-work", "Life at work"),
                            ("leadership", "Leadership"),
                            ("career", "Careers"),
                            ("technical", "Technical"),
                        ],
                        max_length=24,
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("related", models.JSONField(blank=True, default=list)),
                (
                    "stamp",
                    models.BigIntegerField(
                        default=bothways.people.models.topic.new_stamp,
                        help_text="Another with every change: see queries.topics.",
                    ),
                ),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="narrower",
                        to="people.topic",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.topic",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="people_topic_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="people.rosterline",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.topic"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="people.person"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="people.topic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "topic"), name="people_offer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Want",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown", models.BooleanField(default=False)),
                ("suggest", models.BooleanField(default=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wants", to="people.person"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wants", to="people.topic"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "topic"), name="people_want_once")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("sent_at", models.DateTimeField(default=bothways.core.time.now)),
                ("ends_at", models.DateTimeField()),
                ("bounced_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("mailed", models.BooleanField(default=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-sent_at"], name="people_invited_last")],
            },
        ),
        migrations.CreateModel(
            name="NotWanted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_wanted",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "other"), name="people_not_wanted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("minutes", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=[("held", "Held"), ("booked", "Booked")], max_length=8)),
                ("source_key", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reservations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "month"], name="people_reserved_by_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "source_key"), name="people_reserved_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False)),
                fields=("organisation", "account"),
                name="people_account_once",
            ),
        ),
    ]
