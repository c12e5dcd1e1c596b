from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_first")]
    operations = [
        migrations.AddField(
            model_name="rehearsal",
            name="begun",
            field=models.PositiveIntegerField(
                default=0, help_text="How often: an earlier go writes no more."
            ),
        ),
    ]
