"""Tables beside the case: what reporters say of it in the end, photographs that were used before, systems that may report."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.fields import Choice, Entity, File, Flag, LongText, Moment, Number, Office, Offices, Place, Reference
from hexi.kernel.label import t
from hexi.modules.cases import contracts as words


class Rating(Entity):
    """What a reporter says of how the case was handled: once, and for a day they may think better of it."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="ratings")
    solved = Flag(t("是否解决", "solved"))
    satisfied = Flag(t("是否满意", "satisfied"))
    words = LongText(t("评价", "words"), missing=True)
    at = Moment(t("评价时间", "rated at"), missing=False)
    office = Office(t("承办单位", "office"), missing=True)
    place = Place(t("地点", "place"), missing=True)
    person: models.OneToOneField[Any] = models.OneToOneField(
        "cases.Person", on_delete=models.CASCADE, related_name="rating", editable=False
    )

    class Describe:
        label = t("反映人评价", "rating")
        title, place, organisation, importable = "case", "place", "office", False
        list = ("case", "solved", "satisfied", "words", "at", "office")
        fixed = ("case", "solved", "satisfied", "words", "at", "office", "place")


class SamePhoto(Entity):
    """A photograph of this case that was used before: in another case, or before and after the work. Somebody looks at it."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="same_photos")
    kind = Choice(t("情形", "kind"), options=words.SAME_KINDS)
    part = Choice(t("本案照片用于", "photo of"), options=words.PHOTO_PARTS)
    photo = File(t("照片", "photo"))
    other = Reference("cases.Case", t("另一案件", "other case"), owned=True, related_name="same_photos_of")
    other_photo = File(t("另一照片", "other photo"))
    bits = Number(t("差异（64位中）", "difference (of 64 bits)"), low=0, high=64)
    place = Place(t("地点", "place"), missing=True)
    organisations = Offices(t("涉及单位", "offices concerned"))

    class Describe:
        label = t("重复照片", "same photo")
        title, place, organisation, importable = "kind", "place", "organisations", False
        list = ("case", "kind", "part", "photo", "other", "other_photo", "bits")
        fixed = ("case", "kind", "part", "photo", "other", "other_photo", "bits", "place", "organisations")


class Caller(models.Model):
    """Another system that may send reports over Open311. Its key is shown once; only its mark is kept."""

    name = models.CharField(max_length=80, unique=True)
    mark = models.CharField(max_length=64, unique=True)
    hourly = models.PositiveIntegerField(default=1000)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
