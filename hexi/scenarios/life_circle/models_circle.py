"""Circles, the communities that make them up, changes that somebody proposes, and what was last computed."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.kit import Choice, Document, Entity, Flag, Group, LongText, Number, Place, Reference, Text, t
from hexi.scenarios.life_circle.kinds import KIND_OPTIONS

CHANGES = (
    ("open", t("新开网点", "open an outlet")), ("close", t("关闭网点", "close an outlet")), ("move", t("迁移网点", "move an outlet")),
    ("gate", t("打开通道", "open a way")),
)  # fmt: skip
STATES = (("kept", t("备选", "kept")), ("taken", t("已采纳", "taken up")), ("dropped", t("不采纳", "dropped")))


class Circle(Entity):
    """One quarter-hour circle. `computed` until somebody redraws it: its border is nobody's decision then."""

    name = Text(t("名称", "name"), max_length=80, search=True, privacy="open")
    name_en = Text(t("英文名称", "English name"), max_length=120, missing=True, privacy="open")
    place = Place(t("所在街道", "sub-district"), privacy="open")
    computed = Flag(t("自动划分", "computed"), default=True, privacy="open")
    note = LongText(t("备注", "note"), missing=True)

    class Describe:
        label = t("生活圈", "circle")
        about = t("由若干社区组成；未经人工调整的为自动划分", "Made of communities; computed unless somebody redrew it")
        title, place, sort = "name", "place", "id"
        list = ("name", "place", "computed")
        groups = (Group(t("生活圈", "Circle"), ("name", "name_en", "place", "computed", "note")),)
        fixed, importable = ("computed",), False


class CircleCommunity(Entity):
    """One community, and the circle that it belongs to: to one and no more."""

    place = Place(t("社区", "community"), unique=True, privacy="open")
    circle = Reference("life_circle.Circle", t("生活圈", "circle"), related_name="communities", privacy="open")

    class Describe:
        label = t("生活圈社区", "community of a circle")
        about = t("哪个社区属于哪个生活圈；调整须说明理由", "Which community belongs to which circle; a move needs a reason")
        title, key, place, sort = "place", ("place",), "place", "id"
        list = ("place", "circle")
        groups = (Group(t("归属", "Belongs"), ("place", "circle")),)
        fixed, importable = ("place", "circle"), False


class Proposal(Entity):
    """A change that somebody tried out and kept, with what it would have done on that day. Nothing in the registers was changed."""

    title = Text(t("名称", "title"), max_length=80, search=True)
    change = Choice(t("变动", "change"), options=CHANGES)
    kind = Choice(t("业态", "kind"), options=KIND_OPTIONS, missing=True)
    outlet = Reference("life_circle.Outlet", t("网点", "outlet"), missing=True)
    way = Number(t("通道编号", "number of the way"), missing=True)
    lon = Number(t("经度（WGS-84）", "longitude (WGS-84)"), decimals=7, low=-180, high=180, missing=True)
    lat = Number(t("纬度（WGS-84）", "latitude (WGS-84)"), decimals=7, low=-90, high=90, missing=True)
    place = Place(t("地点", "place"))
    gained = Number(t("新增覆盖人次", "gained, people by rule"), decimals=0)
    lost = Number(t("减少覆盖人次", "lost, people by rule"), decimals=0)
    effect = Document(t("测算结果", "what it would do"))
    by = Text(t("提出人", "by"), max_length=80)
    state = Choice(t("状态", "state"), options=STATES, default="kept")

    class Describe:
        label = t("设点建议", "proposal")
        about = t("试算后留下的建议；不改动任何登记", "Tried out and kept; it changes no register")
        title, place, sort = "title", "place", "-id"
        list = ("title", "change", "kind", "place", "gained", "lost", "by", "state")
        groups = (
            Group(t("建议", "Proposal"), ("title", "change", "kind", "outlet", "way", "place", "lon", "lat")),
            Group(t("测算", "Effect"), ("gained", "lost", "effect", "by", "state")),
        )  # fmt: skip
        fixed = ("change", "kind", "outlet", "way", "lon", "lat", "place", "gained", "lost", "effect", "by", "state")
        importable = False


class Computed(models.Model):
    """What a job worked out last, whole; `stamp` tells of which outlets, streets and circles. Everything in it can be had anew."""

    key = models.CharField(max_length=20, unique=True)
    stamp = models.CharField(max_length=120)
    at = models.DateTimeField()
    content: Any = models.JSONField()  # pyright: ignore[reportUnknownVariableType]

    def __str__(self) -> str:
        return f"{self.key} {self.stamp}"
