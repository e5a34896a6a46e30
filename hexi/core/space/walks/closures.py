"""What holds on foot at a moment besides the map: closures that rooms keep, and gates that close by their hours. No compiler needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from hexi.core.space.ground.tables import Gate
from hexi.core.space.ground.valid import standing_in
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid
from hexi.kernel.ground import Barred
from hexi.kernel.hours import Hours, opening_hours

GatesWithHours = Sequence[tuple[Barred, Hours]]


def closures_at(moment: datetime) -> list[Barred]:
    """What the wardens of all rooms bar, or open, at that moment."""
    return [each for warden in catalogue.wardens.values() for each in warden.barred(moment)]


def gates_shut_at(moment: datetime) -> list[Barred]:
    """Gates of the map that are shut then by their own hours."""
    return list(shut_at(gates_with_hours(timezone.localdate(moment)), moment))


def shut_at(gates: GatesWithHours, moment: datetime) -> Iterator[Barred]:
    """Those of the gates that are not open then."""
    local = timezone.localtime(moment)
    return (gate for gate, hours in gates if not hours.open_at(local))


def gates_with_hours(day: date) -> GatesWithHours:
    """Gates that the map knows the hours of. Hours that are not understood leave a gate as it is: the map says whether it is shut."""
    rows = standing_in(Gate, None, day).filter(kind="gate", is_shut=False).exclude(opening_hours="")
    return list(_understood(rows.order_by("pk").values_list("lon", "lat", "opening_hours")))


def _understood(rows: Iterable[tuple[float, float, str]]) -> Iterator[tuple[Barred, Hours]]:
    for lon, lat, said in rows:
        try:
            yield Barred(lon, lat), opening_hours(said)
        except Invalid:
            continue
