"""What the command centre reads of eldercare. Every read goes through the permission predicate: who may not see elders sees no counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, cast

from django.db.models import Count, F, Q, Sum

from hexi.kit import (
    Duty,
    Envelope,
    Label,
    Rescue,
    RescueCall,
    Source,
    Viewer,
    accounts_named,
    district_calendar,
    for_readers_of,
    inside,
    may_read,
    names,
    now_context,
    plain,
    points_of,
    read_table,
    readable,
    registers,
    said_title,
    shown_rows,
    t,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.bookings import late_hours
from hexi.scenarios.eldercare.budget import offers
from hexi.scenarios.eldercare.fairness import SPAN, ratio, ratio_words, streets
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver
from hexi.scenarios.eldercare.models_care import CareEvent, Carer
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.rules import PUBLISHED, few_below, row_of
from hexi.scenarios.eldercare.sos import ALARM, SOS
from hexi.scenarios.eldercare.today import today

Params = Mapping[str, str]
Row = dict[str, Any]
Read = Callable[[Viewer, Params], Envelope]
ORIGIN = t("养老服务台账（示例数据为虚构）", "registers of eldercare (the sample is invented)")
NOT_SHOWN = t("您的岗位不能查看养老档案，此处不显示", "Your post may not see these files: nothing is shown here")
MOST, MOST_SHOWN, MOST_POINTS = 200, 12, 3000
MARKS = {"ok": t("未到期", "not due"), "watch": t("今日应访", "due today"), "breach": t("逾期", "overdue"),
         "stale": t("人数少，仅供参考", "few people, a hint only")}  # fmt: skip
COLUMNS = {
    "name": t("名称", "name"), "street": t("街道", "street"), "elders": t("老人", "elders"), "share": t("及时%", "in time, %"),
    "interval": t("95%区间", "95 %"), "each": t("人均管家负责", "per steward"), "per": t("百人月服务", "per 100"),
    "door": t("住址", "door"), "need": t("频次", "how often"), "due_on": t("应访", "due"), "beds": t("床位", "beds"), "free": t("空床", "free"),
    "kind": t("类别", "kind"), "state": t("状态", "state"), "at": t("时间", "when"), "account": t("值守人", "on duty"), "until": t("至", "until"),
    "area": t("范围", "area"), "role": t("岗位", "post"), "sign": t("迹象", "sign"), "device": t("设备", "device"), "score": t("分值", "score"),
    "budget": t("报警预算", "budget"), "call_from": t("触发分值", "calls from"), "false": t("误报/户周", "false a week"),
    "missed": t("会漏掉/真实", "missed"), "chosen": t("选它的", "chose it"), "title": t("告警", "alarm"), "raised_at": t("呼叫时间", "called at"),
}  # fmt: skip


def envelope(
    rows: Iterable[Row], note: Label | None = None, empty: Label | None = None, words_of: Mapping[str, Mapping[str, Label]] | None = None,
    **called: Mapping[str, Label],
) -> Envelope:  # fmt: skip
    """Rows with the words of their codes; `empty` is said where there are none."""
    found = list(rows)
    dictionary = {"columns": COLUMNS, "mark": MARKS, **called, **(words_of or {})}
    nothing = None if found else empty
    return Envelope(rows=found, as_of=plain(now_context().now), origin=ORIGIN, dictionary=dictionary, note=note, empty=nothing)


def totals(viewer: Viewer, params: Params) -> Envelope:
    """The figures of the strip."""
    day = today()
    elders = readable(viewer, Elder, inside(Elder.home, params) & (Elder.state == "served"))
    counted = elders.aggregate(
        elders=Count("pk"), overdue=Count("pk", filter=Q(visit_due__lt=day)), due=Count("pk", filter=Q(visit_due=day)),
        alone=Count("pk", filter=Q(lives="alone")),
    )  # fmt: skip
    bookings = readable(viewer, Booking, inside(Booking.place, params))
    row = {
        **counted, "today": bookings.filter(on=day).exclude(state="cancelled").count(), "to_confirm": bookings.filter(state="done").count(),
        "alarms": len(_running(viewer, params)), "beds": _free_beds(viewer),
    }  # fmt: skip
    return envelope([row])


def _free_beds(viewer: Viewer) -> int:
    found = readable(viewer, CareHome).filter(kind="institution").aggregate(free=Sum(F("beds") - F("taken")))
    return int(found["free"] or 0)


def _running(viewer: Viewer, params: Params) -> list[Rescue]:
    found = readable(viewer, Rescue, inside(Rescue.place, params)).filter(alarm=SOS, ended_at=None)
    return list(found.order_by("raised_at")[:MOST])


def published(_viewer: Viewer, params: Params) -> Envelope:
    """A printed figure, told apart from what is counted here."""
    figures = cast("list[Row]", read_table(PUBLISHED)["figures"])
    rows = [{name: one[name] for name in ("value", "printed", "source")} for one in figures if one["key"] == params.get("key")]
    return Envelope(rows=rows, as_of="", origin=t("公开报道", "published reports"), dictionary={"columns": COLUMNS}, quality="published")


def needs(viewer: Viewer, params: Params) -> Envelope:
    """Elders by how often they are visited, and how many of them wait."""
    day = today()
    elders = readable(viewer, Elder, inside(Elder.home, params) & (Elder.state == "served")).order_by()
    late, due = Count("pk", filter=Q(visit_due__lt=day)), Count("pk", filter=Q(visit_due=day))
    found = {key: (n, over, now) for key, n, over, now in elders.values_list("need").annotate(n=Count("pk"), over=late, now=due)}
    rows = [
        {"need": key, "fine": n - over - now, "due": now, "overdue": over}
        for key, (n, over, now) in ((key, found.get(key, (0, 0, 0))) for key, _ in words.NEEDS if key != "none")
    ]  # fmt: skip
    return envelope(rows, need=dict(words.NEEDS))


def coverage(viewer: Viewer, params: Params) -> Envelope:
    """Streets by how well elders are reached, the worst first, with the best against the worst in words."""
    day = today()
    found = streets(viewer, params.get("place", ""), day)
    called = names([one.code for one in found])
    rows = [
        {"id": one.code, "place": one.code, "street": one.code, "elders": one.elders, "share": one.share, "interval": one.interval,
         "each": one.each_steward, "per": one.per_hundred, "mark": "stale" if one.few else "none"}
        for one in found
    ]  # fmt: skip
    return envelope(rows, ratio_words(found, called, day), street=called)


def fairness(viewer: Viewer, params: Params) -> Envelope:
    """The best street against the worst in one sentence, and how many streets were left out of it for having few people."""
    day = today()
    found = streets(viewer, params.get("place", ""), day)
    called, compared, left = names([one.code for one in found]), ratio(found), sum(one.few for one in found)
    rows: list[Row] = []
    if compared is not None:
        best, worst, times = compared
        rows = [
            {"said": t("最好：{street}", "best: {street}").filled(street=called[best.code]).as_dict(), "value": f"{best.share}%"},
            {"said": t("最差：{street}", "worst: {street}").filled(street=called[worst.code]).as_dict(), "value": f"{worst.share}%"},
            {"said": t("相差（倍）", "times better").as_dict(), "value": str(times)},
        ]
    if left:
        said = t("不足{few}人、不参加比较的街道", "streets with fewer than {few} people, left out").filled(few=str(few_below(day)))
        rows.append({"said": said.as_dict(), "value": str(left)})
    return envelope(rows, ratio_words(found, called, day), ratio_words(found, called, day))


def budgets(viewer: Viewer, params: Params) -> Envelope:
    """What each alarm budget costs and gives up, over all homes; and how many chose it."""
    chosen = Counter(readable(viewer, Elder, inside(Elder.home, params) & (Elder.state == "served")).values_list("budget", flat=True))
    rows = [
        {"id": one.key, "budget": one.label.as_dict(), "call_from": one.call_from, "false": f"{one.false_a_week:.2f}",
         "missed": f"{one.missed}/{one.known}",
         "chosen": chosen[one.key], "mark": "stale" if one.few else "none"}
        for one in offers(None, today())
    ]  # fmt: skip
    return envelope(rows, t("由老人自己选；按近十二周定性过的迹象计算", "The elder chooses; from the signs of twelve weeks that somebody labelled"))


def alarms(viewer: Viewer, params: Params) -> Envelope:
    """Calls that run, the oldest first, with who comes and when: whom they are about stands masked in the title."""
    found = _running(viewer, params)
    coming = RescueCall.objects.filter(rescue__in=found, state__in=("answered", "coming", "there")).order_by("eta_at", "pk")
    helpers: dict[int, list[RescueCall]] = {}
    for call in coming:
        helpers.setdefault(call.rescue_id, []).append(call)
    rows: list[Row] = [
        {"id": one.pk, "title": said_title(one.alarm, one.title).as_dict(), "door": one.place,
         "who": _who(helpers.get(one.pk, [])).as_dict(),
         "raised_at": plain(one.raised_at), "mark": CALL_MARKS[one.state]}
        for one in found
    ]  # fmt: skip
    return envelope(rows, empty=t("当前没有正在处置的呼救", "No call for help is running"), door=names([one.place for one in found]),
                    mark={"breach": t("无人应答", "nobody answered yet"), "watch": t("有人前往", "somebody comes"),
                          "ok": t("已到场", "somebody is there")})  # fmt: skip


RUNGS = {call.key: call.label for call in ALARM.ladder}
CALL_MARKS = {"calling": "breach", "coming": "watch", "there": "ok"}


def _who(calls: list[RescueCall]) -> Label:
    """The first of them in words, by their post: a wall names nobody."""
    first = next((one for one in calls if one.state == "there"), calls[0] if calls else None)
    if first is None:
        return t("正在呼叫", "being called")
    post = RUNGS[first.call]
    if first.state == "there":
        return t(f"{post.zh}已到场", f"{post.en} is there")
    if first.eta_at:
        at = f"{district_calendar().local(first.eta_at):%H:%M}"
        return t(f"{post.zh}预计 {at} 到", f"{post.en} at about {at}")
    return t(f"{post.zh}已应答", f"{post.en} has answered")


def roster(viewer: Viewer, params: Params) -> Envelope:
    """Who is on duty now for calls for help, each with their widest area: a wall has no room for every turn of one person."""
    now = now_context().now
    found = readable(viewer, Duty, inside(Duty.place, params)).filter(starts_at__lte=now, ends_at__gt=now).order_by("ends_at")[:MOST_SHOWN]
    people, wide = accounts_named([one.account for one in found]), sorted(found, key=lambda one: -len(one.place))
    found = {(one.account, one.role): one for one in wide}.values()
    rows = [{"id": one.pk, "account": one.account, "role": one.role, "area": one.place, "until": plain(one.ends_at)} for one in found]
    called = names([row["area"] for row in rows])
    roles: Any = Duty.role
    return envelope(rows, empty=t("此刻没有登记值守人：呼救会直接找家人和社区", "Nobody is on the roster now: calls go to family and community"),
                    area=called, role=roles.words, account={key: t(one.name, one.name) for key, one in people.items()})  # fmt: skip


def signs(viewer: Viewer, params: Params) -> Envelope:
    """Calls and signs that nobody has said yet what they were."""
    found = readable(viewer, CareEvent, inside(CareEvent.place, params)).filter(outcome="open").order_by("-at")[:MOST_SHOWN]
    rows = [
        {"id": one.pk, "sign": one.sign, "device": one.device, "score": one.score, "at": plain(one.at),
         "mark": "watch" if one.called else "none", "from": "simulated" if one.simulated else "measured"}
        for one in found
    ]  # fmt: skip
    note = t("误报如实标注即可，不追究", "A false alarm is only named, never punished")
    origin = {"simulated": t("模拟", "simulated"), "measured": t("实测", "measured")}
    return envelope(rows, note, sign=dict(words.SIGNS), device=dict(words.DEVICES), words_of={"from": origin},
                    mark={"watch": t("已呼叫", "called"), "none": t("低于预算，未呼叫", "below the budget, nobody called")})  # fmt: skip


def due(viewer: Viewer, params: Params) -> Envelope:
    """Whose visit is due, the longest first; names as the viewer may see them."""
    day = today()
    waiting = readable(viewer, Elder, inside(Elder.home, params) & (Elder.state == "served")).filter(visit_due__lte=day)
    found = list(waiting.order_by("visit_due", "pk")[:MOST_SHOWN])
    called, shown = names([one.home for one in found]), shown_rows(viewer, registers()[words.ELDER], [one.pk for one in found], ("name",))
    rows = [
        {"id": one.pk, "name": _clear(shown.get(one.pk, {}).get("name")), "door": one.home, "need": one.need,
         "due_on": plain(one.visit_due),
         "mark": "watch" if one.visit_due == day else "breach"}
        for one in found
    ]  # fmt: skip
    return envelope(rows, empty=t("没有到期的探访", "No visit is due"), door=called, need=dict(words.NEEDS))


def _clear(name: object) -> str:
    """The name where the viewer sees it; a mask alone says nothing."""
    return str(name or "").strip("*")


def stages(entity: Any, options: words.Options, last: str) -> Read:
    """How many rows of a register stand at each state up to `last`."""

    def read(viewer: Viewer, params: Params) -> Envelope:
        found = Counter(readable(viewer, entity, inside(entity.place, params)).values_list("state", flat=True))
        keys = [key for key, _ in options]
        return envelope(({"state": key, "count": found[key]} for key in keys[: keys.index(last) + 1]), state=dict(options))

    return read


def bookings(viewer: Viewer, params: Params) -> Envelope:
    """Bookings by state, and how many of them should have been done by now."""
    by_now = now_context().now - timedelta(hours=late_hours(today()))
    found = readable(viewer, Booking, inside(Booking.place, params)).order_by()
    late = Count("pk", filter=Q(state__in=("booked", "taken"), due_at__lt=by_now))
    counted = {state: (n, over) for state, n, over in found.values_list("state").annotate(n=Count("pk"), over=late)}
    shown = [key for key, _ in words.BOOKING_STATES if key != "cancelled"]
    rows = [{"state": key, "count": counted.get(key, (0, 0))[0], "late": counted.get(key, (0, 0))[1]} for key in shown]
    return envelope(rows, state=dict(words.BOOKING_STATES))


def services(viewer: Viewer, params: Params) -> Envelope:
    """Services of the last 30 days by kind, and how many of them elders confirmed; counts people, too, not services alone."""
    month = readable(viewer, Booking, inside(Booking.place, params)).filter(on__gt=today() - SPAN, on__lte=today())
    found = month.exclude(state="cancelled").order_by()
    good = Count("pk", filter=Q(state__in=("confirmed", "settled")))
    rows = [
        {"kind": kind, "all": n, "confirmed": ok, "people": people}
        for kind, n, ok, people in found.values_list("kind").annotate(n=Count("pk"), ok=good, people=Count("elder", distinct=True))
    ]  # fmt: skip
    return envelope(rows, t("近30天；按人去重的人数另列", "Within 30 days; people are counted once"), kind=dict(words.SERVICES))


def homes(viewer: Viewer, params: Params) -> Envelope:
    """Homes and hospitals that take part, with free beds."""
    found = readable(viewer, CareHome, inside(CareHome.place, params)).order_by("kind", "name")[:MOST_SHOWN]
    rows = [{"id": one.pk, "name": one.name, "kind": one.kind, "beds": one.beds, "free": one.beds - one.taken} for one in found]
    return envelope(rows, kind=dict(words.BEDS))


def target(viewer: Viewer, params: Params) -> Envelope:
    """Family carers trained, against the year's promise as it was printed."""
    day = today()
    trained = readable(viewer, Carer, inside(Carer.place, params)).filter(kind="family", trained_on__isnull=False).count()
    row = row_of("targets", day, key="family_carers")
    rows = [
        {"title": t("家庭照护者", "family carers").as_dict(), "done": trained, "planned": row["number"], "unit": t("人", "people").as_dict(),
         "mark": "ok" if trained >= row["number"] else "watch"}
    ] if row else []  # fmt: skip
    said = t("目标为2025年任务“{printed}”（来源 S2）；完成数为本平台登记，示例为虚构",
             "the target is the task of 2025 as printed, {printed} (source S2); the count is ours, the sample invented")  # fmt: skip
    return envelope(rows, said.filled(printed=row["printed"]) if row else None)


def elders_on_map(viewer: Viewer, params: Params) -> dict[str, Any]:
    """Homes with a visit due or overdue, without names. Only where the viewer may read the files."""
    marks = {"mark": {key: MARKS[key].as_dict() for key in ("watch", "breach")}}
    about = {"as_of": plain(now_context().now), "quality": "live", "origin": ORIGIN.as_dict(), "dict": marks}
    if not may_read(viewer, "eldercare.elder"):
        return {"type": "FeatureCollection", "features": [], **about}
    day = today()
    found: Any = readable(viewer, Elder, inside(Elder.home, params) & (Elder.state == "served")).filter(visit_due__lte=day)
    rows = list(found.order_by("visit_due").values_list("pk", "home", "visit_due", "need")[:MOST_POINTS])
    points, called = points_of({home for _, home, *_ in rows}), dict(words.NEEDS)
    features = [
        {"type": "Feature", "id": number, "geometry": {"type": "Point", "coordinates": list(points[home])},
         "properties": {"id": number, "title": called[need].as_dict(), "mark": "watch" if at == day else "breach"}}
        for number, home, at, need in rows if home in points
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features, **about}


def _source(key: str, label: Label, read: Read, *needs_: str) -> Source:
    needed = (one if "." in one else f"eldercare.{one}" for one in needs_)
    return Source(f"eldercare.{key}", label, for_readers_of(needed, read, lambda: envelope([], empty=NOT_SHOWN)))


SOURCES = (
    _source("totals", t("养老概况", "summary of eldercare"), totals, "elder", "booking"),
    Source("eldercare.published", t("公开数字", "published figures"), published),
    _source("needs", t("探访频次", "visits by need"), needs, "elder"),
    _source("coverage", t("各街道覆盖与公平", "coverage and fairness by street"), coverage, "elder"),
    _source("fairness", t("最好与最差", "best against worst"), fairness, "elder"),
    _source("budgets", t("报警预算与漏报", "alarm budgets and what they miss"), budgets, "elder", "careevent"),
    _source("alarms", t("正在处置的呼救", "calls that run"), alarms, "alarms.rescue"),
    _source("roster", t("当前值守", "on duty now"), roster, "alarms.duty"),
    _source("signs", t("待定性的呼救与迹象", "signs to label"), signs, "careevent"),
    _source("due", t("到期探访", "visits due"), due, "elder"),
    _source("bookings", t("服务进程", "services by state"), bookings, "booking"),
    _source("services", t("近30天服务", "services of 30 days"), services, "booking"),
    _source("retrofits", t("适老化改造进程", "homes by state"), stages(Retrofit, words.RETROFIT_STATES, "paid"), "retrofit"),
    _source("hand_overs", t("三床联动", "hand-overs"), stages(HandOver, words.SHEET_STATES, "received"), "handover"),
    _source("homes", t("机构床位", "beds"), homes, "carehome"),
    _source("target", t("培训目标", "training target"), target, "carer"),
)  # fmt: skip
