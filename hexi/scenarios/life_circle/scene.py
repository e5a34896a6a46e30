"""Everything that a coverage is computed from: doors with their people, outlets, streets as each kind of walker finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Count
from django.utils.timezone import localdate
from numpy.typing import NDArray

from hexi.kit import (
    Barred,
    all_of,
    gates_shut_at,
    inhabited_doors,
    registers,
    rows_where,
    standing_codes,
    streets_are_drawn,
    streets_of_district,
)
from hexi.kit.walking import (
    Attached,
    Kerbs,
    Network,
    Outlets,
    Profile,
    Question,
    Reach,
    StreetFlag,
    Streets,
    closed_now,
    contract,
    islands,
    profile,
    reach,
)
from hexi.scenarios.life_circle.hours import hours_of
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.rules import Band, Rule, table
from hexi.scenarios.life_circle.stamping import stamp

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
RESIDENTS = "population.resident"
WALKERS = ("adult", "elder", "child", "wheelchair")
STANDARD = "adult"
"""The walker for whom the standards' metres are meant."""
COMMUNITY_WIDTH, BUILDING_WIDTH = 12, 20
ISLAND_M = 1000.0
"""Ours: streets of less than that, joined to nothing, are faults of the map; nobody is put on them."""
EVERYBODY, HOMES = "people", "homes"


@dataclass(frozen=True, eq=False)
class Doors:
    """Doorways behind which people live, in order of their codes. `weights` [door, column]: people, each band, homes."""

    codes: tuple[str, ...]
    lon: Floats
    lat: Floats
    weights: Floats
    columns: tuple[str, ...]
    are_people_known: bool

    @cached_property
    def communities(self) -> tuple[str, ...]:
        return tuple(sorted({code[:COMMUNITY_WIDTH] for code in self.codes}))

    @cached_property
    def community(self) -> Ints:
        """For each door the number of its community."""
        numbers = {code: number for number, code in enumerate(self.communities)}
        return np.array([numbers[code[:COMMUNITY_WIDTH]] for code in self.codes], np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Shops:
    """Outlets that stand and have a point, one entry for each service that they give (`rows` names the register's rows)."""

    rows: Ints
    lon: Floats
    lat: Floats
    service: Ints
    is_step_free: Bools
    """False where somebody saw that a wheelchair does not get in."""
    hours: tuple[str, ...]

    def open_at(self, moment: datetime) -> Bools:
        """Which are open then. Where nobody knows the hours, or can read them, it counts as open."""
        known = {said: hours_of(said) for said in set(self.hours)}
        open_then = {said: hours is None or hours.open_at(moment) for said, hours in known.items()}
        return np.array([open_then[said] for said in self.hours], np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """The streets as one walker finds them, and who meets them where."""

    walker: Profile
    network: Network
    kerbs: Kerbs
    doors: Attached
    shops: Attached
    limits_mm: Ints
    """[rules] how far this walker may walk."""
    is_open: Bools | None = None
    """Which outlets are open at the hour that is meant; None when none is."""

    def outlets(self, scene: Scene) -> Outlets:
        """Those that this walker can enter."""
        free = scene.shops.is_step_free if StreetFlag.STEPS in self.walker.closed_to else None
        both = [each for each in (free, self.is_open) if each is not None]
        return Outlets(self.shops, scene.shops.service, len(scene.services), np.logical_and.reduce(both) if both else None)

    def at(self, scene: Scene, moment: datetime) -> Walks:
        """The same at that moment: gates that are shut by their hours, outlets that are closed."""
        shut = gates_shut_at(moment)
        network = self.network.with_closed(closed_now(self.network, self.walker, shut, self.kerbs)) if shut else self.network
        return replace(self, network=network, is_open=scene.shops.open_at(moment))

    def under(self, scene: Scene, barred: Sequence[Barred]) -> Walks:
        """The same while these spots are closed or opened. Behind a gate that opens there may be whole streets: who is joined to what is
        then asked anew; what is closed only cuts."""
        opened = [each for each in barred if each.opens]
        network = self.network.with_closed(closed_now(self.network, self.walker, barred, self.kerbs))
        if not opened:
            return replace(self, network=network)
        unlocked = self.network.with_closed(closed_now(self.network, self.walker, opened, self.kerbs))
        kerbs = kerbs_of(unlocked, self.kerbs)
        doors, shops = (_attached(kerbs, scene.streets, each) for each in (scene.doors, scene.shops))
        return replace(self, network=network, kerbs=kerbs, doors=doors, shops=shops)

    def reached(self, scene: Scene) -> Reach:
        """The nearest outlet of each service for every door, within the longest walk."""
        return reach(self.network, self.doors, self.outlets(scene), Question((float(self.limits_mm.max()) / 1000,), nearest=1))


@dataclass(frozen=True, eq=False)
class Scene:
    """`services`: the different sets of kinds that the rules ask for; `service_of_rule` says which one each rule means."""

    stamp: str
    day: date
    rules: tuple[Rule, ...]
    services: tuple[tuple[str, ...], ...]
    doors: Doors
    shops: Shops
    streets: Streets
    is_drawn: bool

    @cached_property
    def service_of_rule(self) -> Ints:
        return np.array([self.services.index(rule.kinds) for rule in self.rules], np.int32)

    def services_of(self, kind: str) -> list[int]:
        """The services that an outlet of this kind gives."""
        return [number for number, kinds in enumerate(self.services) if kind in kinds]

    def walks(self, key: str) -> Walks:
        """The streets for this walker. Raises NotFound for an unknown one."""
        grown_up, walker = profile(STANDARD, self.day), profile(key, self.day)
        network = contract(self.streets, walker.closed(self.streets))
        kerbs = kerbs_of(network, Kerbs(network))
        doors, shops = (_attached(kerbs, self.streets, each) for each in (self.doors, self.shops))
        speed = grown_up.metres_per_minute
        metres = [walker.metres(grown_up.minutes(rule.metres(speed))) for rule in self.rules]
        return Walks(walker, network, kerbs, doors, shops, np.rint(np.array(metres) * 1000).astype(np.int32))


def kerbs_of(network: Network, kerbs: Kerbs) -> Kerbs:
    """Where people may be joined to the streets, of kerbs of the same streets."""
    _, is_apart = islands(network, ISLAND_M)
    return kerbs.only(~network.closed & ~is_apart)


def _attached(kerbs: Kerbs, streets: Streets, points: Doors | Shops) -> Attached:
    return kerbs.attach(*streets.in_metres(points.lon, points.lat))


def scene() -> Scene:
    """As things stand now."""
    day = localdate()
    rules = table().on(day)
    services = tuple(sorted({rule.kinds for rule in rules}))
    return Scene(stamp(), day, rules, services, doors(), shops(services), streets_of_district(), streets_are_drawn())


def doors() -> Doors:
    """Every doorway with homes or people behind it, and buildings of which no door is known. Where no register of residents is kept, nobody
    is counted as people."""
    known = {EVERYBODY: _counted(None), **{band.key: _counted(band) for band in table().bands}}
    moved = standing_codes(known[EVERYBODY])
    found = inhabited_doors({moved.get(code, code) for code in known[EVERYBODY]})
    first = {door.doorway[:BUILDING_WIDTH]: door.doorway for door in reversed(found)}
    counted = {column: _at_doors(people, moved, first) for column, people in known.items()}
    columns = (*counted, HOMES)
    weights = [[*(people.get(door.doorway, 0) for people in counted.values()), door.homes] for door in found]
    return Doors(
        tuple(door.doorway for door in found), np.array([door.lon for door in found]), np.array([door.lat for door in found]),
        np.array(weights, float).reshape(len(found), len(columns)), columns, bool(counted[EVERYBODY]),
    )  # fmt: skip


def _at_doors(people: Mapping[str, int], moved: Mapping[str, str], first: Mapping[str, str]) -> Mapping[str, int]:
    """People by the door that they leave by: of an old code its successor's, of a building as such its first."""
    found: Counter[str] = Counter()
    for code, number in people.items():
        now = moved.get(code, code)
        found[first.get(now, now)] += number
    return found


def _counted(band: Band | None) -> Mapping[str, int]:
    residents = registers().get(RESIDENTS)
    if residents is None:
        return {}
    born: Any = residents.column("born_on")
    cond = all_of()
    if band is not None and band.start is not None:
        cond = cond & born.aged(band.start)
    if band is not None and band.below is not None:
        cond = cond & ~born.missing() & ~born.aged(band.below)
    rows = rows_where(residents.model, cond).order_by().values_list("home").annotate(number=Count("id"))
    return dict(rows)


def shops(services: tuple[tuple[str, ...], ...]) -> Shops:
    """Outlets that are open for good, as the register has them."""
    rows = Outlet.objects.filter(closed_on=None, off_map_on=None, lon__isnull=False, lat__isnull=False).order_by("pk")
    entries = [
        (pk, float(lon), float(lat), number, wheelchair != "no", hours)
        for pk, kind, lon, lat, wheelchair, hours in rows.values_list("pk", "kind", "lon", "lat", "wheelchair", "opening_hours")
        for number, kinds in enumerate(services)
        if kind in kinds
    ]
    numbers, lons, lats, of, free = np.array([entry[:5] for entry in entries], float).reshape(len(entries), 5).T
    hours = tuple(entry[5] for entry in entries)
    return Shops(numbers.astype(np.int32), lons, lats, of.astype(np.int32), free.astype(np.bool_), hours)
