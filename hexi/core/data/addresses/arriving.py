"""An address list on its way in: every line is read against the place tree, then its door is made, renewed or found as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hexi.core.data.addresses.ending import end_missing
from hexi.core.data.addresses.models import AddressLine
from hexi.core.data.addresses.undoing import take_back
from hexi.core.data.imports.datums import datum_question, in_wgs84
from hexi.core.space.api import DoorWish, ListedDoor, add_alias, keep_doors, lying_of
from hexi.core.trust.api import PLATFORM
from hexi.kernel.arrival import Answers, Arrival, Arriving, Question
from hexi.kernel.label import t

MISSING, SCOPE = "missing", "scope"
MAKE = (
    ("refuse", t("列为问题，先核对", "list them as faults, to be checked")), ("make", t("建立小区和楼栋", "make compounds and buildings")),
)  # fmt: skip
SCOPES = (
    ("part", t("只是补充：没有列出的楼门不动", "an addition: doors that it does not name stay")),
    ("houses", t("所列楼栋的全部楼门：其余的撤销", "all doors of the buildings that it names: others end")),
    ("compounds", t("所列小区的全部楼门：其余的撤销", "all doors of the compounds that it names: others end")),
)  # fmt: skip
WRITTEN = ("street", "community", "compound", "house", "stair", "room", "address")
WOULD_MAKE = t("地点库里没有，将新建：{names}", "The place tree has not got it; it will be made: {names}")
SEPARATORS = str.maketrans({"，": "、", ",": "、", ";": "、", "；": "、", "/": "、"})


def asked_of(mapped: frozenset[str], _: Answers) -> tuple[Question, ...]:
    """The system of the points, what to do with what the tree has not, and whether the list is whole."""
    return (
        *datum_question(mapped),
        Question(MISSING, t("名册里有而地点库没有的小区、楼栋？", "Compounds and buildings that the place tree has not?"), MAKE),
        Question(SCOPE, t("这份名册包括哪些楼门？", "Which doors does this list hold?"), SCOPES),
    )


def settle(rows: Sequence[Arriving], answers: Answers) -> None:
    """Find the door of each line, or what has to be made, or why it stays out."""
    in_wgs84(rows, answers)
    lines = [_listed(row.values) for row in rows]
    for row, line, found in zip(rows, lines, lying_of(lines, may_make=answers.get(MISSING) == "make"), strict=True):
        row.faults += found.faults
        row.values |= {"place": found.at, "room": found.room[:20], "plan": {"missing": list(found.missing)}}
        row.values["mark"] = "|".join((found.at, *found.missing, found.room))[:200]
        if len(found.missing) > 1:
            names = "、".join(name for name in found.missing if name)
            row.remarks.append(("compound" if line.compound else "address", WOULD_MAKE.filled(names=names)))


def _listed(values: dict[str, Any]) -> ListedDoor:
    return ListedDoor(**{name: values.get(name) or "" for name in WRITTEN}, point=_point(values.get("lon"), values.get("lat")))


def _point(lon: Any, lat: Any) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (float(lon), float(lat))


def with_doors(rows: Sequence[AddressLine]) -> Sequence[Any]:
    """The doors of these lines, just before the lines are written; nothing else comes beside them."""
    wishes = [DoorWish(row.place, tuple(row.plan["missing"]), _point(row.lon, row.lat), row.since) for row in rows]
    for row, kept in zip(rows, keep_doors(wishes, why_of(row_import(rows))), strict=True):
        row.place, row.change, row.edition = kept.code, kept.change.value, row_import(rows)
        row.plan = {"before": kept.before, "made": list(kept.made)}
    _name_compounds(rows)
    return ()


def row_import(rows: Sequence[AddressLine]) -> int:
    """The import that these lines belong to."""
    return rows[0].import_id or 0


def why_of(number: int) -> str:
    """How the history of a place says where its change comes from."""
    return f"地址名册导入 {number}"


def _name_compounds(rows: Sequence[AddressLine]) -> None:
    """Other names of compounds; the line that brought one in says so, to take it back with it."""
    told: set[tuple[str, str]] = set()
    for row in rows:
        for name in filter(None, map(str.strip, row.alias.translate(SEPARATORS).split("、"))):
            compound = row.place[:17]
            if (compound, name) not in told and add_alias(PLATFORM, compound, name, kind="common", source=why_of(row.edition)):
                row.plan.setdefault("aliases", []).append([compound, name])
            told.add((compound, name))


ARRIVAL = Arrival(
    fields=(*WRITTEN, "alias", "ref", "homes", "lon", "lat", "since"), settle=settle, sets=("lon", "lat", "room", "place", "mark", "plan"),
    asks=asked_of, beside=with_doors, rounded=frozenset({"lon", "lat"}), once=("mark",), after=end_missing, undoing=take_back,
)  # fmt: skip
