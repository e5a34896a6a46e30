"""The register of closures: what is closed or opened to people on foot, from when to when, and why."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Entity, Group, LongText, Moment, Number, Place, Text, t

OPEN = {"privacy": "open"}
KINDS = (
    ("gate", t("大门关闭", "gate closed")), ("works", t("施工围挡", "works fence")), ("opened", t("临时开放", "gate opened for a time")),
)  # fmt: skip


class Closure(Entity):
    """One gate or fence for a time. `lifted_at` is when somebody ended it before its time."""

    kind = Choice(t("类型", "kind"), options=KINDS, **OPEN)
    place = Place(t("地点", "place"), **OPEN)
    gate = Text(t("大门", "gate"), max_length=120, missing=True, **OPEN)
    lon = Number(t("经度（WGS-84）", "longitude (WGS-84)"), decimals=7, low=-180, high=180, **OPEN)
    lat = Number(t("纬度（WGS-84）", "latitude (WGS-84)"), decimals=7, low=-90, high=90, **OPEN)
    radius_m = Number(t("范围半径", "radius"), unit="m", low=0, high=500, default=0, **OPEN)
    begins_at = Moment(t("开始时间", "from"), missing=False, **OPEN)
    ends_at = Moment(t("结束时间", "until"), missing=False, **OPEN)
    lifted_at = Moment(t("提前解除时间", "lifted early"), **OPEN)
    reason = LongText(t("理由", "reason"), **OPEN)

    class Meta:
        indexes = (models.Index(fields=["ends_at"], name="closure_ends"),)

    class Describe:
        label = t("通行管制", "closure")
        about = t("步行道路上大门的临时关闭、开放与施工围挡", "Gates closed or opened for a time, and fences round works, on ways on foot")
        title, place, importable, sort = "gate", "place", False, "-id"
        # The coverage on everybody's wall counts closures and names their gate; why one is closed is for those who read the register.
        told_to_all = True
        list = ("kind", "place", "gate", "begins_at", "ends_at", "lifted_at", "reason")
        groups = (
            Group(t("管制", "Closure"), ("kind", "place", "gate", "reason")),
            Group(t("位置", "Where"), ("lon", "lat", "radius_m")),
            Group(t("时间", "When"), ("begins_at", "ends_at", "lifted_at")),
        )  # fmt: skip
        fixed = ("kind", "place", "gate", "lon", "lat", "radius_m", "begins_at", "ends_at", "lifted_at", "reason")
