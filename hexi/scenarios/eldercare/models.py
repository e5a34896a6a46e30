"""Elders, whom they named, what they agreed to, and where nothing is recorded."""

from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Concerns, Day, Entity, Flag, Group, Moment, Number, Place, Reference, Text, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver
from hexi.scenarios.eldercare.models_care import CareEvent, Carer, CareVisit, Training
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking, CatalogueItem, ServicePoint

PERSONAL, HIDDEN = "personal", "sensitive"
BY_THEMSELVES = t("由本人选择，不由工作人员代定", "chosen by the elder, never by staff")


class Elder(Entity):
    """One old person who agreed to be looked after. The file begins with their word and ends with it."""

    name = Text(t("姓名", "name"), max_length=60, privacy=PERSONAL, search=True, source="told by the elder")
    sex = Choice(t("性别", "sex"), options=words.SEXES, privacy=PERSONAL, source="told by the elder")
    born_on = Day(t("出生日期", "date of birth"), privacy=PERSONAL, source="identity document")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy=PERSONAL, missing=True, source="told by the elder")
    home = Place(t("住址", "home"), source="told by the elder")
    lives = Choice(t("居住状况", "living situation"), options=words.LIVES, privacy=PERSONAL, source="told by the elder, seen on visits")
    ability = Choice(t("能力等级", "ability"), options=words.LEVELS, default="unknown", privacy=PERSONAL,
                     source="GB/T 42195-2022, data/rules.yaml")  # fmt: skip
    ability_score = Number(t("能力评估得分", "points of the assessment"), low=0, high=90, privacy=HIDDEN, missing=True, source="assessor")
    assessed_on = Day(t("评估日期", "assessed on"))
    hardship = Choice(t("困难类别", "hardship"), options=words.HARDSHIPS, default="none", privacy=HIDDEN, source="civil affairs register")
    resident = Number(t("居民登记号", "number in the register of residents"), low=1, missing=True, unique=True)
    steward = Reference("eldercare.Carer", t("养老管家", "care steward"), missing=True, related_name="elders")
    need = Choice(t("探访频次", "visits"), options=words.NEEDS, default="none", source="data/rules.yaml, from age, ability and living")
    last_met = Day(t("上次见面", "last met"))
    visit_due = Day(t("下次应访", "visit due"))
    state = Choice(t("状态", "state"), options=words.FILE_STATES, default="served")
    budget = Text(t("报警预算", "alarm budget"), max_length=20, missing=True, help=BY_THEMSELVES)
    call_from = Number(t("触发分值", "calls from a score of"), low=0, high=101, default=0, help=t("由报警预算算出", "worked out from the budget"))
    since = Day(t("建档日期", "file since"))
    code = Text(t("本人码", "the elder's code"), max_length=20, privacy=HIDDEN, unique=True, source="drawn by the platform")
    invented = Flag(t("虚构", "invented"))

    class Meta:
        indexes = (models.Index(fields=["updated_at"], name="elders_changed"),)

    class Describe:
        label = t("老人", "elder")
        about = t("经本人同意建立的养老服务档案；示例数据中的人均为虚构", "Files of elders, kept by their consent; everybody in the sample is invented")
        title, place, person, importable = "name", "home", Concerns(), False
        list = ("name", "home", "lives", "ability", "need", "visit_due", "last_met", "steward", "state")
        sort = "visit_due"
        groups = (
            Group(t("本人", "Person"), ("name", "sex", "born_on", "phone", "home", "lives")),
            Group(t("评估与困难", "Assessment"), ("ability", "ability_score", "assessed_on", "hardship")),
            Group(t("照护", "Care"), ("steward", "need", "last_met", "visit_due")),
            Group(t("感知", "Sensing"), ("budget", "call_from")),
        )
        fixed = (
            "ability", "ability_score", "assessed_on", "need", "last_met", "visit_due", "state", "budget", "call_from", "since", "code",
            "resident", "invented",
        )  # fmt: skip


class Contact(Entity):
    """Somebody whom the elder named: asked in an emergency, and shown what the elder agreed to."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="contacts")
    name = Text(t("姓名", "name"), max_length=60, privacy=PERSONAL, source="told by the elder")
    relation = Choice(t("关系", "relation"), options=words.RELATIONS, privacy=PERSONAL, source="told by the elder")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy=PERSONAL, source="told by the elder")
    turn = Number(t("联系顺序", "called in this order"), low=1, high=9, default=1)
    sees_care = Flag(t("可看探访与服务", "sees visits and services"), default=True)
    sees_calls = Flag(t("可看呼救", "sees calls for help"), default=True)
    sees_looks = Flag(t("可看谁查看过", "sees who looked"))
    code = Text(t("家人码", "the family's code"), max_length=20, privacy=HIDDEN, unique=True, source="drawn by the platform")
    place = Place(t("老人住址", "the elder's home"))

    elder_id: int

    class Describe:
        label = t("家人与联系人", "family and contacts")
        about = t("由老人指定；能看到什么由老人决定", "Named by the elder, who decides what they see")
        title, place, person, importable, owner = "name", "place", Concerns("eldercare.elder", "elder"), False, "elder"
        list = ("elder", "name", "relation", "turn", "phone", "sees_care", "sees_calls", "sees_looks")
        fixed = ("elder", "code", "place")


class Consent(Entity):
    """What the elder said about one kind of device and one purpose. Every word is kept; the last one counts. Silence is no."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="consents")
    device = Choice(t("设备", "device"), options=words.DEVICES)
    purpose = Choice(t("用途", "purpose"), options=words.PURPOSES)
    agreed = Flag(t("同意", "agreed"))
    until = Moment(t("有效至", "until"))
    way = Choice(t("方式", "way"), options=words.WAYS)
    at = Moment(t("时间", "when"), missing=False)
    by = Text(t("记录人", "written down by"), max_length=80, missing=True)
    place = Place(t("老人住址", "the elder's home"))

    elder_id: int

    class Meta:
        indexes = (models.Index(fields=["updated_at"], name="consents_changed"),)

    class Describe:
        label = t("本人同意", "consent")
        about = t("逐次记录，以最后一次为准；没说同意就是不同意", "Each word is kept and the last counts; silence is no")
        title, place, importable, sort = "device", "place", False, "-id"
        list = ("elder", "device", "purpose", "agreed", "until", "way", "at", "by")
        fixed = ("elder", "device", "purpose", "agreed", "until", "way", "at", "by", "place")


class QuietZone(Entity):
    """A room and hours in which nothing is recorded, whatever was agreed to; only the elder's own button always works."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="quiet_zones")
    room = Choice(t("房间", "room"), options=words.ROOMS)
    from_hour = Number(t("起", "from"), low=0, high=23, unit="hours", default=0)
    to_hour = Number(t("止", "to"), low=1, high=24, unit="hours", default=24)
    lifted_at = Moment(t("取消时间", "lifted at"))
    at = Moment(t("设定时间", "set at"), missing=False)
    way = Choice(t("方式", "way"), options=words.WAYS)
    place = Place(t("老人住址", "the elder's home"))

    elder_id: int

    class Meta:
        indexes = (models.Index(fields=["updated_at"], name="quiet_zones_changed"),)

    class Describe:
        label = t("免打扰区", "dignity zone")
        about = t("老人划定的房间和时段，不感知、不记录", "Rooms and hours that the elder keeps free of sensing")
        title, place, importable, sort = "room", "place", False, "-id"
        list = ("elder", "room", "from_hour", "to_hour", "at", "way", "lifted_at")
        fixed = ("elder", "room", "from_hour", "to_hour", "at", "way", "place", "lifted_at")


REGISTERS = (
    Elder, Contact, Consent, QuietZone, Carer, Training, CareVisit, CareEvent, ServicePoint, CatalogueItem, Booking, Retrofit, CareHome,
    HandOver,
)  # fmt: skip
