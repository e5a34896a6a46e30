"""The notice becomes the outbox: it says which event it is of and what was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_guard_events")]
    operations = [
        migrations.AddField("notice", "action", models.CharField(blank=True, max_length=80, default=""), preserve_default=False),
        migrations.AddField("notice", "event_id", models.BigIntegerField(null=True)),
        migrations.AddIndex("notice", models.Index(fields=["topic", "sequence"], name="notice_of_topic")),
    ]
