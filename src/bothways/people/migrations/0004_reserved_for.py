from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_not_wanted_since")]
    operations = [
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(fields=["source_key"], name="people_reserved_for"),
        ),
    ]
