import gzip

import numpy as np
import orjson
import pytest
import shapely
from pytest_django import DjangoAssertNumQueries
from shapely.geometry import shape

from hexi.core.space.api import layer, layer_version
from hexi.core.space.sources import layer_function, layer_source, places, scope
from hexi.core.trust.api import PUBLIC
from hexi.kernel.errors import Invalid, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]
AREAS = ("space.streets", "space.communities", "space.grids")
NAMES = (*AREAS, "space.buildings", "space.water", "space.roads", "space.green")
# Bytes of the whole district as JSON, for the usual first look.
LIMITS = {"space.streets": 60e3, "space.communities": 220e3, "space.grids": 1000e3, "space.buildings": 2.5e6, "space.roads": 300e3}


def test_whole_layers_stay_small() -> None:
    for name, limit in LIMITS.items():
        body = orjson.dumps(layer(name))
        assert len(body) < limit, name
        assert len(gzip.compress(body)) < limit / 3, name


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_says_what_it_is(name: str) -> None:
    found = layer(name, 14)
    assert found["type"] == "FeatureCollection"
    assert found["quality"] == "generated"
    assert set(found["origin"]) == {"zh", "en"}
    assert found["as_of"] == found["version"] == layer_version(name)
    assert found["features"]
    for feature in found["features"]:
        assert shape(feature["geometry"]).is_valid
    numbers = str(found["features"][0]["geometry"]["coordinates"]).replace("[", " ").replace("]", " ").replace(",", " ").split()
    assert all(len(number.partition(".")[2]) <= 6 for number in numbers)


@pytest.mark.parametrize("zoom", [10, 12, 14, 17])
@pytest.mark.parametrize("name", AREAS)
def test_simplified_areas_still_share_their_borders(name: str, zoom: int) -> None:
    shapes = np.array([shape(each["geometry"]) for each in layer(name, zoom)["features"]], dtype=object)
    assert shapely.coverage_is_valid(shapes)


def test_features_carry_code_name_and_a_point_for_the_label() -> None:
    street = next(each for each in layer("space.streets")["features"] if each["id"] == "120103008")
    assert street["properties"]["name"] == {"zh": "天塔街道", "en": "Tianta Street"}
    assert street["properties"]["level"] == "street"
    assert shape(street["geometry"]).contains(shapely.Point(*street["properties"]["label_at"]))
    building = layer("space.buildings", 16, (117.22, 39.08, 117.225, 39.085))["features"][0]["properties"]
    assert building["height"] > 3
    assert building["level"] == "building"
    assert building["name"]["zh"]


def test_a_box_cuts_a_layer_and_a_place_narrows_it() -> None:
    everything = layer("space.buildings", 16)["features"]
    box = (117.22, 39.08, 117.225, 39.085)
    cut = layer("space.buildings", 16, box)["features"]
    assert 0 < len(cut) < len(everything) / 20
    assert all(
        shape(each["geometry"]).intersects(shapely.box(*box)) or shape(each["geometry"]).envelope.intersects(shapely.box(*box))
        for each in cut
    )
    read = layer_function("space.communities")
    in_street = read(None, 14, None, {"place": "120103008"})["features"]
    assert len(in_street) == 14
    assert read(["120103007"], 14, None, {"place": "120103008"})["features"] == []
    assert len(read(["120103008"], 14, None, {})["features"]) == 14
    assert [each["id"] for each in layer_function("space.streets")(None, 14, None, {"place": "120103008001"})["features"]] == ["120103008"]


def test_small_roads_come_with_the_zoom() -> None:
    ranks = [{each["properties"]["class"] for each in layer("space.roads", zoom)["features"]} for zoom in (10, 12, 14, 16)]
    assert ranks[0] == {"primary", "secondary", "beyond"}
    assert ranks[3] - ranks[2] == {"path"}
    order = [each["properties"]["rank"] for each in layer("space.roads", 16)["features"]]
    assert order == sorted(order)


def test_the_second_reader_costs_one_small_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    layer("space.communities", 13.2)
    with django_assert_num_queries(1):
        layer("space.communities", 14, (117.2, 39.0, 117.3, 39.2))


@pytest.mark.parametrize(
    "params", [{"zoom": "near"}, {"zoom": "99"}, {"box": "1,2,3"}, {"box": "a,b,c,d"}, {"box": "9,9,1,1"}, {"box": "nan,0,1,1"}]
)
def test_a_wrong_zoom_or_box_is_refused_in_words(params: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        layer_source("space.streets")(PUBLIC, params)
    assert refused.value.problems[0].message.zh


def test_an_unknown_layer_is_not_found() -> None:
    with pytest.raises(NotFound):
        layer("space.secrets")


@pytest.mark.parametrize("code", ["zz", "1\x00", "１２", "1" * 41, "12 ", "-1"])
def test_what_can_be_no_code_is_refused_in_words_everywhere(code: str) -> None:
    for read, params in ((places, {"parent": code}), (scope, {"place": code}), (layer_source("space.streets"), {"place": code})):
        with pytest.raises(Invalid) as caught:
            read(PUBLIC, params)
        assert "只有数字" in caught.value.problems[0].message.zh
