from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_begun")]
    operations = [
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(
                fields=["rehearsal", "rank"],
                condition=models.Q(sent_at=None),
                name="programs_pairs_not_sent",
            ),
        ),
    ]
