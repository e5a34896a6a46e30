"""The register of address lists: what each list said of each door, and what became of the doors by it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.fields import Choice, Day, Entity, Number, Place, Text
from hexi.core.space.api import DOOR_CHANGES
from hexi.kernel.label import t

CHANGES = tuple((change.value, label) for change, label in DOOR_CHANGES.items())


class AddressLine(Entity):
    """One line of a list, or what a list means for a door that is no longer in it. Lines are never changed: the next list adds its own, so
    those of one import are its list of changes. `plan` holds what is needed to carry the line out and to take it back."""

    street = Text(t("街道", "street"), max_length=60, missing=True, aliases=("街道名称", "所属街道", "街镇"))
    community = Text(t("社区", "community"), max_length=60, missing=True, aliases=("社区名称", "所属社区", "居委会", "社区居委会"))
    compound = Text(t("小区", "compound"), max_length=80, missing=True, search=True, aliases=("小区名称", "小区院落", "院落", "住宅小区", "小区（院落）"))
    house = Text(t("楼号", "building"), max_length=40, missing=True, aliases=("楼栋", "楼栋号", "楼栋名称", "幢", "幢号", "栋", "栋号", "楼", "house"))
    stair = Text(t("单元", "stair"), max_length=20, missing=True, aliases=("单元号", "门栋", "楼门", "门号", "门洞", "单元（门）"))
    room = Text(t("户室", "room"), max_length=20, missing=True, aliases=("户", "户号", "室", "室号", "房号", "房间号", "房屋号"))
    address = Text(t("地址", "address"), max_length=200, missing=True, search=True, aliases=("详细地址", "标准地址", "地址全称", "门牌地址", "坐落"))
    alias = Text(t("小区别名", "other name of the compound"), max_length=120, missing=True, aliases=("别名", "曾用名", "俗称", "小区曾用名"))
    ref = Text(t("地址编码", "the list's own number"), max_length=60, missing=True, aliases=("标准地址编码", "门牌编码", "地址编号", "房屋编码", "编号"))
    homes = Number(t("户数", "homes"), low=0, high=5000, missing=True, aliases=("住户数", "总户数"))
    lon = Number(
        t("经度（WGS-84）", "longitude (WGS-84)"), decimals=7, plain=True, low=-180, high=180, missing=True, aliases=("经度", "lng", "x")
    )
    lat = Number(t("纬度（WGS-84）", "latitude (WGS-84)"), decimals=7, plain=True, low=-90, high=90, missing=True, aliases=("纬度", "y"))
    since = Day(t("启用日期", "in use since"), aliases=("启用时间", "生效日期"))
    place = Place(t("楼门", "doorway"))
    change = Choice(t("变动", "change"), options=CHANGES, default="same")
    successor = Place(t("接替楼门", "doorway that took over"), missing=True)
    hangs = Number(t("名下登记数", "records under this code"), default=0, low=0)
    edition = Number(t("导入编号", "import"), default=0, low=0)
    mark = models.CharField(max_length=200, blank=True, default="", editable=False)
    plan: models.JSONField[Any] = models.JSONField(default=dict, editable=False)

    class Meta:
        app_label = "data"
        indexes = (
            models.Index(fields=["place", "edition"], name="address_lines_of_door"),
            models.Index(fields=["ref"], name="address_ref", condition=~models.Q(ref="")),
            models.Index(fields=["edition", "change"], name="address_changes"),
        )

    class Describe:
        label = t("地址名册", "address list")
        about = t(
            "各单位名册里的楼门与户室，以及每次名册带来的楼门变动",
            "Doors and homes as the lists of offices have them, and what each list changed of the doors",
        )
        title, place, sort = "address", "place", "-id"
        list = ("place", "change", "successor", "hangs", "compound", "house", "stair", "room", "address", "edition")
        fixed = (
            "street", "community", "compound", "house", "stair", "room", "address", "alias", "ref", "homes", "lon", "lat", "since", "place",
            "change", "successor", "hangs", "edition",
        )  # fmt: skip
