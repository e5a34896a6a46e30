"""One predicate behind every road: whoever asks, list, detail, count, facets and export speak of the same rows."""

from __future__ import annotations

import csv
import io
import random
from typing import Any

import pytest
from pyarrow.parquet import read_table

from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, DISTRICT, GRID, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Thing

URL = "/api/records/samples.thing"
ROLES = ("data_steward", "community_worker", "grid_worker", "street_staff", "department_staff", "auditor", "administrator", "leader")
AREAS = ("", DISTRICT, STREET, OTHER_STREET, COMMUNITY, GRID, COMPOUND, "12010300", "120104")


@pytest.fixture
def many(thing: Any, team: Any) -> list[int]:
    rng = random.Random(7)
    teams = [team(rank=n).pk for n in range(5)]
    return [
        thing(
            home=rng.choice(AREAS[1:]),
            stage=rng.choice(("draft", "shown", "ended")),
            owner=rng.choice(("", "housing", "civil")),
            team_id=rng.choice((None, *teams)),
        ).pk
        for _ in range(40)
    ]


@pytest.mark.parametrize("seed", range(16))
def test_list_detail_count_facets_and_export_agree_for_any_viewer(person: Any, many: list[int], seed: int) -> None:
    rng = random.Random(seed)
    posts = [(rng.choice(ROLES), rng.choice(AREAS), rng.choice(("", "housing", "civil"))) for _ in range(seed % 4)]
    viewer = person(*posts)
    where = rng.choice(([], ["stage:in:shown,ended"], [f"home:within:{STREET}"], ["team:missing:false"]))
    listed, after = [], ""
    while after is not None:
        body = viewer.get(URL, where=where, limit=7, after=after).json()
        listed += [row["id"] for row in body["rows"]]
        after = body["next"]
    assert viewer.get(f"{URL}/count", where=where).json() == {"count": len(listed), "capped": False}
    assert sum(row["count"] for row in viewer.get(f"{URL}/facets", field="stage", where=where).json()["rows"]) == len(listed)
    if not where:
        assert {number for number in many if viewer.get(f"{URL}/{number}").status_code == 200} == set(listed)
        assert all(viewer.get(f"{URL}/{number}").status_code in (200, 404) for number in many)
    _check_export(viewer, where, listed)


def _check_export(viewer: Any, where: list[str], listed: list[int]) -> None:
    """The right to export is a right of its own: never more rows than the list."""
    answer = viewer.get(f"{URL}/export.csv", where=where, columns="code")
    if answer.status_code == 403:
        return
    codes = [line[0] for line in csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))][1:]
    file = viewer.get(f"{URL}/export.parquet", where=where, columns="code")
    assert [row["code"] for row in read_table(io.BytesIO(b"".join(file.streaming_content))).to_pylist()] == codes
    own = dict(Thing.objects.values_list("code", "pk"))
    exported = [own[code] for code in codes]
    assert set(exported) <= set(listed)
    if all(
        post.role in {"data_steward", "community_worker", "grid_worker", "public", "administrator", "leader"}
        for post in viewer.viewer.posts
    ):
        assert exported == listed
