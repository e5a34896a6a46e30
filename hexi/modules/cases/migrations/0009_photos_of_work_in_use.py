"""Photographs of work are in use: without their row nobody but the sender could see them, and a month later they would be removed."""

from django.db import migrations

FIELD = {"entity": "cases.casetask", "field": "photos"}


def note(apps, schema_editor):
    tasks, uses = apps.get_model("cases", "CaseTask"), apps.get_model("data", "FileUse")
    there = set(apps.get_model("data", "StoredFile").objects.values_list("pk", flat=True))
    known = set(uses.objects.filter(**FIELD).values_list("object_id", "file_id"))
    rows = ((pk, file) for pk, files in tasks.objects.exclude(photos=[]).values_list("pk", "photos") for file in dict.fromkeys(files or ()))
    fresh = [uses(file_id=file, object_id=pk, **FIELD) for pk, file in rows if file in there and (pk, file) not in known]
    uses.objects.bulk_create(fresh, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0008_those_who_came_first"),
        ("data", "0008_meshes"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
