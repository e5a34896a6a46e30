"""The proof of coverage: for every hour to come, area and role of a ladder, is somebody on duty? Gaps are named before an accident does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from hexi.core.space.api import Level, names, places_of
from hexi.core.trust.api import Viewer, holding
from hexi.kernel.label import Label
from hexi.modules.alarms.answerers import reached
from hexi.modules.alarms.models import Duty
from hexi.modules.alarms.words import duty_roles

DAYS, NAMED = 14, 3
HOUR = timedelta(hours=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Cover:
    """One area and role: the spans in which nobody is there, and by hour how many are (one letter an hour: 0 to 9)."""

    place: str
    role: str
    gaps: tuple[Span, ...]
    hours: str

    @property
    def covered_pct(self) -> float:
        """The share of hours in which somebody is there for the whole hour."""
        return 100 * sum(one != "0" for one in self.hours) / len(self.hours)


def coverage(viewer: Viewer, start: datetime | None = None, days: int = DAYS) -> list[Cover]:
    """Every community whose roster the viewer may read, with every role that a ladder calls by the roster."""
    begin = (start or timezone.now()).replace(minute=0, second=0, microsecond=0)
    end, roles = begin + timedelta(days=days), tuple(duty_roles())
    turns = held_turns(begin, end, roles)
    codes = [place.code for place in places_of(Level.COMMUNITY)]
    mine = reached(viewer, "read", codes)
    places = [code for code in codes if code in mine]
    grids = dict[str, list[str]]()
    for grid in places_of(Level.GRID):
        grids.setdefault(grid.parent, []).append(grid.code)
    return [_cover(place, role, turns, (begin, end), grids.get(place, ())) for place in places for role in roles]


def held_turns(begin: datetime, end: datetime, roles: Sequence[str]) -> list[Duty]:
    """What the roster says of that time, without turns of people who do not hold the role any more."""
    rows = list(Duty.objects.filter(role__in=roles, starts_at__lt=end, ends_at__gt=begin).order_by("starts_at"))
    held = holding(roles, {row.account for row in rows})
    return [row for row in rows if (row.account, row.role) in held]


def _cover(place: str, role: str, turns: Iterable[Duty], window: Span, grids: Sequence[str]) -> Cover:
    """Where some of its grids have turns of their own, a community is covered when each of them is."""
    mine = [row for row in turns if row.role == role and (place.startswith(row.place) or row.place.startswith(place))]
    parts = grids if any(len(row.place) > len(place) for row in mine) else ()
    spans = [_spans([row for row in mine if part.startswith(row.place)], window) for part in parts or (place,)]
    hours = "".join(map(min, zip(*(_hours(one, window) for one in spans), strict=True)))
    return Cover(place, role, _together(gap for one in spans for gap in gaps_in(one, window)), hours)


def _spans(rows: Iterable[Duty], window: Span) -> list[Span]:
    return [(max(row.starts_at, window[0]), min(row.ends_at, window[1])) for row in rows if row.starts_at and row.ends_at]


def _together(gaps: Iterable[Span]) -> tuple[Span, ...]:
    """What lies in one of the gaps at least."""
    found = list[Span]()
    for start, end in sorted(gaps):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def gaps_in(spans: Iterable[Span], window: Span) -> list[Span]:
    """The parts of the window that no span covers."""
    found, reached = list[Span](), window[0]
    for start, end in sorted(spans):
        if start > reached:
            found.append((reached, start))
        reached = max(reached, end)
    return [*found, (reached, window[1])] if reached < window[1] else found


def _hours(spans: Sequence[Span], window: Span) -> str:
    """How many are there all through each hour."""
    count = int((window[1] - window[0]) / HOUR)
    begins = (window[0] + HOUR * number for number in range(count))
    return "".join(str(min(9, sum(start <= hour and end >= hour + HOUR for start, end in spans))) for hour in begins)


def document(viewer: Viewer, days: int) -> dict[str, object]:
    """The proof as its page shows it: communities where the same hours are covered share a row, the best covered first."""
    begin = timezone.now().replace(minute=0, second=0, microsecond=0)
    alike: dict[tuple[str, str, tuple[Span, ...]], list[Cover]] = {}
    for one in coverage(viewer, begin, days):
        alike.setdefault((one.role, one.hours, one.gaps), []).append(one)
    groups = sorted(alike.values(), key=lambda group: (group[0].role, -group[0].covered_pct))
    known = names({one.place for group in groups for one in group[:NAMED]})
    return {"begin": begin.isoformat(), "days": days, "rows": [_row(group, known) for group in groups]}


def _row(group: Sequence[Cover], known: Mapping[str, Label]) -> dict[str, object]:
    one = group[0]
    return {
        "places": [cover.place for cover in group],
        "names": [known[cover.place].as_dict() for cover in group[:NAMED] if cover.place in known],
        "role": one.role, "role_label": duty_roles()[one.role].as_dict(), "hours": one.hours, "covered_pct": round(one.covered_pct, 1),
        "gaps": [{"from": start.isoformat(), "to": end.isoformat()} for start, end in one.gaps],
    }  # fmt: skip
