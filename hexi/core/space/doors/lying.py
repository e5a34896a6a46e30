"""Which door of the place tree a line of an address list means: the one that stands, or what is to be made down to it, or why neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexi.core.space.addresses.index import Index, index_of
from hexi.core.space.addresses.matching import Guess, areas_in, look_alikes
from hexi.core.space.addresses.reading import Written, door_key, half_width, house_key, stair_key, taken_apart
from hexi.core.space.contracts import WIDTHS, Level, level_of
from hexi.core.space.doors import faults
from hexi.core.space.doors.contracts import ListedDoor, Lying
from hexi.core.space.doors.standing import far_points, sole_grid
from hexi.core.space.places import labels_for
from hexi.kernel.label import Label

NOTHING = Written("")
SHORTEST = 2
SHOWN = 3


def lying_of(lines: Sequence[ListedDoor], *, may_make: bool) -> list[Lying]:
    """Each line read against the tree as it stands today. `may_make`: compounds and buildings that the tree has not are made."""
    reading = _Reading(index_of(), may_make)
    found = [reading.line(one) for one in lines]
    for number, metres in far_points([(one.at, line.point) for one, line in zip(found, lines, strict=True)]).items():
        found[number].faults.append(("lon", faults.FAR.filled(metres=f"{metres:,.0f}", place=_called([found[number].at]))))
    return found


@dataclass(frozen=True, slots=True)
class _Area:
    """The place that the names of a line mean, and what of them fitted nothing; or why it is not certain."""

    code: str = ""
    unread: str = ""
    reasons: tuple[Label, ...] = ()
    fault: Label | None = None


class _Reading:
    """One list against one state of the tree; the same names are looked up once."""

    def __init__(self, index: Index, may_make: bool) -> None:
        self.index, self.may_make, self.areas = index, may_make, dict[str, _Area]()

    def line(self, line: ListedDoor) -> Lying:
        written = taken_apart(line.address) if line.address else NOTHING
        found = Lying(room=half_width(line.room) or written.room)
        house, stair = self._number(found, "house", line.house, written.house), line.stair.strip() or _stair_of(written)
        if line.stair and written.stair is not None and stair_key(line.stair) not in {None, written.stair}:
            found.faults.append(("stair", faults.TWO_ANSWERS.filled(one=line.stair, other=str(written.stair))))
        if not found.faults:
            self._below(found, line, written, (house, stair))
        return found

    def _number(self, found: Lying, column: str, said: str, written: str) -> str:
        key = house_key(said) or half_width(said)
        if key and written and key != written:
            found.faults.append((column, faults.TWO_ANSWERS.filled(one=said, other=written)))
        return said.strip() or written

    def _below(self, found: Lying, line: ListedDoor, written: Written, numbers: tuple[str, str]) -> None:
        column = next((name for name in ("compound", "address", "community", "street") if getattr(line, name)), "address")
        heads = f"{line.street}{line.community}{line.compound}"
        area = self._area(half_width(heads if line.compound else heads + written.names).replace("|", ""))
        found.reasons = area.reasons
        if level_of(area.code) is not Level.COMPOUND and len(plates := self.index.plates.get(written.street, [])) == 1:
            self._to_door(found, plates[0], numbers[1])
        elif area.fault is not None:
            found.faults.append((column, area.fault))
        elif level_of(area.code) is Level.COMPOUND:
            self._to_house(found, area.code, numbers)
        else:
            self._to_compound(found, area, half_width(line.compound) or area.unread, line, numbers)

    def _area(self, names: str) -> _Area:
        if names not in self.areas:
            self.areas[names] = self._read(names)
        return self.areas[names]

    def _read(self, names: str) -> _Area:
        guesses, unread = areas_in(self.index, names)
        best = [each for each in guesses if each.score == guesses[0].score]
        if not best:
            return _Area(fault=faults.NOWHERE)
        if best[0].by_likeness:
            return _Area(fault=faults.MISPRINT.filled(name=_called(_codes(best))))
        if best[0].score < 1:
            return _Area(fault=faults.DISAGREES.filled(why="；".join(each.zh for each in best[0].reasons)))
        if len(best) > 1:
            return _Area(fault=faults.SEVERAL.filled(count=len(best), names=_called(_codes(best))))
        return _Area(best[0].code, unread, best[0].reasons)

    def _to_compound(self, found: Lying, area: _Area, name: str, line: ListedDoor, numbers: tuple[str, str]) -> None:
        """A compound that the tree has not, or none at all."""
        house, stair = numbers
        if len(name) < SHORTEST:
            houses = self.index.houses_in(area.code, house_key(house)) if house else []
            if len(houses) == 1:
                self._to_door(found, houses[0], stair)
            else:
                found.faults.append(("compound", faults.NO_COMPOUND))
        elif alike := look_alikes(self.index, name, area.code):
            found.faults.append(("compound", faults.MISPRINT.filled(name="、".join(sorted(alike)[:SHOWN]))))
        elif not self.may_make:
            found.faults.append(("compound", faults.UNKNOWN_COMPOUND.filled(name=name, place=_called([area.code]))))
        elif not house:
            found.faults.append(("house", faults.NO_HOUSE))
        elif (grid := _grid(area.code, line)) is None:
            found.faults.append(("compound", faults.NO_GRID.filled(name=name)))
        else:
            found.at, found.missing = grid, (line.compound.strip() or name, house, stair)

    def _to_house(self, found: Lying, compound: str, numbers: tuple[str, str]) -> None:
        house, stair = numbers
        houses = self._houses(compound, house)
        if len(houses) == 1:
            self._to_door(found, houses[0], stair)
        elif houses:
            said = faults.MANY_HOUSES.filled(count=len(houses), name=house) if house else faults.NO_HOUSE
            found.faults.append(("house", said))
        elif not house:
            found.faults.append(("house", faults.NO_HOUSE))
        elif not self.may_make:
            found.faults.append(("house", faults.UNKNOWN_HOUSE.filled(name=house, place=_called([compound]))))
        else:
            found.at, found.missing = compound, (house, stair)

    def _houses(self, compound: str, house: str) -> list[str]:
        """The buildings of that name or number in the compound; all of them where none is said."""
        if not house:
            return self.index.parts.get(compound, [])
        called = self.index.called.get((compound, half_width(house)))
        return [called] if called else self.index.houses_in(compound, house_key(house)) if house_key(house) else []

    def _to_door(self, found: Lying, building: str, stair: str) -> None:
        doors, number = self.index.parts.get(building, []), stair_key(stair)
        called = self.index.called.get((building, half_width(stair))) if stair else None
        by_key = self.index.doors.get((building, number)) if number is not None else self.index.named_doors.get((building, door_key(stair)))
        door = called or by_key
        if door is None and not stair and len(doors) == 1:
            door = doors[0]
        if door is None and not stair and len(doors) > 1:
            found.faults.append(("stair", faults.NO_STAIR.filled(count=len(doors), place=_called([building]))))
        found.at, found.missing = (door, ()) if door else (building, (stair,))


def _stair_of(written: Written) -> str:
    return str(written.stair) if written.stair is not None else f"{written.door}门" if written.door else ""


def _grid(area: str, line: ListedDoor) -> str | None:
    """The grid for a new compound: the one that was named, the one round its point, or the community's only one."""
    if len(area) >= WIDTHS[Level.GRID]:
        return area[: WIDTHS[Level.GRID]]
    return sole_grid(area, line.point) if len(area) >= WIDTHS[Level.COMMUNITY] else None


def _codes(guesses: Sequence[Guess]) -> list[str]:
    return [each.code for each in guesses[:SHOWN]]


def _called(codes: Sequence[str]) -> str:
    """Their names, with the street before those of communities and compounds."""
    with_streets = [(code[: WIDTHS[Level.STREET]] if len(code) > WIDTHS[Level.STREET] else "", code) for code in codes]
    names = labels_for([code for pair in with_streets for code in pair if code])
    return "、".join("".join(names.get(code, code) for code in pair if code) for pair in with_streets)
