"""Other cases beside one: like ones nearby, or those that a number or some words find, to read, to merge into or to relate to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hexi.core.data.api import Query, asked, describe, plain, title_of, tuned_context
from hexi.core.space.api import names
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.cases.alike import reasons_of
from hexi.modules.cases.duplicates import Similar, matter_of, ranked, rows_of
from hexi.modules.cases.models import Case
from hexi.modules.cases.near import near_weights
from hexi.modules.cases.words import kind_label, state_words

Row = dict[str, Any]
LIKE_IT, FOUND, LOOKED_AT, NEAR_DEG = 5, 20, 200, 0.004
"""Ours: at most so many, of the newest; like ones from about 400 m around."""
ENDED = ("closed", "cancelled")


def similar_cases(viewer: Viewer, case: Case) -> list[Row]:
    """Of its kind and nearby, the likest first; without a point, in the same place. Closed ones count too: they tell how it went."""
    return _told(viewer, case, _near(case, _others(viewer, case, Query(where=(f"kind:eq:{case.kind}",)))), LIKE_IT)


def other_cases(viewer: Viewer, case: Case, words: str, *, to_merge: bool = False) -> list[Row]:
    """What `words` find among all that the viewer may read, else like ones nearby. `to_merge` leaves those that this one can go into."""
    found = _others(viewer, case, Query(q=words.strip(), where=(f"kind:eq:{case.kind}",) if to_merge or not words.strip() else ()))
    if to_merge:
        found = found.filter(master=None).exclude(phase__in=ENDED)
    return _told(viewer, case, found if words.strip() else _near(case, found), FOUND)


def numbered(field: str, number: str) -> Case:
    """The case of this number, locked for a change of both. Raises Invalid, which names the field."""
    found = Case.objects.select_for_update().filter(number=number.strip().upper()).first()
    if found is None:
        raise Invalid([Problem(field, t("没有这个编号的案件", "There is no case with this number"), value=number[:24])])
    return found


def _others(viewer: Viewer, case: Case, query: Query) -> QuerySet[Case]:
    return asked(viewer, describe(Case), query).exclude(pk=case.pk)


def _near(case: Case, found: QuerySet[Case]) -> QuerySet[Case]:
    if case.lon is None or case.lat is None:
        return found.filter(place=case.place) if case.place else found.none()
    lon, lat = float(case.lon), float(case.lat)
    return found.filter(lon__range=(lon - NEAR_DEG, lon + NEAR_DEG), lat__range=(lat - NEAR_DEG, lat + NEAR_DEG))


def _told(viewer: Viewer, case: Case, found: QuerySet[Case], most: int) -> list[Row]:
    likest = ranked(matter_of(case), rows_of(found, case, LOOKED_AT), near_weights(tuned_context()))[:most]
    called = names({one.row["place"] for one in likest})
    return [_row(viewer, one) | {"place": called[one.row["place"]].as_dict() if one.row["place"] in called else None} for one in likest]


def _row(viewer: Viewer, one: Similar) -> Row:
    row, away, kind = one.row, one.distance_m, kind_label(one.row["kind"])
    return {
        "id": row["id"], "number": row["number"], "title": title_of(describe(Case), row, viewer.language),
        "kind": kind.as_dict() if kind else None, "state": state_words(row["kind"], row["state"]).as_dict(), "phase": row["phase"],
        "opened_at": plain(row["opened_at"]), "age_days": max(0, (timezone.now() - row["opened_at"]).days), "supporters": row["supporters"],
        "distance_m": None if away is None else round(away), "score": round(one.score, 3), "reasons": reasons_of(one),
    }  # fmt: skip
