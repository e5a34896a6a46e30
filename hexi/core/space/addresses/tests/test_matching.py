from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from django.utils import timezone

from hexi.core.space.api import certain, match_address, resolve
from hexi.core.space.contracts import Origin, level_of, parent_of
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.models import Place, PlaceAlias

pytestmark = pytest.mark.django_db
FACTS = yaml.safe_load((Path(__file__).resolve().parents[5] / "districts" / "hexi" / "places.yaml").read_text(encoding="utf-8"))

TREE = {
    "120103": "河西区", "120103007": "友谊路街道", "120103008": "天塔街道", "120103007020": "谊景村社区", "120103008001": "环湖社区",
    "12010300702001": "第01网格", "12010300800101": "第01网格", "12010300702001001": "景兴里", "12010300702001002": "谊景公寓",
    "12010300800101001": "景兴里", "12010300702001001003": "3号楼", "12010300702001001012": "12号楼", "12010300702001002003": "3号楼",
    "12010300800101001003": "3号楼", "12010300702001001099": "底商1", "1201030070200100100301": "1门", "1201030070200100100302": "2门",
}  # fmt: skip
DOOR, HOUSE = "1201030070200100100302", "12010300702001001003"


@pytest.fixture(autouse=True)
def tree() -> None:
    """Two streets with a compound of the same name each; one community with another name and a misprint in print."""
    now = timezone.now()
    Place.objects.bulk_create(
        Place(code=code, level=level_of(code), parent=parent_of(code), name=name, origin=Origin.FACT, updated_at=now)
        for code, name in TREE.items()
    )
    community = Place.objects.get(code="120103007020")
    PlaceAlias.objects.create(place=community, name="宜景村", kind="misprint", source="《天津日报》2025-10-28")
    PlaceAlias.objects.create(place=community, name="景村", kind="misprint", source="《天津日报》2025-10-29")


def code_of(text: str, **more: str) -> str | None:
    found = certain(match_address(text, **more))
    return found.code if found else None


@pytest.mark.parametrize(
    "text",
    [
        "天津市河西区友谊路街道谊景村社区景兴里3号楼2门", "友谊路街景兴里３栋二单元501室", "河西区友谊路景兴里3-2-501", "谊景村 景兴里 三号楼 2单元",
        "宜景村景兴里3幢2门", "谊景村居委会景兴里小区3#楼2门洞",
    ],
)  # fmt: skip
def test_one_door_is_found_under_every_spelling(text: str) -> None:
    assert code_of(text) == DOOR


def test_a_name_that_two_compounds_have_is_certain_only_with_its_street() -> None:
    matches = match_address("景兴里3号楼")
    assert {each.place.code for each in matches} == {HOUSE, "12010300800101001003"}
    assert certain(matches) is None
    assert code_of("天塔街道景兴里3号楼") == "12010300800101001003"
    assert code_of("景兴里3号楼", within="120103007") == HOUSE


@pytest.mark.parametrize("printed", ["谊景村", "宜景村", "景村", "谊景村社区居委会"])
def test_a_community_is_known_under_every_form_in_print(printed: str) -> None:
    assert code_of(printed) == "120103007020"


def test_an_alias_says_so_among_the_reasons() -> None:
    (best, *_) = match_address("宜景村")
    assert [reason.zh for reason in best.reasons] == ["社区（别名）：宜景村"]


@pytest.mark.parametrize("text", ["谊景工寓3号楼", "谊公寓3号楼"])
def test_a_misprint_that_nobody_has_listed_is_proposed_and_never_taken(text: str) -> None:
    (best, *_) = match_address(text)
    assert (best.place.code, best.by_likeness) == ("12010300702001002003", True)
    assert "疑似误写" in best.reasons[0].zh
    assert certain([best]) is None
    assert resolve(text) == []


def test_a_house_that_is_not_there_leads_to_its_compound_and_is_not_certain() -> None:
    (best, *_) = match_address("友谊路街道景兴里44号楼")
    assert (best.place.code, best.score) == ("12010300702001001", 0.7)
    assert certain([best]) is None


def test_a_door_that_is_not_there_leads_to_its_house_and_says_so() -> None:
    (best, *_) = match_address("友谊路街道景兴里3号楼9门")
    assert (best.place.code, best.reasons[-1].en) == (HOUSE, "it has no door 9")


def test_a_street_that_does_not_fit_costs_certainty() -> None:
    matches = match_address("天塔街道谊景公寓3号楼")
    assert matches[0].place.code == "12010300702001002003"
    assert certain(matches) is None


def test_a_shop_is_no_house_of_the_same_number() -> None:
    assert code_of("谊景村景兴里底商1") == "12010300702001001099"
    assert code_of("谊景村景兴里1号楼") is None


def test_what_is_left_unread_lowers_the_mark() -> None:
    plain, noisy = match_address("谊景村社区")[0], match_address("谊景村社区某某公司王某某的家里")[0]
    assert noisy.unread and noisy.score < plain.score == 1.0


def test_a_stair_with_a_name_is_a_door_like_any_other() -> None:
    Place.objects.create(
        code=f"{HOUSE}51", level="doorway", parent=HOUSE, name="东门", origin=Origin.IMPORT, updated_at=timezone.now()
    )
    assert code_of("景兴里3号楼东单元501", within="120103007") == f"{HOUSE}51"
    assert code_of("友谊路街道景兴里3号楼东门") == f"{HOUSE}51"


@pytest.mark.parametrize(
    "entry", [each for each in FACTS["named_places"] if each.get("community") and each["certainty"] != "open"], ids=lambda each: each["key"]
)
def test_every_form_in_which_print_names_a_community_of_the_district_leads_to_it(entry: dict[str, Any]) -> None:
    """谊景村 among them, with the three misprints of it; the names, their forms and where they stand are the district's fact files."""
    if entry["community"] not in TREE:
        Place.objects.create(
            code=entry["community"], level="community", parent=entry["street"], name=entry["name"], origin=Origin.FACT, updated_at=timezone.now()
        )
    place = Place.objects.get(code=entry["community"])
    for alias in entry["aliases"]:
        PlaceAlias.objects.get_or_create(place=place, name=alias["text"], defaults={"kind": "misprint", "source": alias["source"]})
        assert code_of(alias["text"]) == entry["community"], alias["text"]
        assert code_of(f"河西区{alias['text'].removesuffix('社区')}社区居委会") == entry["community"], alias["text"]


def test_a_garden_with_a_name_like_a_misprint_stays_itself() -> None:
    garden = "120103007021"
    Place.objects.create(code=garden, level="community", parent=garden[:9], name="景观花园社区", origin=Origin.FACT, updated_at=timezone.now())
    PlaceAlias.objects.create(place=Place.objects.get(code="120103007020"), name="景观村", kind="misprint", source="S2")
    assert (code_of("景观花园"), code_of("景观村"), code_of("景观花园社区")) == (garden, "120103007020", garden)


@pytest.mark.parametrize("text", ["", "不存在的地方", "3号楼", "2门", "\x00", "，，，", "1" * 300])
def test_what_names_nothing_matches_nothing(text: str) -> None:
    assert match_address(text) == []


def test_a_house_number_within_a_known_place_is_enough_where_it_is_the_only_one() -> None:
    assert code_of("12号楼东门口", within="120103007020") == "12010300702001001012"
    assert code_of("3号楼", within="120103007020") is None


def test_a_street_and_number_of_the_map_lead_to_the_building() -> None:
    shape = shapely.box(117.2, 39.0, 117.201, 39.001)
    Footprint.objects.create(
        code="B0000001", source="osm", ref="w1", kind="yes", place=HOUSE, address="平江道8号", west=117.2, south=39.0, east=117.201, north=39.001,
        geometry=shapely.to_wkb(shape), cell=0, updated_at=timezone.now(),
    )  # fmt: skip
    assert code_of("平江道８号") == HOUSE
    assert code_of("平江道八号2门") == DOOR


def test_closed_places_are_found_on_their_day_only() -> None:
    today = timezone.localdate()
    Place.objects.filter(code="12010300800101001").update(valid_to=today, updated_at=timezone.now())
    assert certain(match_address("景兴里")).code == "12010300702001001"  # type: ignore[union-attr]
    assert certain(match_address("景兴里", at=today - timedelta(days=1))) is None
