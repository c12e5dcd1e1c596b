from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def an_ask_is_its_authors_yes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    introductions = apps.get_model("connections", "Introduction").objects
    introductions.filter(queue__isnull=False).update(both_asked=False)


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0002_fit_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="both_asked",
            field=models.BooleanField(default=True, help_text="Fixed when it opens."),
        ),
        migrations.AddField(
            model_name="queue",
            name="named",
            field=models.CharField(blank=True, help_text="What both call the round.", max_length=120),
        ),
        migrations.AddField(
            model_name="queue",
            name="of_round",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(an_ask_is_its_authors_yes, migrations.RunPython.noop),
    ]
