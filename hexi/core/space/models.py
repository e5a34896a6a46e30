"""Tables of the space room; other rooms keep a place's code and ask the front door."""

from django.db import models

from hexi.core.space.contracts import Level, Origin, PointBy
from hexi.core.space.ground.tables import Footprint as Footprint  # noqa: PLC0414  Django looks for tables here
from hexi.core.space.ground.tables import FormerRef as FormerRef  # noqa: PLC0414
from hexi.core.space.ground.tables import Gate as Gate  # noqa: PLC0414
from hexi.core.space.ground.tables import Ground as Ground  # noqa: PLC0414
from hexi.core.space.ground.tables import Survey as Survey  # noqa: PLC0414
from hexi.core.space.ground.tables import Way as Way  # noqa: PLC0414


class Place(models.Model):
    """One node of the place tree. `homes` counts the homes behind one doorway, where that is known; `point_by` says how a doorway's point
    is known."""

    code = models.CharField(max_length=40, unique=True)
    level = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Level])
    parent = models.CharField(max_length=40, blank=True, default="", db_index=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    kind = models.CharField(max_length=12, blank=True, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    geometry = models.BinaryField(null=True)
    area_m2 = models.FloatField(null=True)
    storeys = models.PositiveSmallIntegerField(null=True)
    height_m = models.FloatField(null=True)
    homes = models.PositiveSmallIntegerField(null=True)
    point_by = models.CharField(max_length=10, blank=True, default="", choices=[(each.value, each.value) for each in PointBy])
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.CharField(max_length=40, blank=True, default="")
    origin = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Origin])
    is_drawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["level", "code"], name="place_level_code"),
            models.Index(fields=["level", "lon", "lat"], name="place_level_point"),
            models.Index(fields=["level", "west", "south", "east", "north"], name="place_level_box"),
            models.Index(fields=["level", "updated_at"], name="place_level_updated"),
            models.Index(fields=["name"], name="place_name"),
            models.Index(fields=["successor"], name="place_successor", condition=~models.Q(successor="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PlaceAlias(models.Model):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=10, choices=[("misprint", "misprint"), ("former", "former"), ("common", "common")])
    source = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="place_alias_once")]

    def __str__(self) -> str:
        return self.name
