"""Who consented to a correction, and for whom it waits, by name."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("waste", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="revision", name="consented", field=models.CharField(blank=True, default="", max_length=600)),
        migrations.AddField(model_name="revision", name="awaited", field=models.CharField(blank=True, default="", max_length=600)),
    ]
