"""Coverage and fairness by street: who is reached how well, where few people make a share unsure, and the best street against the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hexi.kit import Label, Viewer, readable, t, wilson
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import Carer
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.rules import few_below

STREET, SPAN = 9, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Street:
    """One street: its elders, those with a visit due, those visited in time, stewards, and services that elders confirmed in a month."""

    code: str
    elders: int
    to_visit: int
    in_time: int
    stewards: int
    services: int
    few: bool

    @property
    def share(self) -> float | None:
        """Visited in time, in percent; None where nobody is to be visited."""
        return round(100 * self.in_time / self.to_visit, 1) if self.to_visit else None

    @property
    def interval(self) -> str:
        """The 95 % interval of it."""
        found = wilson(self.in_time, self.to_visit)
        return f"{100 * found[0]:.0f}-{100 * found[1]:.0f}" if found else "—"

    @property
    def each_steward(self) -> float | None:
        """Elders for each steward; None without one."""
        return round(self.elders / self.stewards, 1) if self.stewards else None

    @property
    def per_hundred(self) -> float | None:
        """Confirmed services for a hundred elders in a month."""
        return round(100 * self.services / self.elders, 1) if self.elders else None


def streets(viewer: Viewer, place: str, day: date) -> list[Street]:
    """The streets of which the viewer may read elders, the worst share first; those with few people behind all others."""
    elders: Any = readable(viewer, Elder, Elder.state == "served").filter(home__startswith=place)
    rows = list(elders.values_list("home", "need", "visit_due"))
    every = Counter(home[:STREET] for home, *_ in rows)
    due = Counter(home[:STREET] for home, need, _ in rows if need != "none")
    timely = Counter(home[:STREET] for home, need, at in rows if need != "none" and at is not None and at >= day)
    stewards = _by_street(readable(viewer, Carer).filter(kind="steward", active=True).values_list("place", flat=True))
    given = readable(viewer, Booking).filter(state__in=("confirmed", "settled"), on__gt=day - SPAN)
    services, few = _by_street(given.values_list("place", flat=True)), few_below(day)
    found = [Street(code, n, due[code], timely[code], stewards[code], services[code], due[code] < few) for code, n in every.items()]
    return sorted(found, key=lambda one: (one.few, one.share if one.share is not None else 101, one.code))


def _by_street(places: Iterable[str]) -> Counter[str]:
    return Counter(place[:STREET] for place in places)


def ratio(found: Iterable[Street]) -> tuple[Street, Street, float] | None:
    """The best and the worst street by visits in time and how many times better the one is; streets with few people are left out.

    None where fewer than two can be compared, or the worst reaches nobody.
    """
    known = sorted((one for one in found if not one.few and one.share is not None), key=lambda one: one.share or 0)
    if len(known) < 2 or not known[0].share:
        return None
    return known[-1], known[0], round((known[-1].share or 0) / known[0].share, 2)


def ratio_words(found: list[Street], called: dict[str, Label], day: date) -> Label:
    """The comparison in words, with how many streets were left out of it."""
    said, left = _compared(found, called), sum(one.few for one in found)
    with_few = t("{said}（{n}个街道不足{few}人，不参加比较）", "{said} ({n} streets with fewer than {few} people are left out)")
    return with_few.filled(said=said, n=str(left), few=str(few_below(day))) if left else said


def _compared(found: list[Street], called: dict[str, Label]) -> Label:
    compared = ratio(found)
    if compared is None:
        return t("人数足够的街道不到两个，无法比较", "Fewer than two streets have enough people to be compared")
    best, worst, times = compared
    said = t("及时率最高{best}{b}%，最低{worst}{w}%，相差{times}倍", "best {best} {b} %, worst {worst} {w} %: {times} times")
    unknown = t("—", "—")
    return said.filled(
        best=called.get(best.code, unknown), b=str(best.share), worst=called.get(worst.code, unknown), w=str(worst.share), times=str(times)
    )
