"""What the map of waste shows: how much each street produced, for everybody, and for staff the firms that need somebody's eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models.functions import Substr

from hexi.kit import ExactSum, LayerSource, Viewer, names, now_context, plain, points_of, shapes_of, t
from hexi.scenarios.waste import watching
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.sources import ONLY_SUMS, ORIGIN, Params, Row, of_this_year, staff, today, tonnes

STREET_WIDTH = 9
"""Figures of anything smaller than a street would tell what single firms do."""
MARKS = {"watch": t("应报未报或有线索", "silent, or with a hint"), "breach": t("超期贮存", "stored over time")}


def by_street(_viewer: Viewer, params: Params) -> Row:
    """Tonnes produced within a year in each street; sums only."""
    lots = of_this_year(params.get("place", "")[:STREET_WIDTH])
    kg = dict(lots.annotate(street=Substr("place", 1, STREET_WIDTH)).values_list("street").annotate(kg=ExactSum("kg")))
    called, shapes = names(kg), shapes_of(kg)
    features = [
        {"type": "Feature", "id": int(code), "geometry": shapes[code],
         "properties": {"code": code, "name": called[code].as_dict(), "value": tonnes(kg[code])}}
        for code in sorted(shapes)
    ]  # fmt: skip
    return _collection(features)


def firms_on_map(viewer: Viewer, params: Params) -> Row:
    """The firms that the viewer may read and that need an eye, at their doors; the worst of what was found is the mark."""
    if not staff(viewer):
        return _collection(()) | {"empty": ONLY_SUMS.as_dict()}
    found = _found(viewer, params.get("place", ""))
    firms = Firm.objects.in_bulk(found)
    points = points_of(firm.place for firm in firms.values())
    return _collection(_features(firms, found, points)) | {"dict": {"mark": {key: said.as_dict() for key, said in MARKS.items()}}}


def _collection(features: Iterable[Row]) -> Row:
    about = {"as_of": plain(now_context().now), "quality": "live", "origin": ORIGIN.as_dict()}
    return {"type": "FeatureCollection", "features": list(features), **about}


def _found(viewer: Viewer, place: str) -> dict[int, str]:
    day = today()
    marks = {firm.pk: "watch" for firm, _ in watching.silent(viewer, day, place)}
    marks |= {one.firm.pk: "watch" for one in watching.hints(viewer, day, place)}
    return marks | dict.fromkeys(Counter(lot.firm_id for lot in watching.over_time(viewer, day, place)), "breach")


def _features(firms: Mapping[int, Firm], found: Mapping[int, str], points: Mapping[str, Iterable[float]]) -> Iterable[Row]:
    for number, firm in firms.items():
        if firm.place in points:
            point = {"type": "Point", "coordinates": list(points[firm.place])}
            about = {"id": number, "title": firm.name, "mark": found[number]}
            yield {"type": "Feature", "id": number, "geometry": point, "properties": about}


MAPPED = (
    LayerSource("waste.by_street", t("各街道产生量", "produced by street"), by_street, ("waste.storagelot",)),
    LayerSource("waste.firms_on_map", t("需要查看的单位", "firms to look at"), firms_on_map, ("waste.storagelot", "waste.alert")),
)
