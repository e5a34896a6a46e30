"""What panels, pickers and maps read of the place tree."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from hexi.core.space import layers
from hexi.core.space.contracts import LEVEL_LABELS, Box, PlaceRecord
from hexi.core.space.places import child_counts, children_of, names, path_of, roots
from hexi.core.space.search import find_places
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.screen import Envelope

ORIGIN = t("地点库", "place register")
LEVELS = {level.value: label.as_dict() for level, label in LEVEL_LABELS.items()}
FOUND_AT_MOST = 30
LONGEST_CODE = 40

Params = Mapping[str, str]
LayerFunction = Callable[[Sequence[str] | None, float | None, Box | None, Params], dict[str, Any]]


def places(_: Viewer, params: Params) -> Envelope:
    """The places in `parent` (the districts without it), or those that `q` finds. The place tree is open to everybody."""
    text = params.get("q", "").strip()
    found = [each.place for each in find_places(text, limit=FOUND_AT_MOST)] if text else children_of(asked_code(params, "parent"))
    return _envelope(found)


def scope(_: Viewer, params: Params) -> Envelope:
    """The way from the district down to `place`; only the district without one."""
    code = asked_code(params)
    return _envelope(path_of(code) if code else roots())


def _envelope(found: list[PlaceRecord]) -> Envelope:
    codes = [place.code for place in found]
    called, counts = names(codes), child_counts(codes)
    rows = [
        {
            "code": place.code, "name": called[place.code].as_dict(), "level": place.level.value, "parent": place.parent or None,
            "lon": place.lon, "lat": place.lat, "children": counts.get(place.code, 0), "generated": place.is_generated,
        }
        for place in found
    ]  # fmt: skip
    quality = "generated" if any(place.is_generated for place in found) else "live"
    as_of = datetime.now(UTC).isoformat(timespec="seconds")
    return Envelope.model_validate({"rows": rows, "as_of": as_of, "quality": quality, "origin": ORIGIN, "dict": {"level": LEVELS}})


def layer_function(name: str) -> LayerFunction:
    """The layer as `(viewer_places, zoom, box, params)`; `params["place"]` narrows it to that place and what lies in or round it."""

    def read(viewer_places: Sequence[str] | None, zoom: float | None, box: Box | None, params: Params) -> dict[str, Any]:
        place = asked_code(params)
        within = viewer_places if not place else [place]
        found = layers.layer(name, zoom, box, within)
        if place and viewer_places is not None:
            found["features"] = [each for each in found["features"] if _is_open(each, viewer_places)]
        return found

    return read


def _is_open(feature: dict[str, Any], viewer_places: Sequence[str]) -> bool:
    code = feature["properties"].get("code", "")
    return any(code.startswith(place) or place.startswith(code) for place in viewer_places)


def layer_source(name: str) -> Callable[[Viewer, Params], dict[str, Any]]:
    """The layer for the catalogue: reads zoom and box from the request. Shapes of places are open: nothing in them is about a person."""
    of_layer = layer_function(name)

    def read(_: Viewer, params: Params) -> dict[str, Any]:
        return of_layer(None, asked_zoom(params), asked_box(params), params)

    return read


def asked_code(params: Params, name: str = "place") -> str:
    """The place that the request names, empty without one. Raises Invalid for what can be no code."""
    code = params.get(name, "")
    if code and not (code.isascii() and code.isdecimal() and len(code) <= LONGEST_CODE):
        words = t("地点代码只有数字，最多 {limit} 位", "A place code has digits only, {limit} at most")
        raise Invalid([Problem(name, words.filled(limit=LONGEST_CODE), value=code[:60])])
    return code


def asked_zoom(params: Params) -> float | None:
    """The request's zoom, None without one. Raises Invalid."""
    said = params.get("zoom", "")
    if not said:
        return None
    try:
        zoom = float(said)
    except ValueError:
        zoom = -1.0
    if not 0 <= zoom <= 24:
        raise Invalid([Problem("zoom", t("缩放级别应为0到24的数字", "The zoom is a number from 0 to 24"), value=said)])
    return zoom


def asked_box(params: Params) -> Box | None:
    """The request's box as west, south, east, north in degrees, None without one. Raises Invalid."""
    said = params.get("box", "")
    if not said:
        return None
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError:
        west = east = south = north = float("nan")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        words = t("范围应为“西,南,东,北”四个经纬度", "A box is four degrees: west,south,east,north")
        raise Invalid([Problem("box", words, value=said[:60])])
    return west, south, east, north
