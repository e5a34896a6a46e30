"""Events whose content was erased: by whose order, and whether they still are as the erasure left them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hexi.core.trust.erasing import ERASE, LEFT, left_hash
from hexi.core.trust.events import HASHED
from hexi.core.trust.models import Erasure, Event
from hexi.kernel.label import Label

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Erased:
    """One event without its content, which only its commitment in the log still tells of; `by` is the event of the erasure."""

    event: int
    entity: str
    object_id: int
    by: int
    at: datetime
    who: str
    why: str

    @property
    def words(self) -> Label:
        """One line for people."""
        record, day = f"{self.entity} {self.object_id} · event {self.event}", f"{self.at:%Y-%m-%d %H:%M %Z}"
        return Label(
            f"内容已依令抹除：{record}，{day}，{self.who}（event {self.by}）：{self.why}",
            f"Erased: {record}, on {day}, by order of {self.who} (event {self.by}): {self.why}",
        )


def erasures_of(numbers: Collection[int]) -> dict[int, Any]:
    """By event the newest erasure's own event; those without one are missing."""
    by = dict(Erasure.objects.filter(event_id__in=numbers).order_by("pk").values_list("event_id", "by_event"))
    orders = Event.objects.filter(action=ERASE).in_bulk(list(by.values()))
    return {number: orders[order] for number, order in by.items() if order in orders}


def is_as_erased(event: Any, order: Any) -> bool:
    """Does the erasure name this event, and is it as that left it?"""
    if order is None or (order.entity, order.object_id) != (event.entity, event.object_id):
        return False
    return order.after.get(LEFT, {}).get(str(event.pk)) == left_hash({name: getattr(event, name) for name in HASHED})


def erased_events() -> Iterator[Erased]:
    """Every event that is as an erasure left it, by number. One that is not is a fault: see `rows_against_leaves`."""
    numbers = list(Erasure.objects.order_by("event_id").values_list("event_id", flat=True).distinct())
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        orders = erasures_of(some)
        for event in Event.objects.filter(pk__in=orders).order_by("pk"):
            order = orders[event.pk]
            if is_as_erased(event, order):
                yield Erased(event.pk, event.entity, event.object_id, order.pk, order.at, order.who, order.why)
