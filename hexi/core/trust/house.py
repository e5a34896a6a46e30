"""What the session answer tells about the house, which rooms above this one know: the site furnishes it at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest

from hexi.core.trust.contracts import District
from hexi.kernel.label import Label, t


def _stream_url(request: HttpRequest) -> str:
    """The configured address, else the stream's own port on the host that was asked."""
    if settings.STREAM_URL:
        return str(settings.STREAM_URL)
    host = request.get_host()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return f"{request.scheme}://{name}:{settings.STREAM_PORT}/api/stream"


def home() -> District:
    """The district: as the place tree draws it, else as its data folder names it (without a middle then)."""
    return house.district() or _read(settings.DISTRICT / "places.yaml")


@cache
def _read(file: Path) -> District:
    said: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["district"]
    return District(t(said["name"]["zh"], said["name"]["en"]), str(said["code"]), (0.0, 0.0))


def _no_names(_codes: Iterable[str]) -> Mapping[str, str]:
    return {}


@dataclass
class House:
    """`place_names` says the names of place codes (codes that it does not know may be missing); `district` may know nothing yet."""

    district: Callable[[], District | None] = lambda: None
    place_names: Callable[[Iterable[str]], Mapping[str, str | Label]] = _no_names
    stream_url: Callable[[HttpRequest], str] = _stream_url


house = House()


def furnish(**parts: Callable[..., Any]) -> None:
    """Put in what the rooms above know: `furnish(place_names=space.names, district=space.district)`. For the site's start only."""
    for name, part in parts.items():
        if name not in vars(house):
            raise TypeError(f"The house has no {name!r}; known: {sorted(vars(house))}.")
        setattr(house, name, part)
