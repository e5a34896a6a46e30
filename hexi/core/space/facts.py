"""What the district's fact files say of places: its name, its streets, known communities, and how print misspells them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place whose code and name are facts."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PrintedName:
    """Another name under which a place stands in print; `kind` is misprint or common, `source` keeps the sentence."""

    code: str
    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    district: NamedPlace
    streets: tuple[NamedPlace, ...]
    communities: tuple[NamedPlace, ...]
    printed: tuple[PrintedName, ...]


def district_facts(folder: Path) -> Facts:
    """The facts in `places.yaml` of a district's folder. Raises FileNotFoundError without it."""
    said = _read(folder / "places.yaml")
    streets = tuple(_named(each) for each in said["streets"])
    named = said.get("named_places", [])
    known = [each for each in named if each.get("community") and each["kind"] == "community" and each["certainty"] != "open"]
    communities = {each["community"]: _community(each) for each in known}
    return Facts(_named(said["district"]), streets, tuple(communities.values()), tuple(_printed(named)))


def _read(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _named(entry: dict[str, Any]) -> NamedPlace:
    return NamedPlace(entry["code"], entry["name"]["zh"], entry["name"]["en"])


def _community(entry: dict[str, Any]) -> NamedPlace:
    # No source gives English names, and a guessed romanisation would be no fact: the Chinese name stands in both languages.
    return NamedPlace(entry["community"], entry["name"], entry.get("name_en") or entry["name"])


def _printed(entries: list[dict[str, Any]]) -> list[PrintedName]:
    """Only names whose place is known; an open guess is no alias."""
    found: list[PrintedName] = []
    for entry in entries:
        code = entry.get("community")
        if not code or entry["certainty"] == "open":
            continue
        for alias in entry["aliases"]:
            if alias["text"] != entry["name"]:
                kind = "misprint" if alias["misprint"] else "common"
                found.append(PrintedName(code, alias["text"], kind, f"{alias['source']}: {alias['sentence']}"))
    return found
