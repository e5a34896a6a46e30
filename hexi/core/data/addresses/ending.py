"""What a list means for doors that it does not name any more: they end, and what hangs on them is told to whoever looks after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, QuerySet
from django.utils import timezone

from hexi.core.data.addresses.models import AddressLine
from hexi.core.data.entities import describe, registers
from hexi.core.data.many import insert_batch
from hexi.core.space.api import DOOR_CHANGES, WIDTHS, DoorEnd, Level, assume_points, count_homes, distance_m, doors_below, end_doors
from hexi.core.trust.api import PLATFORM
from hexi.kernel.arrival import Answers
from hexi.kernel.label import Label

NEAR_M = 15.0
"""Ours: a new door of the same compound so near to one that is gone is the same one under another number."""
WHOLE = {"houses": WIDTHS[Level.BUILDING], "compounds": WIDTHS[Level.COMPOUND]}
AT_ONCE = 5000
Point = tuple[float, float] | None


def end_missing(number: int, answers: Answers) -> None:
    """End the doors that the list of this import leaves out, tell what hangs on them, count homes, put points where none are known."""
    lines = list(AddressLine.objects.filter(import_id=number).order_by("pk"))
    if not lines:
        return
    why = f"地址名册导入 {number}"
    codes = {line.place for line in lines}
    count_homes(homes_of(lines), why)
    ends = successors(_left_out(number, lines, WHOLE.get(answers.get("scope", ""), 0)), lines)
    today = timezone.localdate()
    end_doors([DoorEnd(code, today, successor) for code, successor in ends.items()], why)
    _write(ends, number)
    assume_points({code[: WIDTHS[Level.BUILDING]] for code in codes}, why)


def homes_of(lines: Iterable[AddressLine]) -> dict[str, int]:
    """How many homes the lines know behind each door: the rooms that are named, or the number that is said."""
    rooms: dict[str, set[str]] = {}
    said: Counter[str] = Counter()
    for line in lines:
        if line.room:
            rooms.setdefault(line.place, set()).add(line.room)
        if line.homes is not None:
            said[line.place] = max(said[line.place], int(line.homes))
    return {**{code: len(own) for code, own in rooms.items()}, **said}


def _left_out(number: int, lines: Collection[AddressLine], width: int) -> dict[str, Point]:
    """Doors that an earlier list had and this one, which is whole for their building or compound, has not; and those all of whose lines
    stand under other doors now, by the list's own numbers."""
    codes = {line.place for line in lines}
    wholes = {code[:width] for code in codes} if width else set[str]()
    doors = {code: point for code, point in doors_below(wholes).items() if code not in codes}
    left = {code: doors[code] for code in _listed_before(doors, number)}
    refs = {line.ref for line in lines if line.ref}
    moved = set(_earlier(number).filter(ref__in=refs).exclude(place__in=codes).values_list("place", flat=True)) if refs else set[str]()
    kept = set(_earlier(number).filter(place__in=moved).exclude(ref__in=refs).values_list("place", flat=True))
    gone = doors_below({code[: WIDTHS[Level.BUILDING]] for code in moved - kept})
    return left | {code: gone[code] for code in moved - kept if code in gone}


def _earlier(number: int) -> QuerySet[AddressLine]:
    return AddressLine.objects.filter(edition__lt=number, edition__gt=0)


def _listed_before(doors: Collection[str], number: int) -> list[str]:
    found: set[str] = set()
    for part in _parts(doors):
        found |= set(_earlier(number).filter(place__in=part).values_list("place", flat=True))
    return sorted(found)


def _parts(codes: Collection[str]) -> list[list[str]]:
    listed = sorted(codes)
    return [listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE)]


def successors(left: Mapping[str, Point], lines: Collection[AddressLine]) -> dict[str, str]:
    """Who took over from each door that is left out: the door with its number in the list, else a new one where it stood; else nobody."""
    by_ref = {line.ref: line.place for line in lines if line.ref}
    fresh = {line.place: (float(line.lon), float(line.lat)) for line in lines if line.change == "new" and line.lon is not None}
    found = dict.fromkeys(left, "")
    for part in _parts(left):
        rows = AddressLine.objects.filter(place__in=part, ref__in=list(by_ref)).order_by("edition", "pk")
        found |= {place: by_ref[ref] for place, ref in rows.values_list("place", "ref")}
    taken = set(found.values())
    for code, point in left.items():
        near = [] if found[code] or point is None else _near(code, point, {one: at for one, at in fresh.items() if one not in taken})
        if len(near) == 1:
            found[code] = near[0]
            taken.add(near[0])
    return found


def _near(code: str, point: tuple[float, float], fresh: Mapping[str, tuple[float, float]]) -> list[str]:
    compound = code[: WIDTHS[Level.COMPOUND]]
    return [one for one, at in fresh.items() if one.startswith(compound) and distance_m(point, at) <= NEAR_M]


def _write(ends: Mapping[str, str], number: int) -> None:
    """A line for each door that ended, with what hangs on it."""
    hanging = hanging_on(ends)
    lines = [
        AddressLine(
            place=code, successor=successor, change="renamed" if successor else "gone", edition=number, hangs=hanging[code],
            import_id=number,
        )
        for code, successor in ends.items()
    ]
    if lines:
        insert_batch(PLATFORM, describe(AddressLine), lines, "import")


def door_changes(number: int) -> list[tuple[Label, int]]:
    """What an import of an address list changed, counted: each line or door by what became of it."""
    rows = AddressLine.objects.filter(edition=number).order_by().values_list("change").annotate(Count("id"))
    counts = dict(rows)
    return [(label, counts[change.value]) for change, label in DOOR_CHANGES.items() if counts.get(change.value)]


def hanging_on(codes: Collection[str]) -> Counter[str]:
    """How many records of all registers, address lists aside, lie at exactly these places."""
    found: Counter[str] = Counter()
    for about in registers().values():
        if about.place and about.model is not AddressLine:
            for part in _parts(codes):
                rows = about.model._default_manager.filter(**{f"{about.place}__in": part}).order_by().values_list(about.place)
                found.update(dict(rows.annotate(Count("id"))))
    return found
