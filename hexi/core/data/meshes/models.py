"""Sets of 3D meshes as a register: who brought which, where it stands, who may see it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.fields import Choice, Entity, Flag, Moment, Number, Text
from hexi.core.space.api import DATUM_LABELS
from hexi.kernel.label import t

LONGEST_NAME, LONGEST_ORIGIN = 80, 200
STATES = (("drawn", t("显示中", "drawn")), ("replaced", t("已更换", "replaced")), ("removed", t("已移除", "removed")))


class Mesh(Entity):
    """One set of 3D Tiles that was brought in. `mark` is the name of its folder and changes with its files."""

    name = Text(t("名称", "name"), max_length=LONGEST_NAME, search=True)
    origin = Text(t("数据来源", "who made it"), max_length=LONGEST_ORIGIN)
    state = Choice(t("状态", "state"), options=STATES, default="drawn")
    public = Flag(t("向公众显示", "shown to the public"), default=False)
    imported_at = Moment(t("导入时间", "imported at"), missing=False)
    files = Number(t("文件数", "files"), low=0)
    megabytes = Number(t("大小（MB）", "size (MB)"), decimals=1, low=0)
    houses = Number(t("涉及建筑", "buildings in it"), low=0)
    low_m = Number(t("最低点", "lowest point"), unit="m", decimals=1)
    high_m = Number(t("最高点", "highest point"), unit="m", decimals=1)
    ground_m = Number(t("地面高程（椭球高）", "height of the ground (ellipsoid)"), unit="m", decimals=2)
    datum = Choice(t("坐标系", "coordinate system"), options=tuple((datum.value, label) for datum, label in DATUM_LABELS.items()))
    mark = Text(t("版本标识", "mark"), max_length=16, unique=True)
    box: models.JSONField[Any] = models.JSONField(default=list, editable=False)
    east_m = models.FloatField(default=0, editable=False)
    north_m = models.FloatField(default=0, editable=False)

    class Describe:
        label = t("三维模型", "3D meshes")
        about = t(
            "导入的三维模型（3D Tiles）；显示时替代该处的建筑体块",
            "Sets of 3D Tiles that were brought in; where they stand they are drawn instead of blocks",
        )
        title, importable, sort = "name", False, "-imported_at"
        person = None
        list = ("name", "state", "public", "imported_at", "origin", "megabytes", "houses", "low_m", "high_m")
        fixed = (
            "name", "origin", "state", "public", "imported_at", "files", "megabytes", "houses", "low_m", "high_m", "ground_m", "datum",
            "mark",
        )  # fmt: skip
