import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.api import Datum, convert, distance_m

# Published with several open converters, for Beijing.
KNOWN = {
    (Datum.WGS84, Datum.GCJ02): (116.41024449916938, 39.91640428150164),
    (Datum.GCJ02, Datum.BD09): (116.41036949371029, 39.92133699351021),
}


@pytest.mark.parametrize("systems,expected", KNOWN.items())
def test_a_known_point_is_converted_as_published(systems: tuple[Datum, Datum], expected: tuple[float, float]) -> None:
    assert convert(116.404, 39.915, *systems) == pytest.approx(expected, abs=1e-9)


@given(st.floats(74, 134), st.floats(18.5, 53), st.sampled_from(Datum), st.sampled_from(Datum))
def test_there_and_back_is_less_than_half_a_metre_off(lon: float, lat: float, one: Datum, other: Datum) -> None:
    there = convert(lon, lat, one, other)
    assert distance_m((lon, lat), convert(*there, other, one)) < 0.5


def test_in_the_district_gcj02_lies_about_556_metres_off() -> None:
    assert 545 < distance_m((117.23, 39.08), convert(117.23, 39.08, Datum.WGS84, Datum.GCJ02)) < 565


def test_cgcs2000_is_wgs84_for_us() -> None:
    assert convert(117.23, 39.08, Datum.CGCS2000, Datum.WGS84) == (117.23, 39.08)


def test_outside_of_china_nothing_is_moved() -> None:
    assert convert(10.75, 59.91, Datum.WGS84, Datum.GCJ02) == (10.75, 59.91)


def test_a_degree_is_as_long_as_the_ellipsoid_says() -> None:
    assert distance_m((117, 39.5), (117, 40.5)) == pytest.approx(111_035, rel=1e-4)
    assert distance_m((117, 39.08), (118, 39.08)) == pytest.approx(86_529, rel=1e-4)
