"""What the office watches beyond single manifests: silence, storage over time and quantity, and in which order to visit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Max, Min

from hexi.kit import Everything, ExactSum, Viewer, readable, rows_where
from hexi.scenarios.waste.models import Declaration, Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Alert
from hexi.scenarios.waste.parties import FIRMS
from hexi.scenarios.waste.rules import row_of, storage_kg, table

YEAR = 12


@dataclass(frozen=True, slots=True)
class Hint:
    """One firm that should be visited, and for which findings; `score` orders the list and says nothing of guilt."""

    firm: Firm
    score: int
    findings: dict[str, int]


def first_of(day: date, back: int = 0) -> date:
    """The first of the month, so many months before the day's own."""
    number = day.year * YEAR + day.month - 1 - back
    return date(number // YEAR, number % YEAR + 1, 1)


def period_due(risk: str, today: date) -> tuple[date, date] | None:
    """The newest period that a firm of this class should have declared by now, from its first day until before the second."""
    row = row_of("declares", today, risk=risk)
    if row is None:
        return None
    months = int(row["months"])
    end = first_of(today, (today.month - 1) % months)
    if today == end or (today.month == end.month and today.day <= row["until_day"]):
        end = first_of(end, months)
    return first_of(end, months), end


def producers(viewer: Viewer | None, place: str) -> Any:
    """The producers whose records this viewer may look into: a firm its own; None means all of them, for sums."""
    found = _seen(viewer, Firm).filter(produces=True, place__startswith=place)
    if viewer is None or not viewer.holds(*FIRMS):
        return found
    return found.filter(office__in={key for post in viewer.posts for key in post.organisations})


def _seen(viewer: Viewer | None, register: type) -> Any:
    return readable(viewer, register) if viewer else rows_where(register, Everything())


def last_records(firms: Any) -> dict[int, date]:
    """The day of each firm's newest batch or declaration."""
    found = dict[int, date]()
    for firm, day in StorageLot.objects.filter(firm__in=firms, back_from=None).values_list("firm").annotate(day=Max("produced_at__date")):
        found[firm] = day
    for firm, day in Declaration.objects.filter(firm__in=firms).values_list("firm").annotate(day=Max("month")):
        found[firm] = max(found.get(firm, day), day)
    return found


def silent(viewer: Viewer | None, today: date, place: str = "") -> list[tuple[Firm, date | None]]:
    """Producers that let a whole period pass without a batch and without a declaration, with the day of their last record."""
    firms = producers(viewer, place)
    due = {risk: period_due(risk, today) for risk in ("key", "simplified", "registered")}
    last = last_records(firms.values("pk"))
    found = list[tuple[Firm, date | None]]()
    for firm in firms.order_by("pk"):
        period, newest = due.get(firm.risk), last.get(firm.pk)
        if period and (firm.since or period[0]) <= period[0] and (newest is None or newest < period[0]):
            found.append((firm, newest))
    return found


def completeness(viewer: Viewer | None, today: date, place: str = "", months: int = YEAR) -> list[tuple[date, int, int]]:
    """Of each month that is over: how many producers there were, and how many left a record."""
    firms = producers(viewer, place)
    since = list(firms.values_list("since", flat=True))
    spoke = defaultdict[date, set[int]](set)
    start = first_of(today, months)
    lots = StorageLot.objects.filter(firm__in=firms.values("pk"), produced_at__date__gte=start, back_from=None)
    for firm, day in lots.values_list("firm", "produced_at__date").distinct():
        spoke[first_of(day)].add(firm)
    for firm, month in Declaration.objects.filter(firm__in=firms.values("pk"), month__gte=start).values_list("firm", "month"):
        spoke[month].add(firm)
    wanted = [first_of(today, back) for back in range(months, 0, -1)]
    return [(month, sum(1 for day in since if day is None or day <= month), len(spoke[month])) for month in wanted]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One producer in the months that are over: in how many of them it was there, in how many it left a record, and how many records."""

    firm: Firm
    there: int
    spoke: int
    records: int
    last: date | None


def records_of(viewer: Viewer, today: date, place: str = "", months: int = YEAR) -> list[Recorded]:
    """Completeness by producer, those with the most months without a record first."""
    firms = {firm.pk: firm for firm in producers(viewer, place)}
    wanted = [first_of(today, back) for back in range(months, 0, -1)]
    counts, spoke = Counter[int](), defaultdict[int, set[date]](set)
    within = {"produced_at__date__gte": wanted[0], "produced_at__date__lt": first_of(today)}
    lots = StorageLot.objects.filter(firm__in=list(firms), back_from=None, **within)
    for firm, day in lots.values_list("firm", "produced_at__date"):
        counts[firm] += 1
        spoke[firm].add(first_of(day))
    for firm, month in Declaration.objects.filter(firm__in=list(firms), month__gte=wanted[0], nothing=True).values_list("firm", "month"):
        counts[firm] += 1
        spoke[firm].add(month)
    last = last_records(list(firms))
    found = [
        Recorded(firm, sum(1 for month in wanted if firm.since is None or firm.since <= month), len(spoke[key]), counts[key], last.get(key))
        for key, firm in firms.items()
    ]
    return sorted((one for one in found if one.there), key=lambda one: (one.spoke - one.there, one.records, one.firm.number))


def over_time(viewer: Viewer | None, today: date, place: str = "") -> Any:
    """Batches that lie longer than they may, the longest first."""
    return (
        _seen(viewer, StorageLot)
        .filter(left_kg__gt=0, due_on__lt=today, place__startswith=place)
        .select_related("firm")
        .order_by("due_on")
    )


def over_quantity(viewer: Viewer | None, today: date, place: str = "") -> list[tuple[Firm, str, Decimal, Decimal]]:
    """Firms with a storage point that holds more of a stream than it may: firm, stream, held, limit."""
    rows: Any = _seen(viewer, StorageLot).filter(left_kg__gt=0, place__startswith=place, firm__has_warehouse=False).order_by()
    sums = rows.values_list("firm", "stream").annotate(kg=ExactSum("left_kg"), first=Min("pk"))
    over = [(firm, stream, kg, limit) for firm, stream, kg, _ in sums if (limit := storage_kg(stream, today)) is not None and kg > limit]
    firms = Firm.objects.in_bulk([one[0] for one in over])
    return sorted(((firms[firm], stream, kg, limit) for firm, stream, kg, limit in over), key=lambda one: -one[2])


def hints(viewer: Viewer | None, today: date, place: str = "") -> list[Hint]:
    """Where to go first: findings weighed by the table, the heaviest first."""
    found = defaultdict[int, Counter[str]](Counter)
    for firm, _ in silent(viewer, today, place):
        found[firm.pk]["silent"] += 1
    for lot in over_time(viewer, today, place):
        found[lot.firm_id]["over_time"] += 1
    for firm, *_ in over_quantity(viewer, today, place):
        found[firm.pk]["over_quantity"] += 1
    open_alerts = _seen(viewer, Alert).filter(stage="open").filter(place__startswith=place)
    for firm in open_alerts.values_list("firm", flat=True):
        found[firm]["alerts"] += 1
    rules = {row["key"]: row for row in cast("list[dict[str, Any]]", table()["hints"]) if row["valid_from"] <= today}
    firms = Firm.objects.in_bulk(list(found))
    rated = [Hint(firms[firm], _score(counts, rules), dict(counts)) for firm, counts in found.items()]
    return sorted(rated, key=lambda one: (-one.score, one.firm.number))


def _score(counts: Counter[str], rules: dict[str, Any]) -> int:
    return sum(rules[key]["weight"] * min(number, rules[key]["most"]) for key, number in counts.items() if key in rules)
