"""收集趟次: one vehicle on one day to several small producers, each of whom keeps a manifest of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from hexi.kit import Choice, Day, Entity, LongText, Number, Office, Place, Reference, Text, t
from hexi.scenarios.waste import words

if TYPE_CHECKING:
    from hexi.scenarios.waste.models_manifest import Manifest


class CollectionRun(Entity):
    """One round that a carrier offers; producers book what they hand over until it is full or the day has come."""

    name = Text(t("趟次", "run"), max_length=80, search=True)
    on = Day(t("收集日", "on"), missing=False)
    carrier = Reference("waste.Firm", t("承运人", "carrier"), owned=True, related_name="+")
    receiver = Reference("waste.Firm", t("接受人", "receiver"), related_name="+")
    covers = LongText(t("收集代码", "codes collected"), help=t("每行一个代码或类别", "one code or category a line"))
    capacity_kg = Number(t("可装载", "room for"), unit="kg", decimals=3, low=0)
    booked_kg = Number(t("已预约", "booked"), unit="kg", decimals=3, low=0, default=0)
    crew = Office(t("车组", "crew"), missing=True)
    stage = Choice(t("状态", "stage"), options=words.RUN_STATES, default="open")
    place = Place(t("收集范围", "area"), source="the carrier's offer")
    office = Office(t("账号机构", "organisation"), missing=True)

    manifests: models.Manager[Manifest]

    class Describe:
        label = t("收集趟次", "collection run")
        about = t("小量产废单位拼车收集：一车多户，每户各有一份联单", "Pooled collection: one vehicle, several small producers, a manifest for each")
        title, place, importable, sort = "name", "place", False, "-on"
        list = ("name", "on", "place", "carrier", "receiver", "covers", "booked_kg", "capacity_kg", "stage")
        fixed = ("name", "on", "carrier", "receiver", "covers", "capacity_kg", "booked_kg", "crew", "stage", "place", "office")
