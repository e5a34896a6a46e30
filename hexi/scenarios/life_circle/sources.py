"""What panels and maps read of the circles. Everything here is a count over many people or an open fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.timezone import localdate

from hexi.kit import Envelope, Label, LayerSource, Source, Viewer, joined_shapes, names, shapes_of, t, tuned_context
from hexi.scenarios.life_circle.counting import GAPS, kept
from hexi.scenarios.life_circle.figures import HOMES, Evenness, Figures, evenness, figures
from hexi.scenarios.life_circle.finding import asked_for
from hexi.scenarios.life_circle.grading import Measured, grade_labels, grade_of
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity
from hexi.scenarios.life_circle.params import GOOD, POOR, SEEN_FOR
from hexi.scenarios.life_circle.rules import BASES, Rule, table, walk_words
from hexi.scenarios.life_circle.stock import Stock, joined, label_of, missing_of, stock_by_community
from hexi.scenarios.life_circle.times import hour_of, times
from hexi.scenarios.life_circle.words import COLUMNS, MARKS, NOT_YET, ORIGIN, about, walker_labels

Params = Mapping[str, str]
Row = dict[str, Any]
STREET_WIDTH, COMMUNITY_WIDTH = 9, 12
MOST_GAPS = 60


def envelope(rows: Sequence[Row], found: Figures | None, **more: Any) -> Envelope:
    """The rows with what every answer of these sources says; before the first computation it says so."""
    dictionary = {"columns": COLUMNS, "mark": MARKS, **more.pop("words", {})}
    if found is None:
        return Envelope(rows=[], as_of=tuned_context().now.isoformat(), origin=ORIGIN, dictionary=dictionary, empty=NOT_YET)
    quality = "generated" if found.about["drawn"] else "computed"
    return Envelope(rows=rows, as_of=found.at, quality=quality, origin=ORIGIN, dictionary=dictionary, note=about(found), **more)


def mark_of(share: float | None) -> str:
    """How a share stands against the district's two lines."""
    context = tuned_context()
    if share is None:
        return "none"
    return "ok" if share >= context.value(GOOD) else "watch" if share >= context.value(POOR) else "breach"


def chosen(found: Figures, params: Params) -> list[int]:
    """The communities that the page looks at: of a circle, of a place, or all."""
    circle = params.get("circle", "")
    if circle.isdecimal():
        return found.inside(list(CircleCommunity.objects.filter(circle=int(circle)).values_list("place", flat=True)))
    return found.inside([params.get("place", "")])


def walker_of(params: Params) -> str:
    asked = params.get("walker", "")
    return asked if asked in walker_labels() else "adult"


def summary(_: Viewer, params: Params) -> Envelope:
    """The figures of the strip."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    here, walker = chosen(found, params), walker_of(params)
    numbers = set(CircleCommunity.objects.filter(place__in=[found.communities[one] for one in here]).values_list("circle", flat=True))
    standing = Outlet.objects.filter(closed_on=None, off_map_on=None, place__startswith=params.get("place", ""))
    basic = found.share(here, "basic", walker)
    row = {
        "circles": len(numbers), "outlets": standing.count(), "basic": basic, "mark": mark_of(basic),
        "quality": found.share(here, "quality", walker), "public": found.share(here, "public", walker),
        "elders": found.share(here, "basic", "elder", "elders"), "children": found.share(here, "children", "child", "children"),
        "wheelchair": found.share(here, "basic", "wheelchair"), "stale": stale(standing).count(),
    }  # fmt: skip
    return envelope([row], found)


def stale(rows: Any) -> Any:
    """Outlets that nobody has seen for as long as a look counts."""
    day = localdate() - tuned_context().value(SEEN_FOR)
    return rows.exclude(confirmed_on__gte=day)


def matrix(_: Viewer, params: Params) -> Envelope:
    """Share of people by area and rule of a class: every circle of the place, or every community of the circle. `group=all`: by class."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    classes, group, walker = table().classes, params.get("group") or "basic", walker_of(params)
    band = next((each.band for each in classes if each.key == group), "")
    rows: list[Row] = []
    called: dict[str, Label] = {}
    for key, name, numbers in areas(found, params):
        called[key] = name
        if group == "all":
            cells = {each.key: found.share(numbers, each.key, each.walker, each.band) for each in classes}
        else:
            shares = found.shares(numbers, walker, band)
            cells = {found.rules[one].id: _rounded(shares[one]) for one in found.of_class(group)}
        rows += [{"area": key, "rule": rule, "share": share} for rule, share in cells.items()]
    words = {each.key: each.label for each in classes} if group == "all" else {rule.id: rule.label for rule in found.rules}
    return envelope(rows, found, words={"area": called, "rule": words})


def _rounded(share: float) -> float | None:
    return None if np.isnan(share) else round(float(share), 1)


def areas(found: Figures, params: Params) -> list[tuple[str, Label, list[int]]]:
    """What the page compares: circles of the place (`by=circle`), its streets or its communities; of one circle its communities."""
    here, by = set(chosen(found, params)), params.get("by") or ("community" if params.get("circle") else "circle")
    if by == "circle":
        return _circles(found, here)
    width = COMMUNITY_WIDTH if by == "community" else STREET_WIDTH
    codes = sorted({found.communities[one][:width] for one in here})
    called = names(codes)
    return [(code, called[code], found.inside([code])) for code in codes]


def _circles(found: Figures, here: set[int]) -> list[tuple[str, Label, list[int]]]:
    parts: dict[int, list[str]] = {}
    for place, circle in CircleCommunity.objects.order_by("place").values_list("place", "circle"):
        parts.setdefault(circle, []).append(place)
    rows = Circle.objects.order_by("place", "pk").values_list("pk", "name", "name_en")
    every = [(str(pk), Label(name, name_en or name), found.inside(parts.get(pk, ["-"]))) for pk, name, name_en in rows]
    return [each for each in every if here & set(each[2])]


def compared(_: Viewer, params: Params) -> Envelope:
    """Circles, streets or communities beside each other, the worst first."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    walker, stock = walker_of(params), stock_by_community()
    rows = [{"name": name.as_dict(), **_compared(found, key, numbers, walker, stock)} for key, name, numbers in areas(found, params)]
    return envelope(sorted(rows, key=lambda row: (row["basic"] is None, row["basic"] or 0)), found, words={"grade": grade_labels()})


def _compared(found: Figures, key: str, numbers: list[int], walker: str, stock: Mapping[str, Stock]) -> Row:
    here = joined(stock, [found.communities[one] for one in numbers])
    basic, missing = found.share(numbers, "basic", walker), missing_of(here.counted)
    graded = grade_of(Measured(here, lambda group: found.share(numbers, group)))
    return {
        "key": key, "people": int(found.all[numbers, found.column("")].sum()), "basic": basic,
        "quality": found.share(numbers, "quality", walker), "public": found.share(numbers, "public", walker),
        "children": found.share(numbers, "children", "child", "children"), "elders": found.share(numbers, "basic", "elder", "elders"),
        "basic_kinds": here.kinds_of("basic"), "quality_kinds": here.kinds_of("quality"), "outlets": sum(here.counted.values()),
        "chain": here.chain, "grade": graded.key, "missing": _joined([label_of(row) for row in missing]), "mark": mark_of(basic),
    }  # fmt: skip


def _joined(parts: Sequence[Label]) -> Row:
    return {"zh": "、".join(each.zh for each in parts) or "—", "en": ", ".join(each.en for each in parts) or "—"}


def gaps(_: Viewer, params: Params) -> Envelope:
    """Which one outlet would help most people: of the district, or the best for the people of one circle."""
    found, known = figures(hour_of(params)), kept(GAPS)
    if found is None or known is None:
        return envelope([], None)
    circle = params.get("circle", "")
    rows = _of_circle(found, known, circle) if circle.isdecimal() else _of_district(found, known, params.get("place", ""))
    if params.get("first"):
        rows = [row for row in rows if row["step"] == 1]
    rows = sorted(rows, key=lambda row: -row["people"])[: min(int(params.get("top") or MOST_GAPS), MOST_GAPS)]
    called, asked = names({row["place"] for row in rows}), _asked(found, params)
    nowhere = t("—", "—")
    told = [{**row, "asked": asked[row["rule"]], "place_name": called.get(row["place"], nowhere).as_dict()} for row in rows]
    return envelope(told, found)


def _asked(found: Figures, params: Params) -> dict[str, int]:
    """How many residents of the place or the circle ask for what each rule is about."""
    asked, here = asked_for(), [found.communities[one] for one in chosen(found, params)]
    return {rule.id: sum(asked.get((kind, code), 0) for kind in rule.kinds for code in here) for rule in found.rules}


def _of_district(found: Figures, known: Mapping[str, Any], place: str) -> list[Row]:
    """The greedy steps of every rule whose site lies in the place; the bound says how far from the best possible they can be."""
    rows: list[Row] = []
    for rule in found.rules:
        for number, (site, gain, total, bound) in enumerate(known["rules"].get(rule.id, []), start=1):
            if known["sites"][site][0].startswith(place):
                more = {"step": number, "total": total, "bound": round(100 * total / bound, 1) if bound else 100.0}
                rows.append({**_gap(rule, known["sites"][site], gain), **more})
    return rows


def _of_circle(found: Figures, known: Mapping[str, Any], circle: str) -> list[Row]:
    by_rule = known["circles"].get(circle, {})
    return [
        {**_gap(rule, known["sites"][by_rule[rule.id][0]], by_rule[rule.id][1]), "total": by_rule[rule.id][2], "step": 1, "bound": 100.0}
        for rule in found.rules
        if rule.id in by_rule
    ]


def _gap(rule: Rule, site: Sequence[Any], people: int) -> Row:
    code, lon, lat = site
    return {
        "rule": rule.id, "title": rule.label.as_dict(), "kind": rule.kinds[0], "people": people, "place": code[:17], "lon": lon, "lat": lat,
        "group": rule.group, "limit": walk_words(rule).as_dict(), "helped": t("{n} 人", "{n} people").filled(n=people).as_dict(),
    }  # fmt: skip


def equity(_: Viewer, params: Params) -> Envelope:
    """How evenly the basic kinds are spread over people: everybody, elders, children, wheelchair users."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    here = chosen(found, params)
    asked = (
        ("everybody", t("全体居民", "everybody"), "basic", "adult", ""),
        ("elders", t("60岁及以上，按老人步速", "60 and over, at their pace"), "basic", "elder", "elders"),
        ("children", t("14岁以下，儿童服务", "under 14, children's services"), "children", "child", "children"),
        ("wheelchair", t("轮椅通行（台阶不通）", "wheelchairs: no steps"), "basic", "wheelchair", ""),
    )  # fmt: skip
    rows = [{"key": key, "name": name.as_dict(), **_even(found, here, *how)} for key, name, *how in asked]
    return envelope(rows, found)


def _even(found: Figures, here: list[int], group: str, walker: str, band: str) -> Row:
    weights = found.all[here, found.column(band)]
    of_class = found.covered[walker][here, :, found.column(band)][:, found.of_class(group)]
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(weights > 0, 100 * of_class.mean(axis=1) / weights, 0.0)
    even: Evenness | None = evenness(values, weights)
    if even is None:
        return {"share": None, "worst": None, "best": None, "ratio": None, "gini": None}
    rounded = {"worst": round(even.worst, 1), "best": round(even.best, 1), "ratio": even.ratio, "gini": round(even.gini, 3)}
    return {"share": found.share(here, group, walker, band), **rounded}


def by_rule(_: Viewer, params: Params) -> Envelope:
    """Every rule in force with its standard, and the shares of all, of elders and of children."""
    found = figures(hour_of(params))
    if found is None:
        return envelope([], None)
    here, group, walker = chosen(found, params), params.get("group", ""), walker_of(params)
    everybody, homes = found.shares(here, walker), found.shares(here, walker, HOMES)
    elders, children = found.shares(here, "elder", "elders"), found.shares(here, "child", "children")
    rows: list[Row] = [
        {
            "key": rule.id, "name": rule.label.as_dict(), "group": rule.group, "limit": walk_words(rule).as_dict(),
            "share": _rounded(everybody[number]), "elders": _rounded(elders[number]), "children": _rounded(children[number]),
            "homes": _rounded(homes[number]), "mark": mark_of(_rounded(everybody[number])),
            "standard": rule.standard.label.as_dict(), "clause": rule.clause, "basis": rule.basis,
        }
        for number, rule in enumerate(found.rules)
        if not group or rule.group == group
    ]  # fmt: skip
    if params.get("order") == "worst":
        rows.sort(key=lambda row: row["share"] or 0)
    return envelope(rows, found, words={"basis": BASES, "group": {each.key: each.label for each in table().classes}})


def circle_list(_: Viewer, __: Params) -> Envelope:
    """Circles to choose from."""
    found = Circle.objects.values_list("pk", "name", "name_en")
    rows = [{"code": str(pk), "name": {"zh": name, "en": name_en or name}} for pk, name, name_en in found]
    return envelope(rows, figures())


def choices(labels: Mapping[str, Label]) -> Callable[[Viewer, Params], Envelope]:
    """A source that offers what a page may be turned to."""

    def read(_viewer: Viewer, _params: Params) -> Envelope:
        rows = [{"code": key, "name": label.as_dict()} for key, label in labels.items()]
        return envelope([], None).model_copy(update={"rows": rows, "empty": None})

    return read


def coverage_layer(_: Viewer, params: Params) -> dict[str, Any]:
    """Communities by how much of the basic kinds (or another class) their people reach."""
    found = figures(hour_of(params))
    features: list[Row] = []
    if found is not None:
        codes = [found.communities[one] for one in chosen(found, params)]
        called, shapes = names(codes), shapes_of(codes)
        group, walker = params.get("group") or "basic", walker_of(params)
        shares = {code: found.share(found.inside([code]), group, walker) for code in codes if code in shapes}
        features = [
            _feature(code, shapes[code], {"name": called[code].as_dict(), "code": code, "share": share, "mark": mark_of(share)})
            for code, share in shares.items()
        ]
    return collection(features, found)


def circle_layer(_: Viewer, params: Params) -> dict[str, Any]:
    """The circles' borders."""
    found = figures(hour_of(params))
    rows = _circles(found, set(chosen(found, params))) if found is not None else []
    groups = {key: [found.communities[one] for one in numbers] for key, _, numbers in rows} if found else {}
    shapes = joined_shapes(groups)
    features = [_feature(key, shapes[key], {"id": key, "code": key, "label": name.as_dict()}) for key, name, _ in rows if key in shapes]
    return collection(features, found)


def gap_layer(viewer: Viewer, params: Params) -> dict[str, Any]:
    """Where one outlet would help most: the first few of the list."""
    rows = gaps(viewer, {**params, "top": params.get("top", "12")}).rows
    features = [
        _feature(number, {"type": "Point", "coordinates": [row["lon"], row["lat"]]}, {
            "id": number, "title": row["title"], "mark": "watch", "people": row["people"]})
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return collection(features, figures(), {"watch": t("建议补点", "a site to open")})


def _feature(key: str | int, geometry: Any, properties: Row) -> Row:
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def collection(features: Sequence[Row], found: Figures | None, marks: Mapping[str, Label] = MARKS) -> dict[str, Any]:
    quality = "generated" if found is None or found.about["drawn"] else "computed"
    told = {"as_of": found.at if found else tuned_context().now.isoformat(), "quality": quality, "origin": ORIGIN.as_dict()}
    words = {"mark": {key: label.as_dict() for key, label in marks.items()}}
    return {"type": "FeatureCollection", "features": list(features), **told, "dict": words}


TOPICS = ("life_circle.outlet", "life_circle.circlecommunity", "life_circle.wish", "passage.closure")
SOURCES = (
    Source("life_circle.summary", t("生活圈概况", "summary of the circles"), summary, TOPICS),
    Source("life_circle.matrix", t("业态覆盖矩阵", "coverage by kind and circle"), matrix, TOPICS),
    Source("life_circle.compared", t("各圈对照", "circles compared"), compared, TOPICS),
    Source("life_circle.gaps", t("补点建议", "gaps"), gaps, TOPICS),
    Source("life_circle.equity", t("均衡性", "evenness"), equity, TOPICS),
    Source("life_circle.rules", t("覆盖规则", "rules"), by_rule, TOPICS),
    Source("life_circle.circle_list", t("生活圈名单", "circles"), circle_list, TOPICS),
    Source("life_circle.walkers", t("步行人群", "walkers"), choices(walker_labels())),
    Source("life_circle.times", t("时段", "hours"), choices({each.key: each.label for each in times().values()})),
    Source("life_circle.classes", t("业态类别", "classes of kinds"), choices({each.key: each.label for each in table().classes})),
)
LAYERS = (
    LayerSource("life_circle.coverage", t("步行覆盖", "coverage on foot"), coverage_layer, TOPICS),
    LayerSource("life_circle.circle_borders", t("生活圈界", "circles"), circle_layer, TOPICS),
    LayerSource("life_circle.gap_sites", t("补点位置", "sites of gaps"), gap_layer, TOPICS),
)
