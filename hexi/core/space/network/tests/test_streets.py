"""The record that an import fills: what it refuses, what it measures."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.core.space.datum import distance_m
from hexi.core.space.network.streets import StreetFlag, Streets, streets_of
from hexi.core.space.network.tests.grids import grid, streets
from hexi.kernel.errors import Invalid
from hexi.kernel.label import t

LON, LAT = [117.20, 117.21, 117.21], [39.08, 39.08, 39.09]


def two_edges() -> Streets:
    return streets_of(LON, LAT, [0, 1], [1, 2], flags=[0, StreetFlag.STEPS], way=[5, 6], names={5: t("友谊路", "Youyi Road")})


def test_lengths_are_those_on_the_ellipsoid() -> None:
    spots = list(zip(LON, LAT, strict=True))
    assert two_edges().metres == pytest.approx([distance_m(*spots[:2]), distance_m(*spots[1:])], rel=1e-7)


def test_degrees_survive_the_way_to_metres_and_back() -> None:
    ways = two_edges()
    lon, lat = ways.in_degrees(*ways.in_metres(LON, LAT))
    assert lon == pytest.approx(LON, abs=1e-9) and lat == pytest.approx(LAT, abs=1e-9)
    assert np.hypot(ways.x[0] - ways.x[1], ways.y[0] - ways.y[1]) == pytest.approx(ways.metres[0], rel=2e-4)


def test_edges_are_found_by_their_row_and_by_what_they_are() -> None:
    ways = two_edges()
    assert ways.edges_of(6).tolist() == [1] and ways.edges_of(5, 6).tolist() == [0, 1] and not len(ways.edges_of(7))
    assert ways.has(StreetFlag.STEPS | StreetFlag.TRUNK).tolist() == [False, True]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("v", {"v": [3, 1]}),
        ("u", {"u": [-1, 0]}),
        ("metres", {"metres": [1.0, float("nan")]}),
        ("metres", {"metres": [1.0, -2.0]}),
        ("flags", {"flags": [0]}),
        ("y", {"y": [0.0]}),
        ("x", {"x": [0.0, float("inf"), 0.0]}),
    ],
)
def test_streets_that_cannot_be_are_refused_and_the_column_is_named(field: str, change: dict[str, list[float]]) -> None:
    fitting = {"x": [0, 1, 2], "y": [0, 0, 0], "u": [0, 1], "v": [1, 2], "metres": [1, 1], "flags": [0, 0], "way": [1, 2]}
    with pytest.raises(Invalid) as raised:
        Streets((0.0, 0.0), **{name: np.array(values) for name, values in {**fitting, **change}.items()})
    assert field in [problem.field for problem in raised.value.problems]


def test_no_streets_at_all_are_streets_too() -> None:
    ways = streets_of([], [], [], [], flags=[], way=[], names={})
    assert ways.edges == ways.nodes == 0


def test_the_sample_grid_is_what_it_says() -> None:
    assert grid().edges == 2 * 10 * 9 and streets([0, 3], [0, 4], [0], [1]).metres.tolist() == [5]
