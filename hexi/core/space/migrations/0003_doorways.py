"""How a doorway's point is known; what entrances of the map are for; places by their successor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("space", "0002_ground")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="point_by",
            field=models.CharField(
                blank=True, choices=[("", ""), ("entrance", "entrance"), ("list", "list"), ("assumed", "assumed")], default="", max_length=10
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(condition=models.Q(("successor", ""), _negated=True), fields=["successor"], name="place_successor"),
        ),
        migrations.AddField(model_name="gate", name="use", field=models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField(model_name="gate", name="number", field=models.CharField(blank=True, default="", max_length=20)),
    ]
