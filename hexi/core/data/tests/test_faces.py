"""The contract of conditions: every face selects the same rows. A further engine joins by one line in FACES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.core.data.columnar import to_where
from hexi.core.data.sql import simplified, to_q
from hexi.core.data.tests.drawing import CONTEXTS, conditions, fill, team_conditions
from hexi.core.data.tests.parquet import columns_of_things, written_to_parquet
from hexi.core.data.tests.samples.models import Thing
from hexi.kernel.condition import Cond
from hexi.kernel.context import Context
from hexi.kernel.moving import moved

Face = Callable[[Cond, Context], set[int]]


def by_sql(cond: Cond, context: Context) -> set[int]:
    found = list(Thing.objects.filter(to_q(cond, context)).values_list("pk", flat=True))
    assert len(found) == len(set(found)), "a row was selected twice"
    return set(found)


def by_parquet(cond: Cond, context: Context) -> set[int]:
    where = to_where(cond, context)
    found = columns_of_things().execute(f"SELECT id FROM things WHERE {where.sql}", list(where.texts)).fetchall()
    return {number for (number,) in found}


FACES: dict[str, Face] = {"sql": by_sql, "columnar": by_parquet}
STEADY = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(params=(1, 2))
def rows(request: pytest.FixtureRequest, db: None, tmp_path: Path) -> Iterator[list[Thing]]:
    fill(seed=request.param, rows=70)
    things = list(Thing.objects.select_related("team", "first_team"))
    with written_to_parquet(things, tmp_path / "things.parquet"):
        yield things


@pytest.mark.parametrize("face", FACES)
@settings(STEADY, max_examples=400)
@given(cond=conditions, context=st.sampled_from(CONTEXTS))
def test_every_face_selects_the_rows_for_which_the_condition_holds(rows: list[Thing], face: str, cond: Cond, context: Context) -> None:
    expected = {row.pk for row in rows if cond.holds(row, context)}
    assert FACES[face](cond, context) == expected


@pytest.mark.parametrize("face", FACES)
@settings(STEADY, max_examples=80)
@given(cond=conditions, context=st.sampled_from(CONTEXTS))
def test_a_condition_and_its_negation_share_the_rows_out(rows: list[Thing], face: str, cond: Cond, context: Context) -> None:
    with_it, without = FACES[face](cond, context), FACES[face](~cond, context)
    assert with_it | without == {row.pk for row in rows}
    assert not with_it & without


@settings(STEADY, max_examples=100)
@given(cond=conditions, context=st.sampled_from(CONTEXTS))
def test_simplifying_changes_nothing(rows: list[Thing], cond: Cond, context: Context) -> None:
    plain = simplified(cond)
    assert [cond.holds(row, context) for row in rows] == [plain.holds(row, context) for row in rows]


@settings(STEADY, max_examples=200)
@given(cond=conditions)
def test_every_condition_can_be_said_in_both_languages(cond: Cond) -> None:
    assert cond.words("zh").strip()
    assert cond.words("en").strip()


def test_a_mapping_is_as_good_a_row_as_a_record(rows: list[Thing]) -> None:
    context = CONTEXTS[0]
    cond = Thing.home.within("120103001") & (Thing.count >= 1) & ~Thing.note.missing()
    plain = [dict(row.__dict__) for row in rows]
    assert [cond.holds(row, context) for row in rows] == [cond.holds(row, context) for row in plain]


@settings(STEADY, max_examples=150)
@given(cond=team_conditions, context=st.sampled_from(CONTEXTS))
def test_a_condition_moved_behind_a_reference_holds_where_it_holds_there(rows: list[Thing], cond: Cond, context: Context) -> None:
    there = moved(cond, Thing.team)
    pointing = [row for row in rows if row.team is not None]
    assert [there.holds(row, context) for row in pointing] == [cond.holds(row.team, context) for row in pointing]
    for face in FACES.values():
        assert face(there, context) == {row.pk for row in rows if there.holds(row, context)}
