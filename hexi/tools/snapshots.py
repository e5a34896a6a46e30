"""What is committed so that a change of it is a decision: the API document, the spec of every page, statements per address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Room, Scenario

API = Path("openapi.json")
HOUSE = Path(__file__).resolve().parents[2]


def snapshots() -> Iterator[tuple[Path, str]]:
    """Every snapshot: its path from the root, and what it should hold now. A scenario's lie in its own folder."""
    yield API, _written(_api())
    for room in catalogue.rooms.values():
        for page in room.pages:
            yield _folder(room) / "snapshots" / f"{page.id}.json", _written(page.model_dump(mode="json", by_alias=True, exclude_none=True))


def _api() -> Any:
    from hexi.site.http import api
    from hexi.site.urls import urlpatterns

    assert urlpatterns  # the routers are mounted where the addresses are declared
    return api.get_openapi_schema()


def _folder(room: Room) -> Path:
    if room.key == "site":
        return Path("hexi/site")
    floors = ("scenarios",) if isinstance(room, Scenario) else ("core", "modules")
    return next(folder for floor in floors if (HOUSE / (folder := Path("hexi") / floor / room.key)).is_dir())


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
