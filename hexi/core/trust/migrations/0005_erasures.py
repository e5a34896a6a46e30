"""Erasures: the content of an event may go, and nothing else of it, once it is said by whose order."""

from django.db import migrations, models

from hexi.core.trust import guard

ERASURE = "trust_erasure"


def raise_guard(_apps, schema_editor):
    guard.raise_guard(schema_editor.connection, ERASURE)
    guard.let_erasures(schema_editor.connection)


def drop_guard(_apps, schema_editor):
    guard.drop_guard(schema_editor.connection, ERASURE)
    guard.drop_guard(schema_editor.connection)
    guard.raise_guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("trust", "0004_ledger")]
    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.BigIntegerField(db_index=True)),
                ("by_event", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(raise_guard, drop_guard),
    ]
