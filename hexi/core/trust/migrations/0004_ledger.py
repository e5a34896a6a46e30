"""The transparency log: entries, hashes, checkpoints. From here on the database refuses to change or remove an entry."""

from django.db import migrations, models

from hexi.core.trust import guard

ENTRY = "trust_entry"


def raise_guard(_apps, schema_editor):
    guard.raise_guard(schema_editor.connection, ENTRY)


def drop_guard(_apps, schema_editor):
    guard.drop_guard(schema_editor.connection, ENTRY)


class Migration(migrations.Migration):
    dependencies = [("trust", "0003_outbox")]
    operations = [
        migrations.CreateModel(
            name="State",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(default=0)),
                ("peaks", models.BinaryField(default=b"")),
                ("gm_peaks", models.BinaryField(default=b"")),
                ("settled", models.BigIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=40)),
                ("told", models.CharField(blank=True, max_length=400)),
                ("since", models.DateTimeField(null=True)),
            ],
            options={"db_table": "trust_ledger"},
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tree", models.CharField(max_length=6)),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                ("cosigned", models.TextField(blank=True)),
                ("cosigned_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "trust_checkpoint",
                "constraints": [models.UniqueConstraint(fields=("tree", "size"), name="one_checkpoint_of_a_size")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(null=True, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("content", models.BinaryField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("sm3", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "trust_entry",
                "indexes": [
                    models.Index(condition=models.Q(("kind", "event"), _negated=True), fields=["kind", "index"], name="entry_of_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tree", models.CharField(max_length=6)),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "trust_node",
                "constraints": [models.UniqueConstraint(fields=("tree", "level", "index"), name="one_node_at_a_place")],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("said", models.TextField()),
            ],
            options={"db_table": "trust_statement"},
        ),
        migrations.RunPython(raise_guard, drop_guard),
    ]
