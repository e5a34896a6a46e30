"""What map tags mean here, read from a data file: classes of ways, who may walk, kinds of gates and areas, heights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hexi.core.space.network.streets import StreetFlag

RULES = Path(__file__).with_name("rules.yaml")
Tags = Mapping[str, str]
FOOT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*'(?:\s*(\d+(?:\.\d+)?)\s*\")?\s*$")
METRES = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(?:m|米)?\s*$")


@dataclass(frozen=True, slots=True)
class Area:
    """Kind and class of an area."""

    kind: str
    rank: str


@dataclass(frozen=True, slots=True)
class Height:
    """Metres and storeys of a building, and how the metres are known. `is_odd`: the map says a height that cannot be."""

    metres: float | None
    storeys: int | None
    source: str
    is_odd: bool = False


@cache
def rules() -> dict[str, Any]:
    """The data file, read once."""
    return yaml.safe_load(RULES.read_text(encoding="utf-8"))


def road_class(kind: str) -> str:
    """The class of the map of a way's kind, empty for a kind that is not drawn."""
    return rules()["ways"].get(kind, "")


def way_kind(tags: Tags) -> str:
    """The kind of a way by its tags, empty for what is no way of ours. What is being built is a way that nobody may use yet."""
    kind = tags.get("highway", "") or tags.get("railway", "")
    if kind in rules()["under_works"]:
        kind = tags.get(kind, "")
    return kind if kind in rules()["ways"] else ""


def may_walk(kind: str, tags: Tags) -> bool:
    """Is it for people on foot at all? Private ways are, for some: that is a flag."""
    if tags.get("foot") in rules()["foot_allowed"] and "railway" not in tags:
        return True
    return kind not in rules()["nobody_walks"] and tags.get("foot") not in rules()["foot_forbidden"]


def way_flags(kind: str, tags: Tags) -> StreetFlag:
    """What holds for the whole way."""
    said = rules()
    pairs = (
        (StreetFlag.STEPS, kind == "steps"),
        (StreetFlag.PRIVATE, is_private(tags)),
        (StreetFlag.CROSSING, tags.get("footway") == "crossing" or tags.get("path") == "crossing"),
        (StreetFlag.TRUNK, kind in said["without_pavement"] and tags.get("sidewalk") not in said["pavement"]),
        (StreetFlag.WORKS, tags.get("highway") in said["under_works"]),
        (StreetFlag.ROUGH, tags.get("surface") in said["rough_surfaces"] or tags.get("wheelchair") == "no"),
    )
    found = StreetFlag(0)
    for flag, holds in pairs:
        found |= flag if holds else StreetFlag(0)
    return found


def is_private(tags: Tags) -> bool:
    """Closed to the public: by its access, unless people on foot are let through by name."""
    foot = tags.get("foot")
    return foot == "private" or (tags.get("access") in rules()["private"] and foot not in rules()["foot_allowed"])


def gate_kind(tags: Tags) -> str:
    """The kind of a point on the walking network, empty for any other point."""
    return next((rule["kind"] for rule in rules()["gates"] if _fits(rule, tags)), "")


def is_shut(tags: Tags) -> bool:
    """Is nobody let through who has no key?"""
    return tags.get("locked") in rules()["shut"] or is_private(tags)


def area_of(tags: Tags) -> Area | None:
    """Water or green, or neither."""
    return next((Area(rule["kind"], rule["rank"]) for rule in rules()["areas"] if _fits(rule, tags)), None)


def _fits(rule: Mapping[str, Any], tags: Tags) -> bool:
    value = tags.get(rule["key"])
    return value is not None and value != "no" and (value in rule["values"] or "*" in rule["values"])


def is_building(tags: Tags) -> bool:
    return "building" in tags and tags["building"] not in rules()["buildings"]["not_buildings"]


def height_of(tags: Tags) -> Height:
    """Metres as measured, else storeys times the metres of a storey, else nothing: a height is never guessed."""
    said = rules()["buildings"]
    storeys = _storeys(tags.get("building:levels", ""))
    metres = _metres(tags.get("height", ""))
    if metres is not None and not 0 < metres <= said["tallest_m"]:
        return Height(None, storeys, "", is_odd=True)
    if metres is not None:
        return Height(metres, storeys, "measured")
    if storeys:
        return Height(round(storeys * said["metres_per_storey"], 1), storeys, "storeys")
    return Height(None, None, "", is_odd="height" in tags)


def _metres(said: str) -> float | None:
    if found := METRES.match(said):
        return float(found[1].replace(",", "."))
    if found := FOOT.match(said):
        return round(float(found[1]) * 0.3048 + float(found[2] or 0) * 0.0254, 2)
    return None


def _storeys(said: str) -> int | None:
    found = re.match(r"^\s*(\d{1,3})(?:\.\d+)?\s*$", said)
    return int(found[1]) if found and int(found[1]) else None
