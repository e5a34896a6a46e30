"""Points of a list: the sender says in which system they are, they are kept in WGS-84. Nobody guesses: half a kilometre lies between."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hexi.core.space.api import DATUM_LABELS, Datum, convert
from hexi.kernel.arrival import Answers, Arriving, Question
from hexi.kernel.label import t

DATUM = "datum"
POINT = frozenset({"lon", "lat"})
HALF = t("经度、纬度须同时填写", "Longitude and latitude go together")


def datum_question(mapped: frozenset[str]) -> tuple[Question, ...]:
    """In which system the points are, where the list has any."""
    if not mapped & POINT:
        return ()
    options = tuple((datum.value, label) for datum, label in DATUM_LABELS.items())
    return (Question(DATUM, t("坐标系是哪一种？", "In which system are the coordinates?"), options),)


def in_wgs84(rows: Sequence[Arriving], answers: Answers) -> list[Arriving]:
    """Those of the rows that have a point, now in WGS-84; half a point is a fault of its row."""
    with_point = [row for row in rows if _has_point(row)]
    for row in with_point:
        _convert(row.values, Datum(answers.get(DATUM, "")))
    return with_point


def _has_point(row: Arriving) -> bool:
    here = [row.values.get(name) is not None for name in ("lon", "lat")]
    if any(here) and not all(here):
        row.faults.append(("lon", HALF))
    return all(here)


def _convert(values: dict[str, Any], datum: Datum) -> None:
    lon, lat = convert(float(values["lon"]), float(values["lat"]), datum, Datum.WGS84)
    values["lon"], values["lat"] = Decimal(f"{lon:.7f}"), Decimal(f"{lat:.7f}")
