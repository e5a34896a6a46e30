import numpy as np
import pytest
import shapely

from hexi.core.space.contracts import WIDTHS, Level
from hexi.core.space.facts import Facts
from hexi.core.space.generator.district import Drawn, Table, draw
from hexi.core.space.generator.partition import partition
from hexi.core.space.generator.sheet import in_metres
from hexi.core.space.generator.skeleton import skeleton

Tables = dict[str, Table]


def test_the_district_has_the_size_that_is_known_of_it(tables: Tables) -> None:
    assert 38e6 < tables["district"].areas_m2[0] < 41e6
    assert [len(tables[level].codes) for level in ("street", "community", "grid")] == [14, 150, 1500]
    assert 1100 <= len(tables["compound"].codes) <= 1400
    assert 7500 <= len(tables["building"].codes) <= 10_000
    assert 22_000 <= len(tables["doorway"].codes) <= 34_000


@pytest.mark.parametrize("level", ["street", "community", "grid"])
def test_each_level_parts_the_district_without_gap_or_overlap(tables: Tables, level: str) -> None:
    shapes = tables[level].shapes
    assert shapes is not None
    assert shapely.coverage_is_valid(shapes)
    whole = tables["district"].shapes
    assert whole is not None
    assert shapely.equals_exact(shapely.coverage_union_all(shapes).normalize(), whole[0].normalize(), 0)
    assert shapely.area(in_metres(shapes)).sum() == pytest.approx(shapely.area(in_metres(whole))[0], rel=1e-9)


@pytest.mark.parametrize("part,whole", [("community", "street"), ("grid", "community")])
def test_parts_make_up_their_own_whole(tables: Tables, part: str, whole: str) -> None:
    parts, wholes = tables[part], tables[whole]
    assert parts.shapes is not None
    assert wholes.shapes is not None
    owner = np.array([code[: WIDTHS[Level(whole)]] for code in parts.codes])
    for code, shape in list(zip(wholes.codes, wholes.shapes, strict=True))[::7]:
        merged = shapely.coverage_union_all(parts.shapes[owner == code])
        assert shapely.equals_exact(merged.normalize(), shape.normalize(), 0)


def test_every_whole_is_one_piece(tables: Tables) -> None:
    for level in ("district", "street", "community", "grid", "compound", "building"):
        shapes = tables[level].shapes
        assert shapes is not None
        assert set(shapely.get_type_id(shapes)) == {3}
        assert shapely.is_valid(shapes).all()


def test_buildings_stand_in_their_own_grid_and_compound_and_never_in_each_other(tables: Tables) -> None:
    buildings = tables["building"].shapes
    assert buildings is not None
    for level in ("grid", "compound"):
        table = tables[level]
        assert table.shapes is not None
        of_code = dict(zip(table.codes, table.shapes, strict=True))
        around = np.array([of_code[code[: WIDTHS[Level(level)]]] for code in tables["building"].codes], dtype=object)
        assert shapely.contains(around, buildings).all()
    one, other = shapely.STRtree(buildings).query(buildings, predicate="intersects")
    assert (one == other).all()


def test_buildings_keep_off_water_and_roads(tables: Tables, drawn: Drawn) -> None:
    buildings = tables["building"].shapes
    assert buildings is not None
    closed = [each.shape for each in drawn.ground if each.kind == "water" or (each.kind == "road" and each.rank != "beyond")]
    assert not len(shapely.STRtree(closed).query(buildings, predicate="intersects")[0])


def test_doors_are_in_their_building(tables: Tables) -> None:
    buildings = tables["building"]
    assert buildings.shapes is not None
    of_code = dict(zip(buildings.codes, buildings.shapes, strict=True))
    around = np.array([of_code[code[:20]] for code in tables["doorway"].codes], dtype=object)
    assert shapely.contains(around, shapely.points(tables["doorway"].points)).all()


def test_codes_are_unique_and_nest(tables: Tables) -> None:
    for level, above in zip(list(Level)[1:], list(Level)[:-1], strict=True):
        codes = tables[level].codes
        assert len(set(codes)) == len(codes)
        assert {len(code) for code in codes} == {WIDTHS[level]}
        assert {code[: WIDTHS[above]] for code in codes} <= set(tables[above].codes)


def test_real_names_are_facts_and_invented_ones_say_so(tables: Tables, facts: Facts) -> None:
    real = {each.code: each.name for each in facts.communities}
    for code, (name, _), is_fact in zip(tables["community"].codes, tables["community"].names, tables["community"].are_facts, strict=True):
        assert (name == real[code]) if is_fact else ("示例" in name and code not in real)
    assert all(name.startswith("示例") for name, _ in tables["compound"].names)
    assert all("sample" in name_en.lower() for _, name_en in tables["compound"].names)
    assert len({name for name, _ in tables["compound"].names}) == len(tables["compound"].names)


def test_homes_are_about_as_many_as_such_a_district_has(tables: Tables) -> None:
    assert 250_000 < sum(tables["doorway"].homes) < 450_000


@pytest.mark.slow
def test_the_same_seed_draws_the_same_district(drawn: Drawn, facts: Facts) -> None:
    again = draw(facts)
    for one, other in zip(drawn.tables, again.tables, strict=True):
        assert one.codes == other.codes
        assert one.names == other.names
        assert np.array_equal(one.points, other.points)
        assert one.shapes is None or list(shapely.to_wkb(one.shapes)) == list(shapely.to_wkb(other.shapes))
    assert [shapely.to_wkb(each.shape) for each in drawn.ground] == [shapely.to_wkb(each.shape) for each in again.ground]


@pytest.mark.slow
def test_another_seed_cuts_another_district_as_exactly(tables: Tables) -> None:
    other = partition(skeleton(), np.random.default_rng(2)).grids
    shapes = tables["grid"].shapes
    assert shapes is not None
    assert set(shapely.to_wkb(shapes)).isdisjoint(shapely.to_wkb(other))
    assert shapely.coverage_is_valid(other)
    assert len(other) == len(shapes)
