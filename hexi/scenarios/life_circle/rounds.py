"""The walking list on the phone: outlets that nobody has seen for too long, in the area of whoever looks, or that a map no longer has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from django.db.models import Q
from django.utils.timezone import localdate

from hexi.kit import Demand, Fact, Label, Round, Stop, Tour, Viewer, names, read_terms, readable, t, tuned_context
from hexi.scenarios.life_circle.hours import hours_of
from hexi.scenarios.life_circle.kinds import kinds
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.params import SEEN_FOR

KEY = "life_circle.outlet"
WALKERS = ("grid_worker", "community_worker")
MOST_STOPS = 60
NEVER = t("从未核实", "never")


def stops(viewer: Viewer) -> list[Stop]:
    """What is due in the areas of the viewer's posts, the longest unseen first; what was never seen is due since it was registered."""
    areas = {post.place for post in viewer.posts if post.role in WALKERS}
    if not areas:
        return []
    span, here = tuned_context().value(SEEN_FOR), Q()
    for area in areas:
        here |= Q(place__startswith=area)
    unseen = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=localdate() - span) | Q(off_map_on__isnull=False)
    rows = readable(viewer, Outlet, Outlet.closed_on.missing()).filter(here & unseen)
    found = sorted(((_due(row, span), row.pk, row) for row in rows), key=lambda each: each[:2])[:MOST_STOPS]
    called = names({row.place for _, _, row in found})
    return [_stop(row, due, called) for due, _, row in found]


def _due(row: Outlet, span: timedelta) -> date:
    if row.off_map_on:
        return row.off_map_on
    return row.confirmed_on + span if row.confirmed_on else row.created_at.date()


def _stop(row: Outlet, due: date, called: dict[str, Label]) -> Stop:
    kind = next(each.label for each in kinds() if each.key == row.kind)
    seen = row.confirmed_on.isoformat() if row.confirmed_on else ""
    facts = (
        Fact(t("业态", "kind"), kind),
        Fact(t("上次核实", "last seen"), t(seen, seen) if seen else NEVER),
        *((Fact(t("地址", "address"), t(row.address, row.address)),) if row.address else ()),
        *((Fact(t("营业时间", "opening hours"), t(row.opening_hours, row.opening_hours)),) if row.opening_hours else ()),
        *((Fact(t("提示", "note"), t("新地图上已没有它", "the new map has it no more")),) if row.off_map_on else ()),
    )
    at = (float(row.lon), float(row.lat)) if row.lon is not None and row.lat is not None else None
    where = called.get(row.place, t("—", "—"))
    return Stop(row.pk, t(row.name, row.name) if row.name else kind, where, due, at, facts)


def demands(_viewer: Viewer, due: Sequence[Stop], day: date) -> dict[int, Demand]:
    """An outlet is seen while it is open. Where nobody knows its hours, or can read them, it is seen at any time."""
    rows = Outlet.objects.filter(pk__in=[stop.record for stop in due]).exclude(opening_hours="")
    known = {number: hours_of(said) for number, said in rows.values_list("pk", "opening_hours")}
    return {number: Demand(spans=tuple(hours.spans(day, 1))) for number, hours in known.items() if hours}


ROUND = Round("outlets", t("网点核实", "outlets to see"), KEY, stops, acts=("confirm", "close"))
TOUR = Tour(
    ROUND, by=("community_worker",), goes=WALKERS, terms=read_terms(Path(__file__).with_name("round.yaml")), demands=demands,
    window=t("开门", "open"),
)  # fmt: skip
