"""Blind re-inspection in English: what was drawn before takes the English title of its case."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_over(apps, schema_editor):
    titles = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case_id")).values("title_en")
    apps.get_model("urban", "Recheck").objects.update(title_en=Subquery(titles))


class Migration(migrations.Migration):

    dependencies = [
        ('urban', '0002_photos_of_answers_in_use'),
        ('cases', '0003_english_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='drawing',
            name='title_en',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='recheck',
            name='title_en',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
