"""The elder's own page with its one large button, and the small pages that it leads to: a meal, a word on a service, what is sensed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from hexi.kit import Fact, Label, RescueCall, Sheet, Slip, district_calendar, now_context, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.bookings import BOOKING, meals_left, meals_of, waiting_word
from hexi.scenarios.eldercare.budget import offers
from hexi.scenarios.eldercare.models import Contact, Elder, QuietZone
from hexi.scenarios.eldercare.models_care import CareEvent, CareVisit
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.own import contact_with, elder_with, speaker_of
from hexi.scenarios.eldercare.rules import budget_options
from hexi.scenarios.eldercare.sensing import sensed_words
from hexi.scenarios.eldercare.sos import EVENT, running
from hexi.scenarios.eldercare.today import day_said, today, word_of_day

LOOKS = "/m/looks"
MOST_SHOWN = 5
CALLING = t("{at} 已收到，正在叫人来", "received at {at}; somebody is being called")
TO_CANCEL = ("booked", "taken")
OPEN = ("booked", "taken", "done")
RETURNED, TOLD_FOR = ("disputed", "refunded"), timedelta(days=30)
NOTHING = t("没有", "none")


def opens_elder(code: str) -> Sheet:
    """The elder's page: is help on its way, today's word, meal and visit, and ways to everything that is theirs to say."""
    elder, day = elder_with(code), today()
    title = t(f"{elder.name}，您好", f"Hello, {elder.name}")
    return Sheet(title, (*_help(elder), *_today(elder, day), *_ways(elder)), None if elder.state == "served" else _paused())


def _paused() -> Label:
    return t("档案已暂停；需要帮助请拨打120或给社区打电话。", "Your file is paused. If you need help call 120, or the community.")


def _help(elder: Elder) -> Iterator[Fact]:
    """Who comes, as soon as somebody was called."""
    rescue = running(elder)
    if rescue is None:
        return
    coming = list(RescueCall.objects.filter(rescue=rescue, state__in=("answered", "coming", "there")).order_by("told_at"))
    said = t("{at} 已收到，有人来", "received at {at}; somebody comes") if coming else CALLING
    yield Fact(t("求助", "your call"), said.filled(at=_clock(rescue.raised_at)))
    for call in coming:
        yield Fact(t("来的人", "who comes"), _comes(call))


def _comes(call: RescueCall) -> Label:
    if call.state == "there":
        return t(f"{call.who} 已经到了", f"{call.who} is there")
    if call.eta_at:
        return t("{who}，大约{at}到", "{who}, at about {at}").filled(who=call.who, at=_clock(call.eta_at))
    return t(f"{call.who} 已应答", f"{call.who} has answered")


def _today(elder: Elder, day: date) -> Iterator[Fact]:
    yield Fact(t("今天的口令（只告诉上门的人）", "today's word, for whoever comes"), _same(word_of_day(elder, day)))
    for one in Booking.objects.filter(elder=elder, on=day).exclude(state__in=("cancelled", *RETURNED)).select_related("item")[:MOST_SHOWN]:
        yield Fact(words.label_of(words.SERVICES, one.kind), _booking(one))
    yield from _returned(elder, day)
    yield from _plan(elder)
    if elder.visit_due:
        yield Fact(t("下次探访", "next visit"), day_said(max(elder.visit_due, day), day))
    if elder.steward:
        yield Fact(t("养老管家", "your steward"), _same(elder.steward.name), f"tel:{elder.steward.phone}" if elder.steward.phone else "")


def _plan(elder: Elder) -> Iterator[Fact]:
    """What the plan for their home would cost them, before they say yes to it."""
    for plan in Retrofit.objects.filter(elder=elder, state="planned"):
        cost, subsidy, own = _yuan(plan.cost), _yuan(plan.subsidy), _yuan(plan.own)
        said = t("共{cost}，补贴{subsidy}，您付{own}；同意了才施工", "{cost} in all, subsidy {subsidy}, you pay {own}; nothing is built without your yes")
        yield Fact(t("家里改造的方案", "plan for your home"), said.filled(cost=cost, subsidy=subsidy, own=own))


def _returned(elder: Elder, day: date) -> Iterator[Fact]:
    """What the elder did not accept, and whether the money came back."""
    since = _now() - TOLD_FOR
    found = Booking.objects.filter(elder=elder, state__in=RETURNED, updated_at__gte=since).select_related("item").order_by("-pk")
    for one in found[:MOST_SHOWN]:
        yield Fact(t("不认可的服务", "not accepted"), _booking(one))


def _ways(elder: Elder) -> Iterator[Fact]:
    if waiting_word(elder):
        yield Fact(t("有服务等您确认", "a service waits for your word"), t("说说做得怎么样", "say how it was"), CONFIRM.link(elder.code))
    yield Fact(t("订饭", "book a meal"), t("今天、明天、后天的都能订", "for today and the next two days"), MEAL.link(elder.code))
    yield Fact(t("家里的设备开了哪些", "devices that are on"), sensed_words(elder, _now()), SENSING.link(elder.code))
    yield Fact(t("设备报错了，能接受几次", "how many false alarms you bear"), _budget(elder), BUDGET.link(elder.code))
    yield Fact(t("谁看过我的信息", "who looked at my data"), t("谁、什么时候、为什么", "who, when and why"), f"{LOOKS}#{elder.code}")


def _budget(elder: Elder) -> Label:
    return dict(budget_options()).get(elder.budget, t("还没有选", "not chosen yet"))


def opens_meal(code: str) -> Sheet:
    """What is booked, and the question for another meal."""
    elder = elder_with(code)
    found = Booking.objects.filter(elder=elder, kind="meal", on__gte=today()).exclude(state="cancelled")
    rows = found.select_related("item").order_by("on")[:MOST_SHOWN]
    facts = [Fact(day_said(one.on, today()), _booking(one)) for one in rows]
    if any(one.state in TO_CANCEL for one in rows):
        facts.append(Fact(t("不想要了", "not wanted any more"), t("取消订的饭", "cancel a meal"), OFF.link(elder.code)))
    return Sheet(t("订餐", "book a meal"), (_left(elder), *(facts or (Fact(t("已订", "booked"), NOTHING),))))


def opens_off(code: str) -> Sheet:
    """The meals that may still be taken back, and the question of which day."""
    elder, day = elder_with(code), today()
    found = meals_of(elder).filter(on__gte=day, state__in=TO_CANCEL).select_related("item").order_by("on")
    rows = tuple(Fact(day_said(one.on, day), _booking(one)) for one in found[:MOST_SHOWN])
    return Sheet(t("取消订餐", "cancel a meal"), rows, None if rows else t("没有可以取消的饭。", "There is no meal to cancel."))


def _left(elder: Elder) -> Fact:
    """What is left of the week's subsidised meals, before anybody books one and wonders at its price."""
    left = meals_left(elder, today())
    if left is None:
        return Fact(t("助餐补贴", "subsidy"), t("您不在补贴对象内，按原价", "not meant for you: the full price"))
    said = t("还剩{n}餐（每周{of}餐）", "{n} left, of {of} a week").filled(n=str(left[0]), of=str(left[1]))
    return Fact(t("本周补贴餐", "subsidised meals this week"), said)


def opens_confirm(code: str) -> Sheet:
    """The oldest service that waits for a word, for the elder or one of the family who sees services."""
    elder, who = speaker_of(code)
    if who == "family" and not contact_with(code).sees_care:
        return Sheet(t("确认服务", "say how it was"), (), t("老人没有选择让您看服务情况", "The elder does not let you see services"))
    one = waiting_word(elder)
    if one is None:
        return Sheet(t("确认服务", "say how it was"), (), t("现在没有等您确认的服务。", "Nothing waits for your word now."))
    facts = (
        Fact(t("服务", "service"), _booking(one)), Fact(t("日期", "on"), day_said(one.on, today())),
        Fact(t("服务人", "done by"), _same(one.taken_by or "—")), Fact(t("自付", "own share"), _yuan(one.own)),
        Fact(t("补贴", "subsidy"), _yuan(one.subsidy)), Fact(t("补贴依据", "why so much"), _why(one)),
    )  # fmt: skip
    return Sheet(t("这项服务做得怎么样？", "How was this service?"), facts)


def opens_sensing(code: str) -> Sheet:
    """What is on, where nothing is recorded, and the question to switch."""
    elder = elder_with(code)
    zones = QuietZone.objects.filter(elder=elder, lifted_at=None).order_by("pk")
    facts = [Fact(t("现在开着", "on now"), sensed_words(elder, _now()))]
    facts += [Fact(t("免打扰区", "dignity zone"), _zone(one)) for one in zones]
    facts.append(Fact(t("关了以后", "once switched off"), t("只有呼叫按钮有用，跌倒了设备不会报", "only the button works: a device will not tell of a fall")))
    return Sheet(t("家里的设备，开还是关", "Devices at home, on or off"), tuple(facts))


def _zone(one: QuietZone) -> Label:
    room = words.label_of(words.ROOMS, one.room)
    return t(f"{room.zh} {one.from_hour}点至{one.to_hour}点", f"{room.en}, {one.from_hour}:00 to {one.to_hour}:00")


def opens_budget(code: str) -> Sheet:
    """What each budget would have missed; the elder chooses."""
    elder = elder_with(code)
    facts = [Fact(t("现在选的", "chosen now"), _budget(elder)), *(Fact(one.label, one.given_up) for one in offers(elder, today()))]
    return Sheet(t("您愿意被误报打扰几次？", "How many false calls do you bear?"), tuple(facts))


def opens_family(code: str) -> Sheet:
    """The family's page: as much as the elder lets them see."""
    one = contact_with(code)
    elder = one.elder
    return Sheet(t(f"{elder.name}的近况", f"How {elder.name} is"), (*_state(elder), *_calls(one), *_care(one), *_more(one)), _word_waits(one))


def _word_waits(one: Contact) -> Label | None:
    if one.sees_care and waiting_word(one.elder):
        return None
    return t("现在没有等您确认的服务。", "No service waits for your word now.")


def _state(elder: Elder) -> Iterator[Fact]:
    yield Fact(t("档案", "file"), words.label_of(words.FILE_STATES, elder.state))
    if elder.steward:
        yield Fact(t("养老管家", "steward"), _same(elder.steward.name), f"tel:{elder.steward.phone}" if elder.steward.phone else "")


def _calls(one: Contact) -> Iterator[Fact]:
    """Calls for help, where the elder lets them see these."""
    if not one.sees_calls:
        return
    rescue = running(one.elder)
    if rescue is None:
        yield Fact(t("求助", "calls for help"), t("现在没有", "none now"))
    yield from _help(one.elder)
    for event in CareEvent.objects.filter(elder=one.elder).exclude(outcome="open").order_by("-at")[:3]:
        sign, outcome = words.label_of(words.SIGNS, event.sign), words.label_of(words.OUTCOMES, event.outcome)
        yield Fact(t(f"{_clock(event.at).zh} {sign.zh}", f"{_clock(event.at).en} {sign.en}"), outcome)


def _care(one: Contact) -> Iterator[Fact]:
    """Visits and services, where the elder lets them see these; never what was found."""
    if not one.sees_care:
        return
    elder = one.elder
    if elder.visit_due:
        yield Fact(t("下次探访", "next visit"), day_said(max(elder.visit_due, today()), today()))
    for visit in CareVisit.objects.filter(elder=elder).order_by("-at")[:MOST_SHOWN]:
        met, evidence = words.label_of(words.MET, visit.met), words.label_of(words.EVIDENCE, visit.evidence)
        said = t(f"{visit.by} · {met.zh} · {evidence.zh}", f"{visit.by} · {met.en} · {evidence.en}")
        yield Fact(t(f"{_clock(visit.at).zh} 探访", f"visit {_clock(visit.at).en}"), said)
    for booking in Booking.objects.filter(elder=elder, state__in=OPEN).select_related("item").order_by("on")[:MOST_SHOWN]:
        yield Fact(day_said(booking.on, today()), _booking(booking))
    yield from _returned(elder, today())


def _more(one: Contact) -> Iterator[Fact]:
    if one.sees_looks:
        yield Fact(t("谁看过老人的信息", "who looked at their data"), t("谁、什么时候、为什么", "who, when and why"), f"{LOOKS}#{one.code}")
    else:
        yield Fact(t("谁看过老人的信息", "who looked at their data"), t("由老人自己查看", "the elder sees that alone"))


def _booking(one: Booking) -> Label:
    state = words.label_of(words.BOOKING_STATES, one.state)
    english = one.item.name_en or one.item.name
    own = _yuan(one.own)
    return t(f"{one.item.name}（{state.zh}，自付{own.zh}）", f"{english} ({state.en}, own share {own.en})")


def _yuan(sum_: Decimal | None) -> Label:
    """A sum as it is read aloud."""
    said = f"{sum_ or 0:.2f}".removesuffix(".00")
    return t(f"{said}元", f"{said} yuan")


def _why(one: Booking) -> Label:
    said = cast("dict[str, str]", one.why or {})
    return t(said.get("zh") or "—", said.get("en") or "—")


def _now() -> datetime:
    return now_context().now


def _clock(moment: datetime | None) -> Label:
    """The hour of today, else with its day."""
    if moment is None:
        return _same("—")
    at = district_calendar().local(moment)
    return _same(f"{at:%H:%M}" if at.date() == today() else f"{at:%m-%d %H:%M}")


def _same(said: str) -> Label:
    return t(said or "—", said or "—")


HELP = Slip("elder", t("求助与服务", "help and services"), EVENT, "call_for_help", "code", opens_elder, button=t("我需要帮助", "I need help"))
MEAL = Slip("elder_meal", t("老人订餐", "the elder's meals"), BOOKING, "book_by_code", "code", opens_meal)
OFF = Slip("elder_meal_off", t("取消订餐", "cancel a meal"), BOOKING, "call_off", "code", opens_off)
CONFIRM = Slip("elder_service", t("服务确认", "word on a service"), BOOKING, "judge", "code", opens_confirm)
SENSING = Slip("elder_sensing", t("设备开关", "devices on or off"), "eldercare.consent", "switch_by_code", "code", opens_sensing)
BUDGET = Slip("elder_budget", t("报警预算", "alarm budget"), "eldercare.elder", "choose_by_code", "code", opens_budget)
FAMILY = Slip("elder_family", t("家人页", "the family's page"), BOOKING, "judge", "code", opens_family)
SLIPS = (HELP, MEAL, OFF, CONFIRM, SENSING, BUDGET, FAMILY)
