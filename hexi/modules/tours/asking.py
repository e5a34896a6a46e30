"""What a planner may plan: the tours of their roles, what is due on each, and who could go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from hexi.core.space.api import points_of
from hexi.core.trust.api import Holder, Viewer, holders_of, viewer_of_account
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden, NotFound
from hexi.kernel.label import Label, t
from hexi.kernel.outside import Stop
from hexi.kernel.tour import Demand, Terms, Tour
from hexi.modules.tours.models import PlannedStop


@dataclass(frozen=True, slots=True)
class Goer:
    """Somebody who could be sent, from where they start, and that they are on duty, in words."""

    account: int
    name: str
    place: str
    start: tuple[float, float] | None
    duty: Label | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One tour on one day as its planner sees it."""

    tour: Tour
    day: date
    terms: Terms
    stops: tuple[Stop, ...]
    demands: Mapping[int, Demand]
    goers: tuple[Goer, ...]
    area: str


def tours_of(viewer: Viewer) -> list[Tour]:
    """Every tour that this viewer may plan."""
    return [one for one in catalogue.tours.values() if viewer.holds(*one.by)]


def tour_for(viewer: Viewer, key: str) -> Tour:
    """Raises NotFound, Forbidden."""
    tour = catalogue.tours.get(key)
    if tour is None:
        raise NotFound(which=key)
    if not viewer.holds(*tour.by):
        raise Forbidden(t("只有编制人员可以安排这类巡访", "Only its planners may plan these rounds"), which=key)
    return tour


def day_of(viewer: Viewer, key: str, day: date) -> Day:
    """What there is to be planned. Raises NotFound, Forbidden."""
    tour = tour_for(viewer, key)
    stops = tuple(tour.round.stops(viewer))
    demands: Mapping[int, Demand] = tour.demands(viewer, stops, day) if tour.demands else {}
    area, terms = _area(viewer, tour), tour.terms(day)
    return Day(tour, day, terms, stops, demands, goers(tour, area, _on_duty(viewer, tour, day, terms)), area)


def _on_duty(viewer: Viewer, tour: Tour, day: date, terms: Terms) -> Mapping[int, Label]:
    begins, ends = (timezone.make_aware(datetime.combine(day, hour)) for hour in (terms.begins, terms.ends))
    return tour.on_duty(viewer, begins, ends) if tour.on_duty else {}


def goers(tour: Tour, area: str, duty: Mapping[int, Label]) -> tuple[Goer, ...]:
    """Who holds a role that goes, in this area or over it, those on duty first; each starts in the middle of the own area."""
    found: dict[int, Holder] = {}
    for one in holders_of(tour.goes):
        if one.place.startswith(area) or area.startswith(one.place):
            found.setdefault(one.account, one)
    points = points_of({one.place for one in found.values()} | {area})
    first = sorted(found.values(), key=lambda one: one.account not in duty)
    return tuple(Goer(one.account, one.name, one.place, points.get(one.place) or points.get(area), duty.get(one.account)) for one in first)


@dataclass(frozen=True, slots=True)
class Out:
    """A round that is handed out: how many of its stops are still to be made, and how many are behind whoever goes."""

    plan: int
    tour: str
    left: int
    over: int


def busy_on(day: date) -> dict[int, list[Out]]:
    """For each account the rounds that are handed out for that day."""
    found: dict[int, list[Out]] = {}
    left = Count("pk", filter=Q(state="planned"))
    rows = PlannedStop.objects.filter(plan__state="out", plan__day=day).values_list("account", "plan", "plan__tour")
    for account, plan, tour, still, all_of in rows.annotate(left=left, all_of=Count("pk")).order_by("plan"):
        found.setdefault(account, []).append(Out(plan, tour, still, all_of - still))
    return found


def own_of(tour: Tour, account: int) -> frozenset[int]:
    """Nobody is sent where they may not see whom they go to: the round says to each what is theirs."""
    return frozenset(stop.record for stop in tour.round.stops(viewer_of_account(account)))


def _area(viewer: Viewer, tour: Tour) -> str:
    return next((post.place for post in viewer.posts if post.role in tour.by and post.place), "")


def chosen(all_of: Sequence[Stop], records: Sequence[int] | None) -> list[Stop]:
    """The stops that were chosen; all when nothing is said."""
    wanted = None if records is None else set(records)
    return [stop for stop in all_of if wanted is None or stop.record in wanted]
