"""Whoever came first reported the case that they follow."""

from django.db import migrations
from django.db.models import F


def mark(apps, schema_editor):
    apps.get_model("cases", "Person").objects.filter(is_first=True).update(reported=F("case"))


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0007_person_reported"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
