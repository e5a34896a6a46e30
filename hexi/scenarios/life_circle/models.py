"""The register of outlets: shops, services and public facilities within a walk of the homes."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.kit import Choice, Day, Entity, Flag, Group, LongText, Number, Place, Text, t
from hexi.scenarios.life_circle.kinds import KIND_OPTIONS
from hexi.scenarios.life_circle.models_circle import Circle as Circle  # noqa: PLC0414  Django looks for tables here
from hexi.scenarios.life_circle.models_circle import CircleCommunity as CircleCommunity  # noqa: PLC0414
from hexi.scenarios.life_circle.models_circle import Computed as Computed  # noqa: PLC0414
from hexi.scenarios.life_circle.models_circle import Proposal as Proposal  # noqa: PLC0414
from hexi.scenarios.life_circle.models_voice import Hint as Hint  # noqa: PLC0414
from hexi.scenarios.life_circle.models_voice import Voice as Voice  # noqa: PLC0414
from hexi.scenarios.life_circle.models_voice import Wish as Wish  # noqa: PLC0414

OPEN = {"privacy": "open"}
WHEELCHAIR = (("yes", t("可通行", "yes")), ("limited", t("部分可通行", "partly")), ("no", t("不可通行", "no")))
SOURCES = (("osm", t("地图", "map")), ("list", t("名单", "list")), ("hand", t("人工登记", "by hand")))


class Outlet(Entity):
    """One outlet. What a person confirmed stands: a later map changes nothing of it and says so."""

    code = Text(t("编码", "code"), max_length=12, unique=True, missing=True, **OPEN)
    name = Text(t("名称", "name"), max_length=120, search=True, missing=True, **OPEN)
    kind = Choice(t("业态", "kind"), options=KIND_OPTIONS, **OPEN)
    place = Place(t("地点", "place"), missing=True, **OPEN)
    address = Text(t("地址", "address"), max_length=160, missing=True, search=True, **OPEN)
    lon = Number(
        t("经度（WGS-84）", "longitude (WGS-84)"), decimals=7, low=-180, high=180, missing=True, aliases=("经度", "lng", "x"), **OPEN
    )
    lat = Number(t("纬度（WGS-84）", "latitude (WGS-84)"), decimals=7, plain=True, low=-90, high=90, missing=True, aliases=("纬度", "y"), **OPEN)
    opening_hours = Text(t("营业时间", "opening hours"), max_length=160, missing=True, **OPEN)
    brand = Text(t("品牌", "brand"), max_length=80, missing=True, **OPEN)
    chain = Flag(t("连锁", "chain"), missing=True, **OPEN)
    wheelchair = Choice(t("轮椅通行", "wheelchair"), options=WHEELCHAIR, missing=True, **OPEN)
    confirmed_on = Day(t("核实日期", "confirmed on"), **OPEN)
    confirmed_by = Text(t("核实人", "confirmed by"), max_length=80, missing=True)
    confirmed_as = Text(t("核实人岗位", "confirmed as"), max_length=40, missing=True, **OPEN)
    closed_on = Day(t("停业日期", "closed for good on"), **OPEN)
    off_map_on = Day(t("地图上消失日期", "gone from the map on"), **OPEN)
    source = Choice(t("来源", "source"), options=SOURCES, default="hand", **OPEN)
    ref = Text(t("来源编号", "source's number"), max_length=60, missing=True, **OPEN)
    note = LongText(t("备注", "note"), missing=True)

    def save(self, *args: Any, **more: Any) -> None:
        """With a code of ours, also where somebody registers one by hand."""
        if not self.code:
            from hexi.scenarios.life_circle.codes import fresh_codes

            self.code = fresh_codes(1)[0]
        super().save(*args, **more)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "ref"], condition=~models.Q(ref=""), name="outlet_ref_once"),
        )  # fmt: skip

    class Describe:
        label = t("便民网点", "outlet")
        about = t("步行可达的商业与公共服务网点", "Shops, services and public facilities within a walk")
        title, place, sort = "name", "place", "-id"
        list = ("name", "kind", "place", "address", "opening_hours", "chain", "wheelchair", "confirmed_on", "closed_on")
        groups = (
            Group(t("网点", "Outlet"), ("code", "name", "kind", "brand", "chain", "opening_hours", "wheelchair")),
            Group(t("位置", "Where"), ("place", "address", "lon", "lat")),
            Group(
                t("核实", "Confirmed"), ("confirmed_on", "confirmed_by", "confirmed_as", "closed_on", "off_map_on", "source", "ref", "note")
            ),
        )  # fmt: skip
        fixed = ("code", "confirmed_on", "confirmed_by", "confirmed_as", "closed_on", "off_map_on", "source", "ref")
