"""Care homes with their beds, and the sheet that goes with an elder from one bed to another."""

# pyright: reportIncompatibleVariableOverride=false
# An inner class Meta stands for itself, as in models.py, which is not checked.
from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Concerns, Day, Entity, Flag, LongText, Moment, Number, Office, Offices, Place, Reference, Text, t
from hexi.scenarios.eldercare import words

HIDDEN = "sensitive"


class CareHome(Entity):
    """A care home, clinic or hospital that takes part, with its beds."""

    name = Text(t("机构名称", "name"), max_length=120, search=True, privacy="open")
    kind = Choice(t("床位类别", "kind of beds"), options=words.BEDS, privacy="open")
    place = Place(t("地点", "place"), privacy="open")
    beds = Number(t("床位数", "beds"), low=0, unit="places", privacy="open")
    taken = Number(t("已用床位", "beds in use"), low=0, unit="places", default=0, privacy="open")
    counted_on = Day(t("统计日期", "counted on"), privacy="open")
    office = Office(t("账号机构", "organisation of its accounts"), missing=True)
    phone = Text(t("电话", "telephone"), max_length=40, missing=True, privacy="open")
    invented = Flag(t("虚构", "invented"), privacy="open")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(taken__lte=models.F("beds")), name="no_more_elders_than_beds"),)

    class Describe:
        label = t("机构与床位", "care home")
        title, place, organisation = "name", "place", "office"
        list = ("name", "kind", "place", "beds", "taken", "counted_on", "phone")
        fixed = ("taken", "counted_on")


class HandOver(Entity):
    """三床联动: what goes with an elder from one bed to another. It counts when both sides have signed; neither signs for the other."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="hand_overs")
    called = Text(t("姓名", "name"), max_length=60, privacy="personal", missing=True, source="the elder's file, for whoever receives them")
    born_on = Day(t("出生日期", "date of birth"), privacy="personal", source="the elder's file")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy="personal", missing=True, source="the elder's file")
    contact = Text(t("家人及电话", "whom to ring"), max_length=160, privacy="personal", missing=True, source="the first whom the elder named")
    from_bed = Choice(t("从", "from"), options=words.BEDS)
    from_home = Reference("eldercare.CareHome", t("交出机构", "giver"), missing=True, related_name="+")
    to_bed = Choice(t("到", "to"), options=words.BEDS)
    to_home = Reference("eldercare.CareHome", t("接收机构", "receiver"), missing=True, related_name="+")
    reason = LongText(t("转床原因", "why"), privacy=HIDDEN, source="written by the giver")
    state_of_health = LongText(t("目前情况", "present state"), privacy=HIDDEN, missing=True, source="written by the giver")
    medicines = LongText(t("用药", "medicines"), privacy=HIDDEN, missing=True, source="written by the giver")
    risks = LongText(t("风险提示", "risks"), privacy=HIDDEN, missing=True, source="written by the giver")
    belongings = LongText(t("随身物品", "belongings"), privacy="personal", missing=True, source="written by the giver")
    state = Choice(t("状态", "state"), options=words.SHEET_STATES, default="written")
    given_by = Text(t("交出人", "handed over by"), max_length=80, missing=True)
    given_id = models.BigIntegerField(null=True, editable=False)
    given_at = Moment(t("交出时间", "handed over at"))
    received_by = Text(t("接收人", "received by"), max_length=80, missing=True)
    received_at = Moment(t("接收时间", "received at"))
    offices = Offices(t("双方机构", "both sides"))
    place = Place(t("老人住址", "the elder's home"))

    elder_id: int

    class Describe:
        label = t("三床联动交接单", "hand-over sheet")
        about = t("居家、机构、医院之间转床，双方各自签认才算数", "Between home, care home and hospital; it counts when both sides have signed")
        title, place, organisation, importable, sort = "place", "place", "offices", False, "-id"
        person = Concerns("eldercare.elder", "elder")
        list = ("called", "from_bed", "from_home", "to_bed", "to_home", "state", "given_by", "given_at", "received_by", "received_at")
        fixed = (
            "elder", "called", "born_on", "phone", "contact", "from_bed", "from_home", "to_bed", "to_home", "reason", "state_of_health",
            "medicines", "risks", "belongings", "state",
            "given_by", "given_at", "received_by", "received_at", "offices", "place",
        )  # fmt: skip
