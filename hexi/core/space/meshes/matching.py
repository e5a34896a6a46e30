"""Sets of meshes that are kept, over a map that has changed: each shows other houses then, or the same ones under other codes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import orjson

from hexi.core.space.datum import metres_per_degree
from hexi.core.space.meshes.files import Files
from hexi.core.space.meshes.houses import Houses
from hexi.core.space.meshes.keeping import INSIDE, about_sets
from hexi.core.space.meshes.placing import Footing
from hexi.core.space.meshes.reading import Reading


@dataclass(frozen=True, slots=True)
class Matched:
    """The houses that a set shows now, by their codes, and the change list: which are new in it and which are in it no more."""

    mark: str
    houses: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


class _Packed(Files):
    """The files of a kept set: each was checked and packed when the set came in."""

    def has(self, name: str) -> bool:
        return self._at(f"{name}.gz").is_file()

    def open(self, name: str) -> IO[bytes]:
        return cast("IO[bytes]", gzip.open(cast("Path", self._at(f"{name}.gz"))))


def match_meshes() -> Iterator[Matched]:
    """Find again what each kept set shows, where the houses in its box are others than before: of these only the tiles are read.

    Each is matched when it is asked for. Raises Invalid for a kept file that cannot be read any more.
    """
    found = (_matched(path) for path in about_sets())
    return (each for each in found if each is not None)


def _matched(path: Path) -> Matched | None:
    about: dict[str, Any] = orjson.loads(path.read_bytes())
    reading = Reading(_Packed(path.parent / INSIDE))
    reading.read_tree()
    houses = Houses(reading.corners[0], _footing(about))
    if houses.ground == about.get("ground"):
        return None
    shown, before = houses.look(reading), set(about["houses"])
    reading.faults.refuse()
    _write(path, {**about, "houses": shown, "ground": houses.ground})
    return Matched(about["mark"], shown, tuple(sorted(set(shown) - before)), tuple(sorted(before - set(shown))))


def _footing(about: dict[str, Any]) -> Footing:
    """As it was when the set came in: the box is in WGS-84, and what was added in degrees is kept in metres."""
    east_m, north_m = metres_per_degree(about["box"][1])
    return Footing(about["east_m"] / east_m, about["north_m"] / north_m, about["ground_m"])


def _write(path: Path, about: dict[str, Any]) -> None:
    fresh = path.with_suffix(".fresh")
    fresh.write_bytes(orjson.dumps(about))
    fresh.replace(path)  # a map may be drawn from it at this moment
