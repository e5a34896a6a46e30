"""一月一题: what rises most against the months before, by category and street, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from hexi.kit import Case, days, wilson

MONTH, MONTHS_BEFORE, LEAST = days(30), 2, 5
"""Ours: thirty days against the sixty before; fewer calls than LEAST are no topic."""
GROUPS = {"category": ("category__code",), "street": ("street",), "both": ("category__code", "street")}


@dataclass(frozen=True, slots=True)
class Rise:
    """Calls of this month against the months before: how many times as many per day, with a 95 % interval."""

    category: str
    street: str
    now: int
    before: int

    @property
    def ratio(self) -> float | None:
        return self.now * MONTHS_BEFORE / self.before if self.before else None

    @property
    def interval(self) -> tuple[float, float | None]:
        """The calls of this month are a share of all; its Wilson interval gives that of the ratio of two Poisson rates."""
        low, high = wilson(self.now, self.now + self.before) or (0.0, 1.0)
        return low / (1 - low) * MONTHS_BEFORE, (high / (1 - high) * MONTHS_BEFORE if high < 1 else None)

    @property
    def is_sure(self) -> bool:
        """Does the whole interval lie above 1?"""
        return self.interval[0] > 1


def rises(cases: QuerySet[Case], now: datetime, by: str = "both") -> list[Rise]:
    """What rises, the surest first: by the lower end of its interval."""
    names = GROUPS[by]
    month, whole = now - MONTH, now - MONTH * (1 + MONTHS_BEFORE)
    rows = cases.filter(kind="hotline", opened_at__gte=whole, opened_at__lt=now, category__isnull=False).order_by()
    rows = rows.exclude(state="same_event")
    counted = rows.annotate(street=Substr("place", 1, 9)).values(*names).annotate(
        now=Count("pk", filter=Q(opened_at__gte=month)), before=Count("pk", filter=Q(opened_at__lt=month))
    )  # fmt: skip
    found = [Rise(row.get("category__code", ""), row.get("street", ""), row["now"], row["before"]) for row in counted]
    return sorted((one for one in found if one.now >= LEAST), key=lambda one: -one.interval[0])


