"""A booking's life: booked, taken on, done with the elder's word, confirmed or disputed by elder or family, settled or paid back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from hexi.kit import (
    Action,
    Change,
    Conflict,
    Forbidden,
    Form,
    Invalid,
    Lifecycle,
    Party,
    Problem,
    State,
    Step,
    district_calendar,
    now_context,
    question,
    readable,
    t,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.files import ForElder, elder_of
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_services import Booking, CatalogueItem
from hexi.scenarios.eldercare.own import elder_with, speaker_of
from hexi.scenarios.eldercare.parties import CENTRE, OFFICE, PROVIDER, STEWARD
from hexi.scenarios.eldercare.rules import Share, meal_share, rows_of, service_share
from hexi.scenarios.eldercare.today import day_of, whom, word_of_day

BOOKERS = ("community_worker", STEWARD, CENTRE)
SERVED_BY = time(18, 0)
FURTHEST = timedelta(days=30)
"""Ours: when a day's services should be done, and so far ahead something may be booked."""
NOT_COUNTED = ("cancelled", "disputed", "refunded")
REFUSED = ("not_done", "return")
MOST = 20
DAYS: words.Options = (("0", t("今天", "today")), ("1", t("明天", "tomorrow")), ("2", t("后天", "the day after")))


class Wanted(Form):
    """What is booked, for when."""

    item: int = question(t("项目", "item"), reference="eldercare.catalogueitem")
    on: date = question(t("哪一天", "which day"))
    number: int = question(t("几份", "how many"), 1, ge=1, le=MOST)


class WantedFor(Wanted, ForElder):
    """The same for an elder, at the desk or on the telephone."""


class WantedByCode(Form):
    """The elder's own booking of a meal: the day is enough, the canteen is the nearest."""

    code: str = question(t("本人码", "code"), min_length=6, max_length=40)
    when: str = question(t("哪一天", "which day"), options=DAYS)
    handed: str = question(t("怎么吃", "how"), options=words.HANDED[:2])


class CalledOff(Form):
    """The elder wants no meal that day."""

    code: str = question(t("本人码", "code"), min_length=6, max_length=40)
    when: str = question(t("不要哪一天的", "of which day"), options=DAYS)


class Finished(Form):
    """What whoever came was told."""

    word: str = question(t("老人报的当日口令（没有可不填）", "the elder's word of the day, if told"), "", max_length=8)


class Judged(Form):
    """The elder's or the family's word on what was done."""

    code: str = question(t("本人码或家人码", "code"), min_length=6, max_length=40)
    verdict: str = question(t("做得怎么样", "how was it"), options=words.VERDICTS)
    said: str = question(t("想说的话", "anything to add"), "", widget="textarea", max_length=500)


def share_of(elder: Elder, item: CatalogueItem, on: date, number: int) -> Share:
    """Price, subsidy and own share of this booking, by the rules of its day."""
    had = Booking.objects.filter(elder=elder, kind=item.kind).exclude(state__in=NOT_COUNTED)
    price, who = item.price, whom(elder, on)
    assert price is not None
    if item.kind == "meal":
        monday = on - timedelta(days=on.weekday())
        week = had.filter(on__gte=monday, on__lt=monday + timedelta(days=7), subsidy__gt=0)
        return meal_share(who, price, on, had_today=_sum(week.filter(on=on)), had_this_week=_sum(week), number=number)
    month = had.filter(on__year=on.year, on__month=on.month, subsidy__gt=0).count()
    return service_share(item.kind, who, price * number, on, had_this_month=month)


def meals_left(elder: Elder, day: date) -> tuple[int, int] | None:
    """How many subsidised meals this elder still has this week, and of how many; None where the subsidy is not meant for them."""
    if not meal_share(whom(elder, day), Decimal(1), day, had_today=0, had_this_week=0).subsidy:
        return None
    monday, each = day - timedelta(days=day.weekday()), int(rows_of("meals", day)[0]["a_week"])
    had = Booking.objects.filter(elder=elder, kind="meal", on__gte=monday, on__lt=monday + timedelta(days=7), subsidy__gt=0)
    return max(0, each - _sum(had.exclude(state__in=NOT_COUNTED))), each


def _sum(found: Any) -> int:
    return int(found.aggregate(n=Sum("number"))["n"] or 0)


def made(change: Change, elder: Elder, item: CatalogueItem, on: date, number: int) -> Booking:
    """The booking with what it costs. Raises Invalid, Conflict where the point is full."""
    _must_be_open(change, elder, item, on)
    taken = _sum(Booking.objects.filter(item__point=item.point, on=on).exclude(state="cancelled"))
    if item.point.a_day and taken + number > item.point.a_day:
        raise Conflict(t("这一天已约满", "That day is fully booked"), do=t("请换一天或换一家", "Choose another day or place"))
    share = share_of(elder, item, on, number)
    return change.create(
        Booking, elder=elder, item=item, kind=item.kind, on=on, number=number, price=share.price, subsidy=share.subsidy, own=share.own,
        why=share.why.as_dict(), state="booked", due_at=_due(on), called=elder.name, phone=elder.phone, by=change.viewer.name,
        place=elder.home, office=item.office,
    )  # fmt: skip


def _must_be_open(change: Change, elder: Elder, item: CatalogueItem, on: date) -> None:
    day = day_of(change)
    if elder.state != "served":
        raise Invalid([Problem("elder", t("档案已暂停或退出", "The file is paused or closed"))])
    if not (item.active and item.point.active):
        raise Invalid([Problem("item", t("该项目暂停预约", "This may not be booked now"))])
    if not day <= on <= day + FURTHEST:
        raise Invalid([Problem("on", t("只能预约今天起30天内", "Only from today on, for 30 days"), value=on.isoformat())])


def _due(on: date) -> datetime:
    return datetime.combine(on, SERVED_BY, district_calendar().local(now_context().now).tzinfo)


def book(change: Change) -> Booking:
    """At the desk."""
    given = change.answers
    item = readable(change.viewer, CatalogueItem).filter(pk=given.item).select_related("point").first()
    if item is None:
        raise Invalid([Problem("item", t("没有这个项目", "There is no such item"), value=str(given.item))])
    return made(change, elder_of(change, given.elder), item, given.on, given.number)


def book_by_code(change: Change) -> Booking:
    """By the elder alone: a meal of the nearest canteen that has room."""
    given = change.answers
    elder, on = elder_with(given.code), day_of(change) + timedelta(days=int(given.when if given.when in dict(DAYS) else 0))
    for item in nearest_meals(elder, given.handed):
        try:
            return made(change, elder, item, on, 1)
        except Conflict:
            continue
    raise Conflict(t("附近食堂都约满了，或没有这种方式", "No canteen near has room, or none offers this"), do=t("请给社区打电话", "Call the community"))


def call_off(change: Change) -> Booking:
    """The elder takes back that day's meals, as long as nobody cooks them yet: taken on, and to be eaten today."""
    given, day = change.answers, day_of(change)
    elder, on = elder_with(given.code), day + timedelta(days=int(given.when if given.when in dict(DAYS) else 0))
    found = list(meals_of(elder).filter(on=on, state__in=("booked", "taken")).select_related("item__point").order_by("pk"))
    if not found:
        raise Conflict(t("这一天没有可以取消的饭", "There is no meal of that day to cancel"), do=t("请看看订的是哪一天", "See for which day it is booked"))
    free = [one for one in found if one.state == "booked" or on > day]
    if not free:
        ring = found[0].item.point.phone
        call = t(f"请打电话给食堂：{ring}", f"Ring the canteen: {ring}") if ring else t("请给社区打电话", "Call the community")
        raise Conflict(t("食堂已接单，今天的饭已经在做了", "The canteen is cooking it already"), do=call)
    change.why = change.why or "elder"
    for one in free:
        change.save(one, state="cancelled")
    return free[0]


def meals_of(elder: Elder) -> Any:
    """Every meal that was ever booked for the elder."""
    return Booking.objects.filter(elder=elder, kind="meal")


def nearest_meals(elder: Elder, handed: str) -> list[CatalogueItem]:
    """Meals of canteens of the elder's own street first, those of the community before all."""
    found = CatalogueItem.objects.filter(kind="meal", handed=handed, active=True, point__active=True, place__startswith=elder.home[:9])
    return sorted(found.select_related("point")[:50], key=lambda one: (not one.place.startswith(elder.home[:12]), one.pk))


def take(change: Change) -> None:
    """The provider takes it on."""
    change.amend(change.record, taken_by=change.viewer.name)


def finish(change: Change) -> None:
    """Done, with the elder's word of the day where there is one; a wrong word is refused."""
    one: Booking = change.record
    word, day = change.answers.word.strip(), day_of(change)
    if one.on and one.on > day:
        raise Invalid([Problem("word", t("还没到预约的日子", "The day has not come yet"))])
    if word and word != word_of_day(one.elder, day):
        raise Invalid([Problem("word", t("口令不对，请再问一次老人", "That is not the word: ask the elder again"), value=word)])
    change.amend(one, done_at=change.context.now, witnessed=bool(word))


def judge(change: Change) -> Booking:
    """The elder or the family says what became of the oldest service that waits for their word."""
    given = change.answers
    elder, who = speaker_of(given.code)
    one = waiting_word(elder)
    if one is None:
        raise Conflict(t("没有等您确认的服务", "Nothing waits for your word"))
    if given.verdict not in dict(words.VERDICTS):
        raise Invalid([Problem("verdict", t("请从选项中选择", "Choose one of the options"))])
    if given.verdict == "return" and one.kind != "shop":
        raise Invalid([Problem("verdict", t("只有商城商品可以退货；没有做请选“没有做”", "Only goods of the shop can be sent back"))])
    change.save(one, state="disputed" if given.verdict in REFUSED else "confirmed", verdict=given.verdict, said=given.said)
    change.why = change.why or who
    return one


def waiting_word(elder: Elder) -> Booking | None:
    """The oldest service that waits for the elder's word."""
    return Booking.objects.filter(elder=elder, state="done").select_related("item").order_by("on", "pk").first()


NOT_OWN = t("接单人不能自己结算", "Whoever took it on may not settle it")
OTHERS = Party(t("接单人以外的工作人员", "somebody other than who took it on"), lambda viewer, row: row.taken_by != viewer.name, NOT_OWN)


def settle(change: Change) -> None:
    """Money goes only for what the elder confirmed; whoever did it does not settle it."""
    if change.record.taken_by == change.viewer.name:
        raise Forbidden(NOT_OWN)


LIFE = Lifecycle(
    key="booking", label=t("服务预约", "booking"), field="state", start="booked",
    states=tuple(State(key, label, final=key in {"settled", "refunded", "cancelled"}) for key, label in words.BOOKING_STATES),
    steps=(
        Step("take", t("接单", "take on"), ("booked",), "taken", by=(PROVIDER, CENTRE), run=take, primary=True),
        Step("finish", t("服务完成", "done"), ("taken",), "done", by=(PROVIDER, STEWARD), form=Finished, run=finish, primary=True),
        Step("cancel", t("取消", "cancel"), ("booked", "taken"), "cancelled", by=(*BOOKERS, PROVIDER), needs_reason=True),
        Step("meal_off", t("本人取消", "cancelled by the elder"), ("booked", "taken"), "cancelled", by=("platform",)),
        Step("confirm_for", t("电话确认（本人或家人）", "confirmed on the telephone"), ("done",), "confirmed", by=(CENTRE, "community_worker"),
             needs_reason=True),
        Step("say_done", t("本人确认", "confirmed by the elder"), ("done",), "confirmed", by=("platform",)),
        Step("say_not_done", t("本人不认可", "disputed by the elder"), ("done",), "disputed", by=("platform",)),
        Step("do_again", t("重做或补送", "do or bring it again"), ("disputed",), "taken", by=(CENTRE,), needs_reason=True, primary=True),
        Step("refund", t("退款给本人", "pay the elder back"), ("disputed",), "refunded", by=(PROVIDER, CENTRE), needs_reason=True, primary=True),
        Step("settle", t("结算补贴", "settle"), ("confirmed",), "settled", by=(OFFICE,), run=settle, primary=True,
             party=OTHERS),
    ),
)  # fmt: skip
BOOKING = "eldercare.booking"
ACTIONS = (
    Action("book_service", t("预约服务", "book a service"), BOOKING, book, WantedFor, by=BOOKERS, creates=True, primary=True),
    Action("book_by_code", t("本人订餐", "the elder's own booking"), BOOKING, book_by_code, WantedByCode, by=("public",), creates=True),
    Action("call_off", t("本人取消订餐", "the elder cancels a meal"), BOOKING, call_off, CalledOff, by=("public",), creates=True),
    Action("judge", t("确认服务", "say how it was"), BOOKING, judge, Judged, by=("public",), creates=True),
)  # fmt: skip


def late_hours(day: date) -> int:
    """So long after it was due a booking counts as late."""
    return int(next(iter(rows_of("late", day)), {"hours": 0})["hours"])

