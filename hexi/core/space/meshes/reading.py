"""A tileset read whole: every tile, every file that it needs, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import orjson

from hexi.core.space.city.earth import Points
from hexi.core.space.meshes import faults as words
from hexi.core.space.meshes.contents import Content, Outside, contents_of, references
from hexi.core.space.meshes.faults import Faults
from hexi.core.space.meshes.files import TILESET, Files, referred
from hexi.core.space.meshes.volumes import corners_of, frame_of

VERSIONS = {"1.0", "1.1"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of content where it stands, and whether nothing finer takes its place."""

    name: str
    frame: Points
    is_finest: bool


@dataclass(slots=True)
class Reading:
    """What is in a tileset: names of all its files, corners of all bounding volumes (the root's first), tiles with content, faults."""

    files: Files
    faults: Faults = field(default_factory=Faults)
    names: dict[str, None] = field(default_factory=dict[str, None])
    corners: list[Points] = field(default_factory=list[Points])
    tiles: list[Tile] = field(default_factory=list[Tile])

    def read_tree(self) -> None:
        """All tilesets, without their contents. Raises Invalid for faults that leave nothing to go on with."""
        self.names[TILESET] = None
        self._tileset(TILESET, np.eye(4))
        if not self.tiles and not self.faults.any():
            self.faults.add(words.EMPTY, TILESET)
        if not self.corners:
            self.faults.refuse()

    def documents(self) -> Iterator[tuple[Tile, Content]]:
        """What is in the tiles, one by one: a district's meshes are larger than the memory."""
        for tile in self.tiles:
            yield from ((tile, content) for content in self._content(tile.name))

    def _tileset(self, name: str, frame: Points) -> None:
        said = self._json(name)
        if said is None:
            return
        version = str(said["asset"].get("version"))
        if version not in VERSIONS:
            self.faults.add(words.NO_VERSION, name, version)
        root = said.get("root")
        if isinstance(root, dict):
            self._tree(cast("dict[str, Any]", root), name, frame)
        else:
            self.faults.add(words.NO_VOLUME, name)

    def _json(self, name: str) -> dict[str, Any] | None:
        try:
            found: Any = orjson.loads(self.files.read(name))
        except ValueError:
            found = None
        said = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        if not isinstance(said.get("asset"), dict):
            self.faults.add(words.NO_JSON, name)
            return None
        return said

    def _tree(self, root: dict[str, Any], name: str, above: Points) -> None:
        waiting = [(root, above)]
        while waiting:
            tile, above = waiting.pop()
            frame = frame_of(tile, above)
            corners = None if frame is None else corners_of(tile.get("boundingVolume") or {}, frame)
            if frame is None or corners is None or "implicitTiling" in tile:
                self.faults.add(words.IMPLICIT if "implicitTiling" in tile else words.NO_VOLUME, name)
                continue
            self.corners.append(corners)
            children: list[dict[str, Any]] = tile.get("children") or []
            waiting += [(child, frame) for child in reversed(children)]
            for said in _contents(tile):
                self._note(str(said.get("uri") or said.get("url") or ""), name, frame, is_finest=not children)

    def _note(self, uri: str, base: str, frame: Points, *, is_finest: bool) -> None:
        name, is_new = self._known(uri, base)
        if name and not name.lower().endswith(".json"):
            self.tiles.append(Tile(name, frame, is_finest))
        elif name and is_new:  # a tileset in itself would never end
            self._tileset(name, frame)

    def _known(self, uri: str, base: str) -> tuple[str, bool]:
        """The name of the file and whether it is met for the first time; an empty name for what is not there, which is a fault."""
        name = referred(uri, base)
        if name is None:
            self.faults.add(words.OUTSIDE, base, uri)
        elif not self.files.has(name):
            self.faults.add(words.MISSING, base, uri)
        else:
            is_new = name not in self.names
            self.names[name] = None
            return name, is_new
        return "", False

    def _content(self, name: str) -> Iterator[Content]:
        for part in contents_of(self.files.read(name), name, self.faults):
            if isinstance(part, Outside):
                inner, is_new = self._known(part.uri, name)
                yield from self._content(inner) if is_new else ()
                continue
            for uri in references(part):
                self._known(uri, name)
            yield part


def _contents(tile: dict[str, Any]) -> list[dict[str, Any]]:
    """One, or several in the form of 1.1."""
    several: list[dict[str, Any] | None] = [tile.get("content"), *(tile.get("contents") or [])]
    return [each for each in several if each]
