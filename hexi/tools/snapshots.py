"""What is committed so that a change of it is a decision: the API document, the spec of every page, statements per address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Room, Scenario

API = Path("openapi.json")


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
    return Path("hexi") / ("scenarios" if isinstance(room, Scenario) else "modules") / room.key if room.key != "site" else Path("hexi/site")


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
