"""All names of the place tree in memory, by every spelling under which they are written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from hexi.core.space.addresses.reading import door_key, half_width, house_key, stair_key
from hexi.core.space.contracts import Level, prefix_range
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place, PlaceAlias
from hexi.core.space.places import standing

NAMED = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.COMPOUND)
ENDINGS: dict[Level, tuple[str, ...]] = {
    Level.DISTRICT: ("区",),
    Level.STREET: ("街道办事处", "街道办", "街道", "街"),
    Level.COMMUNITY: ("社区居委会", "社区居民委员会", "居民委员会", "居委会", "社区"),
    Level.COMPOUND: ("住宅小区", "居住区", "小区", "大院"),
}
REMARK = re.compile(r"[（(][^（()）]*[)）]$")
SHORTEST = 2
"""A spelling of one character would stand in every address."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its spellings; `how`: name, short or alias, `source` says where an alias stands."""

    code: str
    level: Level
    how: str
    source: str = ""


@dataclass(slots=True)
class Index:
    """`names` by spelling; `near` by spelling less one character; buildings by number, their codes in order; doors by house and number;
    doors with another name than a number by house and that name; buildings and doors by the place that they lie in and their whole name.
    """

    names: dict[str, list[Named]] = field(default_factory=dict[str, list[Named]])
    near: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    houses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    doors: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    plates: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    named_doors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    called: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    parts: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    longest: int = 0

    def houses_in(self, code: str, house: str) -> list[str]:
        """The codes of the buildings of this number in that place."""
        codes = self.houses.get(house, [])
        first, behind = prefix_range(code)
        return codes[bisect_left(codes, first) : bisect_left(codes, behind)]


def index_of(at: date | None = None) -> Index:
    """The names of the places that stand on that day, kept until a place or an alias changes."""
    return _index(at or timezone.localdate(), _stamp())


def _newest(table: str, column: str = "updated_at", of: str = "") -> str:
    return f"(SELECT MAX({column}) FROM {table}{of})"  # noqa: S608 - names of our own tables


_NEWEST = ", ".join([
    *(_newest(Place._meta.db_table, of=f" WHERE level = '{level.value}'") for level in Level),
    _newest(Footprint._meta.db_table), _newest(PlaceAlias._meta.db_table, "id"),
])  # fmt: skip
"""When a place of each level last changed, and the houses of the map; the newest alias: each is one look into an index."""


def _stamp() -> str:
    with connection.cursor() as cursor:  # asked for every address: Django's own way takes longer than finding what it means
        cursor.execute(f"SELECT {_NEWEST}")
        return str(cursor.fetchone())


@lru_cache(maxsize=2)
def _index(day: date, _: str) -> Index:
    found = Index()
    for code, level, name in standing(day).filter(level__in=NAMED).order_by("code").values_list("code", "level", "name"):
        _add(found, half_width(name), Named(code, Level(level), "name"))
        for short in _short(name, Level(level)):
            _add(found, short, Named(code, Level(level), "short"))
    aliases = PlaceAlias.objects.filter(place__in=standing(day).filter(level__in=NAMED)).order_by("pk")
    for code, level, name, source in aliases.values_list("place__code", "place__level", "name", "source"):
        for said in (half_width(name), *_short(name, Level(level))):
            _add(found, said, Named(code, Level(level), "alias", source))
    _add_houses(found, day)
    _add_plates(found, day)
    return _with_neighbours(found)


def _short(name: str, level: Level) -> Iterator[str]:
    """Without what may be left off (an ending, a remark in brackets), and with the ending that may stand in its stead: 天塔街道 is 天塔
    and 天塔街."""
    endings, whole = ENDINGS[level], half_width(name)
    plain = half_width(REMARK.sub("", name)) or whole
    ending = next((each for each in endings if plain.endswith(each) and len(plain) > len(each) + 1), "")
    stem = plain.removesuffix(ending)
    yield from (said for said in dict.fromkeys((plain, stem, *(stem + each for each in endings))) if said != whole)


def _add(found: Index, said: str, named: Named) -> None:
    if len(said) < SHORTEST:
        return
    known = found.names.setdefault(said, [])
    if all(each.code != named.code for each in known):
        known.append(named)
        found.longest = max(found.longest, len(said))


def _add_houses(found: Index, day: date) -> None:
    places = standing(day).order_by("code")
    for code, parent, name in places.filter(level=Level.BUILDING).values_list("code", "parent", "name"):
        _add_part(found, code, parent, name)
        if key := house_key(name):
            found.houses.setdefault(key, []).append(code)
    for code, parent, name in places.filter(level=Level.DOORWAY).values_list("code", "parent", "name"):
        _add_part(found, code, parent, name)
        if (number := stair_key(name)) is not None:
            found.doors[parent, number] = code
        elif key := door_key(name):
            found.named_doors[parent, key] = code


def _add_part(found: Index, code: str, parent: str, name: str) -> None:
    found.parts.setdefault(parent, []).append(code)
    found.called.setdefault((parent, half_width(name)), code)


def _add_plates(found: Index, day: date) -> None:
    """Street and number as the map's buildings have them."""
    rows = standing_in(Footprint, None, day).exclude(address="").exclude(place="")
    for address, place in rows.values_list("address", "place"):
        known = found.plates.setdefault(half_width(address).removesuffix("号") + "号", [])
        if place not in known:
            known.append(place)


def _with_neighbours(found: Index) -> Index:
    """For misprints: two spellings that differ in one character are the same without it."""
    for said, named in found.names.items():
        if len(said) >= 3 and any(each.level in (Level.COMMUNITY, Level.COMPOUND) and each.how != "short" for each in named):
            for less in without_one(said):
                found.near.setdefault(less, []).append(said)
    return found


def without_one(said: str) -> Iterable[str]:
    """The text without one of its characters, and the text itself: for one that is missing."""
    return dict.fromkeys((said, *(said[:n] + said[n + 1 :] for n in range(len(said)))))
