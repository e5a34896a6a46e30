"""Tables of the tours room: a plan of one day, and each stop of it with who goes there when."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.fields import Choice, Day, Document, Entity, Flag, LongText, Moment, Number, Place, Reference, Text
from hexi.kernel.label import t
from hexi.modules.tours import words

OWN_RECORD = "the round's own record"


class Plan(Entity):
    """One day's rounds of one kind in one area, as they were kept. `crow_m` is the same work always going to the nearest next."""

    tour = Choice(t("巡访类型", "kind of round"), options=words.tour_labels, max_length=60)
    day = Day(t("日期", "day"), missing=False)
    place = Place(t("范围", "area"))
    state = Choice(t("状态", "state"), options=words.PLAN_STATES, default="draft")
    walker = Choice(t("步行人群", "walker"), options=words.walker_labels, max_length=20, default="adult")
    people = Number(t("人数", "people"), low=0, default=0)
    stops = Number(t("站点数", "stops"), low=0, default=0)
    unserved = Document(t("未能安排", "on no round"), missing=True, default=list)
    walk_s = Number(t("步行时间", "walking time"), unit="seconds", default=0)
    metres = Number(t("步行距离", "walking distance"), unit="m", default=0)
    crow_m = Number(t("按直线就近走的距离", "distance when always going to the nearest next"), unit="m", default=0)
    exact = Flag(t("按路网计算", "over the streets"), default=False)
    by = Text(t("编制人", "planned by"), max_length=80)
    handed_at = Moment(t("下发时间", "handed out at"))

    class Meta:
        indexes = (models.Index(fields=["tour", "day"], name="plans_of_day"),)

    class Describe:
        label = t("巡访计划", "plan of rounds")
        about = t("一天里谁去哪几处、先后和时间", "Who goes where on one day, in which order and when")
        title, place, importable, sort, person = "tour", "place", False, "-id", None
        list = ("tour", "day", "place", "state", "people", "stops", "walk_s", "metres", "crow_m", "by")
        fixed = (
            "tour", "day", "place", "state", "walker", "people", "stops", "unserved", "walk_s", "metres", "crow_m", "exact", "by",
            "handed_at",
        )  # fmt: skip


class PlannedStop(Entity):
    """One stop of one person. What it is about stands in its record; here is only who goes when, and what they said."""

    plan = Reference("tours.Plan", t("巡访计划", "plan"), owned=True, related_name="planned")
    account = Number(t("账号编号", "number of the account"), low=1)
    who = Text(t("巡访人", "who goes"), max_length=80)
    number = Number(t("次序", "number"), low=1)
    record = Number(t("记录编号", "number of the record"), low=1)
    place = Place(t("地点", "place"), missing=True)
    lon = Number(t("经度", "longitude"), decimals=6, plain=True, low=-180, high=180, missing=True, privacy="personal", source=OWN_RECORD)
    lat = Number(t("纬度", "latitude"), decimals=6, plain=True, low=-90, high=90, missing=True, privacy="personal", source=OWN_RECORD)
    arrive_at = Moment(t("预计到达", "expected there"), missing=False)
    begin_at = Moment(t("开始", "begins"), missing=False)
    leave_at = Moment(t("离开", "leaves"), missing=False)
    walk_s = Number(t("步行时间", "walking time"), unit="seconds", default=0)
    metres = Number(t("步行距离", "walking distance"), unit="m", default=0)
    load = Number(t("携带", "load"), low=0, default=0)
    locked = Flag(t("人工指定", "chosen by hand"), default=False)
    state = Choice(t("状态", "state"), options=words.STOP_STATES, default="planned")
    said_at = Moment(t("回报时间", "said at"))
    note = LongText(t("说明", "note"), missing=True, privacy="personal", source="whoever was there")
    way: Any = models.JSONField(default=dict, editable=False)
    """The walk that leads there in words and as a line, so that a telephone has it without a network."""
    windows: Any = models.JSONField(default=list, editable=False)
    """Pairs of seconds of the day within which it begins; none for any time."""
    plan_id: int

    class Meta:
        indexes = (models.Index(fields=["account", "state"], name="stops_of_account"),)

    class Describe:
        label = t("巡访站点", "stop of a round")
        title, place, importable, sort, owner, person = "who", "place", False, "id", "plan", None
        addressee = "account"
        list = ("plan", "who", "number", "place", "arrive_at", "leave_at", "state", "said_at", "note")
        fixed = (
            "plan", "account", "who", "number", "record", "place", "lon", "lat", "arrive_at", "begin_at", "leave_at", "walk_s",
            "metres", "load", "locked", "state", "said_at", "note",
        )  # fmt: skip
