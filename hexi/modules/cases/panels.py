"""Panels that every kind of case has: where its cases stand, its rates and what lies behind them, what comes in, what is due, its map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr, TruncDate
from django.utils import timezone

from hexi.core.data.api import plain, readable
from hexi.core.space.api import names, points_of
from hexi.core.trust.api import Viewer, organisation_labels
from hexi.kernel.case_type import CaseType
from hexi.kernel.context import Context
from hexi.kernel.declare import Indicator, LayerSource, Source
from hexi.kernel.label import Label, joined, t
from hexi.kernel.screen import Envelope
from hexi.modules.cases.contracts import PHASES, URGENCIES
from hexi.modules.cases.models import Case, Category
from hexi.modules.cases.rates import Period, Rate, RateTable, Tally, behind, ranked, score, tallies, tally_of

Params = Mapping[str, str]
Row = dict[str, Any]
Read = Callable[[Viewer, Params], Envelope]
TOPICS = ("cases.case",)
USUAL_DAYS, MOST_DAYS = 30, 366
OPEN = ("new", "working", "waiting", "resolved")
MOST_ROWS, MOST_POINTS = 200, 4000
SOON = timedelta(hours=4)
COMMUNITY_WIDTH = 12  # digits of a community's code
MARKS = {"ok": t("正常", "normal"), "watch": t("临期", "due soon"), "breach": t("超时", "over time"), "stale": t("挂起", "put off")}
MARK_WORDS = {key: label.as_dict() for key, label in MARKS.items()}
SMALL = t("样本少", "few cases")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case as its panels know it."""

    type: CaseType
    rates: RateTable

    @property
    def key(self) -> str:
        return self.type.key


def case_sources(kind: CaseType, rates: RateTable) -> tuple[Source, ...]:
    """The sources `<kind>.standing`, `.rates`, `.rates_by`, `.behind`, `.inflow`, `.due`, `.kinds` and `.latest`.

    Figures count all cases, whoever asks; lists show those that the viewer may read.
    """
    one = Kind(kind, rates)
    said: tuple[tuple[str, Label, Callable[[Kind, Viewer, Params], list[Row]]], ...] = (
        ("standing", t("各环节在办", "open cases by step"), standing), ("rates", t("考核率", "rates"), rate_rows),
        ("rates_by", t("分组考核", "rates by group"), rate_rows_by), ("behind", t("数字背后的案件", "cases behind a figure"), behind_rows),
        ("inflow", t("每日来件与办结", "opened and closed by day"), inflow), ("due", t("临期与超时", "due and over time"), due_rows),
        ("kinds", t("分类来件", "cases by category"), by_category), ("latest", t("最新案件", "latest cases"), latest),
        ("summary", t("总体情况", "summary"), summary),
    )  # fmt: skip
    return tuple(Source(f"{one.key}.{key}", label, _reader(one, read), TOPICS) for key, label, read in said)


def case_layer(kind: CaseType) -> LayerSource:
    """The map of open cases `<kind>.open`: each at its point; of kinds that are not public, the public sees how many in each community."""

    def read(viewer: Viewer, params: Params) -> dict[str, Any]:
        if viewer.anonymous and not kind.public:
            return {"type": "FeatureCollection", "features": _by_community(kind, params), "dict": {"mark": MARK_WORDS}, **_told(kind.key)}
        rows = readable(viewer, Case).filter(kind=kind.key, phase__in=OPEN, lon__isnull=False)
        found = _within(rows, params).select_related("category").order_by("-id")[:MOST_POINTS]
        features = [_feature(one) for one in case_rows(found, kind)]
        return {"type": "FeatureCollection", "features": features, "dict": {"mark": MARK_WORDS}, **_told(kind.key)}

    return LayerSource(f"{kind.key}.open", t("在办案件", "open cases"), read, TOPICS)


def _by_community(kind: CaseType, params: Params) -> list[dict[str, Any]]:
    rows = all_cases(kind.key, params).filter(phase__in=OPEN).exclude(place="").order_by()
    rows = rows.annotate(code=Substr("place", 1, COMMUNITY_WIDTH))
    counts = {row["code"]: row for row in rows.values("code").annotate(n=Count("pk"), late=Count("pk", filter=Q(breached=True)))}
    points, called = points_of(counts), names(counts)
    said = t("{name}：在办 {n} 件，超时 {late} 件", "{name}: {n} open, {late} over time")
    return [
        {"type": "Feature", "id": code, "geometry": {"type": "Point", "coordinates": list(points[code])}, "properties": {
            "title": said.filled(name=called[code], n=row["n"], late=row["late"]).as_dict(), "mark": "breach" if row["late"] else "ok"}}
        for code, row in counts.items() if code in points and code in called
    ]  # fmt: skip


def _reader(kind: Kind, read: Callable[[Kind, Viewer, Params], list[Row]]) -> Read:
    columns = COLUMNS | {rate.key: rate.label for rate in kind.rates.rates}

    def answer(viewer: Viewer, params: Params) -> Envelope:
        return case_envelope(kind.type, read(kind, viewer, params), columns=columns)

    return answer


def case_envelope(kind: CaseType, rows: list[Row], note: Label | None = None, **words: Mapping[str, Label]) -> Envelope:
    """Rows about cases of this kind with the words of their codes. `sample` as long as the oldest case is a simulated one."""
    told = _told(kind.key)
    states = {one.key: one.label for one in kind.lifecycle.states}
    said = {"state": states, "stage": states, "mark": MARKS, "urgency": dict(URGENCIES), "phase": dict(PHASES), "columns": COLUMNS}
    return Envelope(rows=rows, as_of=told["as_of"], quality=told["quality"], origin=ORIGIN, dictionary={**said, **words}, note=note)


ORIGIN = t("案件办理记录", "records of the cases")
COLUMNS = {
    "number": t("编号", "Number"), "state": t("环节", "Step"), "mark": t("计时", "Time"), "due_at": t("时限", "Due"),
    "urgency": t("紧急", "Urgency"), "opened_at": t("上报", "Reported"), "office_name": t("承办单位", "Office"),
    "category_name": t("类别", "Category"), "score": t("得分", "Score"), "rank": t("名次", "Rank"), "of": t("分母", "Of"),
    "hits": t("分子", "Hits"), "share": t("比率", "Share"), "interval": t("95%区间", "95% interval"), "caution": t("提示", "Caution"),
    "formula": t("公式", "Formula"), "closed_at": t("办结", "Closed"), "numerator": t("分子是", "Numerator is"),
    "denominator": t("分母是", "Denominator is"), "exclusions": t("剔除", "Left out"), "percent": t("比率", "Share"),
    "counted": t("件数", "Counts"), "reason": t("理由", "Reason"), "basis": t("依据", "Basis"), "decision": t("裁定理由", "Decision"),
    "suggested_name": t("建议单位", "Instead"), "precedents": t("先例", "Precedents"), "ground": t("情形", "Ground"),
    "decided_at": t("裁定时间", "Decided"), "asked_at": t("申请时间", "Asked"),
    "low": t("下限", "Low"), "high": t("上限", "High"), "label": t("指标", "Rate"), "name": t("名称", "Name"),
}  # fmt: skip


def _told(kind: str) -> dict[str, Any]:
    first = Case.objects.filter(kind=kind).order_by("id").only("answers").first()
    simulated = first is not None and bool(first.answers.get("simulated"))
    return {"as_of": plain(timezone.now()), "quality": "sample" if simulated else "live", "origin": ORIGIN.as_dict()}


def period_of(params: Params) -> Period:
    """The last `days` until now."""
    wanted = params.get("days", "")
    days = max(1, min(MOST_DAYS, int(wanted))) if wanted.isdigit() else USUAL_DAYS
    now = timezone.now()
    return Period(now - timedelta(days=days), now)


def top_of(params: Params, usual: int) -> int:
    """How many rows are asked for (`top`), at most the usual number."""
    wanted = params.get("top", "")
    return min(int(wanted), usual) if wanted.isdigit() else usual


def _within(rows: QuerySet[Case], params: Params) -> QuerySet[Case]:
    place = params.get("place", "")
    return rows.filter(place__startswith=place) if place else rows


def all_cases(kind: str, params: Params) -> QuerySet[Case]:
    """Every case of the kind in the place that is asked for: only for counting."""
    return _within(Case.objects.filter(kind=kind), params)


def rate_indicator(table: RateTable, rate: str, key: str, days: int = USUAL_DAYS) -> Indicator:
    """The rate as an indicator of the board, of the last `days`, by community."""
    one = table.rate(rate)
    said = t(f"近 {days} 天：{one.formula.zh}；分母：{one.denominator.label.zh}", f"The last {days} days: {one.formula.en}")

    def read(context: Context) -> dict[str, tuple[float, float | None]]:
        period = Period(context.now - timedelta(days=days), context.now)
        found = tally_of(table, one, Case.objects.all(), period, "community")
        return {code: (tally.hits, tally.of) for code, tally in found.items()}

    return Indicator(key, one.label, None, "percent", better="up" if one.better == "up" else "down", definition=said, read=read)


def standing(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """How many open cases stand at each step, and how many of them ran out of time."""
    rows = all_cases(kind.key, params).filter(phase__in=OPEN).order_by().values("state")
    counts = {row["state"]: row for row in rows.annotate(count=Count("pk"), late=Count("pk", filter=Q(breached=True)))}
    states = [one for one in kind.type.lifecycle.states if one.phase in OPEN]
    found = [(one.key, counts.get(one.key, {})) for one in states]
    return [{"stage": key, "count": row.get("count", 0), "late": row.get("late", 0)} for key, row in found]


def figures_of(period: Period) -> dict[str, Q]:
    """What each figure of the summary counts; the cases behind a figure are found by the same words."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "opened": Q(opened_at__gte=period.first), "today": Q(opened_at__gte=today), "open": Q(phase__in=OPEN),
        "ended": Q(phase="closed", closed_at__gte=period.first), "late": Q(phase__in=OPEN, breached=True), "waiting": Q(phase="waiting"),
        "urgent": Q(phase__in=OPEN) & ~Q(urgency="normal"),
    }  # fmt: skip


def summary(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """One row: what came in, what is open, what is late, and the score."""
    period, found = period_of(params), all_cases(kind.key, params)
    row: Row = found.aggregate(**{key: Count("pk", filter=counts) for key, counts in figures_of(period).items()})
    rates = tallies(kind.rates, found, period).get("", {})
    shares = {key: _percent(tally.share) for key, tally in rates.items()}
    return [row | shares | {"score": _rounded(score(kind.rates, rates)), "late_mark": "watch" if row["late"] else "ok"}]


def rate_rows(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """Every rate with its formula, its interval and what it counts."""
    found = tallies(kind.rates, all_cases(kind.key, params), period_of(params)).get("", {})
    return [_rate_row(rate, found.get(rate.key, Tally(0, 0))) for rate in kind.rates.rates]


def _rate_row(rate: Rate, tally: Tally) -> Row:
    return {
        "key": rate.key, "label": rate.label.as_dict(), "formula": rate.formula.as_dict(), "numerator": rate.numerator.label.as_dict(),
        "denominator": rate.denominator.label.as_dict(), "exclusions": _joined_labels(one.says for one in rate.exclusions),
        "basis": rate.basis, "source": rate.source.as_dict() if rate.source else "", "better": rate.better, **tally_row(tally),
    }  # fmt: skip


def _joined_labels(said: Iterable[Label]) -> dict[str, str] | str:
    found = list(said)
    return joined(found, zh="；", en="; ").as_dict() if found else ""


def tally_row(tally: Tally) -> Row:
    """A tally as panels read it: percent, interval in words, a caution where there are few."""
    low, high = tally.interval or (None, None)
    said = "" if low is None or high is None else f"{low * 100:.1f}–{high * 100:.1f}"
    return {
        "hits": tally.hits, "of": tally.of, "share": _percent(tally.share), "low": _percent(low), "high": _percent(high), "interval": said,
        "percent": "—" if tally.share is None else f"{tally.share * 100:.1f}%", "counted": f"{tally.hits}/{tally.of}",
        "caution": SMALL.as_dict() if tally.caution else "",
    }  # fmt: skip


def rate_rows_by(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """Every group (by=office, street or category) with its score and rates; with rate= that rate alone with interval and rank.

    `top` leaves so many of them; few=no leaves out those with few cases, unless all have few.
    """
    by = params.get("by", "") if params.get("by") in {"office", "street", "category"} else "office"
    found = _joined(by, tallies(kind.rates, all_cases(kind.key, params), period_of(params), by))
    called = group_names(by, found)
    wanted = params.get("rate", "")
    top = top_of(params, MOST_ROWS)
    if wanted:
        one = {key: rates.get(wanted, Tally(0, 0)) for key, rates in found.items()}
        return _ranking(kind.rates.rate(wanted), one, called, by)[:top]
    rows = [_group_row(kind, key, rates, called[key], by) for key, rates in found.items()]
    if params.get("few") == "no":
        rows = [row for row in rows if not row["caution"]] or rows
    return sorted(rows, key=lambda row: (bool(row["caution"]), -(row["score"] or 0)))[:top]  # few cases prove little


def _group_row(kind: Kind, key: str, rates: Mapping[str, Tally], name: Label, by: str) -> Row:
    row: Row = {"group": key, "by": by, "name": name.as_dict(), "score": _rounded(score(kind.rates, rates))}
    row |= {rate.key: _percent(rates.get(rate.key, Tally(0, 0)).share) for rate in kind.rates.rates}
    few = any(tally.caution for tally in rates.values())
    return row | {"of": max((tally.of for tally in rates.values()), default=0), "caution": SMALL.as_dict() if few else ""}


def _ranking(rate: Rate, found: Mapping[str, Tally], called: Mapping[str, Label], by: str) -> list[Row]:
    places = ranked(found, better=rate.better)
    rows: list[Row] = [
        {"group": key, "by": by, "rate": rate.key, "name": called[key].as_dict(), **tally_row(tally), "rank": places[key] or "—"}
        for key, tally in found.items() if tally.of
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (bool(row["caution"]), row["share"] if rate.better == "down" else -row["share"], row["group"]))


def _joined(by: str, found: dict[str, dict[str, Tally]]) -> dict[str, dict[str, Tally]]:
    """Categories are told to their second level; what has no office, place or category is nobody's."""
    whole: dict[str, dict[str, Tally]] = {}
    for key, rates in found.items():
        group = ".".join(key.split(".")[:2]) if by == "category" else key
        for rate, tally in rates.items() if group else ():
            mine = whole.setdefault(group, {})
            mine[rate] = mine.get(rate, Tally(0, 0)) + tally
    return whole


def group_names(by: str, keys: Iterable[str]) -> dict[str, Label]:
    """What offices, places or categories are called."""
    wanted = list(keys)
    if by == "office":
        known = organisation_labels()
    elif by == "category":
        rows = Category.objects.filter(code__in=wanted).values_list("code", "name", "name_en")
        known = {code: t(name, name_en or name) for code, name, name_en in rows}
    else:
        known = names(wanted)
    return {key: known.get(key, t(key or "—", key or "—")) for key in wanted}


def behind_rows(kind: Kind, viewer: Viewer, params: Params) -> list[Row]:
    """The cases that a figure counts: figure= of the summary; else rate=, part=numerator or denominator, and group= of by=."""
    if (counts := figures_of(period_of(params)).get(params.get("figure", ""))) is not None:
        return case_rows(_nearest(_within(readable(viewer, Case), params).filter(counts, kind=kind.key))[:MOST_ROWS], kind.type)
    if not params.get("rate"):
        return []
    part = "numerator" if params.get("part") == "numerator" else "denominator"
    rows = _within(readable(viewer, Case), params)
    if group := params.get("group", ""):
        column = {"street": "place__startswith", "category": "category__code__startswith"}.get(params.get("by", ""), "lead")
        rows = rows.filter(**{column: group})
    found = behind(kind.rates, kind.rates.rate(params["rate"]), rows, period_of(params), part)
    return case_rows(found.select_related("category").order_by("-id")[:MOST_ROWS], kind.type)


def inflow(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """Cases opened and closed on each day of the period."""
    period, found = period_of(params), all_cases(kind.key, params)
    opened, closed = _by_day(found, "opened_at", period), _by_day(found.filter(phase="closed"), "closed_at", period)
    first, last = (timezone.localtime(one).date() for one in (period.first, period.behind))
    every = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return [{"day": day.isoformat(), "opened": opened.get(day, 0), "closed": closed.get(day, 0)} for day in every]


def _by_day(rows: QuerySet[Case], name: str, period: Period) -> dict[Any, int]:
    found = rows.filter(**{f"{name}__gte": period.first}).order_by().annotate(day=TruncDate(name)).values_list("day")
    return dict(found.annotate(n=Count("pk")))


def by_category(kind: Kind, _viewer: Viewer, params: Params) -> list[Row]:
    """What came in most in the period, by type."""
    found = all_cases(kind.key, params).filter(opened_at__gte=period_of(params).first, category__isnull=False)
    counted = found.order_by().values("category__code").annotate(count=Count("pk"))
    rows = list(counted.order_by("-count", "category__code")[: top_of(params, 12)])
    called = group_names("category", [row["category__code"] for row in rows])
    return [{"code": row["category__code"], "name": called[row["category__code"]].as_dict(), "count": row["count"]} for row in rows]


def due_rows(kind: Kind, viewer: Viewer, params: Params) -> list[Row]:
    """Open cases by their nearest end, those over time first."""
    rows = _within(readable(viewer, Case), params).filter(kind=kind.key, phase__in=OPEN)
    if params.get("urgent"):
        rows = rows.exclude(urgency="normal")
    return case_rows(_nearest(rows)[: top_of(params, MOST_ROWS)], kind.type)


def _nearest(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("category").order_by("-breached", F("due_at").asc(nulls_last=True), "id")


def latest(kind: Kind, viewer: Viewer, params: Params) -> list[Row]:
    """The newest cases."""
    rows = _within(readable(viewer, Case), params).filter(kind=kind.key)
    return case_rows(rows.select_related("category").order_by("-opened_at")[:12], kind.type)


def case_rows(cases: Iterable[Case], kind: CaseType) -> list[Row]:
    """Cases as rows of panels, without anything personal."""
    found, now = list(cases), timezone.now()
    places, offices = names({one.place for one in found if one.place}), organisation_labels()
    return [_case_row(one, places.get(one.place), offices.get(one.lead), now) for one in found]


def _case_row(one: Case, place: Label | None, office: Label | None, now: datetime) -> Row:
    category = one.category
    return {
        "id": one.pk, "number": one.number, "title": t(one.title, one.title_en or one.title).as_dict(), "state": one.state,
        "phase": one.phase, "urgency": one.urgency,
        "mark": mark_of(one, now), "due_at": plain(one.due_at), "opened_at": plain(one.opened_at), "closed_at": plain(one.closed_at),
        "place": one.place, "place_name": place.as_dict() if place else "", "office": one.lead,
        "office_name": office.as_dict() if office else "", "supporters": one.supporters, "lon": plain(one.lon), "lat": plain(one.lat),
        "category_name": {"zh": category.name, "en": category.name_en or category.name} if category else "",
    }  # fmt: skip


def mark_of(one: Case, now: datetime) -> str:
    """How its time stands: over, near its end, standing still, or well."""
    if one.breached:
        return "breach"
    if one.paused:
        return "stale"
    return "watch" if one.due_at is not None and one.due_at - now < SOON else "ok"


def _feature(row: Row) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": {k: v for k, v in row.items() if k not in {"lon", "lat"}}}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
