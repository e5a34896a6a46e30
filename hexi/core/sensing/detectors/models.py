"""What detectors said of the windows that devices sent. The raw signal is not kept."""

from __future__ import annotations

from django.db import models

from hexi.core.data.fields import Choice, Entity, Flag, Moment, Number, Office, Place, Reference, Text
from hexi.core.sensing.words import detector_labels
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged


class Judged(Entity):
    """One detector's word on one window of one device; never changed. The moment is that of what it saw, not of the window's begin."""

    device = Reference("sensing.Device", t("设备", "device"), owned=True, related_name="judged")
    detector = Choice(t("识别方法", "detector"), options=detector_labels, max_length=80)
    moment = Moment(t("时刻", "moment"), missing=False)
    score = Number(t("可能性", "likelihood"), decimals=3, low=0, high=1)
    grounds = Text(t("依据", "grounds"), max_length=600)
    grounds_en = Text(t("依据（英文）", "grounds in English"), max_length=600)
    simulated = Flag(t("模拟", "simulated"), default=False)
    place = Place(t("地点", "place"), missing=True)
    organisation = Office(t("归属单位", "organisation"), missing=True)
    device_id: int

    class Meta:
        constraints = (models.UniqueConstraint(fields=["device", "detector", "moment"], name="judged_once"),)

    class Describe:
        label = t("识别结果", "judgement of a detector")
        about = t(
            "识别方法对设备所报片段的判断及其依据；原始信号不保存",
            "What a detector said of a window that a device sent, and on which grounds; the raw signal is not kept",
        )
        title, place, organisation, importable, sort = "detector", "place", "organisation", False, "-moment"
        list = ("moment", "detector", "score", "grounds", "device", "simulated", "place")
        fixed = ("device", "detector", "moment", "score", "grounds", "grounds_en", "simulated", "place", "organisation")
        unlogged = (Unlogged(t("逐片段产生，不逐条留痕；由其产生的发现有留痕", "one for each window; what was found by them has events"), rows={}, removal=True),)
