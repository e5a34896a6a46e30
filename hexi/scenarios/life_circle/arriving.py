"""Outlets from a list: the sender says in which system its coordinates are; without an answer nothing is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hexi.kit import Answers, Arrival, Arriving, Invalid, Question, datum_question, in_wgs84, opening_hours, smallest_places, t
from hexi.scenarios.life_circle.codes import fresh_codes

FIELDS = (
    "name", "kind", "place", "address", "lon", "lat", "opening_hours", "brand", "chain", "wheelchair", "closed_on", "note"
)  # fmt: skip
UNREADABLE = t(
    "营业时间写法无法理解；请写成 周一至周五 8:00-18:00; 周六、周日 9:00-17:00，或 24小时，不知道就留空",
    "These opening hours cannot be read; write them like Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00 or 24/7, or leave them empty",
)
OUTSIDE = t("坐标不在任何已知地点内，地点留空", "The point lies in no known place; the place stays empty")


def asked_of(mapped: frozenset[str], _: Answers) -> tuple[Question, ...]:
    """The system of the points, where there are any."""
    return datum_question(mapped)


def settle(rows: Sequence[Arriving], answers: Answers) -> None:
    """Convert the points to WGS-84, find places for those that name none, give codes."""
    homeless = [row for row in in_wgs84(rows, answers) if not row.values.get("place")]
    found = smallest_places([(float(row.values["lon"]), float(row.values["lat"])) for row in homeless])
    for row, place in zip(homeless, found, strict=True):
        row.values["place"] = place
        if not place:
            row.remarks.append(("lon", OUTSIDE))
    for row in rows:
        row.values["source"] = "list"
        _check_hours(row)


def _check_hours(row: Arriving) -> None:
    """Hours that nobody can read say of no moment whether the outlet is open: they are mended in the list, not carried along."""
    try:
        if said := row.values.get("opening_hours"):
            opening_hours(said)
    except Invalid:
        row.faults.append(("opening_hours", UNREADABLE))


def with_codes(rows: Sequence[Any]) -> Sequence[Any]:
    """Codes just before they are written; nothing comes beside them."""
    for row, code in zip(rows, fresh_codes(len(rows)), strict=True):
        row.code = code
    return ()


ARRIVAL = Arrival(
    fields=FIELDS, settle=settle, sets=("lon", "lat", "place", "source"), required=("name", "kind"), asks=asked_of, beside=with_codes,
    rounded=frozenset({"lon", "lat"}), lenient=frozenset({"place"}),
)  # fmt: skip
