"""Carers and their training, visits, and what was sensed or called."""

# pyright: reportIncompatibleVariableOverride=false
# An inner class Meta stands for itself, as in models.py, which is not checked.
from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Concerns, Day, Entity, Flag, LongText, Moment, Number, Place, Reference, Text, t
from hexi.scenarios.eldercare import words

PERSONAL = "personal"


class Carer(Entity):
    """Somebody who looks after elders: a steward, a care worker, or one of the family who was trained."""

    name = Text(t("姓名", "name"), max_length=60, search=True)
    kind = Choice(t("类别", "kind"), options=words.CARERS)
    place = Place(t("服务范围", "area"))
    phone = Text(t("工作电话", "work telephone"), max_length=40, missing=True)
    account = Number(t("账号编号", "number of the account"), low=1, missing=True)
    hours = Number(t("已学学时", "hours learnt"), decimals=1, low=0, unit="hours", default=0, source="passed trainings")
    trained_on = Day(t("达标日期", "trained on"), source="data/rules.yaml, training")
    active = Flag(t("在岗", "active"), default=True)
    invented = Flag(t("虚构", "invented"))

    class Describe:
        label = t("照护者", "carer")
        about = t("养老管家、护理员和家庭照护者；学时达标的日期由培训记录得出", "Stewards, care workers and family carers with their training")
        title, place, person = "name", "place", None  # told by name and work telephone, as any member of staff
        list = ("name", "kind", "place", "hours", "trained_on", "active")
        fixed, importable = ("hours", "trained_on", "invented"), False


class Training(Entity):
    """One course that a carer took, with what the practical test said."""

    carer = Reference("eldercare.Carer", t("照护者", "carer"), owned=True, related_name="trainings")
    course = Text(t("课程", "course"), max_length=120)
    on = Day(t("日期", "on"), missing=False)
    hours = Number(t("学时", "hours"), decimals=1, low=0.5, high=200, unit="hours")
    passed = Flag(t("实操合格", "practical test passed"))
    certificate = Text(t("证书号", "certificate"), max_length=60, missing=True)
    place = Place(t("范围", "area"))

    carer_id: int

    class Describe:
        label = t("照护培训", "training")
        title, place, importable, sort = "course", "place", False, "-id"
        list = ("on", "carer", "course", "hours", "passed", "certificate")
        fixed = ("carer", "course", "on", "hours", "passed", "certificate", "place")


class CareVisit(Entity):
    """One visit, written once. What was found is kept only where the elder agreed; there is no photograph."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="visits")
    at = Moment(t("时间", "when"), missing=False)
    by = Text(t("探访人", "by"), max_length=80)
    by_id = models.BigIntegerField(null=True, editable=False)
    met = Choice(t("是否见到", "met"), options=words.MET)
    evidence = Choice(t("佐证", "evidence"), options=words.EVIDENCE)
    consent = Flag(t("同意记录情况", "agreed to the note"))
    findings = LongText(t("情况", "findings"), missing=True, privacy="sensitive", source="the visitor, with the elder's consent")
    due_on = Day(t("应访日期", "was due"))
    place = Place(t("住址", "home"))

    elder_id: int

    class Meta:
        indexes = (models.Index(fields=["elder", "-at"], name="care_visit_of_elder"),)

    class Describe:
        label = t("探访记录", "visit")
        about = t("按需探访，不拍照；佐证由老人或第三方给出", "Visits by need, without photographs")
        title, place, person, importable, sort = "met", "place", Concerns("eldercare.elder", "elder"), False, "-id"
        list = ("at", "elder", "by", "met", "evidence", "due_on")
        fixed = ("elder", "at", "by", "met", "evidence", "consent", "findings", "due_on", "place")


class CareEvent(Entity):
    """A call for help, or a sign that a device found: what it was is said by people afterwards. A false alarm is a word, no fault."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="events")
    sign = Choice(t("迹象", "sign"), options=words.SIGNS)
    device = Choice(t("设备", "device"), options=words.DEVICES)
    score = Number(t("把握分值", "score"), low=0, high=100, default=100, help=t("设备有多大把握，100为本人呼救", "how sure the device is"))
    room = Choice(t("房间", "room"), options=words.ROOMS, missing=True)
    at = Moment(t("时间", "when"), missing=False)
    called = Flag(t("已发起呼叫", "raised a call"))
    case = Reference("cases.Case", t("事件", "case"), missing=True, related_name="+")
    outcome = Choice(t("结果", "outcome"), options=words.OUTCOMES, default="open")
    labelled_by = Text(t("定性人", "labelled by"), max_length=80, missing=True)
    place = Place(t("住址", "home"))
    simulated = Flag(t("模拟", "simulated"))

    elder_id: int
    case_id: int | None

    class Meta:
        indexes = (models.Index(fields=["elder", "-at"], name="care_event_of_elder"),)

    class Describe:
        label = t("呼救与迹象", "call or sign")
        about = t("误报如实标注，不追究按错的人", "False alarms are named and never punished")
        title, place, person, importable, sort = "sign", "place", None, False, "-id"
        list = ("at", "elder", "sign", "device", "score", "room", "called", "outcome", "labelled_by", "simulated")
        fixed = ("elder", "sign", "device", "score", "room", "at", "called", "case", "outcome", "labelled_by", "place", "simulated")
