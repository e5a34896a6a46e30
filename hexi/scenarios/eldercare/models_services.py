"""Services by booking: who offers what, and each booking from the elder's wish to the elder's word."""

from __future__ import annotations

from hexi.kit import Choice, Concerns, Day, Document, Entity, Flag, LongText, Moment, Money, Number, Office, Place, Reference, Text, t
from hexi.scenarios.eldercare import words

PERSONAL = "personal"


class ServicePoint(Entity):
    """A canteen, a provider of help at home, or a shop."""

    name = Text(t("名称", "name"), max_length=120, search=True, privacy="open")
    kind = Choice(t("类别", "kind"), options=words.POINTS, privacy="open")
    place = Place(t("地点", "place"), privacy="open")
    office = Office(t("账号机构", "organisation of its accounts"), missing=True)
    phone = Text(t("电话", "telephone"), max_length=40, missing=True, privacy="open")
    a_day = Number(t("每日可接", "can take a day"), low=0, unit="times", default=0)
    active = Flag(t("在营", "in service"), default=True, privacy="open")
    invented = Flag(t("虚构", "invented"), privacy="open")

    class Describe:
        label = t("服务点", "service point")
        title, place, organisation = "name", "place", "office"
        list = ("name", "kind", "place", "phone", "a_day", "active")


class CatalogueItem(Entity):
    """One thing that may be booked, with its price."""

    point = Reference("eldercare.ServicePoint", t("服务点", "point"), owned=True, related_name="items", privacy="open")
    kind = Choice(t("服务", "service"), options=words.SERVICES, privacy="open")
    name = Text(t("项目", "item"), max_length=120, search=True, privacy="open")
    name_en = Text(t("项目（英文）", "item (English)"), max_length=120, missing=True, privacy="open")
    price = Money(t("价格", "price"), privacy="open")
    handed = Choice(t("方式", "how"), options=words.HANDED, privacy="open")
    active = Flag(t("可预约", "may be booked"), default=True, privacy="open")
    place = Place(t("地点", "place"), privacy="open")
    office = Office(t("账号机构", "organisation"), missing=True)

    point_id: int

    class Describe:
        label = t("服务目录", "catalogue of services")
        title, place, organisation = "name", "place", "office"
        list = ("kind", "name", "point", "price", "handed", "active")


class Booking(Entity):
    """One booking. Price, subsidy and own share are worked out when it is made, with the rule in words, and stay as they were told."""

    elder = Reference("eldercare.Elder", t("老人", "elder"), owned=True, related_name="bookings")
    item = Reference("eldercare.CatalogueItem", t("项目", "item"), related_name="bookings")
    kind = Choice(t("服务", "service"), options=words.SERVICES)
    on = Day(t("日期", "on"), missing=False)
    number = Number(t("份数", "number"), low=1, high=20, default=1)
    price = Money(t("总价", "price"))
    subsidy = Money(t("补贴", "subsidy"), default=0)
    own = Money(t("自付", "own share"))
    why = Document(t("补贴依据", "why so much"), default=dict)
    state = Choice(t("状态", "state"), options=words.BOOKING_STATES, default="booked")
    due_at = Moment(t("最迟", "due"))
    called = Text(t("称呼", "called"), max_length=60, privacy=PERSONAL, missing=True, source="the elder's file, for whoever comes")
    phone = Text(t("联系电话", "telephone"), max_length=40, privacy=PERSONAL, missing=True, source="the elder's file")
    by = Text(t("预约人", "booked by"), max_length=80, missing=True)
    taken_by = Text(t("接单人", "taken by"), max_length=80, missing=True)
    done_at = Moment(t("完成时间", "done at"))
    witnessed = Flag(t("凭口令完成", "done with the elder's word"))
    verdict = Choice(t("本人评价", "the elder's word"), options=words.VERDICTS, missing=True)
    said = LongText(t("本人的话", "what they said"), missing=True, privacy=PERSONAL, source="said by the elder or the family")
    place = Place(t("住址", "home"))
    office = Office(t("服务单位", "provider"), missing=True)

    elder_id: int
    item_id: int

    class Describe:
        label = t("服务预约", "booking")
        about = t("预约、接单、完成、本人确认；补贴按有日期、有来源的规则计算", "Booked, taken, done, confirmed; subsidies by dated rules")
        title, place, organisation, importable, sort = "kind", "place", "office", False, "-id"
        person = Concerns("eldercare.elder", "elder")
        list = ("on", "called", "item", "place", "number", "own", "subsidy", "state", "office", "verdict")
        fixed = (
            "elder", "item", "kind", "on", "number", "price", "subsidy", "own", "why", "state", "due_at", "called", "phone", "by",
            "taken_by", "done_at", "witnessed", "verdict", "said", "place", "office",
        )  # fmt: skip
