"""One event, many calls: orders of the same kind at the same place in a short time are found and made one, with its supporters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from hexi.kit import DISPATCHERS, Action, Case, Change, Conflict, days, hours, merged, repeated, t

WINDOW, LEAST = hours(48), 3
"""Ours: so many calls within so long are one event."""
PLACE_WIDTH = 12
MERGEABLE = ("taken", "to_send", "to_receive", "received", "contacted")
REPEAT_SPAN = days(90)


@dataclass(frozen=True, slots=True)
class MassEvent:
    """Orders that seem to be about one thing; the oldest would take the others in."""

    orders: tuple[Case, ...]

    @property
    def first(self) -> Case:
        return self.orders[0]


def mass_events(cases: QuerySet[Case], now: datetime, window: timedelta = WINDOW) -> list[MassEvent]:
    """Groups of open orders of one category in one community, each within the window of the one before; the largest first."""
    rows = cases.filter(kind="hotline", state__in=MERGEABLE, opened_at__gte=now - 3 * window).exclude(place="").select_related("category")
    groups: dict[tuple[int | None, str], list[list[Case]]] = {}
    for one in rows.order_by("opened_at", "pk"):
        runs = groups.setdefault((one.category_id, one.place[:PLACE_WIDTH]), [])
        if runs and _apart(runs[-1][-1], one) <= window:
            runs[-1].append(one)
        else:
            runs.append([one])
    found = [MassEvent(tuple(run)) for runs in groups.values() for run in runs if len(run) >= LEAST]
    return sorted(found, key=lambda event: (-len(event.orders), event.first.pk))


def _apart(earlier: Case, later: Case) -> timedelta:
    assert earlier.opened_at
    assert later.opened_at
    return later.opened_at - earlier.opened_at


def gather(change: Change) -> Case:
    """Make this order the one of its event: the others go into it, and who called supports it."""
    case = change.record
    event = next((one for one in mass_events(Case.objects.all(), timezone.now()) if case in one.orders), None)
    if event is None:
        raise Conflict(t("没有发现同一事件的其他工单", "There are no other orders of the same event"))
    others = [one.pk for one in event.orders if one.pk != case.pk]
    for other in Case.objects.select_for_update().filter(pk__in=others).order_by("pk"):
        merged(change, other, case)
    return case


def repeat_callers(cases: QuerySet[Case]) -> list[list[Case]]:
    """Orders of the same telephone within ninety days, three or more; whose it is stays sealed."""
    return repeated(cases.filter(kind="hotline"), REPEAT_SPAN, LEAST)


ACTIONS = (
    Action("gather", t("并为同一事件", "make one event of them"), "cases.case", gather, by=DISPATCHERS, needs_reason=True,
           when=(Case.kind == "hotline") & Case.state.one_of(*MERGEABLE)),
)  # fmt: skip
