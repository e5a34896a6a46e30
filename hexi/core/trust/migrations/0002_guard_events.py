"""From here on the database refuses to change or remove an event."""

from django.db import migrations

from hexi.core.trust import guard


def raise_guard(_apps, schema_editor):
    guard.raise_guard(schema_editor.connection)


def drop_guard(_apps, schema_editor):
    guard.drop_guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunPython(raise_guard, drop_guard)]
