"""The map as map files bring it: ways, gates, footprints; the drawn ground gets codes and days."""

from typing import Any

from django.db import migrations, models

from hexi.core.space.cells import cell_of_box


def give_codes(apps: Any, _: Any) -> None:
    ground = apps.get_model("space", "Ground")
    for number, *box in ground.objects.order_by("pk").values_list("pk", "west", "south", "east", "north"):
        ground.objects.filter(pk=number).update(code=f"S{number:07}", source="sketch", ref=str(number), cell=cell_of_box(*box))


def mapped() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("code", models.CharField(max_length=12, unique=True)),
        ("source", models.CharField(max_length=40)),
        ("ref", models.CharField(max_length=60)),
        ("kind", models.CharField(max_length=30)),
        ("name", models.CharField(blank=True, default="", max_length=120)),
        ("name_en", models.CharField(blank=True, default="", max_length=160)),
        ("place", models.CharField(blank=True, db_index=True, default="", max_length=40)),
        ("west", models.FloatField()),
        ("south", models.FloatField()),
        ("east", models.FloatField()),
        ("north", models.FloatField()),
        ("geometry", models.BinaryField()),
        ("cell", models.BigIntegerField()),
        ("shown_from", models.PositiveSmallIntegerField(default=0)),
        ("valid_from", models.DateField(null=True)),
        ("valid_to", models.DateField(null=True)),
        ("updated_at", models.DateTimeField(db_index=True)),
    ]


def table(name: str, *more: tuple[str, models.Field]) -> migrations.CreateModel:
    lower = name.lower()
    return migrations.CreateModel(
        name=name,
        fields=[*mapped(), *more],
        options={
            "abstract": False,
            "indexes": [models.Index(fields=["shown_from", "cell", "west", "east", "south", "north"], name=f"{lower}_cell")],
            "constraints": [models.UniqueConstraint(fields=("source", "ref"), name=f"{lower}_ref_once")],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("space", "0001_initial")]

    operations = [
        table(
            "Way",
            ("walkable", models.BooleanField()),
            ("flags", models.PositiveIntegerField()),
            ("surface", models.CharField(blank=True, default="", max_length=30)),
            ("is_covered", models.BooleanField(default=False)),
            ("layer", models.SmallIntegerField(default=0)),
            ("length_m", models.FloatField()),
        ),
        table(
            "Gate",
            ("lon", models.FloatField()),
            ("lat", models.FloatField()),
            ("is_shut", models.BooleanField(default=False)),
            ("opening_hours", models.CharField(blank=True, default="", max_length=120)),
            ("wheelchair", models.CharField(blank=True, default="", max_length=10)),
        ),
        table(
            "Footprint",
            ("height_m", models.FloatField(null=True)),
            ("storeys", models.PositiveSmallIntegerField(null=True)),
            ("height_source", models.CharField(blank=True, default="", max_length=10)),
            ("address", models.CharField(blank=True, default="", max_length=160)),
        ),
        migrations.CreateModel(
            name="FormerRef",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=12)),
                ("source", models.CharField(max_length=40)),
                ("ref", models.CharField(max_length=60)),
                ("until", models.DateField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("code", "source", "ref"), name="former_ref_once")]},
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("as_of", models.DateTimeField(null=True)),
                ("area", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("who", models.CharField(blank=True, default="", max_length=80)),
                ("counts", models.JSONField(default=dict)),
                ("faults", models.JSONField(default=list)),
                ("changes", models.BinaryField(default=bytes)),
                ("archive", models.CharField(blank=True, default="", max_length=40)),
            ],
        ),
        migrations.RemoveIndex(model_name="ground", name="ground_kind_box"),
        migrations.AlterField(model_name="ground", name="kind", field=models.CharField(max_length=30)),
        migrations.AlterField(model_name="ground", name="rank", field=models.CharField(max_length=30)),
        migrations.AlterField(model_name="ground", name="name", field=models.CharField(blank=True, default="", max_length=120)),
        migrations.AlterField(model_name="ground", name="name_en", field=models.CharField(blank=True, default="", max_length=160)),
        migrations.AlterField(model_name="ground", name="updated_at", field=models.DateTimeField(db_index=True)),
        migrations.AddField(model_name="ground", name="code", field=models.CharField(max_length=12, null=True)),
        migrations.AddField(model_name="ground", name="source", field=models.CharField(max_length=40, default="sketch"), preserve_default=False),
        migrations.AddField(model_name="ground", name="ref", field=models.CharField(max_length=60, default=""), preserve_default=False),
        migrations.AddField(
            model_name="ground", name="place", field=models.CharField(blank=True, db_index=True, default="", max_length=40)
        ),
        migrations.AddField(model_name="ground", name="cell", field=models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField(model_name="ground", name="shown_from", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(model_name="ground", name="valid_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="ground", name="valid_to", field=models.DateField(null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(model_name="ground", name="code", field=models.CharField(max_length=12, unique=True)),
        migrations.AddIndex(model_name="ground", index=models.Index(fields=["shown_from", "cell", "west", "east", "south", "north"], name="ground_cell")),
        migrations.AddConstraint(
            model_name="ground", constraint=models.UniqueConstraint(fields=("source", "ref"), name="ground_ref_once")
        ),
    ]
