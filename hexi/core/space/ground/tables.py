"""Tables of what stands on the ground: ways, gates, buildings, water and green, as map files bring them."""

from __future__ import annotations

from typing import Any

from django.db import models


class Mapped(models.Model):
    """A thing of the map. `code` is ours and stays; `source` and `ref` are the file's own number for it, which may change.

    `cell` tells the smallest tile that holds it whole, `shown_from` the zoom from which it is drawn: together with the box one index, so
    that what does not touch a tile is told without its row. No row is deleted: what is gone from the map has a day from which on it is
    no more (`valid_to`).
    """

    code = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=40)
    ref = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120, blank=True, default="")
    name_en = models.CharField(max_length=160, blank=True, default="")
    place = models.CharField(max_length=40, blank=True, default="", db_index=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    geometry = models.BinaryField()
    cell = models.BigIntegerField()
    shown_from = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["source", "ref"], name="%(class)s_ref_once")]
        indexes = [models.Index(fields=["shown_from", "cell", "west", "east", "south", "north"], name="%(class)s_cell")]

    def __str__(self) -> str:
        return f"{self.code} {self.name or self.kind}"


class Way(Mapped):
    """A street, path or track, whole as its source has it. `flags` are those of the walking network; `walkable` is False for what
    nobody walks on: motorways, tracks of trains."""

    walkable = models.BooleanField()
    flags = models.PositiveIntegerField()
    surface = models.CharField(max_length=30, blank=True, default="")
    is_covered = models.BooleanField(default=False)
    layer = models.SmallIntegerField(default=0)
    length_m = models.FloatField()


class Gate(Mapped):
    """A point where people pass or are stopped: gate, barrier, entrance of a building or the underground, crossing. Of an entrance `use`
    says what the map calls it (main, staircase, service), `number` which stair it leads to."""

    lon = models.FloatField()
    lat = models.FloatField()
    is_shut = models.BooleanField(default=False)
    opening_hours = models.CharField(max_length=120, blank=True, default="")
    wheelchair = models.CharField(max_length=10, blank=True, default="")
    use = models.CharField(max_length=20, blank=True, default="")
    number = models.CharField(max_length=20, blank=True, default="")


class Footprint(Mapped):
    """A building as it stands on the ground. `place` is the building of the place tree that it is, or else the smallest place round it.

    `height_source`: measured (the map gives metres), storeys (their number times the metres in the rules), empty where nothing is known.
    """

    height_m = models.FloatField(null=True)
    storeys = models.PositiveSmallIntegerField(null=True)
    height_source = models.CharField(max_length=10, blank=True, default="")
    address = models.CharField(max_length=160, blank=True, default="")


class Ground(Mapped):
    """Water, green, and the roads of the sketch: what lies under everything else. `rank` is the class within the kind."""

    rank = models.CharField(max_length=30)


class FormerRef(models.Model):
    """A number under which the source had the thing before."""

    code = models.CharField(max_length=12, db_index=True)
    source = models.CharField(max_length=40)
    ref = models.CharField(max_length=60)
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "source", "ref"], name="former_ref_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.source} {self.ref}"


class Survey(models.Model):
    """One map file that was brought in: what it held, what changed by it. `changes` is the list of changes, packed;
    `archive` is the mark of the base map that was drawn after it."""

    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)
    area = models.CharField(max_length=80)
    at = models.DateTimeField()
    who = models.CharField(max_length=80, blank=True, default="")
    counts: models.JSONField[Any] = models.JSONField(default=dict)
    faults: models.JSONField[Any] = models.JSONField(default=list)
    changes = models.BinaryField(default=bytes)
    archive = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"
