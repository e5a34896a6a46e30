"""What panels read of the waste scenario. Firms' rows go through the permission predicate; sums are for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.db.models import Count, Q

from hexi.kit import (
    Envelope,
    Everything,
    ExactSum,
    Label,
    Source,
    Viewer,
    district_calendar,
    may,
    now_context,
    plain,
    read_table,
    readable,
    registers,
    rows_where,
    t,
)
from hexi.scenarios.waste import watching, words
from hexi.scenarios.waste.mass import years
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.models_manifest import Alert, Manifest, Movement
from hexi.scenarios.waste.rules import DATA, basis_note, category_names, category_of, edition, name_of, table
from hexi.scenarios.waste.sealing import chain_faults

Params = Mapping[str, str]
Row = dict[str, Any]
ORIGIN = t("无废河西台账（示例数据为虚构）", "registers of waste (the sample is invented)")
MOST, MOST_IN_TABLE = 50, 12
COLUMNS = {
    "number": t("联单号", "number"), "firm": t("单位", "firm"), "code": t("代码", "code"), "name": t("名称", "name"), "kg": t("千克", "kg"),
    "state": t("状态", "state"), "last": t("最近记录", "last record"), "risk": t("管理类别", "class"), "score": t("权重", "weight"),
    "why": t("理由", "why"), "produced": t("产生/千克", "produced, kg"), "away": t("转出/千克", "handed over, kg"),
    "taken_in": t("收入/千克", "taken in, kg"), "treated": t("处置/千克", "treated, kg"), "stock": t("结存/千克", "in stock, kg"),
    "gap": t("差额", "gap"), "producer": t("移出人", "producer"), "receiver": t("接受人", "receiver"), "plate": t("车牌", "plate"),
    "step": t("签署", "signature"), "by": t("签署人", "by"), "device_at": t("设备时间", "device time"), "server_at": t("平台收到", "received"),
    "seal": t("摘要", "hash"), "holds": t("核验", "check"), "due_on": t("期限", "due"), "printed": t("公布", "printed"),
    "source": t("来源", "source"), "records": t("记录数", "records"), "spoke_of": t("有记录月数/应有", "months with a record, of"),
    "density": t("月均记录", "records a month"), "permit": t("许可", "permit"), "on": t("收集日", "on"), "carrier": t("承运人", "carrier"),
    "covers": t("收集代码", "codes"), "area": t("范围", "area"), "room": t("余量/千克", "room, kg"), "booked": t("已约户数", "booked"),
    "run": t("状态", "state"), "kind": t("种类", "kind"), "item": t("更正项目", "field"), "was": t("原为", "was"),
    "should_be": t("应为", "should be"), "turn": t("轮到", "turn"),
}  # fmt: skip
WORDS = {
    "state": dict(words.STATES),
    "stream": dict(words.STREAMS),
    "risk": dict(words.RISKS),
    "kind": dict(words.ALERTS),
    "step": dict(words.SEALS),
    "cell": dict(words.CELL_STATES),
    "permit": dict(words.PERMITS),
    "run": dict(words.RUN_STATES),
}
ONLY_SUMS = t("只公开总量；单位明细须登录查看", "Only totals are public; sign in for firms")
LEGAL = t(
    "危险废物以国家危险废物信息系统的联单为准，本平台为镜像",
    "For hazardous waste the national system's manifest is the legal one; this mirrors it",
)


def envelope(
    rows: Iterable[Row], note: Label | None = None, *, quality: str = "live", empty: Label | None = None, called: Row | None = None
) -> Envelope:
    """Rows with the words of their codes."""
    dictionary = {"columns": COLUMNS, **WORDS, **(called or {})}
    as_of = "" if quality == "published" else now_context().now.isoformat()
    return Envelope(
        rows=list(rows), as_of=as_of, origin=ORIGIN, dictionary=dictionary, note=note, empty=empty,
        quality=quality,  # type: ignore[arg-type]
    )  # fmt: skip


def today() -> date:
    """Today, on the district's own clock."""
    return district_calendar().local(now_context().now).date()


def totals(_viewer: Viewer, params: Params) -> Envelope:
    """Figures of the strip, for everybody: sums over all firms, never a firm's own."""
    place, now = params.get("place", ""), now_context().now
    every = rows_where(Manifest, Everything()).filter(place__startswith=place)
    lots = rows_where(StorageLot, Everything()).filter(place__startswith=place)
    counted = every.aggregate(
        road=ExactSum("shipped_kg", filter=Q(state__in=("carried", "arrived"))), treated=ExactSum("treated_kg"),
        late=Count("pk", filter=Q(state="arrived", confirm_due__lt=now)),
        open=Count("pk", filter=~Q(state__in=("closed", "returned", "cancelled"))),
        begun=Count("pk", filter=Q(picked_at__isnull=False)), confirmed=Count("pk", filter=Q(received_at__isnull=False)),
    )  # fmt: skip
    stored = lots.aggregate(kg=ExactSum("left_kg"), over=Count("pk", filter=Q(left_kg__gt=0, due_on__lt=today())))
    row = {
        "producers": rows_where(Firm, Firm.produces).filter(place__startswith=place).count(), "records": lots.count() + every.count(),
        "stored": tonnes(stored["kg"]), "over_time": stored["over"], "road": tonnes(counted["road"]),
        "treated": tonnes(counted["treated"]),
        "late": counted["late"], "open": counted["open"],
        "confirmed_share": round(100 * counted["confirmed"] / counted["begun"], 1) if counted["begun"] else None,
    }  # fmt: skip
    return envelope([row], LEGAL)


def tonnes(kg: Any) -> float:
    """Kilograms as panels show them; none are nothing."""
    return round(float(kg or 0) / words.KG_IN_TONNE, 1)


def standing(_viewer: Viewer, params: Params) -> Envelope:
    """How many manifests stand at each state, and how many of them late; counts only."""
    rows: Any = rows_where(Manifest, Everything()).filter(place__startswith=params.get("place", "")).order_by()
    late = Count("pk", filter=Q(state="arrived", confirm_due__lt=now_context().now))
    found = {state: (number, over) for state, number, over in rows.values_list("state").annotate(n=Count("pk"), late=late)}
    shown = ("planned", "draft", "signed", "carried", "arrived", "accepted", "partly", "stored", "treated", "closed", "refused")
    return envelope({"state": key, "count": found.get(key, (0, 0))[0], "late": found.get(key, (0, 0))[1]} for key in shown)


def of_this_year(place: str) -> Any:
    """Every firm's batches of the last twelve months, for sums; what came back was counted when it was produced."""
    since = watching.first_of(today(), watching.YEAR)
    return rows_where(StorageLot, Everything()).filter(place__startswith=place, produced_at__date__gte=since, back_from=None).order_by()


def kinds(_viewer: Viewer, params: Params) -> Envelope:
    """What was produced within a year, by category or stream; sums only."""
    sums = dict[str, float]()
    for code, stream, kg in of_this_year(params.get("place", "")).values_list("code", "stream").annotate(kg=ExactSum("kg")):
        name = category_of(code) or stream
        sums[name] = sums.get(name, 0) + float(kg) / words.KG_IN_TONNE
    ranked = sorted(sums.items(), key=lambda one: -one[1])[:8]
    called = {**category_names(), **dict(words.STREAMS)}
    return envelope(({"name": name, "tonnes": round(kg, 1)} for name, kg in ranked), edition(), called={"name": called})


def complete(_viewer: Viewer, params: Params) -> Envelope:
    """Producers with a record, of all, by month; counts only."""
    rows = watching.completeness(None, today(), params.get("place", ""))
    return envelope({"month": f"{month:%Y-%m}", "there": there, "spoke": spoke} for month, there, spoke in rows)


def silent(viewer: Viewer, params: Params) -> Envelope:
    """Producers that should have reported and did not, those of the heavier class first; for the public how many of each class."""
    order, place = [key for key, _ in words.RISKS], params.get("place", "")
    if not staff(viewer):
        counts = Counter(firm.risk for firm, _ in watching.silent(None, today(), place))
        return sums(viewer, "firm", "last", ((dict(words.RISKS)[key], counts[key]) for key in order))
    found = sorted(watching.silent(viewer, today(), place), key=lambda one: (order.index(one[0].risk or "registered"), one[0].pk))
    rows = ({"id": firm.pk, "firm": firm.name, "risk": firm.risk, "last": plain(last), "mark": "watch"} for firm, last in found[:MOST])
    return envelope(rows, basis_note("declares"))


def storage(viewer: Viewer, params: Params) -> Envelope:
    """Batches over their time, then firms over their quantity; for the public how many of each stream."""
    called = dict(words.STREAMS)
    day, place = today(), params.get("place", "")
    if not staff(viewer):
        late = Counter(lot.stream for lot in watching.over_time(None, day, place))
        late.update(stream for _, stream, *_ in watching.over_quantity(None, day, place))
        return sums(viewer, "title", "due_on", ((called[key], late[key]) for key in called))
    rows: list[Row] = [
        {"id": lot.pk, "title": lot.firm.name, "due_on": plain(lot.due_on),
         "name": f"{name_of(lot.code, lot.name).said(viewer.language)} {words.kilos(lot.left_kg)} kg", "mark": "breach"}
        for lot in watching.over_time(viewer, day, place)[:MOST]
    ]  # fmt: skip
    rows += [
        {"title": firm.name, "name": f"{called[stream].said(viewer.language)} {words.kilos(kg)}/{words.kilos(limit)} kg", "due_on": "",
         "mark": "watch"}
        for firm, stream, kg, limit in watching.over_quantity(viewer, day, place)
    ]  # fmt: skip
    return envelope(rows, basis_note("storage_days", "storage_kg"))


def alerts(viewer: Viewer, params: Params) -> Envelope:
    """Alerts that nobody has explained yet; for the public how many of each kind."""
    place = params.get("place", "")
    if not staff(viewer):
        waiting = rows_where(Alert, Alert.stage == "open").filter(place__startswith=place).values_list("kind", flat=True)
        counts = Counter(waiting)
        return sums(viewer, "said", "at", ((label, counts[key]) for key, label in words.ALERTS))
    found = readable(viewer, Alert, Alert.stage == "open").filter(place__startswith=place).select_related("manifest", "lot")
    said = "said" if viewer.language == "zh" else "said_en"
    told = (
        {"id": one.pk, "kind": one.kind, "number": _thing(one), "said": getattr(one, said), "at": plain(one.at), "mark": "watch"}
        for one in found.order_by("-at", "-pk")[:MOST]
    )
    return envelope(told, basis_note("weight_difference_pct", "confirm", "paper_entry"))


def _thing(one: Alert) -> str:
    return one.manifest.number if one.manifest else one.lot.batch if one.lot else ""


def hints(viewer: Viewer, params: Params) -> Envelope:
    """Where an inspection would find most, with the reasons; for the public how many findings of each kind. A hint is no verdict."""
    called = {row["key"]: t(row["label"]["zh"], row["label"]["en"]) for row in cast("list[Row]", table()["hints"])}
    found = watching.hints(viewer if staff(viewer) else None, today(), params.get("place", ""))
    if not staff(viewer):
        counts = sum((Counter(one.findings) for one in found), Counter[str]())
        return sums(viewer, "firm", "score", ((label, counts[key]) for key, label in called.items()))
    between = "；" if viewer.language == "zh" else "; "
    rows = [
        {"id": one.firm.pk, "firm": one.firm.name, "score": one.score, "mark": "watch",
         "why": between.join(f"{called[key].said(viewer.language)} {number}" for key, number in one.findings.items())}
        for one in found[:MOST]
    ]  # fmt: skip
    return envelope(rows, t("按注明日期的权重排序，不是处罚结论", "Ordered by dated weights; no verdict"))


def balance(viewer: Viewer, params: Params) -> Envelope:
    """This year's mass balance of each firm that the viewer may read, the largest first."""
    firms = {firm.pk: firm for firm in readable(viewer, Firm).filter(place__startswith=params.get("place", ""))}
    moves = readable(viewer, Movement).filter(firm__in=firms)
    found = sorted(years(moves, today().year), key=lambda one: -(one.produced + one.taken_in))[:MOST_IN_TABLE]
    rows = [
        {"id": one.firm, "firm": firms[one.firm].name, "produced": _kg(one.produced), "away": _kg(one.away), "taken_in": _kg(one.taken_in),
         "treated": _kg(one.treated), "stock": _kg(one.stock)} for one in found
    ]  # fmt: skip
    return for_staff(viewer, rows)


def _kg(kg: Any) -> float:
    return round(float(kg), 1)


def cells(viewer: Viewer, params: Params) -> Envelope:
    """Cells that were named, and for staff those that wait, the best first."""
    found = readable(viewer, WasteCell).filter(place__startswith=params.get("place", "")).order_by("-points", "pk")
    rows = [{"id": one.pk, "name": one.name, "cell": one.state, "points": one.points,
             "mark": "ok" if one.state == "named" else "none"} for one in found[:MOST]]  # fmt: skip
    return envelope(rows)


def published(_viewer: Viewer, params: Params) -> Envelope:
    """What was printed about the system, as it was printed."""
    rows = [{"key": one["key"], "label": one["label"], "printed": one["printed"], "value": one["value"],
        "source": f"{one['source']} {one['period']}"}
            for one in cast("list[Row]", read_table(DATA / "published.yaml")["figures"])]  # fmt: skip
    wanted = params.get("key", "")
    return envelope([row for row in rows if wanted in {"", row["key"]}], quality="published")


def pickups(viewer: Viewer, _params: Params) -> Envelope:
    """A driver's own round: what waits to be taken over, and what is on the vehicle."""
    found = (
        readable(viewer, Manifest)
        .filter(state__in=("signed", "carried"))
        .select_related("producer", "receiver")
        .order_by("state", "signed_at")
    )
    rows = [{"id": one.pk, "number": one.number, "producer": one.producer.name, "receiver": one.receiver.name,
             "name": name_of(one.code, one.name).said(viewer.language),
             "kg": _kg(one.shipped_kg), "state": one.state, "plate": one.plate} for one in found[:MOST]]  # fmt: skip
    return envelope(rows, LEGAL)


def chain(viewer: Viewer, params: Params) -> Envelope:
    """The signatures of one manifest, each with the word of the check that runs over all of them."""
    asked = params.get("id", "")
    row = (
        readable(viewer, Manifest).filter(pk=int(asked)).first()
        if asked.isdecimal()
        else readable(viewer, Manifest).order_by("-pk").first()
    )
    if row is None:
        return envelope([], empty=t("没有您可以查看的联单", "There is no manifest that you may see"))
    faults = chain_faults(row)
    said = (
        t("{number}：签署链完整", "{number}: the chain holds")
        if not faults
        else t("{number}：签署链有 {n} 处不符", "{number}: {n} faults in the chain")
    )
    rows = [{"step": one.step, "firm": one.firm.name if one.firm else "", "device_at": plain(one.device_at),
        "server_at": plain(one.server_at),
             "seal": one.seal[:16], "mark": "ok" if not faults else "breach"}
            for one in row.signatures.select_related("firm").order_by("seq")]  # fmt: skip
    return envelope(rows, said.filled(number=row.number, n=len(faults)))


def staff(viewer: Viewer) -> bool:
    """Somebody who may read firms: the public gets sums."""
    return may(viewer, registers()["waste.firm"], "read")


def sums(viewer: Viewer, name: str, figure: str, found: Iterable[tuple[Label, int]]) -> Envelope:
    """How many of what, in the columns in which staff see firms; what is not there is left out."""
    rows = [{name: label.said(viewer.language), figure: str(number), "mark": "watch"} for label, number in found if number]
    return envelope(rows, ONLY_SUMS)


def for_staff(viewer: Viewer, rows: Iterable[Row], note: Label | None = None) -> Envelope:
    """Firms' own rows: who may read no firm is told so, instead of a list that looks clean."""
    if not staff(viewer):
        return envelope([], empty=ONLY_SUMS)
    return envelope(rows, note)


LOT, FIRM, SHEET, ALERT = "waste.storagelot", "waste.firm", "waste.manifest", "waste.alert"
SOURCES = tuple(
    Source(f"waste.{read.__name__}", label, read, topics)
    for read, label, topics in (
        (totals, t("固废总量", "totals"), (LOT, SHEET)), (standing, t("各环节联单", "manifests by state"), (SHEET,)),
        (kinds, t("各类产生量", "produced by category"), (LOT,)), (complete, t("台账完整性", "completeness"), (LOT,)),
        (silent, t("应报未报", "silent producers"), (LOT,)), (storage, t("贮存预警", "storage alarms"), (LOT,)),
        (alerts, t("联单差异", "alerts"), (ALERT,)), (hints, t("检查线索", "inspection hints"), (LOT, ALERT)),
        (balance, t("物料平衡", "mass balance"), (LOT, SHEET)), (cells, t("无废细胞", "zero-waste cells"), ("waste.wastecell",)),
        (published, t("公开数字", "published figures"), ()), (pickups, t("我的收运", "my pick-ups"), (SHEET,)),
        (chain, t("签署链", "chain of signatures"), (SHEET,)),
    )
)  # fmt: skip
