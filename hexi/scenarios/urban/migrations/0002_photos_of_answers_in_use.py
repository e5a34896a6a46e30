"""Photographs of what was seen or done at the place stood among the answers, where nothing kept them from being removed as unused."""

from django.db import migrations

FIELD = {"entity": "cases.case", "field": "answers"}
LISTS = (("verified", "photos"), ("on_the_spot", "before"), ("on_the_spot", "after"))


def files_of(answers):
    told = [(answers.get(part) or {}).get(name) or () for part, name in LISTS]
    return {file for files in told for file in files if isinstance(file, int)}


def note(apps, schema_editor):
    cases, uses = apps.get_model("cases", "Case"), apps.get_model("data", "FileUse")
    there = set(apps.get_model("data", "StoredFile").objects.values_list("pk", flat=True))
    rows = cases.objects.filter(kind="urban").exclude(answers={}).values_list("pk", "answers")
    named = ((pk, file) for pk, answers in rows.iterator() for file in files_of(answers or {}))
    uses.objects.bulk_create((uses(file_id=file, object_id=pk, **FIELD) for pk, file in named if file in there), batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("urban", "0001_initial"),
        ("cases", "0009_photos_of_work_in_use"),
        ("data", "0008_meshes"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
